import json
import random
from collections import defaultdict
from functools import partial

from markupsafe import Markup, escape

from ...tools.bank import giveaway, price_range
from ...tools.bank import options as option_tools
from .namesake_finder import NamesakeFinder
from .option_source import OptionSource
from .value_reader import ValueReader

MANY = ("name",)
NUMERIC = ("money", "number", "price_range")
MAX_TRUE = 3
# Quotes within quotes, by the closing one of the outer pair.
_INNER = {"»": str.maketrans("«»", "„“"), "”": str.maketrans("“”", "‘’")}
# Facts tried for each question of a preview: some cannot be asked.
_PREVIEW_SPARE = 10


class QuestionMaker:
    """Makes whole questions out of facts, in the language of the environment.

    A made question is a dict with ``fact_id``, ``kind``, ``stem``, ``options``,
    ``key``, ``guess``, ``weight``, ``is_critical``, ``image_128``. A fact that cannot
    be asked honestly (nothing else of its kind to choose from, or a question that
    tells its own answer) makes none.
    """

    def __init__(self, env, is_exam=False):
        """For practice, or with the words and the wrong options of exams."""
        self.env = env
        self._is_exam = is_exam
        self._options = OptionSource(env)
        self._namesakes = NamesakeFinder(env)
        self._reader = ValueReader(env)

    def make(self, facts, rng):
        """Questions for ``facts`` in their order; the unaskable ones are left out.

        :param rng: ``random.Random``, or the system's own
        """
        facts = self.env["callcenter.fact"].browse(facts.ids)  # in this language
        siblings = self._options.get_siblings(
            facts.filtered(lambda fact: fact.template_id.ask != "number"),
            self._is_exam,
        )
        namesakes = self._namesakes.get_facts(facts, siblings)
        texts = self._get_texts(facts, siblings, namesakes)
        made = []
        for fact in facts:
            rows = self._get_honest_rows(fact, siblings.get(fact.id, []), namesakes)
            question = self._make_one(fact, rows, texts, rng)
            if question:
                made.append(question)
        return made

    def _make_one(self, fact, siblings, texts, rng):
        template = fact.template_id
        parts = self._ASKING[template.ask](self, fact, siblings, texts, rng)
        stem = parts and texts[fact.id, "product"] and self._get_stem(fact, texts)
        if not stem or self._is_told(stem, parts):
            return None
        return parts | {
            "fact_id": fact.id,
            "stem": stem,
            "weight": template.weight,
            "is_critical": template.is_critical,
            "image_128": template.formatter == "image"
            and fact.product_tmpl_id.with_context(bin_size=False).image_128,
        }

    def _is_told(self, stem, parts):
        right = parts["key"].get("right", ())
        return giveaway.tells(stem, parts["options"], right)

    def _ask_value(self, fact, siblings, texts, rng):
        true = texts[fact.id, "value"]
        if not true:
            return None
        wrong = self._get_wrong_values(fact, siblings, texts, rng)
        also_true = true + texts[fact.id, "namesakes"]
        return self._close(self._sample(true, rng), also_true, wrong, rng)

    def _ask_product(self, fact, siblings, texts, rng):
        true = [texts[fact.id, "product"]]
        names = [row["name"] for row in siblings]
        rng.shuffle(names)
        return self._close(true, true, names, rng)

    def _ask_cheapest(self, fact, siblings, texts, rng):
        true = [texts[fact.id, "product"]]
        # The nearest in price make it hard.
        names = [row["name"] for row in siblings[: option_tools.OPTION_COUNT * 2]]
        rng.shuffle(names)
        return self._close(true, true, names, rng)

    def _ask_number(self, fact, siblings, texts, rng):
        value = fact.num_value
        tolerance = abs(value) * fact.template_id.tolerance_percent / 100
        return {
            "kind": "number",
            "options": [],
            "key": {"value": value, "tolerance": tolerance},
            "guess": 0.05,
        }

    # What a template asks for.
    _ASKING = {
        "value": _ask_value,
        "product": _ask_product,
        "cheapest": _ask_cheapest,
        "number": _ask_number,
    }

    def _close(self, shown, true, candidates, rng):
        """Shuffle the right texts to show with wrong ones that read like none true."""
        wrong = option_tools.pick_wrong(
            true, candidates, max(option_tools.OPTION_COUNT - len(shown), 2)
        )
        if not wrong:
            return None
        options, right = option_tools.arrange(shown, wrong, rng)
        many = len(shown) > 1
        return {
            "kind": "multiple" if many else "single",
            "options": options,
            "key": {"right": right},
            "guess": 0.5 ** len(options) if many else 1 / len(options),
        }

    def _sample(self, true, rng):
        return true if len(true) <= MAX_TRUE else rng.sample(true, MAX_TRUE)

    def _get_wrong_values(self, fact, siblings, texts, rng):
        values = dict.fromkeys(row["value"] for row in siblings)
        if fact.template_id.formatter in NUMERIC:
            return self._get_wrong_numbers(fact, values, rng)
        read = texts[fact.id, "reader"]
        shown = self._get_alike(
            fact,
            texts[fact.id, "value"],
            dict.fromkeys(text for value in values for text in read(value)),
        )
        # Those of its kind first; among equals the draw decides.
        near = {
            t: row["round"] for row in reversed(siblings) for t in read(row["value"])
        }
        rng.shuffle(shown)
        return sorted(shown, key=near.get)

    def _get_alike(self, fact, true, candidates):
        """Candidates of one kind with what is true: its unit, or its head."""
        by_head = fact.template_id._get_value_model() == "product.template"
        kind = option_tools.head if by_head else option_tools.shape
        if fact.template_id.source == "field" and not by_head:
            kind = option_tools.shape if fact.template_id.formatter == "text" else bool
        kinds = set(map(kind, true))
        return [text for text in candidates if kind(text) in kinds]

    def _get_wrong_numbers(self, fact, values, rng):
        """Numbers of its kind, then plausible ones, on both sides of the true one."""
        first, *rest = self._split_number(fact.value)
        others = [self._split_number(value) for value in values]
        near = [number for number, *unit in others if unit == rest and number != first]
        pick = partial(option_tools.pick_numbers, is_exam=self._is_exam)
        if fact.template_id.formatter == "price_range":
            pick = price_range.pick_lows
        return [
            self._reader.format(fact.template_id, self._join_number(fact, number))
            for number in pick(first, near, rng)
        ]

    def _split_number(self, value):
        """``[number, currency]`` of a value, of a range its low bound."""
        number, *rest = value.replace(":", " ").split(" ")
        return [float(number), *rest[-1:]]

    def _join_number(self, fact, number):
        if fact.template_id.formatter == "price_range":
            code = fact.value.rpartition(":")[2]
            return f"{number}:{price_range.bounds(number)[1]}:{code}"
        return f"{number} {fact.value.partition(' ')[2]}".strip()

    def _get_honest_rows(self, fact, siblings, namesakes):
        """Siblings whose name stands for no product that would be right as well."""
        template = fact.template_id
        if template.ask not in ("product", "cheapest"):
            return siblings
        attribute_id = fact.attribute_id.id or 0
        return [
            row
            for row in siblings
            if self._is_of_one_kind(fact, row)
            and not any(
                self._namesakes.is_right_too(fact, value, number)
                for value, number in [
                    (row["value"], row["num_value"]),
                    *namesakes.get((template.id, attribute_id, row["product_id"]), ()),
                ]
            )
        ]

    def _is_of_one_kind(self, fact, row):
        """Prices in two currencies are not compared, nor codes of two series."""
        if fact.template_id.ask == "cheapest":
            return fact.value.partition(" ")[2] == row["value"].partition(" ")[2]
        if fact.template_id.formatter == "text":
            return option_tools.shape(fact.value) == option_tools.shape(row["value"])
        return True

    # -- texts -----------------------------------------------------------------

    def _get_texts(self, facts, siblings, namesakes):
        """All texts the questions need, each set of records read once."""
        texts = {}
        by_template = defaultdict(list)
        for fact in facts:
            by_template[fact.template_id].append(fact)
        for template, own in by_template.items():
            self._add_labels(template, own, texts)
            self._add_value_texts(template, own, siblings, texts)
            self._add_namesake_texts(template, own, namesakes, texts)
        return texts

    def _add_value_texts(self, template, facts, siblings, texts):
        values = {fact.value for fact in facts}
        for fact in facts:
            values |= {row["value"] for row in siblings.get(fact.id, [])}
        reader = self._reader.get_reader(template, values)
        for fact in facts:
            texts[fact.id, "value"] = reader(fact.value)
            texts[fact.id, "reader"] = partial(
                self._read_sibling, template, fact, reader
            )

    def _add_namesake_texts(self, template, facts, namesakes, texts):
        """What is true of a product of the same name is true for the reader."""
        for fact in facts:
            key = (template.id, fact.attribute_id.id or 0, fact.product_tmpl_id.id)
            values = {value for value, _number in namesakes.get(key, ())}
            texts[fact.id, "namesakes"] = [
                text
                for value in values
                for text in self._reader.get_texts(template, value)
            ]

    def _read_sibling(self, template, fact, reader, value):
        if template.formatter not in MANY:
            return reader(value)
        false_ids = self._get_false_ids(template, fact, json.loads(value))
        return reader(json.dumps(false_ids)) if false_ids else []

    def _get_false_ids(self, template, fact, ids):
        """Of a sibling's values those that are not true of this product."""
        own = set(json.loads(fact.value))
        false = [id_ for id_ in ids if id_ not in own and id_ != self._own_id(fact)]
        if template._get_value_model() != "product.category":
            return false
        # A parent of the right category holds the product too, a child may.
        paths = {
            category.id: category.parent_path
            for category in self.env["product.category"].browse([*own, *false])
        }
        return [
            id_
            for id_ in false
            if not any(
                paths[id_].startswith(paths[true]) or paths[true].startswith(paths[id_])
                for true in own
            )
        ]

    def _own_id(self, fact):
        model = fact.template_id._get_value_model()
        return fact.product_tmpl_id.id if model == "product.template" else None

    def _add_labels(self, template, facts, texts):
        """The name and the code, without what gives the answer away."""
        named = template.ask in ("value", "number")
        values = {fact.value for fact in facts}
        read = self._reader.get_every_text(template, values) if named else None
        name_product = template._get_namer() if named else None
        for fact in facts:
            product = fact.product_tmpl_id
            name, code = product.name, product.default_code
            if named:
                name = name_product(name, code, read(fact.value))
            texts[fact.id, "product"] = name

    def _get_stem(self, fact, texts):
        template = fact.template_id
        stem = (self._is_exam and template.exam_stem) or template.stem
        words = {
            "{product}": texts[fact.id, "product"],
            "{attribute}": fact.attribute_id.name or "",
            "{value}": ", ".join(texts[fact.id, "value"])
            if fact.template_id.ask == "product"
            else "",
        }
        # One pass over the stem: a product called "{value}" stays what it is.
        parts = []
        for chunk in stem.split("{"):
            name, closed, rest = chunk.partition("}")
            word = words.get("{" + name + "}") if closed else None
            if word is not None and rest[:1] in _INNER:
                word = word.translate(_INNER[rest[0]])
            parts.append(chunk if word is None else word + rest)
        return "".join(parts)

    # -- sample questions on the form of a template --------------------------------

    def preview(self, template, count=3):
        """HTML with sample questions on real products, or why there are none."""
        if not template:
            return False
        facts = self.env["callcenter.fact"].search(
            [("template_id", "=", template.id), ("is_askable", "=", True)],
            limit=count * _PREVIEW_SPARE,
            order="draw_key",
        )
        made = self.make(facts, random.Random(template.id))[:count]
        if made:
            return Markup("").join(self._preview_one(question) for question in made)
        return Markup("<p>%s</p>") % self._explain_silence(template, facts)

    def _preview_one(self, question):
        items = Markup("").join(
            Markup("<li>%s%s</li>") % (text, self._tick(question, place))
            for place, text in enumerate(question["options"])
        )
        return Markup("<p><b>%s</b></p><ol>%s</ol>") % (escape(question["stem"]), items)

    def _tick(self, question, place):
        return " ✓" if place in question["key"].get("right", []) else ""

    def _explain_silence(self, template, facts):
        if template.problem:
            return template.problem
        if not facts:
            return template.silence or self.env._(
                "No product on sale has this value filled in."
            )
        return self.env._(
            "All products have the same value here: there is no wrong option to offer."
        )

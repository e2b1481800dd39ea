"""Every template, read over the demo company's goods and drawn catalogues."""

import os
import random
import sys
from contextlib import closing
from pathlib import Path

from odoo import Command
from odoo.addons.callcenter_training.models.bank.question_maker import QuestionMaker
from odoo.addons.callcenter_training.tools.bank import giveaway, options
from odoo.tests import TransactionCase, tagged

sys.path.insert(0, str(Path(__file__).parents[2] / "addons" / "callcenter_demo"))

from samples.goods import FAMILIES, make_goods
from samples.pictures import draw_goods

# A few in the suite; tests/faults/questions.sh draws twenty.
CATALOGUES, DRAWN = int(os.environ.get("CATALOGUES", "2")), 40
CHARACTERISTICS = (
    "Бренд", "Цвет", "Размер", "Сезон", "Материал", "Уровень", "Для кого", "Гарантия",
    "Уход",
)  # fmt: skip
WORTH_ASKING, LUCK = 0.8, 0.1


@tagged("post_install", "-at_install")
class TestQuestions(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["product.template"].search([("sale_ok", "=", True)]).sale_ok = False

    def sell(self, goods):
        """A catalogue of ``goods`` with their characteristics; its products."""
        goods = list(goods)
        groups = self.build_groups({row["Категория"] for row in goods})
        values = self.build_values(goods)
        return self.env["product.template"].create(
            [
                self.prepare(row, groups, values, place)
                for place, row in enumerate(goods)
            ]
        )

    def build_groups(self, paths):
        model, found = self.env["product.category"], {}
        for path in sorted(paths):
            for name in path.split(" / "):
                parent = found.get(path.split(" / ")[0])
                is_root = name == path.split(" / ")[0]
                key = name if is_root else path
                if key not in found:
                    found[key] = model.create(
                        {"name": name, "parent_id": not is_root and parent.id}
                    )
        return found

    def build_values(self, goods):
        found = {}
        for name in CHARACTERISTICS:
            attribute = self.env["product.attribute"].create(
                {"name": name, "create_variant": "no_variant"}
            )
            texts = sorted({text for row in goods for text in row[name].split(" | ")})
            made = self.env["product.attribute.value"].create(
                [{"name": text, "attribute_id": attribute.id} for text in texts]
            )
            found |= {(name, value.name): value for value in made}
        return found

    def prepare(self, row, groups, values, place):
        lines = []
        for name in CHARACTERISTICS:
            own = [values[name, text] for text in row[name].split(" | ")]
            ids = [value.id for value in own]
            lines.append(
                Command.create(
                    {
                        "attribute_id": own[0].attribute_id.id,
                        "value_ids": [Command.set(ids)],
                    }
                )
            )
        return {
            "name": row["Наименование"],
            "default_code": row["Артикул"],
            "list_price": float(row["Цена, руб."]),
            "categ_id": groups[row["Категория"]].id,
            "weight": 0.5 + place % 7,
            "callcenter_launch_date": place % 3 == 0 and "2026-03-01",
            "attribute_line_ids": lines,
        }

    def ask_everything(self, products, seed=1):
        """``[(fact, question)]`` of every fact that counts as askable."""
        facts = self.env["callcenter.fact"].search(
            [("product_tmpl_id", "in", products.ids), ("is_askable", "=", True)]
        )
        made = QuestionMaker(self.env, is_exam=bool(seed % 2)).make(
            facts, random.Random(seed)
        )
        by_fact = {fact.id: fact for fact in facts}
        return facts, [(by_fact[question["fact_id"]], question) for question in made]

    def check(self, fact, question):
        self.assertFalse(self.is_told(question), question)
        read = [options.normalise(option) for option in question["options"]]
        self.assertEqual(len(read), len(set(read)), question)
        self.assertNotRegex(question["stem"], "«[^»]*«", question)
        if fact.template_id.ask in ("product", "cheapest"):
            self.assertEqual(len(set(map(options.head, read))), 1, question)
        elif fact.template_id.formatter not in ("money", "price_range", "number"):
            self.assertTrue(self.is_of_one_kind(fact, question), question)

    def is_told(self, question):
        right = question["key"].get("right", ())
        return giveaway.tells(question["stem"], question["options"], right)

    def is_of_one_kind(self, fact, question):
        by_shape = fact.template_id.source == "attribute"
        shapes = {options.shape(option) for option in question["options"]}
        return not by_shape or len(shapes) == 1

    def check_one_truth(self, fact, question):
        """No wrong option says of the product what its own facts say."""
        right = {question["options"][place] for place in question["key"]["right"]}
        if fact.attribute_id:
            line = fact.product_tmpl_id.attribute_line_ids.filtered(
                lambda line: line.attribute_id == fact.attribute_id
            )
            said = set(line.value_ids.mapped("name"))
            wrong = set(question["options"]) - right
            self.assertFalse(wrong & said, question)

    def guess(self, question, rng):
        """The answer of a reader who knows the words of the question alone."""
        asked = giveaway.read(question["stem"])
        shares = [
            giveaway.count_shared(asked, giveaway.read(option))
            for option in question["options"]
        ]
        best = [place for place, share in enumerate(shares) if share == max(shares)]
        return rng.choice(best)

    def read_catalogue(self, products, seed):
        facts, asked = self.ask_everything(products, seed)
        for fact, question in asked:
            self.check(fact, question)
            self.check_one_truth(fact, question)
        self.assertGreaterEqual(len(asked), WORTH_ASKING * len(facts))
        singles = [question for _f, question in asked if question["kind"] == "single"]
        rng = random.Random(seed)
        hits = sum(self.guess(q, rng) in q["key"]["right"] for q in singles)
        chance = sum(question["guess"] for question in singles)
        return hits, chance, len(singles)

    def test_the_demo_companys_questions_are_worth_asking(self):
        products = self.sell(make_goods(120))
        hits, chance, count = self.read_catalogue(products, 1)
        self.assertGreater(count, 600)
        self.assertLessEqual(hits, chance + LUCK * count)

    def test_drawn_catalogues_are_asked_honestly(self):
        totals = [0, 0, 0]
        for seed in range(CATALOGUES):
            families = random.Random(seed).sample(FAMILIES, 5)
            with closing(self.env.cr.savepoint()):
                products = self.sell(make_goods(DRAWN, seed, families))
                read = self.read_catalogue(products, seed)
                totals = [old + new for old, new in zip(totals, read, strict=True)]
        hits, chance, count = totals
        self.assertLessEqual(hits, chance + LUCK * count)

    def test_goods_of_every_family_are_drawn_in_their_colours(self):
        names = [row["Наименование"] for row in make_goods(len(FAMILIES))]
        drawn = {draw_goods(name, []) for name in names}
        self.assertEqual(len(drawn), len(names))
        self.assertTrue(all(picture.startswith(b"\x89PNG") for picture in drawn))
        red = draw_goods(names[0], ["красный"])
        self.assertNotEqual(red, draw_goods(names[0], ["красный", "белый"]))
        self.assertIsNone(draw_goods("Снегоход", ["красный"]))

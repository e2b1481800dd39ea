import json
import re
from decimal import Decimal

from odoo.tools import SQL, format_amount, formatLang

from ...tools.bank.options import natural_key

_MEASURED = re.compile(r"(\d+(?:[.,]\d+)?)\s+(\D+)")
# Records whose own name is the answer; the others are shown with their path or code.
_PLAIN_NAMES = ("product.template", "product.attribute.value")


class ValueReader:
    """Shows canonical values of facts in the language of the environment."""

    def __init__(self, env):
        self.env = env
        self._currencies = {}

    def get_texts(self, template, value):
        """The texts of one value; a set of values is better read by a reader."""
        return self.get_reader(template, [value])(value)

    def get_reader(self, template, values):
        """A function from any of ``values`` to the list of its texts."""
        if template.formatter not in ("name", "span"):
            return lambda value: [self.format(template, value)]
        ids = {id_ for value in values for id_ in json.loads(value)}
        # Reads what is still there and its name in one query.
        records = (
            self.env[template._get_value_model()]
            .with_context(active_test=False)
            .search_fetch([("id", "in", list(ids))], ["name"])
        )
        names = {
            record.id: record.name
            if record._name in _PLAIN_NAMES
            else record.display_name
            for record in records
        }
        if template.formatter == "span":
            rank = {record.id: self._get_rank(record) for record in records}
            return lambda value: [self._span(json.loads(value), names, rank)]
        return lambda value: [names[id_] for id_ in json.loads(value) if names.get(id_)]

    def _get_rank(self, record):
        """The order that somebody gave, else the natural one of sizes."""
        given = record.sequence if "sequence" in record._fields else 0
        return given, natural_key(record.name)

    def get_every_text(self, template, values):
        """A function from any of ``values`` to its texts in every language.

        What gives an answer away may stand in another language than the question.
        """
        if template.formatter not in ("name", "span"):
            return lambda value: [self._get_plain(template, value)]
        ids = {id_ for value in values for id_ in json.loads(value)}
        names = self._get_every_name(self.env[template._get_value_model()], ids)
        return lambda value: [
            name for id_ in json.loads(value) for name in names.get(id_, ())
        ]

    def _get_plain(self, template, value):
        """The value as a name may hold it: 1990 of «1990.00 RUB»."""
        if template.formatter not in ("money", "number"):
            return value
        return format(Decimal(value.partition(" ")[0]).normalize(), "f")

    def _get_every_name(self, model, ids):
        """``{id: names in all languages}``; a category's with those above it."""
        column = "complete_name" if "complete_name" in model._fields else "name"
        rows = self.env.execute_query(
            SQL(
                "SELECT id, to_jsonb(%s) FROM %s WHERE id = ANY(%s)",
                SQL.identifier(column),
                SQL.identifier(model._table),
                list(ids),
            )
        )
        return {
            id_: set(name.values()) if isinstance(name, dict) else {name or ""}
            for id_, name in rows
        }

    def _span(self, ids, names, rank):
        known = sorted((id_ for id_ in ids if id_ in names), key=rank.get)
        if not known:
            return ""
        ends = [names[known[0]], names[known[-1]]]
        return ends[0] if len(known) == 1 else self._join_ends(*ends)

    def _join_ends(self, first, last):
        """A unit is said once: 160–180 cm."""
        one, other = _MEASURED.fullmatch(first), _MEASURED.fullmatch(last)
        if one and other and one[2] == other[2]:
            return f"{one[1]}–{last}"
        return f"{first} – {last}"

    def format(self, template, value):
        if template.formatter == "money":
            amount, code = value.split(" ")
            return self._format_money(amount, code)
        if template.formatter == "price_range":
            low, high, code = value.split(":")
            return self.env._(
                "from %(low)s, but under %(high)s",
                low=self._format_money(low, code),
                high=self._format_money(high, code),
            )
        if template.formatter == "number":
            return self._format_number(float(value))
        return value

    def _format_number(self, number):
        digits = 0 if number == int(number) else 3
        text = formatLang(self.env, number, digits=digits)
        return text.rstrip("0").rstrip(",.") if digits else text

    def _format_money(self, amount, code):
        currency = self._get_currency(code)
        amount = float(amount)
        if amount == int(amount) and currency.decimal_places:
            text = formatLang(self.env, amount, digits=0)
            before = currency.position == "before"
            parts = (currency.symbol, text) if before else (text, currency.symbol)
            return "\N{NO-BREAK SPACE}".join(parts)
        return format_amount(self.env, amount, currency)

    def _get_currency(self, code):
        if code not in self._currencies:
            model = self.env["res.currency"].with_context(active_test=False)
            self._currencies[code] = model.search([("name", "=", code)], limit=1)
        return self._currencies[code]

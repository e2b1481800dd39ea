from ...tools.common.date_words import date_in_digits
from ...tools.common.exact_money import exact_sum
from ...tools.common.money_words import amount_in_digits, amount_in_words
from ...tools.personnel.name_cases import short_name

_RESULTS = {
    "missing": "не найдено",
    "found": "в наличии",
    "elsewhere": "найдено в другом помещении",
    "extra": "не числилось",
}


class StocktakePaper:
    """A stock-taking on paper: Russian words fixed, not translated."""

    def __init__(self, stocktake):
        """:param stocktake: one ``callcenter.stocktake`` that the user may read"""
        stocktake.ensure_one()
        self.stocktake = stocktake

    def get_texts(self):
        """Everything that stands on the paper, as ready texts (a dict)."""
        stocktake = self.stocktake
        return {
            "company": stocktake.company_id.name,
            "name": stocktake.name,
            "date": date_in_digits(stocktake.date),
            "room": stocktake.room or "все помещения",
            "currency": stocktake.company_id.currency_id.name,
            "lines": [self._describe_line(line) for line in self._get_lines()],
            **self._get_values(),
            "custodians": self._get_custodians(),
            "expected": stocktake.expected_count,
            "found": stocktake.found_count,
            "missing": stocktake.missing_count,
            "extra": len(stocktake.line_ids.filtered("is_extra")),
        }

    def _get_values(self):
        """What the equipment cost: by the books, and of it what was found."""
        lines = self.stocktake.line_ids
        booked = lines.filtered(lambda line: not line.is_extra)
        found = lines.filtered("counted_on")
        values = {
            "value_booked": exact_sum(booked.equipment_id.mapped("price")),
            "value_found": exact_sum(found.equipment_id.mapped("price")),
        }
        is_rub = self.stocktake.company_id.currency_id.name == "RUB"
        return {
            **{name: amount_in_digits(value) for name, value in values.items()},
            "value_words": amount_in_words(values["value_found"]) if is_rub else "",
        }

    def _get_custodians(self):
        """Those who hold the counted equipment and sign for it: post and name."""
        # sudo: whoever may read the count may read the names that stand on it
        people = self.stocktake.sudo().line_ids.employee_id.sorted("name")
        return [
            {"post": person.job_id.name or "", "name": short_name(person.name)}
            for person in people
        ]

    def _get_lines(self):
        lines = self.stocktake.line_ids
        return lines.sorted(lambda line: (line.inventory_no or "", line.id))

    def _describe_line(self, line):
        # sudo: whoever may read the count may read the names that stand on it
        names = line.sudo()
        return {
            "inventory_no": line.inventory_no or "",
            "name": line.equipment_id.name,
            "place": ", ".join(filter(None, (names.workstation_id.name, line.room))),
            "holder": short_name(names.employee_id.name) if names.employee_id else "",
            "price": amount_in_digits(line.equipment_id.price)
            if line.equipment_id.price
            else "—",
            "result": _RESULTS[line.result],
            "differs": line.result != "found",
            "found_room": line.found_room or "",
            "remark": line.remark or "",
        }

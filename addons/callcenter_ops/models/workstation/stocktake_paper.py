from ...tools.common.date_words import date_in_digits

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
            "lines": [self._describe_line(line) for line in self._get_lines()],
            "expected": stocktake.expected_count,
            "found": stocktake.found_count,
            "missing": stocktake.missing_count,
            "extra": len(stocktake.line_ids.filtered("is_extra")),
        }

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
            "holder": names.employee_id.name or "",
            "result": _RESULTS[line.result],
            "differs": line.result != "found",
            "found_room": line.found_room or "",
            "remark": line.remark or "",
        }

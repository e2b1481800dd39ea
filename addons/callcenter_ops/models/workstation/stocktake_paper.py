from odoo import models

from ...tools.common.date_words import date_in_digits

_RESULTS = {
    "missing": "не найдено",
    "found": "в наличии",
    "elsewhere": "найдено в другом помещении",
    "extra": "не числилось",
}


class StocktakePaper(models.AbstractModel):
    """The count on paper: Russian words fixed, not translated."""

    _name = "callcenter.stocktake.paper"
    _description = "Printed stock-taking"

    def _get_paper(self):
        """Everything that stands on the paper, as ready texts."""
        self.ensure_one()
        return {
            "company": self.company_id.name,
            "name": self.name,
            "date": date_in_digits(self.date),
            "room": self.room or "все помещения",
            "lines": [self._get_paper_line(line) for line in self._get_paper_lines()],
            "expected": self.expected_count,
            "found": self.found_count,
            "missing": self.missing_count,
            "extra": len(self.line_ids.filtered("is_extra")),
        }

    def _get_paper_lines(self):
        return self.line_ids.sorted(lambda line: (line.inventory_no or "", line.id))

    def _get_paper_line(self, line):
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

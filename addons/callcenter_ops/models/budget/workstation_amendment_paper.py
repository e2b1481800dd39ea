from odoo import models

from ...tools.budget.cost_plan import exact_sum, month_table
from ...tools.common.date_words import date_in_digits, date_in_words
from ...tools.common.money_words import amount_in_digits, amount_in_words


class WorkstationAmendmentPaper(models.AbstractModel):
    """An amendment on paper: Russian words fixed, not translated."""

    _name = "callcenter.workstation.amendment.paper"
    _description = "Printed budget amendment"

    def _get_paper_file_name(self):
        number = f" {self.number}" if self.number else ""
        return f"Изменение{number} к бюджету {self.budget_id.name}".replace("/", "-")

    def _get_paper(self):
        """Everything that stands on the paper, as ready texts."""
        self.ensure_one()
        items = self.line_ids.item_id.sorted("sequence")
        before = self._get_plan_before()
        after = exact_sum((before, self.amount_total), self._get_rounding())
        return {
            "company": self.company_id.name,
            "number": self.number or "____",
            "budget": self.budget_id.name,
            "approved_on": date_in_words(self._get_approval_day()),
            "approved_by": self.approved_by_id.name or "",
            "reason": self.reason,
            "change": self._get_paper_change(),
            "currency": self.currency_id.name,
            "items": items.mapped("name"),
            "rows": self._get_paper_rows(items),
            "before": amount_in_digits(before),
            "amount": amount_in_digits(self.amount_total),
            "after": amount_in_digits(after),
            "words": self._get_paper_words(self.amount_total),
            "after_words": self._get_paper_words(after),
        }

    def _get_paper_words(self, amount):
        if self.currency_id.name != "RUB":
            return ""
        words = amount_in_words(abs(amount))
        return words if amount >= 0 else f"Минус {words.lower()}"

    def _get_paper_change(self):
        """``с 01.06.2026 рабочих мест 5, норма «…»``; empty: amounts alone change."""
        if not self.is_planned:
            return ""
        kit = f", норма «{self.kit_id.display_name}»" if self.kit_id else ""
        start = date_in_digits(self.month.replace(day=1))
        return f"с {start} рабочих мест {self.seat_count}{kit}"

    def _get_paper_rows(self, items):
        """A row a month that changes, the sum of all in the last row."""
        months = sorted(set(self.line_ids.mapped("month")))
        cells = [(line.month, line.item_id, line.amount) for line in self.line_ids]
        rows, totals = month_table(cells, months, items, self._get_rounding())
        table = [(f"{month:%m.%Y}", amounts, total) for month, amounts, total in rows]
        return [
            {
                "title": title,
                "cells": [amount_in_digits(amount) for amount in amounts],
                "total": amount_in_digits(total),
            }
            for title, amounts, total in (*table, ("Итого", totals, self.amount_total))
        ]

    def _get_plan_before(self):
        """Plan of the budget without this amendment and those approved after it."""
        if self.state != "approved":
            return self.budget_id.amount_total
        initial = self.budget_id.line_ids.mapped("amount_initial")
        earlier = self.budget_id.amendment_ids.filtered(
            lambda other: 0 < other.number < self.number
        )
        amounts = (*initial, *earlier.mapped("amount_total"))
        return float(exact_sum(amounts, self._get_rounding()))

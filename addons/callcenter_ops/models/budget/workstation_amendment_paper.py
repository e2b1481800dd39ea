from ...tools.budget.cost_plan import month_table
from ...tools.common.date_words import date_in_digits, date_in_words
from ...tools.common.exact_money import exact_sum
from ...tools.common.money_words import amount_in_digits, amount_in_words
from ...tools.common.period import first_of_month


class AmendmentPaper:
    """An amendment of a budget on paper: Russian words fixed, not translated."""

    def __init__(self, amendment):
        """:param amendment: one ``callcenter.workstation.amendment``"""
        amendment.ensure_one()
        self.amendment = amendment
        self.budget = amendment.budget_id
        self.rounding = amendment._get_rounding()

    def get_file_name(self):
        """Name of the PDF, without its ending."""
        number = f" {self.amendment.number}" if self.amendment.number else ""
        return f"Изменение{number} к бюджету {self.budget.name}".replace("/", "-")

    def get_texts(self):
        """Everything that stands on the paper, as ready texts (a dict)."""
        amendment = self.amendment
        items = amendment.line_ids.item_id.sorted("sequence")
        before = self._get_plan_before()
        after = exact_sum((before, amendment.amount_total), self.rounding)
        return {
            "company": amendment.company_id.name,
            "number": amendment.number or "____",
            "budget": self.budget.name,
            "approved_on": date_in_words(amendment._get_approval_day()),
            **amendment._get_approver(),
            "reason": amendment.reason,
            "change": self._get_change(),
            "currency": amendment.currency_id.name,
            "items": items.mapped("name"),
            "rows": self._get_rows(items),
            "before": amount_in_digits(before),
            "amount": amount_in_digits(amendment.amount_total),
            "after": amount_in_digits(after),
            "words": self._get_words(amendment.amount_total),
            "after_words": self._get_words(after),
        }

    def _get_words(self, amount):
        if self.amendment.currency_id.name != "RUB":
            return ""
        words = amount_in_words(abs(amount))
        return words if amount >= 0 else f"Минус {words.lower()}"

    def _get_change(self):
        """``с 01.06.2026 рабочих мест 5, норма «…»``; empty: amounts alone change."""
        amendment = self.amendment
        if not amendment.is_planned:
            return ""
        kit = amendment.kit_id
        norm = f", норма «{kit.display_name}»" if kit else ""
        start = date_in_digits(first_of_month(amendment.month))
        return f"с {start} рабочих мест {amendment.seat_count}{norm}"

    def _get_rows(self, items):
        """A row a month that changes, the sum of all in the last row."""
        lines = self.amendment.line_ids
        months = sorted(set(lines.mapped("month")))
        cells = [(line.month, line.item_id, line.amount) for line in lines]
        rows, totals = month_table(cells, months, items, self.rounding)
        table = [(f"{month:%m.%Y}", amounts, total) for month, amounts, total in rows]
        table.append(("Итого", totals, self.amendment.amount_total))
        return [
            {
                "title": title,
                "cells": [amount_in_digits(amount) for amount in amounts],
                "total": amount_in_digits(total),
            }
            for title, amounts, total in table
        ]

    def _get_plan_before(self):
        """Plan of the budget without this amendment and those approved after it."""
        if self.amendment.state != "approved":
            return self.budget.amount_total
        initial = self.budget.line_ids.mapped("amount_initial")
        earlier = self.budget.amendment_ids.filtered(
            lambda other: 0 < other.number < self.amendment.number
        )
        amounts = (*initial, *earlier.mapped("amount_total"))
        return float(exact_sum(amounts, self.rounding))

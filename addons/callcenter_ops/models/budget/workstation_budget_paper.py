import io

from ...tools.budget.cost_plan import month_table
from ...tools.common.date_words import date_in_digits, date_in_words
from ...tools.common.exact_money import exact_sum
from ...tools.common.money_words import amount_in_digits, amount_in_words
from ...tools.common.period import first_of_month
from ...tools.common.spreadsheet import open_workbook


class _BudgetTable:
    """A budget month by month: Russian words fixed, not translated."""

    def __init__(self, budget):
        """:param budget: one ``callcenter.workstation.budget``"""
        budget.ensure_one()
        self.budget = budget

    def get_head(self):
        """What the budget is about, as texts."""
        budget = self.budget
        return {
            "company": budget.company_id.name,
            "number": budget.name,
            "period": f"{date_in_digits(first_of_month(budget.date_from))} – "
            f"{date_in_digits(budget.date_to)}",
            "kit": budget.kit_id.name or "—",
            "currency": budget.currency_id.name,
            "seats": self._get_seats(),
        }

    def _get_seats(self):
        """``2; с 01.06.2026 — 5``: the seats at the start and where they change."""
        changes = [
            f"с {date_in_digits(month)} — {seats}"
            for month, seats, _kit in self.budget._get_steps()
        ]
        return "; ".join([str(self.budget.seat_count), *changes])

    def _get_month_table(self, items, field):
        budget = self.budget
        cells = [(line.month, line.item_id, line[field]) for line in budget.line_ids]
        return month_table(cells, budget._get_months(), items, budget._get_rounding())


class BudgetPaper(_BudgetTable):
    """The plan that the Director signs."""

    def get_texts(self):
        """Everything that stands on the paper, as ready texts (a dict)."""
        budget = self.budget
        items = budget.line_ids.item_id.sorted("sequence")
        rows, totals = self._get_month_table(items, "amount_plan")
        is_rub = budget.currency_id.name == "RUB"
        return {
            **self.get_head(),
            "approved_on": date_in_words(budget._get_approval_day()),
            **budget._get_approver(),
            "items": items.mapped("name"),
            "rows": [
                {
                    "month": f"{month:%m.%Y}",
                    "cells": [amount_in_digits(amount) for amount in amounts],
                    "plan": amount_in_digits(plan),
                }
                for month, amounts, plan in rows
            ],
            "totals": [
                amount_in_digits(amount) for amount in (*totals, budget.amount_total)
            ],
            "words": amount_in_words(budget.amount_total) if is_rub else "",
            "amount": amount_in_digits(budget.amount_total),
            "first_month": amount_in_digits(budget.amount_first_month),
            "further": self._get_further([plan for _month, _cells, plan in rows]),
        }

    def _get_further(self, plans):
        """The sum of each further month; empty where the months differ."""
        further = {amount_in_digits(plan) for plan in plans[1:]}
        return further.pop() if len(further) == 1 else ""


class BudgetExecution(_BudgetTable):
    """The plan as amended beside what was spent, up to today."""

    def get_texts(self):
        """Everything that stands on the report, as ready texts (a dict)."""
        budget = self.budget
        today = budget.company_id._callcenter_today()
        return {
            **self.get_head(),
            "date": date_in_digits(today),
            "rows": self._get_rows(first_of_month(today)),
            "amendments": self._get_amendments(),
            "reasons": self._get_reasons(),
        }

    def _get_rows(self, this_month):
        """A row a month and their sum; a month to come deviates from nothing."""
        items = self.budget.line_ids.item_id
        planned, _totals = self._get_month_table(items, "amount_plan")
        actual, _totals = self._get_month_table(items, "amount_actual")
        rows = [
            (month, plan, spent)
            for (month, _cells, plan), (_month, _spent, spent) in zip(
                planned, actual, strict=True
            )
        ]
        begun = [row for row in rows if row[0] <= this_month]
        return [
            *(self._describe(f"{m:%m.%Y}", p, s, m <= this_month) for m, p, s in rows),
            self._describe("По наступившим месяцам", *self._add_up(begun), bool(begun)),
            self._describe("Всего", *self._add_up(rows), has_begun=False),
        ]

    def _describe(self, title, plan, spent, has_begun):
        return {
            "title": title,
            "plan": amount_in_digits(plan),
            "actual": amount_in_digits(spent),
            "deviation": amount_in_digits(spent - plan) if has_begun else "—",
        }

    def _add_up(self, rows):
        rounding = self.budget._get_rounding()
        return [exact_sum([row[place] for row in rows], rounding) for place in (1, 2)]

    def _get_amendments(self):
        """``№ 1 от 05.06.2026`` for each approved amendment, by its number."""
        approved = self.budget.amendment_ids.filtered("number").sorted("number")
        return [
            f"№ {amendment.number} от {date_in_digits(amendment._get_approval_day())}"
            for amendment in approved
        ]

    def _get_reasons(self):
        """Why lines deviate: month, item, deviation and reason as texts."""
        return [
            {
                "month": f"{line.month:%m.%Y}",
                "item": line.item_id.name,
                "deviation": amount_in_digits(line.deviation),
                "reason": line.deviation_reason,
            }
            for line in self.budget.line_ids.filtered("deviation_reason")
        ]


class BudgetWorkbook:
    """A budget as an XLSX file in the user's language, sums as formulas."""

    HEAD_ROW = 2

    def __init__(self, budget):
        """:param budget: one ``callcenter.workstation.budget``"""
        budget.ensure_one()
        self.env = budget.env
        self.budget = budget

    def get_content(self):
        """The file as bytes: a row a month and item, the totals below."""
        stream = io.BytesIO()
        book = open_workbook(stream)
        self.sheet = book.add_worksheet("Budget")
        self.bold = book.add_format({"bold": True})
        self.money = book.add_format({"num_format": "#,##0.00"})
        self.day = book.add_format({"num_format": "mm.yyyy"})
        self._write_head()
        lines = self.budget.line_ids
        lines = lines.sorted(lambda line: (line.month, line.sequence, line.id))
        for row, line in enumerate(lines, start=self.HEAD_ROW + 1):
            self._write_line(row, line)
        self._write_totals(self.HEAD_ROW + 1 + len(lines))
        book.close()
        return stream.getvalue()

    def _get_columns(self):
        return [
            (self.env._("Month"), 10),
            (self.env._("Cost item"), 30),
            (self.env._("Quantity"), 10),
            (self.env._("Plan"), 14),
            (self.env._("Actual"), 14),
            (self.env._("Deviation"), 14),
            (self.env._("Forecast"), 14),
            (self.env._("Deviation reason"), 40),
        ]

    def _write_head(self):
        self.sheet.write_string(0, 0, self.budget.display_name, self.bold)
        for column, (title, width) in enumerate(self._get_columns()):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(self.HEAD_ROW, column, title, self.bold)
        self.sheet.freeze_panes(self.HEAD_ROW + 1, 0)

    def _write_line(self, row, line):
        sheet, money = self.sheet, self.money
        sheet.write_datetime(row, 0, line.month, self.day)
        sheet.write_string(row, 1, line.item_id.name)
        sheet.write_number(row, 2, line.quantity)
        sheet.write_number(row, 3, line.amount_plan, money)
        sheet.write_number(row, 4, line.amount_actual, money)
        sheet.write_formula(row, 5, f"=E{row + 1}-D{row + 1}", money, line.deviation)
        sheet.write_number(row, 6, line.amount_forecast, money)
        sheet.write_string(row, 7, line.deviation_reason or "")

    def _write_totals(self, row):
        totals = {
            3: self.budget.amount_total,
            4: self.budget.amount_actual,
            5: self.budget.deviation,
            6: self.budget.amount_forecast,
        }
        self.sheet.write_string(row, 1, self.env._("Total"), self.bold)
        for column, amount in totals.items():
            letter = "ABCDEFGH"[column]
            formula = f"=SUM({letter}{self.HEAD_ROW + 2}:{letter}{row})"
            self.sheet.write_formula(row, column, formula, self.money, amount)

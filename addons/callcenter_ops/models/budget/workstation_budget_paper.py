import io

import xlsxwriter
from odoo import api, fields, models

from ...tools.budget.cost_plan import month_table
from ...tools.common.date_words import date_in_digits, date_in_words
from ...tools.common.money_words import amount_in_digits, amount_in_words


class WorkstationBudgetPaper(models.AbstractModel):
    """A budget on paper (fixed Russian words) and in a workbook (user's language)."""

    _name = "callcenter.workstation.budget.paper"
    _description = "Printed workplace budget"

    amount_words = fields.Char(string="In words", compute="_compute_amount_words")

    @api.depends("amount_total", "currency_id")
    @api.depends_context("lang")
    def _compute_amount_words(self):
        for budget in self:
            budget.amount_words = budget._get_amount_words(
                budget.amount_total, budget.currency_id
            )

    def action_download_xlsx(self):
        """The budget as a workbook."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/callcenter_ops/workstation_budget/{self.id}/xlsx",
            "target": "download",
        }

    def _get_paper(self):
        """Everything that stands on the paper, as ready texts."""
        self.ensure_one()
        items = self.line_ids.item_id.sorted("sequence")
        is_rub = self.currency_id.name == "RUB"
        return {
            "company": self.company_id.name,
            "number": self.name,
            "period": f"{date_in_digits(self.date_from.replace(day=1))} – "
            f"{date_in_digits(self.date_to)}",
            "approved_on": date_in_words(self._get_approval_day()),
            "approved_by": self.approved_by_id.name or "",
            "items": items.mapped("name"),
            "rows": self._get_paper_rows(items),
            "totals": self._get_paper_totals(items),
            "words": amount_in_words(self.amount_total) if is_rub else "",
            "amount": amount_in_digits(self.amount_total),
            "first_month": amount_in_digits(self.amount_first_month),
            "further": amount_in_digits(self.amount_monthly),
            "currency": self.currency_id.name,
            "seats": self._get_paper_seats(),
            "amendments": self._get_paper_amendments(),
            "reasons": self._get_paper_reasons(),
        }

    def _get_paper_seats(self):
        """``2; с 01.06.2026 — 5``: the seats at the start and where they change."""
        changes = [
            f"с {date_in_digits(month)} — {seats}"
            for month, seats, _kit in self._get_steps()
        ]
        return "; ".join([str(self.seat_count), *changes])

    def _get_paper_amendments(self):
        """``№ 1 от 05.06.2026`` for each approved amendment, by its number."""
        approved = self.amendment_ids.filtered("number").sorted("number")
        return [
            f"№ {amendment.number} от {date_in_digits(amendment._get_approval_day())}"
            for amendment in approved
        ]

    def _get_paper_reasons(self):
        """Why lines deviate: month, item, deviation and reason as texts."""
        return [
            {
                "month": f"{line.month:%m.%Y}",
                "item": line.item_id.name,
                "deviation": amount_in_digits(line.deviation),
                "reason": line.deviation_reason,
            }
            for line in self.line_ids.filtered("deviation_reason")
        ]

    def _get_paper_rows(self, items):
        rows, _totals = self._get_month_table(items, "amount_plan")
        actual, _totals = self._get_month_table(items, "amount_actual")
        return [
            {
                "month": f"{month:%m.%Y}",
                "cells": [amount_in_digits(amount) for amount in amounts],
                "plan": amount_in_digits(plan),
                "actual": amount_in_digits(spent),
                "deviation": amount_in_digits(spent - plan),
            }
            for (month, amounts, plan), (_month, _amounts, spent) in zip(
                rows, actual, strict=True
            )
        ]

    def _get_paper_totals(self, items):
        _rows, totals = self._get_month_table(items, "amount_plan")
        sums = (self.amount_total, self.amount_actual, self.deviation)
        return [amount_in_digits(amount) for amount in (*totals, *sums)]

    def _get_month_table(self, items, field):
        cells = [(line.month, line.item_id, line[field]) for line in self.line_ids]
        return month_table(cells, self._get_months(), items, self._get_rounding())

    def _get_xlsx(self):
        """The workbook as bytes: a line a month and item, sums as formulas."""
        self.ensure_one()
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        sheet = book.add_worksheet("Budget")
        bold = book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0.00"})
        day = book.add_format({"num_format": "mm.yyyy"})
        for column, (title, width) in enumerate(self._get_xlsx_columns()):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, title, bold)
        sheet.write_string(0, 0, self.display_name, bold)
        lines = self.line_ids.sorted(lambda line: (line.month, line.sequence, line.id))
        for row, line in enumerate(lines, start=3):
            sheet.write_datetime(row, 0, line.month, day)
            sheet.write_string(row, 1, line.item_id.name)
            sheet.write_number(row, 2, line.quantity)
            sheet.write_number(row, 3, line.amount_plan, money)
            sheet.write_number(row, 4, line.amount_actual, money)
            sheet.write_formula(
                row, 5, f"=E{row + 1}-D{row + 1}", money, line.deviation
            )
            sheet.write_number(row, 6, line.amount_forecast, money)
            sheet.write_string(row, 7, line.deviation_reason or "")
        self._write_xlsx_totals(sheet, 3 + len(lines), money, bold)
        sheet.freeze_panes(3, 0)
        book.close()
        return stream.getvalue()

    def _get_xlsx_columns(self):
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

    def _write_xlsx_totals(self, sheet, row, money, bold):
        totals = {
            3: self.amount_total,
            4: self.amount_actual,
            5: self.deviation,
            6: self.amount_forecast,
        }
        sheet.write_string(row, 1, self.env._("Total"), bold)
        for column, amount in totals.items():
            letter = "ABCDEFGH"[column]
            formula = f"=SUM({letter}4:{letter}{row})"
            sheet.write_formula(row, column, formula, money, amount)

import io
from collections import defaultdict

import xlsxwriter
from odoo import api, fields, models

from ...tools.cost_plan import exact_sum
from ...tools.date_words import date_in_digits, date_in_words
from ...tools.money_words import amount_in_words


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
            "amount": self._format_paper_amount(self.amount_total),
            "first_month": self._format_paper_amount(self.amount_first_month),
            "further": self._format_paper_amount(self.amount_monthly),
            "currency": self.currency_id.name,
        }

    def _get_approval_day(self):
        """The day of the approval by the company's clock, False before it."""
        moment = self.approved_on
        return moment and self.company_id._callcenter_local(moment).date()

    def _get_paper_rows(self, items):
        cells, actual = self._sum_cells("amount_plan"), defaultdict(list)
        for line in self.line_ids:
            actual[line.month].append(line.amount_actual)
        rounding = self._get_rounding()
        return [
            {
                "month": f"{month:%m.%Y}",
                "cells": [
                    self._format_paper_amount(cells.get((month, item), 0))
                    for item in items
                ],
                "plan": self._format_paper_amount(
                    exact_sum([cells.get((month, i), 0) for i in items], rounding)
                ),
                "actual": self._format_paper_amount(exact_sum(actual[month], rounding)),
            }
            for month in self._get_months()
        ]

    def _get_paper_totals(self, items):
        cells = self._sum_cells("amount_plan")
        rounding = self._get_rounding()
        return [
            self._format_paper_amount(
                exact_sum(
                    [amount for (_month, key), amount in cells.items() if key == item],
                    rounding,
                )
            )
            for item in items
        ] + [
            self._format_paper_amount(self.amount_total),
            self._format_paper_amount(self.amount_actual),
        ]

    def _sum_cells(self, field):
        amounts = defaultdict(list)
        for line in self.line_ids:
            amounts[line.month, line.item_id].append(line[field])
        rounding = self._get_rounding()
        return {key: exact_sum(parts, rounding) for key, parts in amounts.items()}

    def _format_paper_amount(self, amount):
        return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")

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

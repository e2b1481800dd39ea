import io

import xlsxwriter
from odoo import models
from odoo.tools import format_date

from ...tools.figures.kpi import clock, percent


class ReportSheetPeriodPaper(models.AbstractModel):
    """Day sheets added up on one paper: a line a day, or a line an operator."""

    _name = "callcenter.report.sheet.period.paper"
    _description = "Printed week or month sheet"

    def _get_sheets(self):
        """The day sheets of the period that the reader may see."""
        domain = [("date", ">=", self.date_from), ("date", "<=", self.date_to)]
        if self.employee_id:
            domain.append(("employee_id", "=", self.employee_id.id))
        return self.env["callcenter.report.sheet"].search(
            domain, order="date, employee_id"
        )

    def _get_paper_title(self):
        if self.kind == "week":
            return self.env._("Report sheet of a week")
        if self.kind == "month":
            return self.env._("Report sheet of a month")
        return self.env._("Report sheet of a period")

    def _get_paper_head(self):
        # sudo: the reader may not open hr.employee; names of his own sheets only
        sheets = self._get_sheets().sudo()
        operators = sheets.employee_id.mapped("name")
        heads = sheets.department_id.manager_id.mapped("name")
        state = self.env._(
            "%(days)s sheets, %(open)s not checked",
            days=len(sheets),
            open=len(sheets.filtered(lambda one: one.state in ("draft", "submitted"))),
        )
        dates = [
            format_date(self.env, day, date_format="dd.MM.yyyy")
            for day in (self.date_from, self.date_to)
        ]
        return [
            (self.env._("Period"), " — ".join(dates)),
            (self.env._("Operator"), ", ".join(operators)),
            (self.env._("Supervisor"), ", ".join(heads) or "—"),
            (self.env._("Day sheets"), state),
        ]

    def _get_paper_columns(self):
        first = self.env._("Date") if self.employee_id else self.env._("Operator")
        return [
            first,
            self.env._("Plan"),
            self.env._("Attempts"),
            self.env._("Clients"),
            self.env._("Contacts"),
            self.env._("Contact rate"),
            self.env._("Target contacts"),
            self.env._("Interested"),
            self.env._("Customer orders"),
            self.env._("Amount of orders"),
            self.env._("Conversion"),
            self.env._("Refusals"),
            self.env._("Call-backs"),
            self.env._("Talk time"),
            self.env._("Plan fulfilled"),
        ]

    def _get_paper_lines(self):
        """Rows of ready texts, the total last."""
        sheets = self._get_sheets()
        lines = []
        for label, part in self._get_parts(sheets):
            lines.append(self._prepare_line(label, part))
        return [*lines, self._prepare_line(self.env._("Total"), sheets)]

    def _get_parts(self, sheets):
        if self.employee_id:
            for sheet in sheets:
                yield format_date(self.env, sheet.date), sheet
        else:
            # sudo: names only, see above
            for employee, part in sheets.sudo().grouped("employee_id").items():
                yield employee.name, part.with_env(self.env)

    def _prepare_line(self, label, sheets):
        totals = sheets._get_totals_together()
        plan = sum(sheets.mapped("plan_attempts"))
        has_attempts, has_targets = totals["attempt_count"], totals["target_count"]
        return [
            label,
            str(plan or "—"),
            str(totals["attempt_count"]),
            str(totals["client_count"]),
            str(totals["contact_count"]),
            percent(totals["contact_rate"] if has_attempts else None),
            str(totals["target_count"]),
            str(totals["lead_count"]),
            str(totals["sale_count"]),
            sheets.currency_id[:1].format(totals["amount"]),
            percent(totals["conversion"] if has_targets else None),
            str(totals["refusal_count"]),
            str(totals["callback_count"]),
            clock(totals["talk_seconds"]),
            percent(totals["attempt_count"] / plan if plan else None),
        ]

    def _get_signature_lines(self):
        return self.env["callcenter.report.sheet"]._get_signature_lines()

    def _get_xlsx(self):
        """The paper as the bytes of an XLSX file; texts never become formulas."""
        stream = io.BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        page = book.add_worksheet(self.env._("Report sheet")[:31])
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_column(0, 0, 24)
        page.set_column(1, 14, 12)
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        page.write_string(0, 0, self._get_paper_title(), bold)
        row = 1
        for label, text in self._get_paper_head():
            page.write_string(row, 0, label)
            page.write_string(row, 2, text)
            row += 1
        for line in [self._get_paper_columns(), *self._get_paper_lines()]:
            row += 1
            for column, text in enumerate(line):
                page.write_string(row, column, text, bold if column == 0 else None)
        for text in self._get_signature_lines():
            row += 2
            page.write_string(row, 0, text)
        book.close()
        return stream.getvalue()

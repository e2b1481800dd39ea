import io

from odoo.tools import format_date

from ...models.common.figure_text import percent_text
from ...models.sheets.report_sheet_paper import get_signature_lines
from ...tools.calling.kpi import clock
from ...tools.common.spreadsheet import open_workbook


def _get_names(sheet):
    return sheet._get_names_on_paper()


def _join(names):
    """Each name once: who married meanwhile stands there with both."""
    return ", ".join(dict.fromkeys(names))


class ReportSheetPeriodPaper:
    """Day sheets added up on one paper: a line a day, or a line an operator."""

    def __init__(self, period):
        """:param period: one ``callcenter.report.sheet.period``"""
        self.period, self.env = period, period.env
        self.sheets = period._get_sheets()

    def get_title(self):
        if self.period.kind == "week":
            return self.env._("Report sheet of a week")
        if self.period.kind == "month":
            return self.env._("Report sheet of a month")
        return self.env._("Report sheet of a period")

    def get_head(self):
        sheets = self.sheets
        operators, heads = zip(*map(_get_names, sheets), strict=True)
        state = self.env._(
            "%(days)s sheets, %(open)s not checked",
            days=len(sheets),
            open=len(sheets.filtered(lambda one: one.state in ("draft", "submitted"))),
        )
        dates = [
            format_date(self.env, day, date_format="dd.MM.yyyy")
            for day in (self.period.date_from, self.period.date_to)
        ]
        return [
            (self.env._("Period"), " — ".join(dates)),
            self._get_operators(operators),
            (self.env._("Supervisor"), _join(heads)),
            (self.env._("Day sheets"), state),
        ]

    def _get_operators(self, names):
        """Who worked; of a team how many, for the lines below name them."""
        if self.period.employee_id:
            return self.env._("Operator"), _join(names)
        return self.env._("Operators"), str(len(self.sheets.employee_id))

    def get_columns(self):
        first = (
            self.env._("Date") if self.period.employee_id else self.env._("Operator")
        )
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

    def get_lines(self):
        """Rows of ready texts, the total last."""
        lines = [self._prepare_line(label, part) for label, part in self._get_parts()]
        return [*lines, self._prepare_line(self.env._("Total"), self.sheets)]

    def _get_parts(self):
        if self.period.employee_id:
            for sheet in self.sheets:
                yield format_date(self.env, sheet.date), sheet
        else:
            for part in self.sheets.grouped("employee_id").values():
                yield _join(operator for operator, _head in map(_get_names, part)), part

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
            percent_text(self.env, totals["contact_rate"] if has_attempts else None),
            str(totals["target_count"]),
            str(totals["lead_count"]),
            str(totals["sale_count"]),
            sheets.currency_id[:1].format(totals["amount"]),
            percent_text(self.env, totals["conversion"] if has_targets else None),
            str(totals["refusal_count"]),
            str(totals["callback_count"]),
            clock(totals["talk_seconds"]),
            percent_text(self.env, totals["attempt_count"] / plan if plan else None),
        ]

    def get_signatures(self):
        """``[[role, name]]``: a paper of a period names nobody beforehand."""
        return [[role, ""] for role in get_signature_lines(self.env)]

    def make_xlsx(self):
        """The paper as the bytes of an XLSX file; texts never become formulas."""
        stream = io.BytesIO()
        book = open_workbook(stream)
        page = book.add_worksheet(self.env._("Report sheet")[:31])
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_column(0, 0, 24)
        page.set_column(1, 14, 12)
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        page.write_string(0, 0, self.get_title(), bold)
        row = 1
        for label, text in self.get_head():
            page.write_string(row, 0, label)
            page.write_string(row, 2, text)
            row += 1
        for line in [self.get_columns(), *self.get_lines()]:
            row += 1
            for column, text in enumerate(line):
                page.write_string(row, column, text, bold if column == 0 else None)
        for role, _name in self.get_signatures():
            row += 2
            page.write_string(row, 0, f"{role} ____________________")
        book.close()
        return stream.getvalue()

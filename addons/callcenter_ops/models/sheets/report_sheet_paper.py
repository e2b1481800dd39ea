import io
from zoneinfo import ZoneInfo

from ...tools.calling.kpi import clock
from ...tools.common.spreadsheet import open_workbook
from ...tools.personnel.name_cases import short_name
from ..common.figure_text import percent_text

# Facts above the lines, in their order on the paper.
_HEAD = ("date", "operator", "department", "campaigns", "supervisor", "plan")


def read_head(words):
    """The facts above the lines of a kept sheet: ``{name of the fact: text}``."""
    return dict(zip(_HEAD, (text for _label, text in words["head"]), strict=True))


def get_signature_lines(env):
    """Where the operator and who checked him sign, on every kind of sheet."""
    own = env["callcenter.report.sheet"]._fields
    signers = (own["employee_id"], own["checked_by_id"])
    return [field._description_string(env) for field in signers]


class ReportSheetPaper:
    """A report sheet on paper and in a workbook: the same columns in both."""

    def __init__(self, sheet):
        """:param sheet: one ``callcenter.report.sheet`` that the reader may read"""
        sheet.ensure_one()
        self.sheet, self.env = sheet, sheet.env

    def get_texts(self):
        """All words of the sheet: head, columns, lines, totals, as JSON takes them."""
        sheet, lines = self.sheet, self.get_lines()
        return {
            "title": self.env._("Report sheet"),
            "day": sheet.date.isoformat(),
            "head": self.get_head(),
            "columns": self.get_columns(),
            "lines": lines,
            "rows": self._get_rows(lines),
            "totals": self.get_totals(),
            "remark": sheet.remark or "",
            "signatures": self._get_signatures(),
        }

    def _get_rows(self, lines):
        """The cells of the table as texts, the amount with its currency."""
        names = [
            "money" if name == "amount" else name
            for name, _heading, _width in self.get_columns()
        ]
        return [[str(line[name]) for name in names] for line in lines]

    def _get_signatures(self):
        # sudo: the names of who hands in and who checks stand on the sheet
        sheet = self.sheet.sudo()
        checker = sheet.checked_by_id
        names = (sheet.employee_id.name, checker.employee_id.name or checker.name)
        lines = get_signature_lines(self.env)
        return [
            [role, short_name(name) if name else ""]
            for role, name in zip(lines, names, strict=True)
        ]

    def get_head(self):
        """Facts above the lines: (label, text) in the order of ``_HEAD``."""
        # sudo: whoever may print a sheet reads the names on it, of people and campaigns
        sheet = self.sheet.sudo()
        campaigns = ", ".join(sheet.line_ids.campaign_id.mapped("name"))
        plan = self.env._(
            "%(attempts)s attempts, %(contacts)s contacts",
            attempts=sheet.plan_attempts or "—",
            contacts=sheet.plan_contacts or "—",
        )
        return [
            (self.env._("Date"), sheet.date.strftime("%d.%m.%Y")),
            (self.env._("Operator"), sheet.employee_id.name),
            (self.env._("Department"), sheet.department_id.name or "—"),
            (self.env._("Campaigns"), campaigns or "—"),
            (self.env._("Supervisor"), sheet.department_id.manager_id.name or "—"),
            (self.env._("Plan"), plan),
        ]

    def get_columns(self):
        """Columns in their customary order: (key, heading, width in characters)."""
        return [
            ("number", self.env._("No."), 5),
            ("start", self.env._("Start"), 9),
            ("direction", self.env._("Direction"), 14),
            ("client", self.env._("Client"), 24),
            ("person", self.env._("Contact person, position"), 20),
            ("phone", self.env._("Telephone"), 16),
            ("region", self.env._("Region, local time"), 22),
            ("purpose", self.env._("Purpose"), 14),
            ("duration", self.env._("Duration"), 15),
            ("attempt", self.env._("Attempt"), 10),
            ("status", self.env._("Technical status"), 14),
            ("result", self.env._("Result"), 20),
            ("detail", self.env._("Reason, opportunity"), 22),
            ("amount", self.env._("Amount"), 12),
            ("next", self.env._("Next contact"), 16),
            ("note", self.env._("Comment"), 30),
            ("recorded", self.env._("In the database"), 16),
        ]

    def get_lines(self):
        """The calls as dicts of ready texts and numbers, by the order of the day."""
        # sudo: whoever may print the sheet may print whom the day was spent on
        calls = self.sheet.sudo().line_ids.sorted(
            lambda call: (call.started_at, call.id)
        )
        numbers = {call.id: number for number, call in enumerate(calls, 1)}
        labels = {
            "number": numbers,
            "status": dict(
                calls._fields["technical_status"]._description_selection(self.env)
            ),
            "direction": dict(
                calls._fields["direction"]._description_selection(self.env)
            ),
            "purpose": dict(
                calls.campaign_id._fields["purpose"]._description_selection(self.env)
            ),
        }
        return [
            self._prepare_line(number, call, labels)
            for number, call in enumerate(calls, 1)
        ]

    def _prepare_line(self, number, call, labels):
        company_zone = call.company_id.callcenter_tz
        partner = call.partner_id
        company = partner.commercial_partner_id
        is_person = company != partner
        return {
            "number": number,
            "start": self._local_text(call.started_at, company_zone, "%H:%M"),
            "direction": labels["direction"][call.direction],
            "client": company.name or "",
            "person": self._join(partner.name, partner.function) if is_person else "",
            "phone": call.phone or "",
            "region": self._join(
                call.state_id._get_region_label(),
                self._local_text(call.started_at, call.timezone, "%H:%M"),
            ),
            "purpose": labels["purpose"].get(call.campaign_id.purpose, ""),
            "duration": clock(call.talk_seconds),
            "attempt": call.attempt_no,
            "status": labels["status"].get(call.technical_status, ""),
            "result": self._get_result(call, labels["number"]),
            "detail": call.refusal_reason_id.name or call.lead_id.name or "",
            "amount": call.expected_revenue or 0,
            "money": self._get_money(call),
            "next": self._local_text(call.callback_at, company_zone, "%d.%m.%Y %H:%M"),
            "note": self._get_note(call, labels["number"]),
            "recorded": self._local_text(
                call.create_date, company_zone, "%d.%m.%Y %H:%M"
            ),
        }

    def _join(self, *words):
        return ", ".join(filter(None, words))

    def _get_money(self, call):
        amount = call.expected_revenue
        return self.sheet.currency_id.format(amount) if amount else ""

    def _get_result(self, call, numbers):
        """The result; of a corrected call also where the right one stands."""
        result = call.disposition_id.name
        if call.is_in_force:
            return result
        return self.env._(
            "%(result)s (does not count, see No. %(number)s)",
            result=result,
            number=numbers.get(call.correction_ids.id, ""),
        )

    def _get_note(self, call, numbers):
        """The note; of a correction also what it corrects, who made it and why."""
        if not call.correction_of_id:
            return call.note or ""
        correction = self.env._(
            "Correction of No. %(number)s by %(user)s: %(reason)s",
            number=numbers.get(call.correction_of_id.id, ""),
            user=call.correction_user_id.name,
            reason=call.correction_reason,
        )
        return "\n".join(filter(None, (correction, call.note)))

    def _local_text(self, moment, zone, pattern):
        if not moment or not zone:
            return ""
        local = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
        return local.strftime(pattern)

    def get_totals(self):
        """The foot of the sheet: (label, text) in order; a dash where undefined."""
        return [*self._get_reach(), *self._get_outcome(), *self._get_time()]

    def _get_reach(self):
        sheet, has_calls = self.sheet, bool(self.sheet.attempt_count)
        connection = percent_text(
            self.env, sheet.connection_rate if has_calls else None
        )
        return [
            (self.env._("Attempts"), str(sheet.attempt_count)),
            (self.env._("Clients"), str(sheet.client_count)),
            (self.env._("Contacts"), str(sheet.contact_count)),
            (self.env._("Connection rate"), connection),
            (
                self.env._("Contact rate"),
                percent_text(self.env, sheet.contact_rate if has_calls else None),
            ),
        ]

    def _get_outcome(self):
        sheet = self.sheet
        conversion = percent_text(
            self.env, sheet.conversion if sheet.target_count else None
        )
        return [
            (self.env._("Target contacts"), str(sheet.target_count)),
            (self.env._("Interested"), str(sheet.lead_count)),
            (self.env._("Customer orders"), str(sheet.sale_count)),
            (self.env._("Amount of orders"), sheet.currency_id.format(sheet.amount)),
            (self.env._("Conversion"), conversion),
            (self.env._("Refusals"), str(sheet.refusal_count)),
            (self.env._("Do not call"), str(sheet.stop_count)),
            (self.env._("Call-backs"), str(sheet.callback_count)),
        ]

    def _get_time(self):
        sheet = self.sheet
        handling = clock(sheet.aht if sheet.contact_count else None)
        plan = percent_text(self.env, sheet.plan_rate if sheet.plan_attempts else None)
        return [
            (self.env._("Talk time"), clock(sheet.talk_seconds)),
            (self.env._("Average handling time"), handling),
            (self.env._("Minutes in the Urals"), f"{sheet.ural_minutes:.0f}"),
            (self.env._("Minutes beyond the Urals"), f"{sheet.other_minutes:.0f}"),
            (self.env._("Plan fulfilled"), plan),
        ]


class ReportSheetWorkbook:
    """A report sheet as a workbook: what stands on the paper, in its columns."""

    def __init__(self, words):
        """:param words: see ``ReportSheetPaper.get_texts``"""
        self.words = words

    def make_xlsx(self):
        """The sheet as the bytes of an XLSX file; texts never become formulas."""
        stream = io.BytesIO()
        book = open_workbook(stream)
        page = book.add_worksheet(self.words["day"])
        page.set_landscape()
        page.fit_to_pages(1, 0)
        row = self._write_xlsx_head(book, page)
        row = self._write_xlsx_lines(book, page, row)
        self._write_xlsx_foot(book, page, row + 1)
        book.close()
        return stream.getvalue()

    def _write_xlsx_head(self, book, page):
        title = book.add_format({"bold": True, "font_size": 14})
        page.write_string(0, 0, self.words["title"], title)
        for row, (label, text) in enumerate(self.words["head"], 1):
            page.write_string(row, 0, label)
            page.write_string(row, 3, text)
        return row + 2

    def _write_xlsx_lines(self, book, page, row):
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        columns = self.words["columns"]
        for number, (_key, heading, width) in enumerate(columns):
            page.set_column(number, number, width)
            page.write_string(row, number, heading, head)
        for line in self.words["lines"]:
            row += 1
            for number, (key, _heading, _width) in enumerate(columns):
                value = line[key]
                write = (
                    page.write_string if isinstance(value, str) else page.write_number
                )
                write(row, number, value, cell)
        return row + 1

    def _write_xlsx_foot(self, book, page, row):
        bold = book.add_format({"bold": True})
        for label, text in self.words["totals"]:
            page.write_string(row, 0, label)
            page.write_string(row, 3, text, bold)
            row += 1
        for role, name in self.words["signatures"]:
            row += 1
            page.write_string(row, 0, f"{role} ____________________ {name}")

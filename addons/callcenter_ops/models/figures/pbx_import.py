from odoo import fields

from ...tools.figures.pbx_rows import merge_legs, parse_pbx_call
from ..clients.client_import import get_phone_messages
from ..imports.import_kind import ImportKind

# What lost calls bring beside their lines.
_BESIDE = ("callcenter.followup", "res.partner")


class PbxImport(ImportKind):
    """Lines of the PBX's journal of incoming calls; each is loaded once.

    Several lines of a file may be one call that rang different people. A call that is
    there already is left as it is, whatever a later file says.
    """

    groups = ("callcenter_ops.group_supervisor",)
    model = "callcenter.pbx.call"
    is_undoable = True
    made_models = ("callcenter.followup", "callcenter.pbx.call", "res.partner")
    required = (("started",), ("wait", "total"), ("talk", "answered"))
    header_words = (
        ("ident", r"uniqueid|linkedid|\bid\b|идентиф|call ?id"),
        ("wait", "ожид|ждал|wait|queue ?time|hold"),
        ("talk", "разговор|billsec|talk|беседа"),
        ("peer", "dst ?channel|кто ответил|ответивш|агент|agent|answered by"),
        ("answered", "отвеч|ответ|статус|результат|disposition|answer|status|принят"),
        ("total", "длительн|duration|продолж|всего"),
        ("started", "дата|время|начал|calldate|start|date|time"),
        ("line", r"линия|очеред|куда|кому|набран|внутр|\bdst\b|dnis|queue|line|called"),
        (
            "phone",
            r"номер|тел|абонент|откуда|кто звон|\bsrc\b|caller|phone|number|from",
        ),
    )

    def __init__(self, record):
        super().__init__(record)
        self.beside = set()

    def get_label(self):
        return self.env._("Incoming calls of the PBX")

    def get_targets(self):
        return {
            "started": self.env._("Day and time"),
            "phone": self.env._("Phone"),
            "line": self.env._("Line called"),
            "wait": self.env._("Waited"),
            "talk": self.env._("Talk"),
            "total": self.env._("Whole duration"),
            "answered": self.env._("Answered"),
            "peer": self.env._("Who answered"),
            "ident": self.env._("Identifier"),
        }

    def get_messages(self):
        return (
            super().get_messages()
            | get_phone_messages(self.env)
            | {
                "bad_moment": self.env._("“%(value)s” is no day and time."),
                "future_moment": self.env._(
                    "The call lies in the future: “%(value)s”."
                ),
                "bad_seconds": self.env._("“%(value)s” is no length of time."),
                "no_wait": self.env._("How long the caller waited is missing."),
                "bad_answer": self.env._(
                    "“%(value)s” does not say whether the call was answered."
                ),
            }
        )

    def parse_row(self, row, cells):
        now = self.record.company_id._callcenter_local(fields.Datetime.now())
        parsed = parse_pbx_call(row.line, cells, now.replace(tzinfo=None))
        parsed.values["name"] = parsed.values.get("ident", "")
        return parsed

    def get_keys(self, values):
        return [values["ident"]]

    def find_records(self, keys):
        return {call.ident: call for call in self.search_by_keys("ident", keys)}

    def find_obstacle(self, values, found, earlier):
        return None

    def prepare_values(self, values):
        company = self.record.company_id
        started = values["started"]
        return {
            "company_id": company.id,
            "ident": values["ident"],
            "line": values.get("line"),
            "started_at": company._callcenter_utc(started.date(), started.time()),
            "phone": values.get("phone"),
            "wait_seconds": values["wait"],
            "talk_seconds": values["talk"],
            "is_answered": values["is_answered"],
        }

    def prepare_update(self, existing, values, overwrite):
        return {}

    def merge_repeat(self, first, values):
        first |= merge_legs(first, values)

    def prepare_repeat(self, existing, values):
        """Another leg of a call that an earlier batch of the file has brought."""
        company = self.record.company_id
        local = company._callcenter_local(existing.started_at).replace(tzinfo=None)
        known = {
            "started": local,
            "wait": existing.wait_seconds,
            "talk": existing.talk_seconds,
            "is_answered": existing.is_answered,
        }
        merged = self.prepare_values(values | merge_legs(known, values))
        names = ("started_at", "wait_seconds", "talk_seconds", "is_answered")
        changes = {
            name: merged[name] for name in names if merged[name] != existing[name]
        }
        return changes and changes | {
            "is_in_time": existing._is_answered_in_time(merged, existing.day)
        }

    def create_records(self, vals_list):
        """Calls, and by themselves call-backs and cards for those who were lost."""
        newest = {model: self._get_newest(model) for model in _BESIDE}
        calls = super().create_records(vals_list)
        for model, known in newest.items():
            # sudo: what the server has made for lost calls is noted, not shown; no
            # other transaction's records are seen here
            self.beside |= set(self.env[model].sudo().search([("id", ">", known)]))
        return calls

    def _get_newest(self, model):
        # sudo: an id tells nothing
        records = self.env[model].sudo().with_context(active_test=False)
        return records.search([], order="id desc", limit=1).id or 0

    def _note_beside(self, lines):
        """Lay what lost calls have brought to the lines that will take it back."""
        there = {one for one in self.beside if one.exists()}
        by_client = {line.existing.partner_id.id: line for line in reversed(lines)}
        for one in there:
            client = one if one._name == "res.partner" else one.partner_id
            if line := by_client.get(client.id):
                line.made.append(one)
        self.beside = set()

    def load_details(self, lines):
        """The figures of the days that have got calls, and word to the wallboards."""
        made = self.env[self.model].union(
            *(line.existing for line in lines if line.outcome in ("created", "updated"))
        )
        if made:
            self._note_beside([one for one in lines if one.outcome == "created"])
            self._count_days(set(made.mapped("day")))

    def _count_days(self, days):
        company = self.record.company_id
        # sudo: figures are written by the loading of their calls alone
        self.env["callcenter.service.day"].sudo()._count(company, days)
        self.env["callcenter.wallboard"]._announce_service(company)

    def take_back(self, made):
        days = set(made.get(self.model, self.env[self.model]).mapped("day"))
        result = super().take_back(made)
        if days:
            self._count_days(days)
        return result

from odoo.tools.misc import format_date

from ...tools.personnel.name_cases import clean_name


class AcknowledgementPaper:
    """One line of an acknowledgement sheet and of the journal of briefings.

    :param acknowledgement: one ``callcenter.acknowledgement``, in sudo and in the
        language of papers
    """

    def __init__(self, acknowledgement):
        self.record = acknowledgement
        self.env = acknowledgement.env

    def get_texts(self):
        """All words of the line, as texts; those of a briefing with what it was."""
        record = self.record
        return {
            "name": clean_name(record.employee_id.name),
            "post": record.job_id.name or "",
            "department": record.department_id.name or "",
            "document": record.document_name,
            "date": self._get_day(),
            "signature": self._get_signature(),
            **self._get_briefing(),
        }

    def _get_day(self):
        record = self.record
        if record.signed_on:
            moment = record.company_id._callcenter_local(record.signed_on)
            return format_date(self.env, moment.date())
        return format_date(self.env, record.refused_on) if record.refused_on else ""

    def _get_signature(self):
        record = self.record
        if not record.refused_on:
            return self._get_marked_signature()
        witnesses = (record.witness_id | record.second_witness_id).mapped("name")
        return self.env._(
            "refused to sign; witnesses: %(names)s",
            names=", ".join(map(clean_name, witnesses)),
        )

    def _get_marked_signature(self):
        """The name; beside it, what was no live signature says so."""
        name = self.record.signature or ""
        mark = {
            "click": self.env._("marked by click"),
            "link": self.env._("marked by click on the own link"),
            "electronic": self.env._("electronic signature"),
        }.get(self.record.signed_way)
        return f"{name} ({mark})" if mark else name

    def _get_briefing(self):
        policy = self.record.policy_id
        if policy.kind != "briefing":
            return {}
        born = self.record.employee_id.birthday
        return {
            "birth_year": str(born.year) if born else "",
            "kind": self._get_kind(),
            "reason": policy.reason or "",
            "instruction": policy.number or policy.name,
            "instructor": clean_name(policy.instructor_id.name),
            "instructor_post": policy.instructor_id.job_id.name or "",
        }

    def _get_kind(self):
        """Subject and type; the first one at the workplace is never a repeated one."""
        policy = self.record.policy_id
        kind = policy.briefing_type
        if kind in ("primary", "repeated"):
            kind = "repeated" if self._has_earlier_briefing() else "primary"
        subject = policy._fields["briefing_field"]._description_selection(self.env)
        types = policy._fields["briefing_type"]._description_selection(self.env)
        return f"{dict(subject)[policy.briefing_field]}, {dict(types)[kind]}"

    def _has_earlier_briefing(self):
        record = self.record
        return bool(
            record.search_count(
                [
                    ("employee_id", "=", record.employee_id.id),
                    ("policy_id.briefing_field", "=", record.policy_id.briefing_field),
                    ("policy_id.briefing_type", "in", ("primary", "repeated")),
                    ("signed_on", "!=", False),
                    ("signed_on", "<", record.signed_on or record.env.cr.now()),
                    ("id", "!=", record.id),
                ],
                limit=1,
            )
        )

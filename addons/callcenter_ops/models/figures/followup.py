from datetime import timedelta

from odoo import api, fields, models

from ...tools.clients.phone_parse import display_number

# An older journal tells of callers who have long found another way.
_MISSED_WITHIN = timedelta(days=1)


class Followup(models.Model):
    _inherit = "callcenter.followup"

    @api.model
    def _promise_to_missed(self, pbx_calls):
        """A call-back for each caller whom nobody answered and nobody spoke with since.

        :param pbx_calls: ``callcenter.pbx.call`` just told by the PBX
        """
        since = fields.Datetime.now() - _MISSED_WITHIN
        missed = pbx_calls.filtered(
            lambda one: one.phone and not one.is_answered and one.started_at >= since
        )
        # The first call of a caller counts: he has waited since then.
        for one in missed.sorted("started_at"):
            if not self._was_spoken_with(one):
                self._promise_callback(one)

    @api.model
    def _was_spoken_with(self, missed):
        later = [
            ("company_id", "=", missed.company_id.id),
            ("phone", "=", missed.phone),
            ("started_at", ">", missed.started_at),
        ]
        answered = [*later, ("is_answered", "=", True)]
        spoken = [*later, ("is_contact", "=", True)]
        return bool(
            missed.search_count(answered, limit=1)
            # sudo: whoever spoke with him, in whatever department
            or self.env["callcenter.call"].sudo().search_count(spoken, limit=1)
        )

    @api.model
    def _promise_callback(self, missed):
        company = missed.company_id
        client = missed.partner_id or self._make_caller(missed)
        known = self._find_open(client, company)
        if known.filtered(lambda one: one.kind == "callback"):
            return
        hours = company._get_callcenter_setting("callcenter_missed_hours")
        self._in_transition().create(
            {
                "kind": "callback",
                "partner_id": client.id,
                "phone": missed.phone,
                "company_id": company.id,
                "department_id": company._get_missed_department().id,
                "deadline_at": company._get_service_end(missed.started_at, hours),
                "note": self._describe_missed(missed),
            }
        )

    @api.model
    def _describe_missed(self, missed):
        reader = missed._told_to()
        if not missed.line:
            return reader.env._("Missed call.")
        return reader.env._("Missed call on the line %(line)s.", line=missed.line)

    @api.model
    def _make_caller(self, missed):
        """The card of a caller whom nobody knows; the operator asks his name."""
        region = self.env["callcenter.number.range"]._get_region(missed.phone)
        company = missed.company_id
        client = self.env["res.partner"].create(
            {
                "name": display_number(missed.phone),
                "phone": missed.phone,
                "state_id": region.get("state_id"),
                "country_id": company.country_id.id,
                "company_id": company.id,
                "user_id": False,
            }
        )
        missed.partner_id = client
        return client

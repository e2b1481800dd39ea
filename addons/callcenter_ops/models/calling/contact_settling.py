from odoo import models


class ContactSettling(models.AbstractModel):
    """What a client's own call or letter does to the calls that wait for him."""

    _name = "callcenter.contact.settling"
    _description = "Queued contacts whose client came by himself"

    def _end_by(self, call):
        """Nothing is left to call about: the contacts are done with this result."""
        self._get_waiting_callbacks().activity_id._action_done(
            feedback=call.disposition_id.name
        )
        self._transition(
            {
                "state": "done",
                "exclusion_reason": False,
                "next_call_at": False,
                "wait_reason": False,
                "reserved_employee_id": False,
                "last_call_at": call.started_at,
                "last_disposition_id": call.disposition_id.id,
            }
        )

    def _put_off_by(self, call):
        """Not now: later than the agreed call-back or than the delay of the result.

        Nobody is called earlier than before, and a personal call-back keeps its time.
        """
        for contact in self:
            rules = contact.campaign_id._get_rules()
            moment = call.callback_at or call.disposition_id._get_next_attempt(
                call.ended_at, 1, rules.retry_minutes
            )
            if not contact.reserved_employee_id:
                contact._put_off_until(moment, "retry")

    def _put_off_until(self, moment, reason):
        """Call not before ``moment``; whoever waits longer anyway is left as he is."""
        for contact in self:
            if not contact.next_call_at or contact.next_call_at < moment:
                contact._transition({"next_call_at": moment, "wait_reason": reason})

    def _get_waiting_callbacks(self):
        return self.env["callcenter.call"].search(
            [
                ("contact_id", "in", self.ids),
                ("activity_id.active", "=", True),
                ("callback_at", "!=", False),
            ]
        )

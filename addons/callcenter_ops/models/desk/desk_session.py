from datetime import timedelta

from markupsafe import Markup
from odoo import fields, models
from odoo.exceptions import UserError

# Without a heartbeat for so long, a ready operator has left his desk.
SILENCE = timedelta(minutes=3)
REASON_LIMIT = 500


class CampaignBlockers:
    """What keeps one operator from single campaigns, each asked once."""

    def __init__(self, env, employee, today):
        # sudo: the requirements of a campaign are not the operator's to read
        self._campaigns = env["callcenter.campaign"].sudo()
        self._employee, self._today, self._found = employee, today, {}

    def is_blocked(self, campaign_id):
        """Whether the operator may not work in the campaign today."""
        if campaign_id not in self._found:
            campaign = self._campaigns.browse(campaign_id)
            self._found[campaign_id] = campaign._get_operator_blockers(
                self._employee, self._today
            )
        return bool(self._found[campaign_id])

    @property
    def reasons(self):
        """All blockers met so far, for the operator to read."""
        return [reason for found in self._found.values() for reason in found]


class DeskSession(models.AbstractModel):
    """The operator's state between and around the calls, and its deadlines."""

    _name = "callcenter.desk.session"
    _description = "Session at the desk"

    def _states(self):
        # sudo: operators read their intervals, only the desk writes them
        return self.env["callcenter.operator.state"].sudo()

    def _switch(self, employee, state, **values):
        """Begin ``state`` unless the operator is in it already; the open interval."""
        current = self._states()._get_current(employee)
        if current.state == state:
            return current
        self._states()._switch(employee, state, **values)
        return self._states()._get_current(employee)

    def _show(self, employee, claim):
        state = "preview"
        if claim.state == "talk":
            state = "wrap" if claim.call_ended_at else "talk"
        return self._switch(
            employee,
            state,
            campaign_id=claim.campaign_id.id,
            deadline_at=claim.lease_expires_at,
        )

    def _rest(self, employee):
        """Ready for the next client, until the desk falls silent."""
        deadline = fields.Datetime.now() + SILENCE
        return self._switch(employee, "ready", deadline_at=deadline)

    def _prolong(self, employee):
        current = self._states()._get_current(employee)
        if current.state == "ready":
            current.deadline_at = fields.Datetime.now() + SILENCE

    def _get_ready(self, employee, claim):
        today = employee.company_id._callcenter_today()
        blockers = employee._recall_callcenter_blockers(today)
        if not blockers and not claim:
            self._switch(
                employee,
                "ready",
                reason="operator",
                deadline_at=fields.Datetime.now() + SILENCE,
            )
        return self._get_snapshot(employee, claim, blockers)

    def _get_pause_values(self, pause_reason_id):
        reason = self.env["callcenter.pause.reason"].browse(
            self._read_id(pause_reason_id)
        )
        if not reason.exists().active:
            raise UserError(self.env._("Choose a reason of the pause from the list."))
        return {
            "pause_reason_id": reason.id,
            "deadline_at": self._states()._get_pause_deadline(reason),
        }

    def _get_lapse_reason(self, employee):
        """Tell an operator whose desk fell silent what became of his client."""
        current = self._states()._get_current(employee)
        if current.state != "offline" or current.reason != "lease":
            return []
        message = self.env._(
            "Your desk was silent for too long: the client went back to the queue."
        )
        return [self._reason("lease_expired", message)]

    def _release_claim(self, claim, reason):
        """Back to the queue; a call that began can only be ended with a result."""
        reason = str(reason or "").strip()[:REASON_LIMIT]
        if claim.state == "talk":
            raise UserError(self.env._("The call has begun: save its result instead."))
        if not reason:
            raise UserError(self.env._("Say why you give the client back."))
        note = self.env._(
            "%(operator)s gave the client back before the call",
            operator=claim.employee_id.name,
        )
        claim.partner_id._message_log(
            body=Markup("%s: %s") % (note, reason),
            author_id=claim.user_id.partner_id.id,
        )
        claim._return_to_queue()

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..desk.desk import SILENCE

_TEXT_LIMIT = 1_000
_LONGEST_LIST = 5


class WallboardActions:
    """What who leads does for one operator of his, from the wallboard.

    Made by ``callcenter.wallboard`` alone, for a supervisor or the Director; each step
    asks the rights of the thing it changes, by that thing's own methods.
    """

    def __init__(self, env, employee_id):
        """:raise AccessError: the operator is led by somebody else"""
        self.env = env
        self.employee = self._get_led(employee_id)

    def _get_led(self, employee_id):
        board = self.env["callcenter.wallboard"]
        number = employee_id if isinstance(employee_id, int) else 0
        domain = board._get_operator_domain(board._get_department_ids(), strict=True)
        # sudo: names and departments only; supervisors may not read hr.employee
        everybody = self.env["hr.employee"].sudo()
        employee = everybody.search([("id", "=", number), *domain])
        if not employee:
            raise AccessError(self.env._("This operator is led by somebody else."))
        return employee

    # ----------------------------------------------------------------- what there is

    def get_choices(self):
        """What may be done with him now.

        :return: dict ``state``, ``client`` (name or False), ``can_run`` (campaigns and
            clients), and lists of ``(id, name)``: ``pause_reasons``, ``campaigns``,
            ``operators``
        """
        can_run = self.env["callcenter.campaign"].has_access("write")
        claim = self._get_claim()
        reasons = self.env["callcenter.pause.reason"].search([])
        return {
            "name": self.employee.name,
            "state": self._get_state().state or "offline",
            "client": claim.partner_id.name or claim.phone or False,
            "can_run": can_run,
            "pause_reasons": _to_pairs(reasons),
            "campaigns": _to_pairs(self._get_campaigns()) if can_run else [],
            "operators": self._get_colleagues() if can_run else [],
        }

    def _get_campaigns(self):
        return self.env["callcenter.campaign"].search(
            [
                ("state", "=", "running"),
                ("company_id", "=", self.employee.company_id.id),
            ]
        )

    def _get_colleagues(self):
        board = self.env["callcenter.wallboard"]
        domain = board._get_operator_domain(board._get_department_ids(), strict=True)
        # sudo: names only; supervisors may not read hr.employee
        people = self.env["hr.employee"].sudo().search(domain, order="name, id")
        return _to_pairs(people - self.employee)

    # -------------------------------------------------------------------- the steps

    def send_message(self, text):
        """Write to him: a chat of two, and a word on his screen at once."""
        text = str(text or "").strip()[:_TEXT_LIMIT]
        if not text:
            raise UserError(self.env._("Write what you want to say."))
        user = self.employee.user_id
        if user == self.env.user:
            raise UserError(self.env._("This is yourself."))
        chat = self.env["discuss.channel"]._get_or_create_chat(user.partner_id.ids)
        chat.message_post(
            body=text, message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        user._bus_send(
            "simple_notification",
            {"title": self.env.user.name, "message": text, "sticky": True},
        )

    def pause(self, pause_reason_id):
        """Send him on a pause; a client whom he only looks at goes back."""
        number = pause_reason_id if isinstance(pause_reason_id, int) else 0
        reason = self.env["callcenter.pause.reason"].browse(number).exists()
        if not reason.active:
            raise UserError(self.env._("Choose a reason of the pause from the list."))
        if self._get_state().state in (False, "offline", "pause"):
            raise UserError(self.env._("He is not at his desk, or on a pause already."))
        claim = self._lock_claim()
        if claim.state == "talk":
            raise UserError(self.env._("He speaks with a client: write to him."))
        claim._return_to_queue()
        deadline = self._states()._get_pause_deadline(reason)
        self._switch("pause", pause_reason_id=reason.id, deadline_at=deadline)

    def end_pause(self):
        """Back from the pause: ready, until his desk falls silent."""
        if self._get_state().state != "pause":
            raise UserError(self.env._("He is not on a pause."))
        today = self.employee.company_id._callcenter_today()
        if self.employee._get_cached_callcenter_blockers(today):
            raise UserError(self.env._("He is not cleared today: see his papers."))
        self._switch("ready", deadline_at=fields.Datetime.now() + SILENCE)

    def move(self, campaign_id):
        """From now on he is handed clients of one campaign.

        He joins it where its operators are named, and leaves the other running ones
        that name him. Campaigns that are open to everybody stay so.

        :raise UserError: a campaign would be left without a named operator, which
            opens it to everybody
        """
        campaigns = self._get_campaigns()
        number = campaign_id if isinstance(campaign_id, int) else 0
        chosen = campaigns.filtered(lambda one: one.id == number)
        campaigns.check_access("write")
        if not chosen:
            raise UserError(self.env._("Choose a running campaign."))
        person = self.env["hr.employee.public"].browse(self.employee.id)
        left = (campaigns - chosen).filtered(lambda one: person in one.operator_ids)
        for campaign in left:
            if campaign.operator_ids == person:
                raise UserError(
                    self.env._(
                        "He is the only operator of %s: name another there first.",
                        campaign.name,
                    )
                )
        for campaign in left:
            campaign.operator_ids -= person
        if chosen.operator_ids or chosen.team_ids:
            chosen.operator_ids |= person

    def give_client(self, operator_id, reason):
        """Take the client out of his hands and give him to a colleague."""
        contact = self._lock_claim().contact_id
        if not contact:
            raise UserError(self.env._("He holds no client of a queue."))
        if not str(reason or "").strip():
            raise UserError(self.env._("Say why the client goes to somebody else."))
        contact.with_env(self.env).action_reassign(reason, operator_id)

    # ----------------------------------------------------------------------- records

    def _states(self):
        # sudo: only the desk writes intervals; that he is led was checked at the start
        return self.env["callcenter.operator.state"].sudo()

    def _get_state(self):
        return self._states()._get_current(self.employee)

    def _switch(self, state, **values):
        self._states()._switch(self.employee, state, reason="supervisor", **values)

    def _get_claim(self):
        # sudo: nobody but the desk touches claims; whose it is was checked
        return self.env["callcenter.call.claim"].sudo()._get_own(self.employee)

    def _lock_claim(self):
        """What he holds, locked: his desk cannot begin the call meanwhile."""
        claim = self._get_claim()
        return claim._lock_live() if claim else claim


class LongestWaits:
    """Who waits longest, as far as the reader may know: callers, letters, promises."""

    def __init__(self, env):
        self.env = env

    def get_rows(self):
        """
        :return: list of dicts ``kind`` (letter, promise), ``id``, ``name``, ``since``
            (UTC text), the longest first
        """
        rows = [*self._read_letters(), *self._read_promises()]
        return sorted(rows, key=lambda row: row["since"])[:_LONGEST_LIST]

    def _read_letters(self):
        letters = self.env["callcenter.enquiry"].search(
            self._own() & Domain("state", "=", "new"),
            order="received_at, id",
            limit=_LONGEST_LIST,
        )
        return [
            _to_row("letter", one, one.partner_id.name or one.sender, one.received_at)
            for one in letters
        ]

    def _read_promises(self):
        promises = self.env["callcenter.followup"].search(
            self._own() & Domain("is_overdue", "=", True),
            order="deadline_at, id",
            limit=_LONGEST_LIST,
        )
        return [
            _to_row("promise", one, one.partner_id.name, one.deadline_at)
            for one in promises
        ]

    def _own(self):
        return Domain("company_id", "in", self.env.companies.ids)


def _to_row(kind, record, name, since):
    return {
        "kind": kind,
        "id": record.id,
        "name": name or record.display_name,
        "since": fields.Datetime.to_string(since),
    }


def _to_pairs(records):
    return [(record.id, record.name) for record in records]

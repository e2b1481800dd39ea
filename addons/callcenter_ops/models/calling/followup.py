from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.calling.followup import is_settled

# So long a promise may be late before somebody else may keep it.
GRACE = timedelta(minutes=15)
# So long before the supervisor hears of it.
TOLD_AFTER = timedelta(hours=1)
_BATCH = 500
_OUTCOME_LIMIT = 500
_OPEN = Domain("state", "=", "open")


class Followup(models.Model):
    """A promise to a client: a call-back, an offer, an answer to his complaint.

    Made by the result that gave it, settled by what happened afterwards. It belongs to
    a user; one without a user is common to his department. Odoo's own activity, which
    reminds whoever works in the CRM, follows it.
    """

    _name = "callcenter.followup"
    _description = "Promise to a client"
    _inherit = "callcenter.guarded.mixin"
    _order = "deadline_at, id"
    _rec_name = "partner_id"
    # Every step is a call, or stands in the fields below.
    _trail_field = None
    _guarded_fields = ("state", "user_id", "deadline_at")

    kind = fields.Selection(
        [("callback", "Call-back"), ("offer", "Offer"), ("complaint", "Complaint")],
        required=True,
        readonly=True,
    )
    call_id = fields.Many2one(
        "callcenter.call",
        string="Promised in",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    disposition_id = fields.Many2one(
        "callcenter.disposition", string="Result", readonly=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Client",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    phone = fields.Char(string="Number", readonly=True)
    campaign_id = fields.Many2one(
        "callcenter.campaign", readonly=True, ondelete="set null"
    )
    contact_id = fields.Many2one(
        "callcenter.campaign.contact",
        string="Contact of the campaign",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, index="btree_not_null", ondelete="set null"
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Owner", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    deadline_at = fields.Datetime(string="Deadline", required=True, readonly=True)
    note = fields.Text(readonly=True)
    state = fields.Selection(
        [("open", "Outstanding"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        readonly=True,
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    told_at = fields.Datetime(string="Supervisor told", readonly=True)
    passed_from_id = fields.Many2one("res.users", string="Taken from", readonly=True)
    closed_at = fields.Datetime(string="Closed", readonly=True)
    closed_call_id = fields.Many2one(
        "callcenter.call",
        string="Closed by the call",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    closed_user_id = fields.Many2one("res.users", string="Closed by", readonly=True)
    outcome = fields.Char(readonly=True)

    _own_idx = models.Index("(user_id, deadline_at) WHERE state = 'open'")
    _common_idx = models.Index(
        "(department_id, deadline_at) WHERE state = 'open' AND user_id IS NULL"
    )
    _partner_idx = models.Index("(partner_id) WHERE state = 'open'")
    _due_idx = models.Index("(deadline_at) WHERE state = 'open'")

    @api.depends("state", "deadline_at")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for record in self:
            record.is_overdue = record.state == "open" and record.deadline_at < now

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = _OPEN & Domain("deadline_at", "<", fields.Datetime.now())
        return overdue if True in value else ~overdue

    # -- by hand --

    def action_take(self):
        """The supervisor keeps the promises himself."""
        self._check_head()
        self._check_in_state("open")
        # sudo: nobody writes promises; who leads the operators was checked above
        self.sudo()._assign(self.env.user)
        return True

    def action_give(self, operator_id=False):
        """Give the promises to an operator of the user's departments.

        :param int operator_id: employee; without one a window asks for him
        :raise UserError: he is none, or a promise is settled
        """
        self._check_head()
        self._check_in_state("open")
        if not operator_id:
            return self._ask_operator()
        contacts = self.env["callcenter.campaign.contact"]
        operator = contacts._get_new_operator(operator_id)
        # sudo: nobody writes promises; who leads the operators was checked above
        self.sudo()._assign(operator.user_id)
        return True

    def _ask_operator(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give to an operator"),
            "res_model": "callcenter.followup.give",
            "view_mode": "form",
            "target": "new",
            "context": {"default_followup_ids": self.ids},
        }

    def action_close(self, outcome=None):
        """Settle promises by hand; the words say how.

        :param str outcome: asked for by the desk; by default the user's name stands
        """
        self.check_access("read")
        if not all(one._is_mine() for one in self):
            self._check_head()
        self._check_in_state("open")
        outcome = " ".join(str(outcome or "").split())[:_OUTCOME_LIMIT]
        # sudo: nobody writes promises; whose they are was checked above
        self.sudo()._close(outcome or self._told_to().env._("Closed by hand"))
        return True

    def action_open_desk(self):
        """The desk with this client at hand."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "callcenter_ops.desk",
            "params": {"followup_id": self.id},
        }

    def _is_mine(self):
        return self.user_id == self.env.user

    def _check_head(self):
        self.check_access("read")
        if not self.env.user.has_group("callcenter_ops.group_supervisor"):
            raise AccessError(
                self.env._("The promises of others are led by the supervisor.")
            )

    # -- made and settled by results --

    @api.model
    def _make(self, call, user, deadline_at):
        """The promise that a call gave.

        :param user: whose it is; empty = common to the department
        """
        return self._in_transition().create(
            {
                "kind": call._get_promise_kind(),
                "call_id": call.id,
                "disposition_id": call.disposition_id.id,
                "partner_id": call.partner_id.id,
                "phone": call.phone,
                "campaign_id": call.campaign_id.id,
                "contact_id": call.contact_id.id,
                "lead_id": call.lead_id.id,
                "activity_id": call.activity_id.id,
                "company_id": call.company_id.id,
                "user_id": user.id,
                "department_id": call.department_id.id,
                "deadline_at": deadline_at,
                "note": call.note,
            }
        )

    @api.model
    def _find_open(self, partner, company):
        """What is still promised to a client."""
        mine = Domain("partner_id", "=", partner.id) & _OPEN
        return self.search(mine & Domain("company_id", "=", company.id))

    def _settle_by(self, call):
        """Close what the call settles; what it tried in vain is due with the retry."""
        settled = self.filtered(lambda one: one._is_settled_by(call))
        settled._close(call._told_to().disposition_id.name, call)
        for one in (self - settled).filtered(lambda one: one._was_tried(call)):
            one._try_again(call)

    def _is_settled_by(self, call):
        is_owner = self.user_id == call.user_id
        return is_settled(self.kind, call._get_promise_facts(), is_owner)

    def _was_tried(self, call):
        is_same = call.contact_id and self.contact_id == call.contact_id
        return self.kind == "callback" and is_same and call.direction == "out"

    def _try_again(self, call):
        contact = call.contact_id
        if contact.state == "queued" and contact.next_call_at:
            self._in_transition().write({"deadline_at": contact.next_call_at})
        else:
            self._close(call.disposition_id.name, call)

    def _close(self, outcome, call=None, state="done"):
        """:param outcome: what became of it, in words"""
        if not self:
            return
        activities = self.activity_id.filtered("active")
        self._in_transition().write(
            {
                "state": state,
                "closed_at": fields.Datetime.now(),
                "closed_call_id": call.id if call else False,
                "closed_user_id": self.env.uid,
                "outcome": outcome,
            }
        )
        # sudo: whoever settles the promise settles what reminds of it
        activities.sudo()._action_done(feedback=outcome)

    def _reopen(self):
        """The result that settled them was wrong."""
        self._in_transition().write(
            {
                "state": "open",
                "closed_at": False,
                "closed_call_id": False,
                "closed_user_id": False,
                "outcome": False,
            }
        )

    def _forget(self):
        """The client asked to be forgotten."""
        still_open = self.filtered(lambda one: one.state == "open")
        still_open._close(
            still_open._told_to().env._("The client asked to be forgotten.")
        )
        self.write({"phone": False, "note": False, "outcome": False})

    # -- somebody else keeps it --

    def _assign(self, user):
        """:param user: the new owner; empty = common to the department"""
        for owner, followups in self.grouped("user_id").items():
            followups._in_transition().write(
                {"user_id": user.id, "passed_from_id": owner.id, "told_at": False}
            )
        # sudo: whoever may pass a promise on passes on what reminds of it
        reminders = self.activity_id.sudo().filtered("active")
        if user:
            quickly = {"mail_activity_quick_update": True}
            reminders.with_context(**quickly).user_id = user
        # sudo: the contacts wait for whoever keeps the promise now
        contacts = self.contact_id.sudo().filtered(lambda one: one.state == "queued")
        reserved = contacts.filtered("reserved_employee_id")
        keeper = user.employee_id if self._sits_at_desk(user) else user.employee_id[:0]
        reserved._transition({"reserved_employee_id": keeper.id})
        self.env["callcenter.client.grant"].invalidate_model()

    @api.model
    def _sits_at_desk(self, user):
        return bool(user) and user.has_group("callcenter_ops.group_operator")

    @api.model
    def _get_absent(self, users):
        """Those among ``users`` who keep no promises now: left, or on leave today.

        The desk adds those who do not sit at it.
        """
        # sudo: that somebody is away is all that is learnt of him
        people = users.sudo().with_context(active_test=False).employee_id
        gone = users.filtered(lambda user: not user.active)
        away = people.browse()
        for company, staff in people.grouped("company_id").items():
            today = company._callcenter_today()
            away |= staff.department_id._get_away(staff, today)
            away |= self._get_replaced(staff, today)
        return gone | away.user_id

    @api.model
    def _get_replaced(self, staff, today):
        stand_ins = self.env["callcenter.substitution"]._get_stand_ins(staff, today)
        return staff.filtered(lambda one: stand_ins[one.id] != one)

    @api.model
    def _cron_pass_on(self):
        """Late promises of absent owners pass on; supervisors hear of late ones."""
        late = self._find_late(GRACE, Domain("user_id", "!=", False))
        for owner in self._get_absent(late.user_id):
            late.filtered(lambda one, owner=owner: one.user_id == owner)._pass_on()
        self._find_late(TOLD_AFTER, Domain("told_at", "=", False))._tell_supervisors()

    @api.model
    def _find_late(self, grace, domain):
        until = fields.Datetime.now() - grace
        late = _OPEN & Domain("deadline_at", "<", until) & domain
        return self.search(late, limit=_BATCH)

    def _pass_on(self):
        """To the deputy of an absent owner, or to all operators of the department."""
        owner = self.user_id
        # sudo: who stands in for somebody is asked, nothing of him is shown
        people = owner.sudo().employee_id
        today = self.company_id[:1]._callcenter_today()
        deputies = self.env["callcenter.substitution"]._get_stand_ins(people, today)
        deputy = people.browse().union(*deputies.values()).user_id - owner
        self._assign(deputy[:1])

    def _tell_supervisors(self):
        for department, followups in self.grouped("department_id").items():
            head = department and department._get_acting_manager(
                department.company_id._callcenter_today()
            )
            if head and head.user_id:
                followups._tell(head.user_id)
        self._in_transition().write({"told_at": fields.Datetime.now()})

    def _tell(self, user):
        """One reminder a day for each department, with how many are late."""
        department, today = self.department_id, self.company_id[:1]._callcenter_today()
        reader = department._told_to(user)
        summary = reader.env._("Promises to clients are overdue")
        known = [
            ("summary", "=", summary),
            ("date_deadline", "=", today),
            ("user_id", "=", user.id),
        ]
        if department.activity_ids.filtered_domain(known):
            return
        reader.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=today,
            user_id=user.id,
            summary=summary,
            note=reader.env._(
                "%(count)s promises of %(department)s are late: keep them or give them "
                "to somebody (Calls, Promises to clients).",
                count=len(self),
                department=department.name,
            ),
        )

    # -- what a desk shows --

    @api.model
    def _get_work_list(self, user, departments, until, limit):
        """The user's open promises up to a moment, then the common ones.

        :return: records, the most urgent first, at most ``limit``
        """
        due = _OPEN & Domain("deadline_at", "<", until)
        own = self.search(due & Domain("user_id", "=", user.id), limit=limit)
        nobody = Domain("user_id", "=", False)
        common = self.search(
            due & nobody & Domain("department_id", "in", departments.ids),
            limit=max(limit - len(own), 0),
        )
        return (own | common).sorted(lambda one: (one.deadline_at, one.id))

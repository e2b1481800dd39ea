from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.common.federal_districts import FEDERAL_DISTRICTS
from .client_picker import ClientPicker

EXCLUSIONS = [
    ("no_phone", "No telephone number"),
    ("bad_number", "Bad number"),
    ("duplicate", "Another contact has this number"),
    ("no_zone", "Time zone unknown"),
    ("stop_list", "Stop list"),
    ("no_consent", "No consent"),
    ("protected", "Spared by law"),
    ("paid", "Debt paid"),
    ("archived", "Client archived"),
    ("exhausted", "Attempts exhausted"),
    ("manual", "Taken out by hand"),
    ("forgotten", "Client asked to be forgotten"),
]

_FOR_GOOD = ("stop_list", "no_consent", "manual", "forgotten")


def _join_rank(contact):
    if contact.state == "excluded":
        return 0 if contact.exclusion_reason in _FOR_GOOD else 3
    return 1 if contact.state == "done" else 2


class CampaignContact(models.Model):
    """A client of a campaign: his place in the queue and what became of him there."""

    _name = "callcenter.campaign.contact"
    _description = "Contact of a campaign"
    _inherit = "callcenter.guarded.mixin"
    _order = "campaign_id, priority desc, id"
    _rec_name = "partner_id"

    # Condition on a contact ``c`` of a query: the law spares the client today
    # (``%(today)s``). The room of debts says who is spared.
    _protected_sql = "FALSE"
    # Every step of a contact is a call, a claim or a refusal: those are its trail.
    _trail_field = None
    _guarded_fields = (
        "state",
        "attempt_count",
        "recycle_count",
        "last_call_at",
        "last_disposition_id",
        "next_call_at",
        "reserved_employee_id",
    )
    _settled_fields = ("campaign_id", "company_id", "partner_id")

    campaign_id = fields.Many2one(
        "callcenter.campaign", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", required=True)
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, ondelete="restrict", index=True
    )
    phone = fields.Char(index=True, readonly=True)
    timezone = fields.Char(string="Time zone", readonly=True)
    state_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    federal_district = fields.Selection(FEDERAL_DISTRICTS, readonly=True)
    region_source = fields.Selection(
        [("client", "Client"), ("number", "Number"), ("address", "Address")],
        string="Region taken from",
        readonly=True,
    )
    state = fields.Selection(
        [
            ("queued", "Queued"),
            ("claimed", "Claimed"),
            ("done", "Done"),
            ("excluded", "Excluded"),
        ],
        required=True,
        default="queued",
        readonly=True,
        copy=False,
    )
    exclusion_reason = fields.Selection(EXCLUSIONS, readonly=True, copy=False)
    next_call_at = fields.Datetime(string="Next call", readonly=True, copy=False)
    wait_reason = fields.Selection(
        [
            ("callback", "Call-back"),
            ("retry", "Retry delay"),
            ("promise", "Promise to pay"),
            ("limit", "Limit of calls"),
            ("stop", "Stop list for a time"),
            ("busy", "In a call elsewhere"),
            ("window", "Call window"),
        ],
        string="Waits for",
        readonly=True,
        copy=False,
    )
    attempt_count = fields.Integer(string="Attempts", readonly=True, copy=False)
    priority = fields.Integer(default=0)
    reserved_employee_id = fields.Many2one(
        "hr.employee",
        string="Reserved for",
        index="btree_not_null",
        copy=False,
        readonly=True,
    )
    recycle_count = fields.Integer(
        string="Times called anew",
        readonly=True,
        copy=False,
        help="How often a rule of the campaign has brought the contact back.",
    )
    last_call_at = fields.Datetime(string="Last call", readonly=True, copy=False)
    last_disposition_id = fields.Many2one(
        "callcenter.disposition", string="Last result", readonly=True, copy=False
    )

    _partner_unique = models.Constraint(
        "UNIQUE (campaign_id, partner_id)", "This client is in the campaign already."
    )
    _phone_unique = models.UniqueIndex(
        "(campaign_id, phone) WHERE state <> 'excluded'",
        "This number is in the campaign already.",
    )
    _has_phone = models.Constraint(
        "CHECK (state = 'excluded' OR (phone IS NOT NULL AND timezone IS NOT NULL))",
        "A contact needs a number and a time zone to be called.",
    )
    # The queue is read zone by zone: those with an open window, never the others.
    _fresh_idx = models.Index(
        "(campaign_id, timezone, priority DESC, id) WHERE state = 'queued'"
        " AND next_call_at IS NULL AND reserved_employee_id IS NULL"
    )
    _due_idx = models.Index(
        "(campaign_id, timezone, next_call_at) WHERE state = 'queued'"
        " AND next_call_at IS NOT NULL AND reserved_employee_id IS NULL"
    )
    _reserved_idx = models.Index(
        "(reserved_employee_id, next_call_at) WHERE state = 'queued'"
        " AND reserved_employee_id IS NOT NULL"
    )
    _state_idx = models.Index("(campaign_id, state)")
    # Rules that bring contacts back look for them by result and time.
    _result_idx = models.Index(
        "(campaign_id, last_disposition_id, last_call_at) WHERE state = 'done'"
    )

    @api.depends_context("lang")
    @api.depends("partner_id", "campaign_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = (
                f"{record.partner_id.name} ({record.campaign_id.name})"
            )

    def action_exclude(self):
        """Take queued contacts out of the campaign by hand."""
        self.check_access("write")
        queued = self.filtered(lambda contact: contact.state == "queued")
        queued._transition({"state": "excluded", "exclusion_reason": "manual"})
        return True

    def action_free(self, reason=None):
        """Lift the personal reservation: any operator may call.

        :param str reason: kept in the log; without one it is asked for
        """
        self.check_access("write")
        if not reason:
            return self._ask_override("reservation")
        overrides = self.env["callcenter.rule.override"]
        reserved = self.filtered("reserved_employee_id")
        overrides._log("reservation", reserved, overrides._check_reason(reason))
        reserved._transition({"reserved_employee_id": False})
        return True

    def action_call_early(self, reason=None, expires_at=None):
        """Put queued clients at the front although their time has not come.

        :param str reason: kept in the log; without one it is asked for
        :param expires_at: until when; the old time comes back after it
        :raise UserError: another rule forbids the call now; that one cannot be set
            aside
        """
        self.check_access("write")
        if not reason:
            return self._ask_override("early_call")
        overrides = self.env["callcenter.rule.override"]
        reason = overrides._check_reason(reason)
        until = fields.Datetime.to_datetime(expires_at)
        now = fields.Datetime.now()
        if not until or until <= now:
            raise UserError(self.env._("Say until when: a moment that lies ahead."))
        for contact in self:
            contact._check_early()
        overrides._log("early_call", self, reason, expires_at=until, state="in_force")
        self._transition({"next_call_at": now})
        return True

    def _check_early(self):
        if self.state != "queued" or not self.next_call_at:
            raise UserError(
                self.env._("%(client)s waits for no time.", client=self.partner_id.name)
            )
        terms = self.campaign_id._get_terms(self.company_id._callcenter_today())
        # sudo: asks the stop list and consents about a contact that may be written
        picker = ClientPicker(self.sudo().env)
        self.env.flush_all()
        verdict = picker.judge(picker.look_at(self, terms.rules), terms)
        if verdict:
            raise UserError(
                self.env._(
                    "%(client)s may not be called now: %(rule)s. This rule cannot be "
                    "set aside.",
                    client=self.partner_id.name,
                    rule=self.env["callcenter.call.claim"]._get_rule_label(
                        verdict.reason
                    ),
                )
            )

    def _ask_override(self, kind):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason for setting a rule aside"),
            "res_model": "callcenter.rule.override.ask",
            "view_mode": "form",
            "target": "new",
            "context": {"default_kind": kind, "default_contact_ids": self.ids},
        }

    def _return_to_queue(self, reset_attempts):
        """Call them once more; every rule is asked again when they are handed out."""
        back = {"state": "queued", "exclusion_reason": False, "next_call_at": False}
        if reset_attempts:
            back["attempt_count"] = 0
        self._transition(back)

    def _put_aside(self, verdict):
        """Take a contact that may not be called out of the queue, or postpone it.

        :param verdict: ``call_rules.Verdict``
        """
        for contact in self:
            self.env["callcenter.rule.refusal"]._log(contact, verdict)
        if verdict.until:
            self._transition(
                {"next_call_at": verdict.until, "wait_reason": verdict.reason}
            )
        elif verdict.reason == "exhausted":
            self._transition({"state": "done", "exclusion_reason": "exhausted"})
        else:
            self._transition({"state": "excluded", "exclusion_reason": verdict.reason})

    def _join_doubles(self):
        """Leave one contact a campaign, with the calls and attempts of all.

        Who was taken out for good stays out, who was served is not called again.
        """
        for contacts in self.grouped("campaign_id").values():
            kept, *_rest = contacts.sorted(_join_rank)
            others = contacts - kept
            others._pass_references(kept)
            kept._transition({"attempt_count": sum(contacts.mapped("attempt_count"))})
            others._in_transition().unlink()

    def _pass_references(self, kept):
        """Whatever points at these contacts points at ``kept`` from now on."""
        self.env.flush_all()
        pointers = self.env["ir.model.fields"].search(
            [
                ("relation", "=", self._name),
                ("ttype", "=", "many2one"),
                ("store", "=", True),
            ]
        )
        for pointer in pointers.filtered(lambda one: self.env[one.model]._auto):
            # SQL: calls of checked sheets are frozen, but this changes none of them.
            column = SQL.identifier(pointer.name)
            table = SQL.identifier(self.env[pointer.model]._table)
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE %s = ANY(%s)",
                    table,
                    column,
                    kept.id,
                    column,
                    self.ids,
                )
            )
        self.env.invalidate_all()

    def _has_rival(self):
        """Whether another contact of the campaign has this number."""
        domain = [
            ("campaign_id", "=", self.campaign_id.id),
            ("phone", "=", self.phone),
            ("state", "!=", "excluded"),
            ("id", "!=", self.id),
        ]
        return bool(self.search_count(domain, limit=1))

    def _record_attempt(self, call, vals):
        """What an ended call leaves on the contact; ``vals`` say what comes next."""
        self._transition(
            {
                # Who rang himself has used up none of the attempts.
                "attempt_count": call.attempt_no or self.attempt_count,
                "last_call_at": call.started_at,
                "last_disposition_id": call.disposition_id.id,
                "next_call_at": False,
                "wait_reason": False,
                "reserved_employee_id": False,
                **vals,
            }
        )

    # -- giving clients to an operator of the supervisor's choice --

    def action_reassign(self, reason=None, operator_id=None):
        """Reserve clients for another operator; rules are asked as ever.

        A client in an operator's hands is taken out of them first. A call-back keeps
        its time, whoever waits for none comes at once.

        :param str reason: kept in the log; without one it is asked for
        :param int operator_id: an appointed operator of the user's departments
        :raise UserError: nobody to give them to, or a client is neither in the queue
            nor in anybody's hands
        """
        self.check_access("write")
        if not reason:
            return self._ask_override("reassigned")
        overrides = self.env["callcenter.rule.override"]
        reason = overrides._check_reason(reason)
        operator = self._get_new_operator(operator_id)
        self._take_from_hands(reason, operator)
        if any(contact.state != "queued" for contact in self):
            raise UserError(
                self.env._("Only clients in the queue are given to an operator.")
            )
        overrides._log("reassigned", self, reason, new_employee_id=operator.id)
        now = fields.Datetime.now()
        for contact in self:
            contact._transition(
                {
                    "reserved_employee_id": operator.id,
                    "next_call_at": contact.next_call_at or now,
                }
            )
        return True

    def _take_from_hands(self, reason, operator):
        """Release the clients who are held by others than ``operator``."""
        held = self.filtered(lambda contact: contact.state == "claimed")
        claims = self.env["callcenter.call.claim"].search(
            [("contact_id", "in", held.ids)]
        )
        if operator in claims.employee_id:
            raise UserError(
                self.env._("%(name)s has this client already.", name=operator.name)
            )
        if claims:
            claims.action_release(reason)

    def _get_new_operator(self, operator_id):
        """The operator in superuser mode, if the user leads him and he may call."""
        people = self.env["hr.employee.public"].browse(operator_id or 0).exists()
        # sudo: personnel records are closed to supervisors; his department is shown
        employee = self.env["hr.employee"].sudo().browse(people.ids)
        user = employee.user_id
        is_operator = bool(user) and user.has_group("callcenter_ops.group_operator")
        is_own = people.department_id.callcenter_is_supervised
        if not (is_own and is_operator and employee.callcenter_status == "appointed"):
            raise UserError(
                self.env._("Choose an appointed operator of your departments.")
            )
        return employee

    # -- the client came by himself: what becomes of the calls that wait for him --

    def _end_by(self, call):
        """Nothing is left to call about: the contacts are done with this result."""
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

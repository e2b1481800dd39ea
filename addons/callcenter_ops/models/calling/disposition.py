from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...tools.calling.call_status import TECHNICAL_STATUSES
from ...tools.calling.result_group import group_of
from ...tools.calling.retry_schedule import next_attempt
from ..common.cached_settings import SETTINGS_CACHE


class Disposition(models.Model):
    _name = "callcenter.disposition"
    _inherit = ["callcenter.cached.settings"]
    _description = "Disposition of a call"
    _order = "sequence, id"
    _settled_fields = ("company_id",)

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.user._get_callcenter_rules_company(),
        help="Empty = every company.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    hotkey = fields.Char(
        string="Hot key", size=1, copy=False, help="One key on the operator's desk."
    )
    color = fields.Integer()
    direction = fields.Selection(
        [
            ("both", "Any call"),
            ("out", "Outgoing calls"),
            ("in", "Incoming calls"),
            ("written", "Letters, messages and visits to the client"),
        ],
        string="Offered for",
        required=True,
        default="both",
    )
    technical_status = fields.Selection(
        TECHNICAL_STATUSES,
        help="Noted on the call unless a softphone reports what really happened.",
    )
    is_contact = fields.Boolean(
        string="Contact", help="Somebody of the client answered."
    )
    is_target = fields.Boolean(
        string="Target contact", help="The person the campaign is for was reached."
    )
    is_sale = fields.Boolean(string="Sale")
    is_final = fields.Boolean(
        string="Final", help="The client leaves the queue of the campaign."
    )
    is_stop = fields.Boolean(
        string="Stop list", help="The number is never called again."
    )
    is_bad_number = fields.Boolean(
        string="Bad number", help="The number is not the client's or does not exist."
    )
    is_system = fields.Boolean(
        string="Written by the system",
        help="Never offered to operators: a call that was cut off, for example.",
    )
    makes_promise = fields.Boolean(
        string="Promise to pay", help="The client named a sum and a day."
    )
    only_debt = fields.Boolean(
        string="Debt campaigns only",
        help="Offered in debt campaigns, and to a debtor who calls or writes himself.",
    )
    makes_lead = fields.Boolean(string="Makes a lead")
    makes_activity = fields.Boolean(
        string="Plans a follow-up",
        help="A call activity is planned for the day after the retry delay.",
    )
    followup_by = fields.Selection(
        [("operator", "The operator of the call"), ("supervisor", "His supervisor")],
        string="Follow-up by",
        required=True,
        default="operator",
    )
    requires_note = fields.Boolean(string="Note required")
    requires_callback = fields.Boolean(
        string="Call-back time required",
        help="The client named the time of the next call.",
    )
    requires_refusal_reason = fields.Boolean(string="Reason of refusal required")
    requires_revenue = fields.Boolean(string="Amount required")
    queued_effect = fields.Selection(
        [
            ("keep", "Leaves them as they are"),
            ("put_off", "Puts them off by the delay or to the call-back"),
            ("end", "Ends them"),
        ],
        string="Queued calls to the client",
        required=True,
        default="keep",
        help="What becomes of outgoing calls that wait when the client himself calls "
        "or writes with this result. Debt campaigns are left alone.",
    )
    retry_minutes = fields.Integer(
        string="Retry after, minutes",
        help="0 leaves the choice to the rule set. A final result plans its follow-up "
        "after this delay.",
    )
    retry_growth = fields.Selection(
        [("fixed", "Same delay each time"), ("growing", "Delay doubles each time")],
        string="Retry delay",
        required=True,
        default="fixed",
    )
    min_talk_seconds = fields.Integer(
        string="Shortest talk, seconds",
        help="A shorter conversation cannot end with this disposition.",
    )

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "This code belongs to another disposition."
    )
    _hotkey_unique = models.UniqueIndex(
        "(lower(hotkey), COALESCE(company_id, 0))"
        " WHERE active AND hotkey IS NOT NULL AND hotkey <> ''",
        "This hot key belongs to another disposition.",
    )
    _bad_number_reaches_nobody = models.Constraint(
        "CHECK (NOT is_bad_number OR NOT (COALESCE(is_contact, FALSE)"
        " OR COALESCE(is_target, FALSE) OR COALESCE(is_sale, FALSE)))",
        "Whoever answers at a bad number is not the client: it is no contact.",
    )
    _not_negative = models.Constraint(
        "CHECK (retry_minutes >= 0 AND min_talk_seconds >= 0)",
        "Delays and lengths cannot be negative.",
    )

    @api.constrains("code", "hotkey", "company_id", "active")
    def _check_beside_shared(self):
        """A company's own stand on one desk with the shared ones."""
        # sudo: those of other companies may stand beside a shared one too
        everything = self.sudo().search([("active", "=", True)])
        for record in self.filtered("active"):
            for other in everything - record:
                if record._shares_desk_with(other) and record._is_same_key(other):
                    raise ValidationError(
                        self.env._(
                            "%(name)s has the same code or hot key: choose another.",
                            name=other.name,
                        )
                    )

    def _shares_desk_with(self, other):
        company, theirs = self.company_id, other.company_id
        return not company or not theirs or company == theirs

    def _is_same_key(self, other):
        keys = (self.hotkey or "").lower(), (other.hotkey or "").lower()
        return self.code == other.code or (bool(keys[0]) and keys[0] == keys[1])

    @api.constrains("is_final", "requires_callback")
    def _check_final_without_callback(self):
        for record in self.filtered("is_final"):
            if record.requires_callback:
                raise ValidationError(
                    self.env._(
                        "%(name)s is final, so it cannot ask for a call-back time.",
                        name=record.name,
                    )
                )

    def _get_required_fields(self):
        """Names of the values that ``finish_call`` must bring, in desk order."""
        self.ensure_one()
        flags = {
            "note": self.requires_note,
            "callback_at": self.requires_callback,
            "refusal_reason_id": self.requires_refusal_reason,
            "expected_revenue": self.requires_revenue,
            "promise_amount": self.makes_promise,
            "promise_date": self.makes_promise,
        }
        return [name for name, required in flags.items() if required]

    def _keep_own(self, values):
        """Those of ``values`` that this result has a field for, see ``finish_call``."""
        self.ensure_one()
        has_sale = self.makes_lead or self.is_sale or self.requires_revenue
        belongs = {
            "callback_at": self.requires_callback,
            "refusal_reason_id": self.requires_refusal_reason,
            "expected_revenue": has_sale,
            "product_ids": has_sale,
            "promise_amount": self.makes_promise,
            "promise_date": self.makes_promise,
        }
        return {name: one for name, one in values.items() if belongs.get(name, True)}

    def _get_next_attempt(self, ended_at, attempt_no, default_minutes):
        """When the client may be tried again after this disposition (naive UTC)."""
        self.ensure_one()
        minutes = self.retry_minutes or default_minutes
        return next_attempt(ended_at, minutes, self.retry_growth, attempt_no)

    # -------------------------------------------------------- what a desk offers

    @api.model
    def _get_offer(self, occasion, is_debtor=None):
        """The results that an occasion may have, as the desk shows them.

        :param occasion: a claim, call or letter, or whatever has ``campaign_id``,
            ``company_id`` and ``direction``
        :param is_debtor: ``_is_debtor_coming``, where the caller knows it
        :return: tuple of dicts, in order: ``id``, ``code``, ``name``, ``hotkey``,
            ``color``, ``group`` (of ``group_of``), ``required`` (names of values),
            ``needs_callback``,
            ``makes_lead``, ``makes_promise``, ``is_final``
        """
        if is_debtor is None:
            is_debtor = self._is_debtor_coming(occasion)
        campaign_id, company = occasion.campaign_id.id, occasion.company_id
        results = self.with_company(company)
        return results._get_offered(campaign_id, occasion.direction, is_debtor)

    @api.model
    def _is_debtor_coming(self, occasion):
        """Whether somebody who owes has called or written by himself."""
        return occasion.direction == "in" and occasion.partner_id._is_callcenter_debtor(
            occasion.company_id
        )

    @api.model
    @ormcache(
        *("campaign_id", "direction", "is_debtor", "self.env.company.id"),
        "self.env.lang",
        cache=SETTINGS_CACHE,
    )
    def _get_offered(self, campaign_id, direction, is_debtor):
        # sudo: the list is common to all operators and holds settings alone
        campaign = self.env["callcenter.campaign"].sudo().browse(campaign_id)
        return tuple(
            {
                "id": disposition.id,
                "code": disposition.code,
                "name": disposition.name,
                "hotkey": disposition.hotkey or "",
                "color": disposition.color,
                "group": group_of(disposition),
                "required": disposition._get_required_fields(),
                "needs_callback": disposition.requires_callback,
                "makes_lead": disposition.makes_lead,
                "makes_promise": disposition.makes_promise,
                "is_final": disposition.is_final,
            }
            for disposition in campaign._get_dispositions(direction, is_debtor)
        )

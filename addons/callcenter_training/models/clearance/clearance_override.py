from odoo import api, fields, models
from odoo.addons.callcenter_ops.tools.common.row_guard import frozen
from odoo.exceptions import AccessError, UserError, ValidationError

_FROZEN = ("approved", "refused", "revoked")
_MAX_DAYS = "callcenter_training.override_max_days"


class ClearanceOverride(models.Model):
    """Clients without a passed quiz: asked for by one person, granted by another,
    for a few days, in writing."""

    _name = "callcenter.clearance.override"
    _inherit = [
        "callcenter.row.guard.mixin",
        "callcenter.guarded.mixin",
        "mail.thread",
    ]
    _description = "Clearance Override"
    _order = "id desc"

    _guarded_fields = ("state", "requester_id", "approver_id", "decided_at")
    _settled_fields = ("employee_id", "quiz_id")
    _frozen_states = _FROZEN
    _guard_update, _guard_delete = frozen(
        "callcenter.clearance.override", _FROZEN, free=("company_id",), stays=True
    )

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="restrict", index=True
    )
    quiz_id = fields.Many2one(
        "callcenter.quiz", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="employee_id.company_id", store=True)
    reason = fields.Text(required=True)
    date_from = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )
    date_to = fields.Date(required=True, string="Until")
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("approved", "Granted"),
            ("refused", "Refused"),
            ("revoked", "Revoked"),
        ],
        default="requested",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    requester_id = fields.Many2one(
        "res.users",
        string="Asked for by",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
    )
    approver_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_at = fields.Datetime(readonly=True)

    _period = models.Constraint(
        "CHECK(date_to >= date_from)", "The last day comes before the first."
    )
    _two_persons = models.Constraint(
        "CHECK(approver_id <> requester_id)", "Two different persons are needed."
    )

    @api.depends_context("lang")
    @api.depends("employee_id.name", "quiz_id.name")
    def _compute_display_name(self):
        for override in self:
            name, quiz = override.employee_id.name, override.quiz_id.name
            override.display_name = ": ".join(filter(None, [name, quiz]))

    @api.constrains("date_from", "date_to")
    def _check_length(self):
        # sudo: a setting, read for whoever asks
        value = self.env["ir.config_parameter"].sudo().get_param(_MAX_DAYS)
        limit = int(value) if (value or "").isdigit() else 14
        for override in self:
            if (override.date_to - override.date_from).days >= limit:
                raise ValidationError(
                    self.env._("An override lasts at most %(days)s days.", days=limit)
                )

    def action_approve(self):
        """Grant the override: the director, never the one who asked."""
        self._check_director()
        self._decide("approved", self._told_to().env._("Granted."))

    def action_refuse(self):
        """Refuse the override."""
        self._check_director()
        self._decide("refused", self._told_to().env._("Refused."))

    def action_revoke(self):
        """Take a granted override back before it ends."""
        self._check_director()
        if any(override.state != "approved" for override in self):
            raise UserError(self.env._("Only a granted override is revoked."))
        self._transition({"state": "revoked"})
        for override in self:
            override._log_line(override._told_to().env._("Revoked."))

    def _decide(self, state, message):
        """The caller has checked whose decision it is."""
        for override in self:
            if override.state != "requested":
                raise UserError(self.env._("This has been decided already."))
            if self.env.user in (override.requester_id, override.employee_id.user_id):
                raise UserError(
                    self.env._("Nobody decides what he asked for or what is about him.")
                )
        self._transition(
            {
                "state": state,
                "approver_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        for override in self:
            override._log_line(message)

    def _check_director(self):
        self.check_access("write")
        if not self.env.user.has_group("callcenter_ops.group_director"):
            raise AccessError(self.env._("Only the director decides on overrides."))
        self.env.user._check_callcenter_right_awake()

    def _is_active(self, on_date):
        self.ensure_one()
        # sudo: the day of leaving is HR's, that the override is stale everybody's
        left_on = self.sudo().employee_id.callcenter_left_on
        if left_on and self.date_from <= left_on:
            return False
        return self.state == "approved" and self.date_from <= on_date <= self.date_to

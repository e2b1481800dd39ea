from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from ...tools.common.row_guard import frozen

_FINAL = ("confirmed", "refused")
_HR = "callcenter_ops.group_hr"
_KEEPER = "base.group_erp_manager"


class AddressRequest(models.Model):
    """HR asks for another work address of somebody who has an account.

    A new password goes to that address: whoever may change it alone may sign in as the
    person. So it changes once the person himself, or an administrator, has confirmed.
    """

    _name = "callcenter.address.request"
    _description = "Change of a work address"
    _inherit = [
        "callcenter.row.guard.mixin",
        "callcenter.guarded.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_name = "address"

    _guarded_fields = ("state", "decided_by_id", "decided_on")
    _settled_fields = ("employee_id", "address")
    _frozen_states = _FINAL
    _guard_update, _guard_delete = frozen(
        "callcenter.address.request", _FINAL, stays=True
    )

    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="employee_id.company_id", store=True)
    former = fields.Char(related="employee_id.work_email", string="Present address")
    address = fields.Char(string="New address", required=True)
    state = fields.Selection(
        [("asked", "Asked"), ("confirmed", "Confirmed"), ("refused", "Refused")],
        default="asked",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_on = fields.Datetime(readonly=True, copy=False)

    @api.depends_context("uid")
    def _compute_is_mine(self):
        for request in self:
            # sudo: only whether it is himself, who may not open his card
            request.is_mine = request.sudo().employee_id.user_id == self.env.user

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        for request in requests:
            request._check_address()
            request._ask()
        return requests

    def action_confirm(self):
        """The person himself, or an administrator: the address is the new one."""
        self._check_decider()
        self._decide("confirmed")
        for request in self:
            # sudo: the person may not write his card; he or the keeper said yes
            card = request.sudo().employee_id._in_transition()
            card.work_email = request.address

    def action_refuse(self):
        """The address stays: said by the person, an administrator, or HR that asked."""
        if self.create_uid != self.env.user:
            self._check_decider()
        self._decide("refused")

    def _decide(self, state):
        self._check_in_state("asked")
        # sudo: nobody writes requests; who may decide was asked by the caller
        requests = self.sudo()
        requests._transition(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        requests.activity_ids.action_feedback()

    def _check_decider(self):
        """
        :raise AccessError: neither the person nor an administrator
        """
        self.check_access("read")
        if self.env.user.has_group(_KEEPER):
            return
        if not all(request.is_mine for request in self):
            raise AccessError(
                self.env._(
                    "A work address is confirmed by its person or an administrator."
                )
            )

    def _check_address(self):
        self.check_access("read")
        if not email_normalize(self.address):
            raise UserError(
                self.env._("“%(text)s” is no mail address.", text=self.address)
            )
        # sudo: only whether there is an account
        if not self.sudo().employee_id.user_id:
            raise UserError(
                self.env._(
                    "%(name)s has no account: write the address on the card.",
                    name=self.employee_id.name,
                )
            )

    def _ask(self):
        """Put it on the list of things to do of the person."""
        # sudo: HR puts nothing else on other people's lists
        request = self.sudo()
        user = request.employee_id.user_id
        request.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=request._told_to(user).env._("Confirm your new work address"),
            note=request.address,
        )

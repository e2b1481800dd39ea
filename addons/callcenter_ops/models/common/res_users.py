from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

from .guarded_mixin import is_in_transition

_KEEPER = "base.group_erp_manager"
_OPERATOR = "callcenter_ops.group_operator"


class ResUsers(models.Model):
    _inherit = "res.users"

    callcenter_enters_every_company = fields.Boolean(
        string="Enters every company",
        compute="_compute_callcenter_enters_every_company",
        help="Asked by the record rules: what all companies share is set up by those "
        "who answer for all of them.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._set_callcenter_home()
        return users

    def write(self, vals):
        result = super().write(vals)
        if "group_ids" in vals:
            self._set_callcenter_home()
        return result

    def _set_callcenter_home(self):
        """Everybody begins where his role works, unless he chose a page of his own."""
        # sudo: the first page follows from the role, whoever gave the role
        users = self.sudo()
        homes = [
            (self.env.ref(xmlid, raise_if_not_found=False), groups)
            for xmlid, groups in self._get_callcenter_homes()
        ]
        ours = {action.id for action, _groups in homes if action}
        for user in users:
            home = next((a.id for a, g in homes if a and user._has_any_group(g)), False)
            is_free = not user.action_id or user.action_id.id in ours
            if is_free and user.action_id.id != home:
                user.action_id = home

    def _has_any_group(self, xmlids):
        return any(self.has_group(xmlid) for xmlid in xmlids)

    def _get_callcenter_homes(self):
        """``[(external id of an action, groups)]``: the first that fits is the home."""
        roles = self.env["callcenter.today"]._get_roles()
        return [("callcenter_ops.today_action", [group for _r, group, _t in roles])]

    @api.depends("company_ids")
    def _compute_callcenter_enters_every_company(self):
        # sudo: only their number counts; companies are few
        count = self.env["res.company"].sudo().search_count([])
        # sudo: how many companies somebody enters is no secret, which may be
        for user in self.sudo():
            user.callcenter_enters_every_company = len(user.company_ids) == count

    def _get_callcenter_own_company(self):
        """Whose a new thing is that companies may share: none, of who enters all."""
        self.ensure_one()
        if self.callcenter_enters_every_company:
            return self.env["res.company"]
        return self.env.company

    def _mfa_type(self):
        """A role may ask for a second factor: a code by mail, where no other is set."""
        kind = super()._mfa_type()
        # sudo: somebody who is signing in may not read his groups yet
        groups = self.sudo().all_group_ids
        if kind is None and any(groups.mapped("callcenter_second_factor")):
            return "totp_mail"
        return kind

    # -- nobody comes to another's rights by way of his card --

    def _check_callcenter_superior(self, above_operators=False):
        """Refuse to touch what leads into these accounts, unless one stands above them.

        That is the person himself, whoever keeps the accounts, and who has all their
        rights anyway; a checked method and the system pass. ``sudo`` does not: a form
        writes on in the server's name what somebody has put into it.

        :param above_operators: the rights of an operator count for nothing here
        :raise AccessError: names one person whose rights the caller lacks
        """
        me = self.env.user
        if self.env.uid == SUPERUSER_ID or is_in_transition(self.env):
            return
        if me.has_group(_KEEPER):
            return
        # sudo: everybody's rights are compared, few may read them
        held = me.sudo().all_group_ids
        if above_operators:
            # sudo: what the role implies is read by administrators alone
            held |= self.env.ref(_OPERATOR).sudo().all_implied_ids
        # sudo: everybody's rights are compared, few may read them
        for user in self.sudo() - me:
            if user.active and user.all_group_ids - held:
                raise AccessError(
                    self.env._(
                        "%(name)s has rights that you have not: this is changed by an "
                        "administrator, or by %(name)s in the preferences.",
                        name=user.name,
                    )
                )

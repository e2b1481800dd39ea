from collections import defaultdict

from odoo import api, models

_KEEPER = "base.group_erp_manager"


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        """Where a new password is sent to is no field like others."""
        if "lang" in vals:
            self.env.registry.clear_cache()  # that of a company is cached
        watched = {"email", "phone"} & vals.keys()
        if not watched:
            return super().write(vals)
        before = self._get_account_values(watched)
        result = super().write(vals)
        for (partner, name), value in before.items():
            if partner[name] != value:
                partner.user_ids._check_callcenter_superior(name == "phone")
        return result

    def _get_account_values(self, names):
        """``{(partner, field): value}`` of those who have an account."""
        # sudo: the check is for all accounts, whoever may read them
        accounts = self.sudo().filtered("user_ids")
        return {(one, name): one[name] for one in accounts for name in names}

    @api.private
    def signup_get_auth_param(self):
        """Tokens that open an account: for those alone who keep the accounts."""
        if self.env.su or self.env.user.has_group(_KEEPER):
            return super().signup_get_auth_param()
        return defaultdict(dict)

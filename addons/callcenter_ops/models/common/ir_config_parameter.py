import secrets

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from psycopg2.errors import UniqueViolation

_SHORTEST_KEY = "auth_password_policy.minlength"
_SHORTEST_PASSWORD = 12
_PEPPER_KEY = "callcenter.number_pepper"


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    def _get_callcenter_pepper(self):
        """The database's own secret, without which its hashes could be guessed."""
        # sudo: operators make hashed entries, only the server reads the secret
        pepper = self.sudo().get_param(_PEPPER_KEY)
        return pepper or self._make_callcenter_pepper()

    @api.model
    def _close_callcenter_sign_up(self):
        """Accounts are made by orders and administrators, with long passwords.

        Odoo's own default lets everybody register who finds the page.
        """
        self.set_param("auth_signup.invitation_scope", "b2b")
        shortest = int(self.get_param(_SHORTEST_KEY, 0))
        self.set_param(_SHORTEST_KEY, max(shortest, _SHORTEST_PASSWORD))

    def _make_callcenter_pepper(self):
        """The secret, made at the first need.

        :raise ConcurrencyError: another request made it just now; Odoo tries again
        """
        pepper = secrets.token_hex(16)
        try:
            with self.env.cr.savepoint():
                # sudo: whoever needs the first hash makes the secret of all
                self.sudo().set_param(_PEPPER_KEY, pepper)
        except UniqueViolation as error:
            raise ConcurrencyError("The secret was made meanwhile") from error
        return pepper

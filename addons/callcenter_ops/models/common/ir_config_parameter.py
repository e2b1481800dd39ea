import secrets

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from psycopg2.errors import UniqueViolation

_PEPPER_KEY = "callcenter.number_pepper"


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    def _get_callcenter_pepper(self):
        """The database's own secret, without which its hashes could be guessed."""
        # sudo: operators make hashed entries, only the server reads the secret
        pepper = self.sudo().get_param(_PEPPER_KEY)
        return pepper or self._make_callcenter_pepper()

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

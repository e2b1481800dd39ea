import secrets

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from psycopg2.errors import UniqueViolation

_PEPPER_KEY = "callcenter.number_pepper"


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.model
    def _get_callcenter_pepper(self):
        """The database's own secret, without which hashes of numbers could be guessed.

        :raise ConcurrencyError: another request makes it just now; Odoo tries again
        """
        # sudo: only the server reads the secret, whoever made it work
        parameters = self.sudo()
        pepper = parameters.get_param(_PEPPER_KEY)
        return pepper or parameters._make_callcenter_pepper()

    def _make_callcenter_pepper(self):
        pepper = secrets.token_hex(16)
        try:
            with self.env.cr.savepoint():
                self.set_param(_PEPPER_KEY, pepper)
        except UniqueViolation as error:
            raise ConcurrencyError("The secret was made meanwhile") from error
        return pepper

from odoo import fields, models
from odoo.tools import SQL


class ClientGrant(models.Model):
    """Which clients are in an operator's hands now: what he may read.

    A view over what puts clients into hands (claims, call-backs, letters): nothing has
    to be granted or taken away. Each room adds its branch, answered by an index.
    """

    _name = "callcenter.client.grant"
    _description = "Client in an operator's hands"
    _auto = False

    partner_id = fields.Many2one("res.partner", readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)

    @property
    def _table_query(self):
        return SQL(" UNION ALL ").join(self._get_branches())

    def _get_branches(self):
        """Queries of ``id`` (unlike those of other branches), client and user."""
        nobody = "SELECT 0 AS id, 0 AS partner_id, 0 AS user_id WHERE FALSE"
        return [SQL(nobody)]

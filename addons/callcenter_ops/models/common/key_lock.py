from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.common.peppered_hash import peppered_hash

_KEPT = timedelta(days=1)


class KeyLock(models.Model):
    """What may be done by one request at a time: a client made of a number, say.

    The row outlives its transaction, so a rival who began before its end fails as a
    serialisation error; his request is repeated and finds what was made.
    """

    _name = "callcenter.key.lock"
    _description = "Lock on a key"
    _log_access = False
    _rec_name = "key_hash"

    key_hash = fields.Char(
        required=True, readonly=True, help="No number or address can be read from it."
    )
    taken_at = fields.Datetime(required=True, readonly=True)

    _key_unique = models.UniqueIndex("(key_hash)")

    @api.model
    def _take(self, company, kind, key):
        """Be the only one who does ``kind`` with ``key`` until the transaction ends."""
        pepper = self.env["ir.config_parameter"]._get_callcenter_pepper()
        self.env.cr.execute(
            SQL(
                "INSERT INTO callcenter_key_lock (key_hash, taken_at) VALUES (%s, %s)"
                " ON CONFLICT (key_hash) DO UPDATE SET taken_at = EXCLUDED.taken_at",
                peppered_hash(f"{company.id} {kind} {key}", pepper),
                fields.Datetime.now(),
            ),
            log_exceptions=False,
        )

    @api.autovacuum
    def _gc_old(self):
        # SQL: rows of yesterday's transactions; nothing refers to them.
        self.env.cr.execute(
            SQL(
                "DELETE FROM callcenter_key_lock WHERE taken_at < %s",
                fields.Datetime.now() - _KEPT,
            )
        )

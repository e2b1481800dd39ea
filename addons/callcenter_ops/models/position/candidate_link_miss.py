from datetime import timedelta

from odoo import api, fields, models

_WINDOW = timedelta(minutes=15)
_LIMIT = 20


class CandidateLinkMiss(models.Model):
    """A failed try at a candidate's page, counted by address and soon forgotten."""

    _name = "callcenter.candidate.link.miss"
    _description = "Failed try at a candidate's link"

    address = fields.Char(required=True, index=True)

    @api.model
    def _is_too_much(self, address):
        """Whether the address has failed too often of late to be heard."""
        since = fields.Datetime.now() - _WINDOW
        recent = [("address", "=", address), ("create_date", ">", since)]
        return self.search_count(recent, limit=_LIMIT) >= _LIMIT

    @api.autovacuum
    def _gc_misses(self):
        self.search([("create_date", "<", fields.Datetime.now() - _WINDOW)]).unlink()

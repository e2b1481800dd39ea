from odoo import api, models


class Fact(models.Model):
    _inherit = "callcenter.fact"

    @api.model
    def _cron_rebuild(self):
        """Nightly as well: how often each fact and question was asked."""
        result = super()._cron_rebuild()
        self.env["callcenter.quiz.attempt.item"]._count_exposures()
        return result

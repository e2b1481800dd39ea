from odoo import api, models


class Fact(models.Model):
    _inherit = "callcenter.fact"

    @api.model
    def _cron_rebuild(self):
        """Nightly as well: how often all was asked, and what exams keep."""
        result = super()._cron_rebuild()
        self.env["callcenter.quiz.section"].search([])._measure_reserve()
        self.env["callcenter.quiz.attempt.item"]._count_exposures()
        return result

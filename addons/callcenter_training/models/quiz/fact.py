from odoo import api, models


class Fact(models.Model):
    _inherit = "callcenter.fact"

    @api.model
    def _cron_rebuild(self):
        """Nightly as well: how often all was asked, and what exams keep."""
        result = super()._cron_rebuild()
        sections = self.env["callcenter.quiz.section"]
        # All of them, and they are few: a quiz has some, a company some quizzes.
        sections.search([])._measure_reserve()  # pylint: disable=no-search-all
        self.env["callcenter.quiz.attempt.item"]._count_exposures()
        return result

from odoo import models

from .fact_builder import FactBuilder


class ResCompany(models.Model):
    _inherit = "res.company"

    def write(self, vals):
        """Prices are asked in the currency of the company."""
        before = self.currency_id
        result = super().write(vals)
        if self.currency_id != before:
            # sudo: facts follow whoever changes the currency
            templates = self.env["callcenter.question.template"].sudo()
            priced = templates.search([("formatter", "in", ("money", "price_range"))])
            FactBuilder(self.env).rebuild(priced)
        return result

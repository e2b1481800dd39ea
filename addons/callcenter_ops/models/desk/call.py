from odoo import api, models


class Call(models.Model):
    _inherit = "callcenter.call"

    @api.model
    def _read_result(self, occasion, disposition, values, talk_seconds):
        desk = self.env["callcenter.desk"]
        return desk._read_result(occasion, disposition, values, talk_seconds)

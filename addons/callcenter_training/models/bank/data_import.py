from odoo import api, models


class DataImport(models.Model):
    _inherit = "callcenter.data.import"

    @api.model
    def _get_importer_groups(self, kind):
        """The trainer keeps the catalogue that the questions are made from."""
        groups = super()._get_importer_groups(kind)
        if kind == "products":
            groups += ("callcenter_training.group_trainer",)
        return groups

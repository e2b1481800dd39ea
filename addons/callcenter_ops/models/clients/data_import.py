from odoo import api, fields, models

from .client_import import ClientImport
from .consent_import import ConsentImport
from .stop_import import StopImport


class DataImport(models.Model):
    _inherit = "callcenter.data.import"

    kind = fields.Selection(default="clients")
    source_id = fields.Many2one(
        "utm.source",
        string="Source of the list",
        help="Where the list was got: the quality of lists is told by it.",
    )

    @api.model
    def _get_kinds(self):
        lists = {"stops": StopImport, "consents": ConsentImport}
        return {"clients": ClientImport} | super()._get_kinds() | lists

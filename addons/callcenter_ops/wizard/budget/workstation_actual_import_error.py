from odoo import fields, models


class WorkstationActualImportError(models.TransientModel):
    _name = "callcenter.workstation.actual.import.error"
    _description = "Wrong row of imported expenses"
    _order = "line, id"

    import_id = fields.Many2one(
        "callcenter.workstation.actual.import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    line = fields.Integer(string="Line of the file", readonly=True, aggregator=None)
    message = fields.Char(string="What is wrong", readonly=True)

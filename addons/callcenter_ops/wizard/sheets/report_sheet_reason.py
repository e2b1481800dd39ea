from odoo import fields, models


class ReportSheetReason(models.TransientModel):
    """Asks why sheets go back; the sheets themselves decide whether they may."""

    _name = "callcenter.report.sheet.reason"
    _description = "Reason for returning report sheets"

    step = fields.Selection(
        [("return", "Return for correction"), ("reopen", "Reopen")], required=True
    )
    sheet_ids = fields.Many2many("callcenter.report.sheet", required=True)
    reason = fields.Text(required=True)

    def action_apply(self):
        """Give the sheets back with the reason."""
        self.ensure_one()
        if self.step == "return":
            return self.sheet_ids.action_return(self.reason)
        return self.sheet_ids.action_reopen(self.reason)

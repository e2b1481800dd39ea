from odoo import fields, models


class StocktakeScan(models.TransientModel):
    """Takes one label after the other, typed or from a scanner."""

    _name = "callcenter.stocktake.scan"
    _description = "Scan labels"

    stocktake_id = fields.Many2one("callcenter.stocktake", required=True)
    room = fields.Char(string="I stand in the room")
    code = fields.Char(string="Inventory number")
    message = fields.Char(readonly=True)

    def action_scan(self):
        """Count the label and ask for the next one."""
        self.ensure_one()
        answer = self.stocktake_id.scan(self.code, self.room)
        self.write({"message": answer["message"], "code": False})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Scan labels"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

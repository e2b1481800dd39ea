from odoo import api, fields, models

from .maintenance_equipment import CONDITIONS


class HandoverLine(models.Model):
    _name = "callcenter.handover.line"
    _inherit = ["callcenter.workstation.mixin"]
    _description = "Line of a handover act"
    _order = "act_id, sequence, id"
    _settled_fields = ("act_id",)
    _check_company_auto = True

    _guarded_fields = ()

    act_id = fields.Many2one(
        "callcenter.handover", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="act_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    equipment_id = fields.Many2one(
        "maintenance.equipment",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    name = fields.Char(
        string="Description", compute="_compute_from_equipment", store=True
    )
    serial_no = fields.Char(
        string="Serial number", compute="_compute_from_equipment", store=True
    )
    inventory_no = fields.Char(
        string="Inventory number", compute="_compute_from_equipment", store=True
    )
    quantity = fields.Integer(default=1, required=True)
    price = fields.Monetary(compute="_compute_from_equipment", store=True)
    condition = fields.Selection(CONDITIONS, required=True, default="good")
    completeness = fields.Char(help="What belongs to it: cable, charger, box.")
    remark = fields.Char()

    _equipment_once = models.UniqueIndex(
        "(act_id, equipment_id)", "An act names each piece of equipment once."
    )
    _one_piece = models.Constraint(
        "CHECK(quantity = 1)", "Equipment with an inventory number is one piece a line."
    )

    @api.depends("equipment_id")
    def _compute_from_equipment(self):
        # What stands on the paper does not change with the card afterwards: only
        # choosing another thing computes it anew.
        for line in self:
            line.name = line.equipment_id.name
            line.serial_no = line.equipment_id.serial_no
            line.inventory_no = line.equipment_id.inventory_no
            line.price = line.equipment_id.price

    @api.constrains("act_id", "equipment_id", "condition", "completeness", "remark")
    def _check_act_open(self):
        if not self._is_in_transition():
            self.act_id._check_in_state("draft")

    def _is_frozen(self):
        return self.act_id.state != "draft"

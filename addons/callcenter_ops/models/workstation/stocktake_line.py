from odoo import api, fields, models


class StocktakeLine(models.Model):
    _name = "callcenter.stocktake.line"
    _inherit = ["callcenter.workstation.mixin"]
    _description = "Equipment in a stock-taking"
    _order = "stocktake_id, is_extra desc, id"
    _settled_fields = ("stocktake_id", "equipment_id", "workstation_id", "employee_id")

    _guarded_fields = ("counted_on", "counted_by_id", "found_room", "room", "is_extra")
    _frozen_exempt_fields = ("remark",)

    stocktake_id = fields.Many2one(
        "callcenter.stocktake", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="stocktake_id.company_id", store=True, index=True
    )
    equipment_id = fields.Many2one(
        "maintenance.equipment", required=True, ondelete="restrict", index=True
    )
    inventory_no = fields.Char(related="equipment_id.inventory_no")
    workstation_id = fields.Many2one("callcenter.workstation", string="By the books")
    employee_id = fields.Many2one("hr.employee", string="Held by")
    room = fields.Char(
        string="Room by the books",
        readonly=True,
        help="As it was at the count; a place that moves later changes no result.",
    )
    is_extra = fields.Boolean(readonly=True, help="Not expected in this count.")
    counted_on = fields.Datetime(readonly=True)
    counted_by_id = fields.Many2one("res.users", readonly=True)
    found_room = fields.Char(readonly=True)
    result = fields.Selection(
        [
            ("missing", "Missing"),
            ("found", "Found"),
            ("elsewhere", "Found elsewhere"),
            ("extra", "Not expected"),
        ],
        compute="_compute_result",
        store=True,
    )
    remark = fields.Char()

    _equipment_once = models.UniqueIndex(
        "(stocktake_id, equipment_id)", "The equipment already stands on the list."
    )

    @api.depends("counted_on", "found_room", "is_extra", "room")
    def _compute_result(self):
        for line in self:
            if not line.counted_on:
                line.result = "missing"
            elif line.is_extra:
                line.result = "extra"
            elif line.found_room and line.found_room != line.room:
                line.result = "elsewhere"
            else:
                line.result = "found"

    @api.constrains("stocktake_id", "equipment_id")
    def _check_draft(self):
        if not self._is_in_transition():
            self.stocktake_id._check_in_state("draft")

    def _is_frozen(self):
        # The list of a count changes by counting alone.
        return self.stocktake_id.state != "draft"

    def _count(self, room):
        if not self.counted_on:
            self._transition(
                {
                    "counted_on": fields.Datetime.now(),
                    "counted_by_id": self.env.user.id,
                    "found_room": room,
                }
            )

    def _get_message(self):
        labels = dict(self._fields["result"]._description_selection(self.env))
        return f"{self.inventory_no} {self.equipment_id.name}: {labels[self.result]}"

import base64
import io

import qrcode
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.common.period import add_months

_HOLDER_FIELDS = {"employee_id", "department_id", "equipment_assign_to"}
_ROLES = ("operator", "supervisor", "hr", "director", "manager")
CONDITIONS = [
    ("new", "New"),
    ("good", "Good"),
    ("worn", "Worn"),
    ("broken", "Broken"),
]


class MaintenanceEquipment(models.Model):
    _name = "maintenance.equipment"
    _inherit = ["maintenance.equipment", "callcenter.guarded.mixin"]

    _guarded_fields = ()

    workstation_id = fields.Many2one(
        "callcenter.workstation",
        string="Workplace",
        check_company=True,
        copy=False,
        tracking=True,
        index="btree_not_null",
    )
    inventory_no = fields.Char(
        string="Inventory number",
        copy=False,
        help="Given once and never again, not even after the thing is written off.",
    )
    cost_item_id = fields.Many2one(
        "callcenter.cost.item", string="Cost item", check_company=True
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    price = fields.Monetary(
        string="Purchase price", help="Price in the company's currency, as in the bill."
    )
    condition = fields.Selection(CONDITIONS, default="good", tracking=True)
    replacement_date = fields.Date(
        string="Replacement due",
        compute="_compute_replacement_date",
        store=True,
        help="Day it came into use + replacement period of its cost item.",
    )
    custody_ids = fields.One2many(
        "callcenter.custody",
        "equipment_id",
        string="Who held it",
        readonly=True,
        # Equipment is Odoo's own: whoever manages it there need not know who held it.
        groups=",".join(f"callcenter_ops.group_{role}" for role in _ROLES),
    )

    _inventory_no_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), inventory_no) WHERE inventory_no IS NOT NULL",
        "Another piece of equipment has this inventory number.",
    )
    _price_positive = models.Constraint(
        "CHECK(price IS NULL OR price >= 0)", "The purchase price cannot be negative."
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for equipment in self:
            company = equipment.company_id or self.env.company
            equipment.currency_id = company.currency_id

    @api.depends("effective_date", "cost_item_id.replacement_months")
    def _compute_replacement_date(self):
        for equipment in self:
            months = equipment.cost_item_id.replacement_months
            start = equipment.effective_date
            equipment.replacement_date = (
                add_months(start, months) if start and months else False
            )

    @api.model_create_multi
    def create(self, vals_list):
        equipment = super().create(vals_list)
        equipment._number_inventory()
        equipment._record_holders()
        return equipment

    def write(self, vals):
        moves = bool(_HOLDER_FIELDS & vals.keys())
        holders = {record: record.employee_id for record in self} if moves else {}
        result = super().write(vals)
        changed = self.filtered(
            lambda record: record in holders and record.employee_id != holders[record]
        )
        if changed:
            changed._check_not_under_act()
            changed._record_holders()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        # sudo: the history counts whoever deletes
        held = self.sudo().custody_ids
        if held:
            raise UserError(
                self.env._(
                    "%(thing)s was held by somebody: write it off, its history stays.",
                    thing=held[0].equipment_id.display_name,
                )
            )

    def action_write_off(self):
        """Write equipment off; its inventory number is never given again.

        :raise UserError: somebody holds it, or it is written off already
        """
        # Whoever manages equipment may write it off: Odoo's own right decides.
        self.check_access("write")
        for equipment in self:
            if equipment.employee_id or equipment.scrap_date:
                raise UserError(
                    self.env._(
                        "%(thing)s cannot be written off: %(why)s.",
                        thing=equipment.display_name,
                        why=equipment.employee_id.name
                        or self.env._("it is written off already"),
                    )
                )
        today = self.env.company._callcenter_today()
        self.write({"scrap_date": today, "workstation_id": False, "active": False})
        for equipment in self:
            equipment._log_line(equipment._told_to().env._("Written off."))

    def _get_label_url(self):
        """The address that the QR code of the label leads to."""
        return f"{self.get_base_url()}/callcenter/inventory/{self.inventory_no}"

    def _get_label_qr(self):
        """The QR code as a picture to put into a page."""
        picture = io.BytesIO()
        qrcode.make(self._get_label_url(), box_size=6).save(picture, "PNG")
        return f"data:image/png;base64,{base64.b64encode(picture.getvalue()).decode()}"

    def _number_inventory(self):
        for equipment in self.filtered(lambda record: not record.inventory_no):
            sequence = self.env["ir.sequence"].with_company(equipment.company_id)
            # sudo: whoever registers equipment needs no right on sequences
            equipment.inventory_no = sequence.sudo().next_by_code(
                "callcenter.inventory.no"
            )

    def _record_holders(self):
        holders = {record: record.employee_id for record in self}
        self.env["callcenter.custody"]._record_holders(holders)

    def _check_not_under_act(self):
        """What was handed over by an act comes back by an act."""
        if self._is_in_transition():
            return
        # sudo: the history counts whoever looks
        held = self.sudo().custody_ids.filtered(
            lambda line: line.handover_id and not line.date_to
        )
        if held:
            raise UserError(
                self.env._(
                    "%(thing)s is held by %(name)s under the act %(act)s: take it back "
                    "by a return act.",
                    thing=held[0].equipment_id.display_name,
                    name=held[0].employee_id.name,
                    act=held[0].handover_id.name,
                )
            )

    def _move_to(self, employee, workstation, act):
        """Give the equipment to ``employee``, or take it back when he is empty.

        Called by acts after they checked who holds what.
        """
        self._in_transition()._under_act(act).write(
            {
                "equipment_assign_to": "employee",
                "employee_id": employee.id,
                "workstation_id": workstation.id,
                "assign_date": act.date if employee else False,
            }
        )

    def _under_act(self, act):
        return self.with_context(callcenter_act=act)

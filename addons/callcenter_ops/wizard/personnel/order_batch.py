from odoo import fields, models
from odoo.exceptions import UserError


class OrderBatch(models.TransientModel):
    """Drafts of the same order for several people at once."""

    _name = "callcenter.order.batch"
    _description = "Orders for several people"

    order_type = fields.Selection(
        [
            ("appointment", "Appointment"),
            ("transfer", "Transfer"),
            ("dismissal", "Dismissal"),
        ],
        string="Kind",
        required=True,
        default="appointment",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    employee_ids = fields.Many2many(
        "hr.employee", string="Employees", required=True, check_company=True
    )
    job_id = fields.Many2one("hr.job", string="Post", check_company=True)
    department_id = fields.Many2one("hr.department", check_company=True)
    date_order = fields.Date(
        string="Date of the orders",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
    )
    date_effective = fields.Date(
        string="Take effect on",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
    )
    wage = fields.Monetary(string="Monthly wage")
    trial_months = fields.Integer(string="Probation, months")
    resource_calendar_id = fields.Many2one(
        "resource.calendar", string="Work schedule", check_company=True
    )
    dismissal_ground_id = fields.Many2one("callcenter.dismissal.ground")
    successor_id = fields.Many2one("hr.employee", check_company=True)
    basis = fields.Char()

    def action_create_orders(self):
        """Make the drafts and show them as a list (HR)."""
        self.ensure_one()
        if not self.employee_ids:
            raise UserError(self.env._("Choose at least one employee."))
        orders = self.env["callcenter.personnel.order"].create(
            [self._prepare_order_values(person) for person in self.employee_ids]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.personnel_order_action"
        )
        return action | {"domain": [("id", "in", orders.ids)]}

    def _prepare_order_values(self, person):
        common = ("order_type", "date_order", "date_effective", "basis")
        vals = {name: self[name] for name in common}
        vals |= {"employee_id": person.id, "company_id": self.company_id.id}
        if self.order_type == "dismissal":
            return vals | {
                "dismissal_ground_id": self.dismissal_ground_id.id,
                "successor_id": self.successor_id.id,
            }
        return vals | {
            "job_id": self.job_id.id,
            "department_id": self.department_id.id or self.job_id.department_id.id,
            "wage": self.wage,
            "trial_months": self.trial_months,
            "resource_calendar_id": self.resource_calendar_id.id,
        }

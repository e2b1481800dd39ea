from odoo import api, fields, models
from odoo.exceptions import UserError


class Hire(models.TransientModel):
    """A new person from one form: card, contract and order, submitted for signature."""

    _name = "callcenter.hire"
    _description = "Hire a person"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    employee_id = fields.Many2one(
        "hr.employee",
        string="Comes back",
        check_company=True,
        context={"active_test": False},
        domain=[("callcenter_status", "!=", "appointed")],
        help="A candidate, or somebody who worked here before; empty: a new person.",
    )
    name = fields.Char(
        string="Full name",
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
    )
    work_email = fields.Char(
        compute="_compute_name", store=True, readonly=False, string="E-mail"
    )
    namesake_note = fields.Char(compute="_compute_namesake_note")
    is_another = fields.Boolean(
        string="It is another person", help="Two people may bear the same name."
    )
    job_id = fields.Many2one("hr.job", string="Post", required=True, check_company=True)
    department_id = fields.Many2one(
        "hr.department",
        required=True,
        check_company=True,
        compute="_compute_department_id",
        store=True,
        readonly=False,
    )
    date_effective = fields.Date(
        string="First day",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
    )
    date_end = fields.Date(string="Until", help="Empty: for an indefinite time.")
    wage = fields.Monetary(string="Monthly wage", required=True)
    trial_months = fields.Integer(string="Probation, months")
    resource_calendar_id = fields.Many2one(
        "resource.calendar", string="Work schedule", check_company=True
    )
    contract_number = fields.Char(required=True)
    contract_date = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )

    @api.depends("employee_id")
    def _compute_name(self):
        for record in self:
            record.name = record.employee_id.name or record.name
            record.work_email = record.employee_id.work_email or record.work_email

    @api.depends("job_id")
    def _compute_department_id(self):
        for record in self:
            record.department_id = record.job_id.department_id or record.department_id

    @api.depends("name", "employee_id", "company_id")
    @api.depends_context("lang")
    def _compute_namesake_note(self):
        for record in self:
            same = not record.employee_id and record._find_namesakes()
            record.namesake_note = bool(same) and self.env._(
                "There is a card of this name: %(names)s.",
                names=", ".join(same.mapped("display_name")),
            )

    def _find_namesakes(self):
        people = self.env["hr.employee"].with_context(active_test=False)
        if not (self.name or "").strip():
            return people.browse()
        return people.search(
            [
                ("name", "=ilike", self.name.strip()),
                ("company_id", "=", self.company_id.id),
            ],
            limit=3,
        )

    def action_hire(self):
        """Make the card and the order and submit the order (HR)."""
        self.ensure_one()
        if self.namesake_note and not self.is_another:
            raise UserError(
                self.env._(
                    "%(note)s Choose the card, or say that it is another person.",
                    note=self.namesake_note,
                )
            )
        order = self.env["callcenter.personnel.order"].create(self._prepare_order())
        order.action_submit()
        return {
            "type": "ir.actions.act_window",
            "res_model": order._name,
            "res_id": order.id,
            "views": [(False, "form")],
        }

    def _get_employee(self):
        if self.employee_id:
            return self.employee_id
        return self.env["hr.employee"].create(
            {
                "name": self.name.strip(),
                "work_email": self.work_email,
                "company_id": self.company_id.id,
            }
        )

    def _prepare_order(self):
        common = ("date_effective", "date_end", "wage", "trial_months")
        paper = ("contract_number", "contract_date")
        places = ("job_id", "department_id", "resource_calendar_id", "company_id")
        today = self.company_id._callcenter_today()
        return {
            "order_type": "appointment",
            "employee_id": self._get_employee().id,
            "date_order": min(today, self.date_effective),
            **{name: self[name] for name in (*common, *paper)},
            **{name: self[name].id for name in places},
        }

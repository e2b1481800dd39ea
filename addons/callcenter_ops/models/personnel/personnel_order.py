from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

_HR_AND_DIRECTOR = "callcenter_ops.group_hr,callcenter_ops.group_director"
# Letter of the series on paper: the registers are kept in Russian.
_SERIES = {
    "appointment": "П",
    "transfer": "ПВ",
    "acting": "ИО",
    "dismissal": "У",
    "cancellation": "О",
}
# What a submitted order may still receive beside its signature.
_SOCIAL_PREFIXES = ("message_", "activity_", "my_activity_", "website_message_")


class PersonnelOrder(models.Model):
    """An order on one employee: the only way into a post and out of it."""

    _name = "callcenter.personnel.order"
    _description = "Personnel order"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "callcenter.guarded.mixin",
        "callcenter.headship.source.mixin",
        "callcenter.order.flow",
        "callcenter.order.schedule",
        "callcenter.order.approval",
        "callcenter.order.paper",
        "callcenter.order.appointment",
        "callcenter.order.transfer",
        "callcenter.order.acting",
        "callcenter.order.dismissal",
        "callcenter.order.cancellation",
    ]
    _order = "date_order desc, id desc"
    _rec_names_search = ["name", "employee_id"]
    _mail_post_access = "read"
    _check_company_auto = True
    # A signed dismissal names a last working day.
    _headship_fields = frozenset(("state", "date_effective"))

    _guarded_fields = (
        "state",
        "name",
        "number",
        "year",
        "signed_by_id",
        "signed_for_id",
        "signed_on",
        "executed_on",
        "execution_error",
        "opened_user_id",
        "previous_values",
        "previous_job_id",
        "previous_department_id",
        "handover_ids",
        "checklist_ids",
        "visa_ids",
        "substitution_ids",
        "cancelling_order_ids",
        "paper_date",
        "paper_scan",
        "paper_scan_name",
        "paper_refused",
        "paper_witnesses",
    )
    _frozen_states = ("signed", "executed", "cancelled")

    # what the order says
    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    order_type = fields.Selection(
        [
            ("appointment", "Appointment"),
            ("transfer", "Transfer"),
            ("acting", "Acting"),
            ("dismissal", "Dismissal"),
            ("cancellation", "Cancellation"),
        ],
        string="Kind",
        required=True,
        default="appointment",
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        compute="_compute_employee_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    job_id = fields.Many2one(
        "hr.job",
        string="Post",
        check_company=True,
        ondelete="restrict",
        compute="_compute_post",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    department_id = fields.Many2one(
        "hr.department",
        check_company=True,
        ondelete="restrict",
        compute="_compute_department_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
    )
    date_order = fields.Date(
        string="Date of the order",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
        tracking=True,
        copy=False,
    )
    date_effective = fields.Date(
        string="Takes effect on",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
        tracking=True,
        copy=False,
        help="First day in the post; for a dismissal the last working day.",
    )
    date_end = fields.Date(
        string="Until",
        tracking=True,
        copy=False,
        help="Last day of a fixed term or of a substitution; empty = for good.",
    )
    basis = fields.Char(
        help="The paper that the order rests on: contract, application, memo."
    )
    note = fields.Text(string="Conditions", help="Conditions and kind of the work.")
    wage = fields.Monetary(
        string="Monthly wage", groups=_HR_AND_DIRECTOR, tracking=True
    )
    # what became of it
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To sign"),
            ("signed", "Signed"),
            ("executed", "Executed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        group_expand=True,  # columns of the kanban in the order of life
        tracking=True,
    )
    number = fields.Integer(
        string="Number in the series", readonly=True, copy=False, aggregator=None
    )
    year = fields.Integer(
        string="Year of the series", readonly=True, copy=False, aggregator=None
    )
    signed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    signed_for_id = fields.Many2one(
        "hr.employee",
        string="In place of",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The absent Director for whom the signer acted.",
    )
    signed_on = fields.Datetime(readonly=True, copy=False)
    executed_on = fields.Datetime(readonly=True, copy=False)
    execution_error = fields.Text(readonly=True, copy=False, groups=_HR_AND_DIRECTOR)

    _effective_after_order = models.Constraint(
        "CHECK (date_effective >= date_order)",
        "An order cannot take effect before its own date: correct one of the dates.",
    )
    _end_after_start = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_effective)",
        "The last day cannot come before the first one.",
    )
    _number_follows_signature = models.Constraint(
        "CHECK ((state IN ('draft', 'submitted')) = (COALESCE(number, 0) = 0))",
        "A number belongs to a signed order and to no other.",
    )
    _number_unique = models.UniqueIndex(
        "(company_id, order_type, year, number) WHERE number > 0",
        "This number of the register has been given already.",
    )
    _one_pending = models.UniqueIndex(
        "(employee_id, order_type) WHERE state = 'signed' "
        "AND order_type IN ('appointment', 'dismissal')",
        "Another signed order of this kind waits for its day for the same employee: "
        "cancel it first.",
    )
    _due = models.Index("(date_execution, id) WHERE state = 'signed'")

    @api.depends("name", "order_type", "employee_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["order_type"]._description_selection(self.env))
        for order in self:
            kind = kinds.get(order.order_type, "")
            if order.name:
                order.display_name = self.env._(
                    "%(kind)s № %(number)s", kind=kind, number=order.name
                )
            else:
                person = order.employee_id.name or ""
                order.display_name = f"{kind}: {person}" if person else kind

    @api.depends("cancelled_order_id")
    def _compute_employee_id(self):
        for order in self:
            order.employee_id = order.cancelled_order_id.employee_id or (
                order.employee_id
            )

    @api.depends("employee_id", "order_type", "cancelled_order_id")
    def _compute_post(self):
        for order in self:
            if not order.job_id and order.order_type != "transfer":
                order.job_id = order.employee_id.job_id

    @api.depends("employee_id", "job_id")
    def _compute_department_id(self):
        for order in self:
            if not order.department_id:
                order.department_id = (
                    order.job_id.department_id or order.employee_id.department_id
                )

    @api.constrains("employee_id", "company_id")
    def _check_employee_company(self):
        for order in self:
            if order.employee_id.company_id != order.company_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s works for another company than the one that issues "
                        "the order.",
                        name=order.employee_id.name,
                    )
                )

    def write(self, vals):
        self._refuse_submitted(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(order.state == "submitted" for order in self):
            raise UserError(
                self.env._("The order waits for the signature: return it to draft.")
            )

    def _refuse_submitted(self, vals):
        names = [name for name in vals if not name.startswith(_SOCIAL_PREFIXES)]
        if not names or self._is_in_transition():
            return
        if any(order.state == "submitted" for order in self):
            raise UserError(
                self.env._(
                    "The Director is reading this order: return it to draft before "
                    "changing it."
                )
            )

    def _format_number(self, number):
        """Number of the register as printed, e.g. ``12-П/2026``."""
        return f"{number}-{_SERIES[self.order_type]}/{self.date_order.year}"

import logging
import re

import psycopg2
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...tools.common.date_words import date_in_digits
from ...tools.common.row_guard import frozen
from ...tools.personnel.name_cases import clean_name
from ...tools.personnel.terms import get_last_day, is_plausible
from ..common.signed_paper_mixin import PAPER_COLUMNS, PAPER_FIELDS, PAPER_MARKS
from .order_checks import OrderChecks
from .order_kinds import ORDER_KINDS
from .order_kinds.order_kind import OrderKind
from .order_paper import OrderPaper

_logger = logging.getLogger(__name__)

_GROUP_HR = "callcenter_ops.group_hr"
_GROUP_DIRECTOR = "callcenter_ops.group_director"
_HR_AND_DIRECTOR = f"{_GROUP_HR},{_GROUP_DIRECTOR}"
_TODO = "mail.mail_activity_data_todo"
_CRON_BATCH = 50
# What a submitted order may still receive beside its signature.
_SOCIAL_PREFIXES = ("message_", "activity_", "my_activity_", "website_message_")
_FROZEN = ("signed", "executed", "cancelled")
_PAPER = (
    *("paper_date", "paper_refused", "paper_scan_hash", "paper_scan_name"),
    "paper_witnesses",
)
# What carrying out and cancelling write on a signed order.
_CARRIED_OUT = (
    *("contract_id", "ended_on", "execution_error", "executed_on", "handed_over"),
    *("opened_user_id", "previous_department_id", "previous_job_id"),
    "previous_values",
)


class PersonnelOrder(models.Model):
    """An order on one employee: the only way into a post and out of it.

    Its way is the same for every kind: HR drafts and submits it, those who are asked
    approve it, the Director signs it, and it is executed at the first instant of its
    day in the company's time zone. What a kind asks for and does is said by an object
    of ``order_kinds``.
    """

    _name = "callcenter.personnel.order"
    _description = "Personnel order"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "callcenter.row.guard.mixin",
        "callcenter.signed.paper.mixin",
        "callcenter.headship.source.mixin",
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
        "submitted_by_id",
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
        "brought_in",
        "ended_on",
        "handed_over",
        "duty_ids",
        "paper_date",
        "paper_scan",
        "paper_scan_name",
        "paper_refused",
        "paper_witnesses",
        *PAPER_FIELDS,
    )
    _frozen_states = _FROZEN
    _evidence_fields = {"paper_scan": "paper_scan_hash"}
    _guard_update, _guard_delete = frozen(
        "callcenter.personnel.order",
        _FROZEN,
        free=(*_PAPER, *_CARRIED_OUT, *PAPER_MARKS),
        once=PAPER_COLUMNS,
        stays=True,
    )
    _paper_report = "callcenter_ops.personnel_order_action_report"

    # what every order says
    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    order_type = fields.Selection(
        [
            ("appointment", "Appointment"),
            ("transfer", "Transfer"),
            ("acting", "Acting"),
            ("dismissal", "Dismissal"),
            ("cancellation", "Cancellation"),
            ("pay", "Pay"),
            ("terms", "Terms of the contract"),
            ("name", "Change of name"),
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
    retro_reason = fields.Selection(
        [
            ("actual_admission", "Work had begun before the papers (art. 67)"),
            ("absence", "Absence without a known reason"),
            ("death", "Death of the employee"),
            ("decision", "Decision of a court or an inspector"),
        ],
        string="Why it reaches back",
        tracking=True,
        copy=False,
        help="An order may take effect before its own date for few reasons; the "
        "register marks it.",
    )
    basis = fields.Char(
        help="The paper that the order rests on: contract, application, memo."
    )
    note = fields.Text(string="Conditions", help="Conditions and kind of the work.")
    wage = fields.Monetary(
        string="Monthly wage", groups=_HR_AND_DIRECTOR, tracking=True
    )

    # appointment and transfer
    trial_months = fields.Integer(string="Probation, months", tracking=True)
    date_trial_end = fields.Date(
        string="Probation ends on", compute="_compute_date_trial_end", store=True
    )
    resource_calendar_id = fields.Many2one(
        "resource.calendar", string="Work schedule", check_company=True
    )
    contract_id = fields.Many2one(
        "callcenter.employment.contract",
        string="Contract or agreement",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        compute="_compute_contract_id",
        store=True,
        readonly=False,
        copy=False,
        help="Empty: the signature enters the paper that number and date name.",
    )
    contract_number = fields.Char(
        compute="_compute_contract_terms", store=True, readonly=False, copy=False
    )
    contract_date = fields.Date(
        compute="_compute_contract_terms", store=True, readonly=False, copy=False
    )
    login = fields.Char(
        copy=False,
        groups=_HR_AND_DIRECTOR,
        help="Login of the user account; empty = the work e-mail, or the name in "
        "Latin letters.",
    )
    opened_user_id = fields.Many2one(
        "res.users", readonly=True, copy=False, groups=_HR_AND_DIRECTOR
    )
    previous_values = fields.Json(
        readonly=True, copy=False, groups="callcenter_ops.group_hr"
    )
    previous_job_id = fields.Many2one(
        "hr.job", string="Former post", readonly=True, copy=False
    )
    previous_department_id = fields.Many2one(
        "hr.department", string="Former department", readonly=True, copy=False
    )

    is_head = fields.Boolean(
        string="Heads the department",
        help="On its day the order makes the employee the head of the department.",
    )

    # change of name
    new_name = fields.Char(
        tracking=True, copy=False, help="The full name of the new passport."
    )

    # acting
    absent_employee_id = fields.Many2one(
        "hr.employee",
        string="Instead of",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )
    substitution_ids = fields.One2many("callcenter.substitution", "order_id")
    additional_pay = fields.Monetary(
        string="Additional pay, a month",
        groups=_HR_AND_DIRECTOR,
        tracking=True,
        help="For the duties of the absent employee, as agreed with the deputy "
        "(Labour Code, articles 60.2 and 151).",
    )

    # dismissal
    dismissal_ground_id = fields.Many2one(
        "callcenter.dismissal.ground", ondelete="restrict", tracking=True
    )
    notice_date = fields.Date(
        string="Notice given on",
        copy=False,
        help="Day of the application or of the warning; empty = date of the order.",
    )
    successor_id = fields.Many2one(
        "hr.employee",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Takes over the clients and tasks; empty = the head of the department.",
    )
    handed_over = fields.Json(
        readonly=True,
        copy=False,
        groups="callcenter_ops.group_hr",
        help="What was handed over, so that a cancellation gives it back.",
    )
    handover_ids = fields.One2many(
        "callcenter.order.handover", "order_id", string="Handed over", readonly=True
    )
    checklist_ids = fields.One2many(
        "callcenter.order.checklist", "order_id", string="Leaver's checklist"
    )
    checklist_open_count = fields.Integer(
        string="Open lines of the checklist", compute="_compute_checklist_open_count"
    )

    # cancellation
    cancelled_order_id = fields.Many2one(
        "callcenter.personnel.order",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        tracking=True,
    )
    cancelling_order_ids = fields.One2many(
        "callcenter.personnel.order", "cancelled_order_id", string="Cancelled by"
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
    visa_ids = fields.One2many(
        "callcenter.order.visa", "order_id", string="Approvals", readonly=True
    )
    is_my_visa_pending = fields.Boolean(
        string="Waits for my approval",
        compute="_compute_is_my_visa_pending",
        search="_search_is_my_visa_pending",
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
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
    date_execution = fields.Date(
        string="Executed on",
        compute="_compute_date_execution",
        store=True,
        precompute=True,
        help="The day at whose first instant the order is executed: for a dismissal "
        "the day after the last working day.",
    )
    is_due = fields.Boolean(compute="_compute_is_due")
    is_last_day = fields.Boolean(
        compute="_compute_is_due",
        help="The last working day of an order of dismissal is today.",
    )
    executed_on = fields.Datetime(readonly=True, copy=False)
    brought_in = fields.Boolean(
        readonly=True,
        copy=False,
        help="Signed on paper before the program was used: number and date are those "
        "of the paper, the program has no signature.",
    )
    ended_on = fields.Date(
        string="Term ended on",
        readonly=True,
        copy=False,
        help="The day on which a temporary order ended by itself.",
    )
    duty_ids = fields.One2many(
        "callcenter.personnel.duty", "order_id", string="Due", readonly=True
    )
    labour_warning = fields.Text(
        string="Look before signing",
        compute="_compute_labour_warning",
        groups=_HR_AND_DIRECTOR,
    )
    execution_error = fields.Text(readonly=True, copy=False, groups=_HR_AND_DIRECTOR)

    # the paper that comes back signed
    paper_date = fields.Date(
        string="Signed on paper on",
        readonly=True,
        copy=False,
        help="Date of the live signature of the employee on the printed order.",
    )
    paper_scan = fields.Binary(
        string="Scan of the paper", attachment=True, readonly=True, copy=False
    )
    paper_scan_name = fields.Char(readonly=True, copy=False)
    paper_scan_hash = fields.Char(
        string="Hash of the scan (SHA-256)", readonly=True, copy=False
    )
    paper_refused = fields.Boolean(
        string="Signature refused",
        readonly=True,
        copy=False,
        help="The employee refused to sign that he has read the order.",
    )
    paper_witnesses = fields.Char(
        string="Witnesses of the refusal", readonly=True, copy=False
    )

    _effective_after_order = models.Constraint(
        "CHECK (date_effective >= date_order "
        "OR retro_reason IS NOT NULL OR brought_in IS TRUE)",
        "An order takes effect before its own date only for a reason of the law: "
        "correct one of the dates or name the reason.",
    )
    _end_after_start = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_effective)",
        "The last day cannot come before the first one.",
    )
    _amounts_positive = models.Constraint(
        "CHECK (COALESCE(wage, 0) >= 0 AND COALESCE(trial_months, 0) >= 0)",
        "The wage and the probation cannot be negative.",
    )
    _amounts_plausible = models.Constraint(
        "CHECK (COALESCE(wage, 0) < 1e9 AND COALESCE(trial_months, 0) < 100)",
        "No order names such a wage or probation: correct the slip.",
    )
    _unsigned_on_paper = models.Constraint(
        "CHECK (brought_in IS NOT TRUE OR (signed_by_id IS NULL AND name IS NOT NULL))",
        "An order brought in has the number of its paper and no other signature.",
    )
    _deputy_is_another = models.Constraint(
        "CHECK (absent_employee_id IS NULL OR absent_employee_id <> employee_id)",
        "Nobody can stand in for himself: choose another deputy.",
    )
    _successor_is_another = models.Constraint(
        "CHECK (successor_id IS NULL OR successor_id <> employee_id)",
        "The work cannot be handed over to the dismissed person: choose another.",
    )
    _number_follows_signature = models.Constraint(
        "CHECK (brought_in IS TRUE "
        "OR (state IN ('draft', 'submitted')) = (COALESCE(number, 0) = 0))",
        "A number belongs to a signed order and to no other.",
    )
    _number_unique = models.UniqueIndex(
        "(company_id, order_type, year, number) WHERE number > 0",
        "This number of the register has been given already.",
    )
    _name_unique = models.UniqueIndex(
        "(company_id, order_type, year, name) WHERE name IS NOT NULL",
        "Another order of this kind and year has this number already.",
    )
    _one_pending = models.UniqueIndex(
        "(employee_id, order_type) WHERE state = 'signed' "
        "AND order_type IN ('appointment', 'dismissal')",
        "Another signed order of this kind waits for its day for the same employee: "
        "cancel it first.",
    )
    _additional_pay_not_negative = models.Constraint(
        "CHECK (additional_pay IS NULL OR additional_pay >= 0)",
        "The additional pay cannot be negative.",
    )
    _refusal_has_witnesses = models.Constraint(
        "CHECK (paper_refused IS NOT TRUE OR paper_witnesses IS NOT NULL)",
        "A refusal to sign names its witnesses.",
    )
    _due = models.Index("(date_execution, id) WHERE state = 'signed'")

    @api.depends_context("lang")
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
            if not order.job_id and order._get_kind().proposes_present_post:
                order.job_id = order.employee_id.job_id

    @api.depends("employee_id", "job_id")
    def _compute_department_id(self):
        for order in self:
            if not order.department_id:
                order.department_id = (
                    order.job_id.department_id or order.employee_id.department_id
                )

    @api.depends("date_effective", "trial_months")
    def _compute_date_trial_end(self):
        """The day before the same day of the month."""
        for order in self:
            start, months = order.date_effective, order.trial_months
            order.date_trial_end = bool(start and months) and (
                get_last_day(start, months)
            )

    @api.depends("employee_id", "order_type")
    def _compute_contract_id(self):
        """A dismissal ends the labour contract; other kinds bring a paper of theirs."""
        contracts = self.env["callcenter.employment.contract"]
        for order in self:
            if order.contract_id.employee_id != order.employee_id:
                order.contract_id = False
            if not order.contract_id and order._get_kind().ends_contract:
                # sudo: what HR drafts names the contract whoever looks at it
                order.contract_id = contracts.sudo()._get_main(order.employee_id)

    @api.depends("contract_id")
    def _compute_contract_terms(self):
        # What was signed says what it said.
        for order in self.filtered(lambda order: order.state not in _FROZEN):
            # sudo: the order says the number and the day to whoever may read it
            contract = order.sudo().contract_id
            order.contract_number = contract.number or order.contract_number
            order.contract_date = contract.date or order.contract_date

    @api.depends(
        "order_type",
        "employee_id",
        "date_order",
        "date_effective",
        "date_end",
        "wage",
        "trial_months",
        "contract_number",
        "dismissal_ground_id",
        "notice_date",
        "state",
    )
    def _compute_labour_warning(self):
        for order in self:
            asked = order.state in ("draft", "submitted") and order.employee_id
            found = OrderChecks(order).find() if asked else ()
            order.labour_warning = "\n".join(check.display_name for check in found)

    @api.constrains("date_order", "date_effective", "date_end", "contract_date")
    def _check_dates_plausible(self):
        names = ("date_order", "date_effective", "date_end", "contract_date")
        for order in self:
            wrong = [name for name in names if order[name]]
            wrong = [name for name in wrong if not is_plausible(order[name])]
            if wrong:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” says %(date)s: no order can name that day.",
                        field=self._fields[wrong[0]]._description_string(self.env),
                        date=date_in_digits(order[wrong[0]]),
                    )
                )

    @api.depends("checklist_ids.is_done")
    def _compute_checklist_open_count(self):
        for order in self:
            open_lines = order.checklist_ids.filtered(lambda line: not line.is_done)
            order.checklist_open_count = len(open_lines)

    @api.depends("order_type", "date_effective")
    def _compute_date_execution(self):
        for order in self:
            order.date_execution = order._get_kind().get_execution_date()

    @api.depends("date_execution", "order_type", "company_id")
    def _compute_is_due(self):
        for order in self:
            today = order.company_id._callcenter_today()
            day = order.date_execution
            order.is_due = bool(day) and day <= today
            order.is_last_day = (
                order._get_kind().ends_work and order.date_effective == today
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

    # -- the kind --

    @api.model
    def _get_kinds(self):
        """The table of kinds: ``{order_type: subclass of OrderKind}``.

        An addon that brings a kind adds it here and to the choices of ``order_type``.
        """
        return ORDER_KINDS

    def _get_kind(self):
        """The object that knows what is special about this order."""
        self.ensure_one()
        return self._get_kinds().get(self.order_type, OrderKind)(self)

    # -- from draft to signature --

    def action_submit(self):
        """Hand a draft over for signature (HR)."""
        self._check_role(_GROUP_HR)
        self._check_in_state("draft")
        for order in self:
            order._check()
            OrderChecks(order).note()
        self._transition({"state": "submitted", "submitted_by_id": self.env.uid})
        for order in self:
            order._after_submit()

    def _after_submit(self):
        """Ask every Director of the company for the signature."""
        self._log_line(self._told_to().env._("Submitted for signature."))
        self._ask_for_visas()
        self._get_kind().after_submit()
        for user in self._get_signers():
            self.activity_schedule(
                _TODO,
                date_deadline=self.date_effective,
                summary=self._told_to(user).env._("Sign the order"),
                user_id=user.id,
            )

    def _get_signers(self):
        group = self.env.ref(_GROUP_DIRECTOR)
        users = group.sudo().all_user_ids  # sudo: HR may not read groups
        return users.filtered(lambda user: self.company_id in user.company_ids)

    def action_return_to_draft(self):
        """Take an unsigned order back for correction (HR, Director)."""
        self._check_role(_GROUP_HR, _GROUP_DIRECTOR)
        self._check_in_state("submitted")
        orders = self.sudo()  # sudo: the Director may return but not edit
        orders._transition({"state": "draft"})
        orders._log_line(orders._told_to().env._("Returned for correction."))
        orders.activity_unlink([_TODO])

    def action_sign(self):
        """Sign, number and, when the day has come, execute (Director only)."""
        self._check_role(_GROUP_DIRECTOR)
        orders = self.sudo()  # sudo: the Director signs but does not edit
        orders.lock_for_update()
        self._check_in_state("submitted")
        orders._check_visas()
        for order in self:
            order._check_duties_are_separate()
        for order in orders.sorted(lambda order: (order.date_order, order.id)):
            order._check()
            OrderChecks(order).note()
            order._sign()
        orders.filtered("is_due")._execute()

    def _check_duties_are_separate(self):
        """Refuse who signs what he prepared himself, or about himself in another's
        place, and whose right rests.

        Each by a setting of the company. While a deputy acts for the Director, the
        Director signs only what the deputy may not: what is about the deputy.
        """
        self._check_four_eyes()
        company = self.company_id.sudo()  # sudo: settings are read by every role
        # sudo: the signer may not read his own card
        person = self.env.user.sudo().employee_id
        # sudo: nor may a deputy read the card of whom the order is about
        about = self.sudo().employee_id
        represented = self._get_represented_director()
        if about == person and represented and company.callcenter_separate_duties:
            raise UserError(
                self.env._(
                    "%(order)s is about you: whoever acts for the Director does not "
                    "sign orders about himself, the Director does.",
                    order=self.display_name,
                )
            )
        deputy = self.env.user._get_callcenter_signing_deputy()
        if deputy and about != deputy:
            self.env.user._refuse_resting_right(deputy)

    def _check_four_eyes(self):
        # sudo: a setting of the company, and who prepared the order
        order = self.sudo()
        prepared_by = order.create_uid | order.submitted_by_id
        if order.company_id.callcenter_four_eyes and self.env.user in prepared_by:
            raise UserError(
                self.env._(
                    "%(order)s was prepared by you: another person signs it. A company "
                    "where one person does both turns “Four eyes” off in the settings.",
                    order=self.display_name,
                )
            )

    def _check(self):
        """Raise UserError unless the order may be signed as it is."""
        kind = self._get_kind()
        kind.check()
        kind.check_retro()
        OrderChecks(self).refuse()

    def _sign(self):
        self._prepare_paper()
        number = self.env["callcenter.order.register"]._take_next(
            self.company_id, self.order_type, self.date_order.year
        )
        self._transition(
            {
                "state": "signed",
                "number": number,
                "year": self.date_order.year,
                "name": self._format_number(number),
                "signed_by_id": self.env.uid,
                "signed_for_id": self._get_represented_director().id,
                "signed_on": fields.Datetime.now(),
            }
        )
        self._keep_paper()
        self._log_signature()
        self.activity_unlink([_TODO])
        self._after_signature()

    def _after_signature(self):
        """What follows from a signature, be it one on paper long ago."""
        self._get_kind().after_sign()
        self.env["callcenter.personnel.duty"]._make_for(self)
        self._schedule_execution()

    @api.model
    def _bring_in(self, vals, trial_end=None):
        """An executed appointment that was signed on paper before the program came.

        :param vals: values of the order, ``name`` is the number of its paper
        :param trial_end: date, the last day of a probation that still runs
        :return: the order
        """
        own = {
            "order_type": "appointment",
            "brought_in": True,
            "year": vals["date_order"].year,
        }
        order = self._in_transition().create(vals | own)
        order = order.with_env(self.env)
        order._reserve_number()
        order._prepare_paper()
        order._transition({"state": "signed"})
        order._keep_paper(kept=OrderPaper(order).get_bring_in_note())
        order._after_signature()
        order._execute()
        if trial_end:
            person = order.employee_id._in_transition()  # past the card's guard
            version = person._get_version(order.date_effective)
            version.write({"trial_date_end": trial_end})
        order._log_line(order._told_to().env._("Brought in from paper."))
        return order

    def _reserve_number(self):
        """Keep the register from giving a number that this paper bears already."""
        digits = re.search(r"\d{1,9}", self.name)
        number = int(digits[0]) if digits else 0
        if number and self._format_number(number) == self.name:
            self.env["callcenter.order.register"]._reserve(
                self.company_id, self.order_type, self.year, number
            )

    def _prepare_paper(self):
        """What the paper names and the signature brings: contract, personnel number."""
        self._enter_contract()
        self._get_kind().before_sign()

    def _enter_contract(self):
        """Enter the contract or agreement that the order names by its number."""
        if not self.contract_number or self.contract_id:
            return
        if self.order_type in ("appointment", "transfer", "pay", "terms"):
            contracts = self.env["callcenter.employment.contract"]
            self._transition({"contract_id": contracts._make_from(self).id})

    def _format_number(self, number):
        """Number of the register as printed, e.g. ``12-П/2026``."""
        return self.env["callcenter.order.series"]._format(
            self.company_id, self._get_kind(), number
        )

    def _log_signature(self):
        reader = self._told_to()
        line = reader.env._("Signed under number %(name)s.", name=self.name)
        absent = self.signed_for_id
        acting = absent and reader.env.user._get_callcenter_acting_note(absent)
        self._log_line(f"{line} ({acting})" if acting else line)

    def _get_represented_director(self):
        """The absent Director in whose place the user signs, as ``hr.employee``."""
        substitutions = self.env["callcenter.substitution"]
        return substitutions._get_represented_director(self.env.user)

    def action_prepare_cancellation(self):
        """Open a new draft that cancels this order (HR)."""
        self.ensure_one()
        self._check_role(_GROUP_HR)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "name": self.env._("Order of cancellation"),
            "context": {
                "default_order_type": "cancellation",
                "default_cancelled_order_id": self.id,
                "default_company_id": self.company_id.id,
            },
        }

    def _check_is_signed(self):
        for order in self:
            if order.state in ("draft", "submitted"):
                raise UserError(
                    self.env._("%(order)s is not signed yet.", order=order.display_name)
                )

    # -- approvals between submission and signature --

    @api.depends("state", "visa_ids.state", "visa_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_my_visa_pending(self):
        for order in self:
            # sudo: an approver who may not read all visas learns of his own
            visa = order.sudo()._get_pending_visa(self.env.user)
            order.is_my_visa_pending = order.state == "submitted" and bool(visa)

    @api.model
    def _search_is_my_visa_pending(self, operator, value):
        if operator != "in":
            return NotImplemented
        pending = Domain("state", "=", "pending") & Domain("is_for_me", "=", True)
        waits = Domain("state", "=", "submitted") & Domain("visa_ids", "any", pending)
        return waits if True in value else ~waits

    def action_approve(self):
        """Give one's approval (the approvers asked for this order)."""
        self._decide("approved", self.env._("Approved."))

    def action_refuse(self, note=False):
        """Refuse one's approval: the order goes back to draft with the remark.

        :param str note: what has to be mended, required
        """
        self.check_access("read")
        self._decide("refused", self._told_to().env._("Approval refused."), note)
        orders = self.sudo()  # sudo: approvers do not edit orders
        orders._transition({"state": "draft"})
        orders.activity_unlink([_TODO])

    def _decide(self, state, line, note=False):
        self.check_access("read")
        self._check_in_state("submitted")
        for order in self.sudo():  # sudo: nobody may write visas, the order's steps do
            visa = order._get_pending_visa(self.env.user)
            if not visa:
                order._refuse_stranger()
            if state == "refused":
                order._check_remark(note)
            visa.write(
                {
                    "state": state,
                    "decided_on": fields.Datetime.now(),
                    "decided_by_id": self.env.uid,
                    "note": note,
                }
            )
            order._log_line(order._describe_decision(visa, line))
            order._close_my_request()

    def _refuse_stranger(self):
        raise AccessError(
            self.env._("%(order)s is not for you to approve.", order=self.display_name)
        )

    def _check_remark(self, note):
        if not note or not note.strip():
            raise UserError(
                self.env._("Say in the remark what has to be mended in the order.")
            )

    def _describe_decision(self, visa, line):
        """One line of the history; a deputy's names the head he acted for."""
        user = self._told_to().env.user
        absent = visa.user_id.employee_id if visa.user_id != user else None
        acting = absent and user._get_callcenter_acting_note(absent)
        return " ".join(filter(None, [line, acting and f"({acting})", visa.note]))

    def _close_my_request(self):
        """Who has decided need not be reminded any more."""
        self.activity_unlink([_TODO], user_id=self.env.uid, only_automated=True)

    def _get_pending_visa(self, user):
        """The line of the user himself, or of a head whom he stands in for today."""
        self.ensure_one()
        represented = user._get_callcenter_represented()
        pending = self.visa_ids.filtered(
            lambda visa: visa.state == "pending" and visa.user_id in represented
        )
        own = pending.filtered(lambda visa: visa.user_id == user)
        return (own or pending)[:1]

    def _ask_for_visas(self):
        """Ask anew on each submission: what was approved may have changed since."""
        order = self.sudo()  # sudo: nobody may write visas, the order's steps do
        order.visa_ids.unlink()
        rules = self.env["callcenter.order.visa.rule"].search(
            [
                ("company_id", "=", order.company_id.id),
                ("order_type", "in", (order.order_type, False)),
            ]
        )
        users = self.env["res.users"].union(
            *(rule._get_approver(order) for rule in rules)
        )
        order.env["callcenter.order.visa"].create(
            [{"order_id": order.id, "user_id": user.id} for user in users]
        )
        for approver in (user._get_callcenter_stand_in() for user in users):
            order.activity_schedule(
                _TODO,
                summary=self._told_to(approver).env._("Approve the order"),
                user_id=approver.id,
            )

    def _check_visas(self):
        for order in self:
            missing = order.visa_ids.filtered(lambda visa: visa.state != "approved")
            if missing:
                raise UserError(
                    self.env._(
                        "%(order)s still waits for the approval of %(names)s.",
                        order=order.display_name,
                        names=", ".join(missing.user_id.mapped("name")),
                    )
                )

    # -- execution on its day --

    def action_execute(self):
        """Execute signed orders whose day has come (HR, Director)."""
        self._check_role(_GROUP_HR, _GROUP_DIRECTOR)
        orders = self.sudo()  # sudo: executing writes users, which HR may not
        orders.lock_for_update()
        self._check_in_state("signed")
        for order in self:
            order._check_due()
        orders._execute()

    def action_end_last_day(self, note=False):
        """End the access before the last working day is over (HR).

        For the day of dismissal itself: the papers are signed, the work is done and
        HR does not wait for midnight. Executes the order; who, when and why stay in
        the chatter.

        :param str note: the reason, required
        """
        self._check_role(_GROUP_HR)
        orders = self.sudo()  # sudo: executing writes users, which HR may not
        orders.lock_for_update()
        self._check_in_state("signed")
        for order in self:
            order._check_last_day(note)
        orders._log_line(
            orders._told_to().env._(
                "The last working day was ended before its time: %(reason)s",
                reason=note,
            )
        )
        orders._execute()

    def _check_last_day(self, note):
        if not self.is_last_day:
            raise UserError(
                self.env._(
                    "%(order)s: only a dismissal can be ended early, and only on its "
                    "last working day.",
                    order=self.display_name,
                )
            )
        if not note or not note.strip():
            raise UserError(self.env._("Say why the last working day ends early."))

    def _execute(self):
        for order in self.sorted(lambda order: (order.date_execution, order.id)):
            order._get_kind().check()
            order._told_to()._get_kind().execute()
            order._transition(
                {
                    "state": "executed",
                    "executed_on": fields.Datetime.now(),
                    "execution_error": False,
                }
            )
            order._log_line(order._told_to().env._("Executed."))

    def _schedule_execution(self):
        """Wake the cron at the first instant of the day of execution."""
        if not self.is_due:
            start, _end = self.company_id._callcenter_day_bounds(self.date_execution)
            self.env.ref("callcenter_ops.ir_cron_execute_due_orders")._trigger(at=start)

    def _check_due(self):
        """Raise UserError before the day of execution."""
        if not self.is_due:
            self._get_kind().refuse_early()

    @api.model
    def _cron_execute_due(self):
        """Execute every signed order whose day has come.

        Works in batches and commits after each, so a crash loses one batch at
        most; an order that fails keeps its error, tells HR and is tried again by
        the next run.
        """
        seen = set()
        while orders := self._get_due_orders(seen):
            seen.update(orders.ids)
            for order in orders.try_lock_for_update():
                order._try_execute()
            if not self._commit_batch(len(orders)):
                break

    @api.model
    def _cron_watch_terms(self):
        """End what was ordered for a time, and tell HR of what comes due."""
        for company, today in self.env["res.company"]._callcenter_todays():
            over = self.search(
                [
                    ("company_id", "=", company.id),
                    ("order_type", "in", self._get_types_that_end()),
                    ("state", "=", "executed"),
                    ("ended_on", "=", False),
                    ("date_end", "<", today),
                ],
                order="date_end, id",
            )
            for order in over.try_lock_for_update():
                order._try_to_end()
        self.env["callcenter.personnel.duty"]._cron_tell()

    def _get_types_that_end(self):
        kinds = self._get_kinds().items()
        return [name for name, kind in kinds if kind.ends_by_itself]

    def _try_to_end(self):
        try:
            with self.env.cr.savepoint():
                self._told_to(self.create_uid)._get_kind().end_term()
                self._transition({"ended_on": self.date_end, "execution_error": False})
        except psycopg2.OperationalError:
            raise  # the database is away or asks for a retry: not this order's fault
        except Exception as error:
            _logger.exception("The term of order %s could not be ended", self.id)
            self._report_failure(str(error))

    def _get_due_orders(self, seen):
        domain = Domain("state", "=", "signed") & Domain("id", "not in", list(seen))
        due = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_execution", "<=", company._callcenter_today())
            for (company,) in self._read_group(domain, ["company_id"])
        )
        return self.search(domain & due, limit=_CRON_BATCH, order="date_execution, id")

    def _commit_batch(self, processed):
        """Commit inside a cron run; elsewhere the caller owns the transaction."""
        if not self.env.context.get("ir_cron_progress_id"):
            return True
        return self.env["ir.cron"]._commit_progress(processed)

    def _try_execute(self):
        try:
            with self.env.cr.savepoint():
                self._told_to(self.create_uid)._execute()
        except psycopg2.OperationalError:
            raise  # the database is away or asks for a retry: not this order's fault
        except Exception as error:
            _logger.exception("Order %s could not be executed", self.id)
            self._report_failure(str(error))

    def _report_failure(self, message):
        if self.execution_error == message:
            return
        self._transition({"execution_error": message})
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self._told_to(self.create_uid).env._(
                "The order could not be executed"
            ),
            note=message,
            user_id=self.create_uid.id,
        )

    # -- the paper --

    def action_print(self):
        """The order as PDF on its form."""
        self._check_may_print()
        return self.env.ref(
            "callcenter_ops.personnel_order_action_report"
        ).report_action(self)

    def _get_paper_file_name(self):
        self.ensure_one()
        number = (self.name or str(self.id)).replace("/", "-")
        return self.env._("Order %(number)s", number=number)

    def _check_paper_access(self):
        self._check_may_print()

    def _check_may_print(self):
        """Papers show the wage: HR, the Director and the employee himself."""
        self.check_access("read")
        user = self.env.user
        if user._is_superuser():  # the job that keeps the PDF
            return
        if user.has_group(_GROUP_HR) or user.has_group(_GROUP_DIRECTOR):
            return
        # sudo: an employee may not read his own card, only whose order it is counts
        if any(order.sudo().employee_id.user_id != user for order in self):
            raise AccessError(
                self.env._("An order is printed by HR, the Director and the employee.")
            )

    def _get_paper_words(self):
        return OrderPaper(self).get_texts()

    def _get_paper_additions(self):
        return OrderPaper(self).get_additions()

    def _get_register_row(self):
        """Texts of the register's columns after the running number."""
        return [*self._get_paper()["register"], *OrderPaper(self).get_register_end()]

    def _register_paper(self, day, refused=False, witnesses=None, scan=None):
        """Register once what came back of a signed order's paper (HR).

        :param date day: of the signature, or of the refusal
        :param witnesses: ``hr.employee``, the two before whom he refused
        :param scan: ``(base64 bytes, file name)``
        :raise UserError: not signed, registered before, an impossible day, a refusal
            without two witnesses
        """
        self.ensure_one()
        self._check_role(_GROUP_HR)
        self._check_is_signed()
        self.lock_for_update()
        self._check_paper_day(day)
        content, name = scan or (False, False)
        vals = {
            "paper_date": day,
            "paper_refused": refused,
            "paper_scan": content,
            "paper_scan_name": name,
        }
        if refused:
            vals["paper_witnesses"] = self._describe_witnesses(witnesses)
        self._transition(vals)
        self._log_line(self._describe_answer())

    def _add_scan(self, content, name):
        """Add the scan that was missing when the paper was registered (HR)."""
        self.ensure_one()
        self._check_role(_GROUP_HR)
        if not self.paper_date or self.paper_scan or not content:
            raise UserError(
                self.env._("The paper of %s has been registered.", self.display_name)
            )
        self._transition({"paper_scan": content, "paper_scan_name": name})
        self._log_line(self._told_to().env._("A scan of the paper was added."))

    def _check_paper_day(self, day):
        if self.paper_date or self.paper_refused:
            raise UserError(
                self.env._("The paper of %s has been registered.", self.display_name)
            )
        today = self.company_id._callcenter_today()
        if not day or not self.date_order <= day <= today:
            raise UserError(
                self.env._(
                    "The paper was signed or refused between the day of the order, "
                    "%(start)s, and today, %(end)s.",
                    start=date_in_digits(self.date_order),
                    end=date_in_digits(today),
                )
            )

    def _describe_witnesses(self, witnesses):
        """The witnesses' names and posts as they are on that day."""
        # sudo: HR names colleagues, their posts are no secret
        people = witnesses.sudo() if witnesses else self.env["hr.employee"]
        people._check_callcenter_witnesses(self.employee_id)
        lang = self.env["res.lang"]._get_callcenter_paper_lang()
        return "; ".join(
            ", ".join(filter(None, (clean_name(one.name), one.job_id.name)))
            for one in people.with_context(lang=lang)
        )

    def _describe_answer(self):
        day = date_in_digits(self.paper_date)
        if not self.paper_refused:
            return self.env._("Signed on paper on %(date)s.", date=day)
        return self.env._(
            "The employee refused to sign on %(date)s; witnesses: %(names)s.",
            date=day,
            names=self.paper_witnesses,
        )

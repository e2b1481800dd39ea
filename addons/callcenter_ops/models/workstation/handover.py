from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.common.date_words import date_in_digits
from ...tools.common.row_guard import frozen
from ..common.signed_paper_mixin import PAPER_COLUMNS, PAPER_FIELDS, PAPER_MARKS
from .handover_paper import HandoverPaper


class Handover(models.Model):
    """Act by which an employee takes equipment over or gives it back.

    HR issues the act; the employee confirms it at his own desk, or HR notes that the
    paper was signed. Only then the equipment changes hands. The employee may also sign
    with a remark, or only say what is wrong.
    """

    _name = "callcenter.handover"
    _inherit = [
        "callcenter.workstation.mixin",
        "callcenter.row.guard.mixin",
        "callcenter.signed.paper.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Handover act"
    _order = "date desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _guarded_fields = (
        "state",
        "name",
        "issued_by_id",
        "signed_on",
        "signed_by_id",
        "employee_remark",
        *PAPER_FIELDS,
    )
    _frozen_states = ("issued", "done", "cancelled")
    _frozen_once_fields = ("scan", "scan_filename")
    _evidence_fields = {"scan": "scan_hash"}
    # An issued act still waits for the other side.
    _guard_update, _guard_delete = frozen(
        "callcenter.handover",
        ("done", "cancelled"),
        free=PAPER_MARKS,
        once=("scan_filename", "scan_hash", *PAPER_COLUMNS),
        emptied=("workstation_id",),
        stays=True,
    )
    _paper_report = "callcenter_ops.handover_action_report"

    name = fields.Char(
        string="Number", readonly=True, copy=False, index="trigram", tracking=True
    )
    handover_type = fields.Selection(
        [("handover", "Handover act"), ("return", "Return act")],
        string="Kind",
        required=True,
        default="handover",
        index=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("issued", "Waits for signature"),
            ("done", "Signed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )
    place = fields.Char(help="Town or address that stands on the paper.")
    employee_id = fields.Many2one(
        "hr.employee", required=True, check_company=True, index=True, tracking=True
    )
    workstation_id = fields.Many2one(
        "callcenter.workstation",
        string="Workplace",
        check_company=True,
        index="btree_not_null",
        help="Handover: the place becomes the employee's. Return: it becomes free.",
    )
    basis = fields.Char(help="Order or other reason of the act.")
    line_ids = fields.One2many(
        "callcenter.handover.line", "act_id", string="Equipment", copy=True
    )
    line_count = fields.Integer(compute="_compute_totals", string="Pieces")
    amount_total = fields.Monetary(compute="_compute_totals", string="Total price")
    remark = fields.Text(string="Remarks")
    employee_remark = fields.Text(
        string="Employee's remark", readonly=True, copy=False, tracking=True
    )
    is_mine = fields.Boolean(compute="_compute_is_mine")
    issued_by_id = fields.Many2one(
        "res.users", string="Issued by", readonly=True, copy=False
    )
    signed_on = fields.Datetime(readonly=True, copy=False)
    signed_by_id = fields.Many2one(
        "res.users",
        string="Signature noted by",
        readonly=True,
        copy=False,
        help="The employee himself, or who noted that the paper was signed.",
    )
    scan = fields.Binary(attachment=True, copy=False, string="Scan of the paper")
    scan_filename = fields.Char(copy=False)
    scan_hash = fields.Char(
        string="Hash of the scan (SHA-256)", readonly=True, copy=False
    )

    _date_plausible = models.Constraint(
        "CHECK (date BETWEEN '1992-01-01' AND '2099-12-31')",
        "No act can bear that date: correct the slip.",
    )
    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE name IS NOT NULL",
        "An act of this number already exists.",
    )

    @api.depends("line_ids.price")
    def _compute_totals(self):
        groups = self.env["callcenter.handover.line"]._read_group(
            [("act_id", "in", self.ids)], ["act_id"], ["__count", "price:sum"]
        )
        totals = {act: (count, amount) for act, count, amount in groups}
        for act in self:
            act.line_count, act.amount_total = totals.get(act, (0, 0.0))

    @api.depends_context("lang")
    @api.depends("name", "handover_type", "employee_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["handover_type"]._description_selection(self.env))
        for act in self:
            # sudo: the name on an act may be read by whoever may read the act
            who = act.name or act.sudo().employee_id.name
            act.display_name = f"{kinds.get(act.handover_type)} {who}"

    @api.depends("employee_id.user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for act in self:
            # sudo: whose act it is may be known to whoever may read the act
            act.is_mine = act.sudo().employee_id.user_id == self.env.user

    @api.constrains("handover_type", "line_ids", "workstation_id")
    def _check_workstation_kind(self):
        for act in self:
            place = act.workstation_id
            if (
                act.handover_type == "return"
                and place.employee_id
                and place.employee_id != act.employee_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(place)s is the place of %(name)s: choose another place.",
                        place=place.name,
                        name=place.employee_id.name,
                    )
                )

    def action_fill(self):
        """Name what belongs on a draft act.

        A handover act gets the free equipment of the place, a return act everything
        that the employee holds. Lines that stand there already are kept.
        """
        self._check_role("callcenter_ops.group_hr")
        self.check_access("write")
        self._check_in_state("draft")
        self._fill()

    def action_issue(self):
        """Number draft acts and ask the employees for their signature (HR)."""
        self._check_role("callcenter_ops.group_hr")
        self.check_access("write")
        self._check_in_state("draft")
        self._issue()

    def action_note_paper(self):
        """HR notes that the paper was signed: the equipment changes hands."""
        self._check_role("callcenter_ops.group_hr")
        self.check_access("write")
        self._check_in_state("issued")
        self._finish(self.env.user)

    def action_print_all(self):
        """Print acts in the background; the screen shows how far it is."""
        self.check_access("read")
        return self.env["callcenter.handover.print"]._start(self)._get_form_action()

    def action_print(self):
        """The act as PDF."""
        self.check_access("read")
        return self.env.ref("callcenter_ops.handover_action_report").report_action(self)

    def action_cancel(self):
        """Cancel acts that nobody signed yet (HR)."""
        self._check_role("callcenter_ops.group_hr")
        self.check_access("write")
        self._check_in_state("draft", "issued")
        self._transition({"state": "cancelled"})

    def _get_paper_words(self):
        return HandoverPaper(self).get_texts()

    def _get_paper_file_name(self):
        return HandoverPaper(self).get_file_name()

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _fill(self):
        for act in self:
            missing = act._get_expected_equipment() - act.line_ids.equipment_id
            act.line_ids = [
                fields.Command.create(
                    {"equipment_id": thing.id, "condition": thing.condition or "good"}
                )
                for thing in missing
            ]

    def _issue(self):
        for act in self:
            act._check_lines()
            act._check_filled()
            act._transition(
                {
                    "state": "issued",
                    "name": act._next_number(),
                    "issued_by_id": self.env.user.id,
                }
            )
            act._keep_paper()  # what both sides sign is printed from now on
            act._ask_signature()

    def _finish(self, user):
        for act in self:
            act._check_lines()
            act._move_equipment()
            act._transition(
                {"signed_on": fields.Datetime.now(), "signed_by_id": user.id}
            )
            act._add_to_paper(**HandoverPaper(act).get_signature_texts())
            act._transition({"state": "done"})  # nothing is added from now on
            act.activity_ids.action_feedback()

    def _next_number(self):
        code = f"callcenter.handover.{self.handover_type}"
        sequence = self.env["ir.sequence"].with_company(self.company_id)
        # sudo: issuing an act needs no right on sequences
        return sequence.sudo().next_by_code(code, sequence_date=self.date)

    def _ask_signature(self):
        """Put the act on the list of things to do of the employee with a user."""
        user = self.employee_id.user_id
        if user.active:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=self._told_to(user).env._(
                    "Sign the act %(number)s", number=self.name
                ),
            )

    # -- The employee's answer: yes, yes but, or not so --

    def action_accept(self):
        """The employee himself confirms the act: the equipment changes hands."""
        self._check_own_issued()
        # sudo: the employee may sign his act but write no other field of it
        self.sudo()._finish(self.env.user)

    def action_answer(self):
        """Ask the employee for his remark to an act that waits for him."""
        self.ensure_one()
        self._check_own_issued()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remark to the act"),
            "res_model": "callcenter.handover.reply",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_act_id": self.id},
        }

    def _accept_with_remark(self, remark):
        """The employee signs and notes what is wrong; HR is told."""
        self._note_remark(remark)
        self.action_accept()

    def _note_remark(self, remark):
        """Keep the employee's words on the act and tell who issued it."""
        self.ensure_one()
        self._check_own_issued()
        remark = (remark or "").strip()
        if not remark:
            raise UserError(self.env._("Write what is wrong."))
        # sudo: the employee may remark on his act but write no other field of it
        act = self.sudo()
        # a second remark stands under the first and takes nothing of it back
        remarks = "\n".join(filter(None, (act.employee_remark, remark)))
        act._transition({"employee_remark": remarks})
        user = act.issued_by_id or act.create_uid
        act.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=user.id,
            summary=act._told_to(user).env._(
                "Remark to the act %(number)s", number=act.name
            ),
            note=remark,
        )

    def _check_own_issued(self):
        self.check_access("read")
        self._check_in_state("issued")
        if not all(act.is_mine for act in self):
            raise AccessError(
                self.env._("Only the employee named in the act may confirm it.")
            )

    # -- What the act does with the equipment, and what it may do --

    def _move_equipment(self):
        """Carry the act out on the cards of the equipment and of the place."""
        self.ensure_one()
        for line in self.line_ids:
            line.equipment_id.condition = line.condition
        if self.handover_type == "handover":
            self._hand_out()
        else:
            self._take_back()

    def _hand_out(self):
        if self.workstation_id:
            self.workstation_id._occupy(self.employee_id, self)
        for place, things in self._get_things_by_place().items():
            things._move_to(self.employee_id, self.workstation_id or place, self)

    def _take_back(self):
        if self.workstation_id.employee_id == self.employee_id:
            self.workstation_id.with_context(callcenter_act=self)._free()
        for place, things in self._get_things_by_place().items():
            things._move_to(self.employee_id.browse(), place, self)

    def _get_things_by_place(self):
        return self.line_ids.equipment_id.grouped("workstation_id")

    def _get_expected_equipment(self):
        if self.handover_type == "return":
            return self._get_held_equipment() - self._get_waiting_returns()
        return self.workstation_id.equipment_ids.filtered(
            lambda thing: not thing.employee_id and not thing.scrap_date
        )

    def _get_held_equipment(self):
        things = self.env["maintenance.equipment"].with_context(active_test=False)
        return things.search([("employee_id", "=", self.employee_id.id)])

    def _get_waiting_returns(self):
        """Equipment that stands on a return act that nobody signed yet."""
        acts = self.search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("handover_type", "=", "return"),
                ("state", "=", "issued"),
            ]
        )
        return acts.line_ids.equipment_id

    def _check_lines(self):
        """Everything on the act can change hands the way the act says."""
        self._check_employee()
        if not self.line_ids and not self.workstation_id:
            raise UserError(
                self.env._("The act names neither a place nor any equipment.")
            )
        if self.handover_type == "handover":
            self._check_available()
        else:
            self._check_held()

    def _check_filled(self):
        """An act of a place names what stands there, or nobody answers for it."""
        if not self.line_ids and self._get_expected_equipment():
            raise UserError(
                self.env._("The act names no equipment: fill it in before issuing it.")
            )

    def _check_employee(self):
        """Things are handed to those who work here; anybody may give them back."""
        if self.handover_type == "handover" and (
            # sudo: the status is shown to few, the rule holds for all
            self.sudo().employee_id.callcenter_status != "appointed"
            or not self.employee_id._works_on(self.date)
        ):
            raise UserError(
                self.env._(
                    "%(name)s holds no post here on %(date)s: the order of appointment "
                    "comes first.",
                    name=self.employee_id.name,
                    date=date_in_digits(self.date),
                )
            )

    def _check_available(self):
        for thing in self.line_ids.equipment_id:
            if thing.scrap_date:
                self._refuse_line(thing, self.env._("it is written off"))
            if thing.employee_id - self.employee_id:
                self._refuse_line(
                    thing,
                    self.env._("%(name)s holds it", name=thing.employee_id.name),
                )

    def _check_held(self):
        for thing in self.line_ids.equipment_id:
            if thing.employee_id != self.employee_id:
                self._refuse_line(
                    thing,
                    self.env._("%(name)s does not hold it", name=self.employee_id.name),
                )

    def _refuse_line(self, thing, why):
        raise UserError(
            self.env._(
                "%(thing)s cannot stand on this act: %(why)s.",
                thing=thing.display_name,
                why=why,
            )
        )

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_GROUP_SUPERVISOR = "callcenter_ops.group_supervisor"


class ReportSheet(models.Model):
    """What an operator did in one day; its lines are the calls themselves."""

    _name = "callcenter.report.sheet"
    _description = "Report sheet"
    _inherit = [
        "callcenter.guarded.mixin",
        "callcenter.report.sheet.maker",
        "callcenter.report.sheet.totals",
        "callcenter.report.sheet.paper",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"

    _guarded_fields = (
        "state",
        "employee_id",
        "department_id",
        "company_id",
        "date",
        "submitted_on",
        "checked_on",
        "checked_by_id",
        "acting_for_id",
    )
    _frozen_states = ("checked", "closed")

    name = fields.Char(compute="_compute_name", store=True)
    employee_id = fields.Many2one(
        "hr.employee",
        string="Operator",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(related="employee_id.user_id", string="User")
    department_id = fields.Many2one(
        "hr.department", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    date = fields.Date(required=True, readonly=True, index=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("checked", "Checked"),
            ("closed", "Closed"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    line_ids = fields.One2many("callcenter.call", "sheet_id", string="Calls")
    remark = fields.Text(help="What the operator wants the supervisor to know.")
    submitted_on = fields.Datetime(readonly=True, copy=False)
    checked_on = fields.Datetime(readonly=True, copy=False)
    checked_by_id = fields.Many2one(
        "res.users", string="Checked by", readonly=True, copy=False
    )
    acting_for_id = fields.Many2one(
        "hr.employee",
        string="Acting for",
        readonly=True,
        copy=False,
        help="Whom the person who checked was standing in for.",
    )

    _employee_day_unique = models.Constraint(
        "UNIQUE (employee_id, date)", "An operator has one report sheet a day."
    )
    _plan = models.Constraint(
        "CHECK (COALESCE(plan_attempts, 0) >= 0 AND COALESCE(plan_contacts, 0) >= 0)",
        "A plan cannot be negative.",
    )

    @api.depends("employee_id.name", "date")
    def _compute_name(self):
        for sheet in self:
            sheet.name = f"{sheet.employee_id.name}, {sheet.date}"

    def write(self, vals):
        self._refuse_plan_of_operator(vals)
        return super().write(vals)

    # --------------------------------------------------------------- operator

    def action_submit(self):
        """Hand the day in for checking: the operator's own sheet only."""
        self._check_own()
        self._check_in_state("draft")
        self._move(
            {"state": "submitted", "submitted_on": fields.Datetime.now()},
            self.env._("Handed in for checking."),
        )
        # sudo: the reminder was planned by the system
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    # ------------------------------------------------------------- supervisor

    def action_check(self):
        """Accept the submitted days; from now on their calls are frozen."""
        self._check_supervisor()
        self._check_in_state("submitted")
        now = fields.Datetime.now()
        for sheet in self:
            head = sheet._get_represented()
            sheet._move(
                {
                    "state": "checked",
                    "checked_on": now,
                    "checked_by_id": self.env.uid,
                    "acting_for_id": head.id,
                },
                self.env._("Checked."),
            )

    def action_close(self):
        """Put checked sheets away; only a reopening with a reason undoes it."""
        self._check_supervisor()
        self._check_in_state("checked")
        self._move({"state": "closed"}, self.env._("Closed."))

    def action_return(self, reason):
        """Give submitted sheets back to their operators.

        :param str reason: what is to be put right; the operator reads it
        """
        self._check_supervisor()
        self._check_in_state("submitted")
        reason = self._check_reason(reason)
        self._move(
            {"state": "draft", "submitted_on": False},
            self.env._("Returned: %(reason)s", reason=reason),
            notify=True,
        )

    def action_reopen(self, reason):
        """Open checked or closed sheets again.

        :param str reason: why; it stays in the history of the sheet
        """
        self._check_supervisor()
        self._check_in_state("checked", "closed")
        reason = self._check_reason(reason)
        self._move(
            self._get_unchecked_values(),
            self.env._("Reopened: %(reason)s", reason=reason),
            notify=True,
        )

    def action_open_calls(self):
        """The calls of these sheets as a list."""
        return self.env["callcenter.call"]._get_list_action(
            [("sheet_id", "in", self.ids)]
        )

    def action_ask_return(self):
        """Ask for the reason, then give the sheets back."""
        return self._ask_reason("return", self.env._("Return for correction"))

    def action_ask_reopen(self):
        """Ask for the reason, then open the sheets again."""
        return self._ask_reason("reopen", self.env._("Reopen"))

    def _ask_reason(self, step, title):
        self._check_supervisor()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "callcenter.report.sheet.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_step": step, "default_sheet_ids": self.ids},
        }

    def _hand_in_for_dismissed(self):
        """Called by the order of dismissal: nothing is left lying with nobody."""
        self._move(
            {"state": "submitted", "submitted_on": fields.Datetime.now()},
            self.env._("Handed in by the order of dismissal."),
        )

    def _after_calls_added(self):
        """A result is never refused: a sheet handed in too early opens again."""
        early = self.filtered(lambda sheet: sheet.state != "draft")
        if not early:
            return
        early._move(
            self._get_unchecked_values(),
            self.env._("Opened again: a call was added after it had been handed in."),
        )

    # ----------------------------------------------------------------- checks

    def _check_own(self):
        for sheet in self.sudo():  # sudo: operators cannot read hr.employee
            if sheet.employee_id.user_id != self.env.user:
                raise AccessError(
                    self.env._("Only the operator himself hands in his report sheet.")
                )

    def _check_supervisor(self):
        if not self.env.user.has_group(_GROUP_SUPERVISOR):
            raise AccessError(
                self.env._("Report sheets are checked by the operators' supervisor.")
            )
        self.check_access("write")
        own = self.sudo().filtered(  # sudo: reads hr.employee
            lambda sheet: sheet.employee_id.user_id == self.env.user
        )
        if own:
            raise UserError(self.env._("Nobody checks his own report sheet."))

    def _check_reason(self, reason):
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: the operator reads the reason."))
        return reason

    def _refuse_plan_of_operator(self, vals):
        if {"plan_attempts", "plan_contacts"} & set(vals) and not (
            self.env.su or self.env.user.has_group(_GROUP_SUPERVISOR)
        ):
            raise AccessError(self.env._("The plan is set by the supervisor."))

    # --------------------------------------------------------------- internals

    def _get_unchecked_values(self):
        return {
            "state": "draft",
            "submitted_on": False,
            "checked_on": False,
            "checked_by_id": False,
            "acting_for_id": False,
        }

    def _get_represented(self):
        """The head whom the current user stands in for today; empty when nobody."""
        self.ensure_one()
        head = self.sudo().department_id.manager_id  # sudo: reads hr.employee
        today = self.company_id._callcenter_today()
        acting = self.department_id and self.department_id._get_acting_manager(today)
        is_deputy = acting and acting != head and acting.user_id == self.env.user
        return head if is_deputy else head.browse()

    def _move(self, vals, line, notify=False):
        """Change the state and say so in one line of each sheet's history."""
        self._transition(vals)
        author = self.env.user.partner_id.id
        note = self.env.user._get_callcenter_acting_note()
        line = f"{line} ({note})" if note else line
        if not notify:
            bodies = dict.fromkeys(self.ids, line)
            # sudo: the operator only reads his sheet once it is handed in
            self.sudo()._message_log_batch(bodies=bodies, author_id=author)
            return
        for sheet in self.sudo():  # sudo: reads the operator's user
            sheet.message_post(
                body=line,
                author_id=author,
                partner_ids=sheet.employee_id.user_id.partner_id.ids,
            )

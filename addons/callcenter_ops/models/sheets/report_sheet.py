import psycopg2
from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...fastpath.prepared import run_prepared
from ...fastpath.row_cache import warm
from ...tools.calling.call_counts import AMOUNT, CONDITIONS, IN_FORCE
from ...tools.calling.kpi import KPIS
from ...tools.common.date_words import date_in_digits
from ...tools.common.row_guard import frozen
from ..common.signed_paper_mixin import PAPER_COLUMNS, PAPER_FIELDS, PAPER_MARKS
from .report_sheet_paper import ReportSheetPaper, ReportSheetWorkbook, read_head

_GROUP_SUPERVISOR = "callcenter_ops.group_supervisor"

_NOTHING = dict.fromkeys(
    (
        *("attempts", *CONDITIONS, "clients", "contacted_clients", "stops", "amount"),
        *("talk_seconds", "wrap_seconds", "ural_seconds", "other_seconds"),
    ),
    0,
)
# One pass over the calls of the sheets that are shown; the rights of the caller are
# those of the sheets themselves.
_TOTALS_SQL = f"""
    SELECT %(key)s AS key,
           count(*) AS attempts,
           {
    ", ".join(
        f"count(*) FILTER (WHERE {condition}) AS {name}"
        for name, condition in CONDITIONS.items()
    )
},
           count(DISTINCT call.partner_id) AS clients,
           count(DISTINCT call.partner_id)
               FILTER (WHERE {CONDITIONS["contacts"]}) AS contacted_clients,
           count(*) FILTER (WHERE disposition.is_stop) AS stops,
           sum({AMOUNT}) AS amount,
           COALESCE(sum(call.talk_seconds), 0) AS talk_seconds,
           COALESCE(sum(call.wrap_seconds), 0) AS wrap_seconds,
           COALESCE(sum(call.talk_seconds)
               FILTER (WHERE call.federal_district = 'ural'), 0) AS ural_seconds,
           COALESCE(sum(call.talk_seconds)
               FILTER (WHERE call.federal_district IS DISTINCT FROM 'ural'), 0)
               AS other_seconds
      FROM callcenter_call call
      JOIN callcenter_disposition disposition ON disposition.id = call.disposition_id
     WHERE call.sheet_id IN %(ids)s AND {IN_FORCE}
  GROUP BY 1
"""  # noqa: S608
_REMINDERS = 1000
_FROZEN = ("checked", "closed")
_FIND = """
SELECT id, employee_id, date, company_id, state FROM callcenter_report_sheet
 WHERE (employee_id, date) IN (
       SELECT * FROM unnest(%(employees)s::int[], %(days)s::date[]))
"""


class ReportSheet(models.Model):
    """What an operator did in one day; its lines are the calls themselves."""

    _name = "callcenter.report.sheet"
    _description = "Report sheet"
    _inherit = [
        "callcenter.row.guard.mixin",
        "callcenter.signed.paper.mixin",
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
        *PAPER_FIELDS,
    )
    _frozen_states = _FROZEN
    _guard_update, _guard_delete = frozen(
        "callcenter.report.sheet",
        _FROZEN,
        free=("name", *PAPER_MARKS),
        once=PAPER_COLUMNS,
        moved=(
            *("acting_for_id", "checked_by_id", "checked_on", "submitted_on"),
            *PAPER_COLUMNS,
        ),
    )
    _paper_report = "callcenter_ops.report_sheet_action_report"

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
    # totals at the foot of a sheet, read from its calls in one statement
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
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
    plan_attempts = fields.Integer(string="Planned attempts")
    plan_contacts = fields.Integer(string="Planned contacts")
    # Totals at the foot.
    currency_id = fields.Many2one(related="company_id.currency_id")
    attempt_count = fields.Integer(string="Attempts", compute="_compute_totals")
    client_count = fields.Integer(string="Clients", compute="_compute_totals")
    contact_count = fields.Integer(string="Contacts", compute="_compute_totals")
    target_count = fields.Integer(string="Target contacts", compute="_compute_totals")
    lead_count = fields.Integer(string="Interested", compute="_compute_totals")
    sale_count = fields.Integer(string="Customer orders", compute="_compute_totals")
    amount = fields.Monetary(string="Amount of orders", compute="_compute_totals")
    refusal_count = fields.Integer(string="Refusals", compute="_compute_totals")
    stop_count = fields.Integer(string="Do not call", compute="_compute_totals")
    callback_count = fields.Integer(string="Call-backs", compute="_compute_totals")
    talk_seconds = fields.Integer(string="Talk, seconds", compute="_compute_totals")
    wrap_seconds = fields.Integer(string="Wrap-up, seconds", compute="_compute_totals")
    talk_hours = fields.Float(string="Talk time", compute="_compute_totals")
    ural_minutes = fields.Float(
        string="Minutes in the Urals", compute="_compute_totals"
    )
    other_minutes = fields.Float(
        string="Minutes beyond the Urals", compute="_compute_totals"
    )
    contact_rate = fields.Float(compute="_compute_totals", help="Contacts / attempts")
    connection_rate = fields.Float(
        compute="_compute_totals",
        help="Calls that somebody or something answered / attempts",
    )
    conversion = fields.Float(
        compute="_compute_totals", help="Orders / target contacts"
    )
    plan_rate = fields.Float(
        string="Plan fulfilled", compute="_compute_totals", help="Attempts / plan"
    )
    aht = fields.Float(
        string="Average handling time, seconds",
        compute="_compute_totals",
        help="(Talk + wrap-up) / contacts",
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
            sheet.name = f"{sheet.employee_id.name}, {date_in_digits(sheet.date)}"

    def write(self, vals):
        self._refuse_plan_of_operator(vals)
        return super().write(vals)

    # --------------------------------------------------------------------- totals

    @api.depends("line_ids", "plan_attempts")
    def _compute_totals(self):
        totals_of = self._get_totals()
        for sheet in self:
            # A window that is not saved yet shows copies of its sheets.
            totals = totals_of.get(sheet._origin.id) or _NOTHING
            sheet.update(sheet._prepare_totals(totals))

    def _prepare_totals(self, totals):
        return {
            "attempt_count": totals["attempts"],
            "client_count": totals["clients"],
            "contact_count": totals["contacts"],
            "target_count": totals["targets"],
            "lead_count": totals["leads"],
            "sale_count": totals["sales"],
            "amount": totals["amount"],
            "refusal_count": totals["refusals"],
            "stop_count": totals["stops"],
            "callback_count": totals["callbacks"],
            "talk_seconds": totals["talk_seconds"],
            "wrap_seconds": totals["wrap_seconds"],
            "talk_hours": totals["talk_seconds"] / 3600,
            "ural_minutes": totals["ural_seconds"] / 60,
            "other_minutes": totals["other_seconds"] / 60,
            "contact_rate": KPIS["contact_rate"].value(totals) or 0,
            "connection_rate": KPIS["connection_rate"].value(totals) or 0,
            "conversion": KPIS["conversion"].value(totals) or 0,
            "aht": KPIS["aht"].value(totals) or 0,
            "plan_rate": self._get_plan_rate(totals["attempts"]),
        }

    def _get_plan_rate(self, attempts):
        return attempts / self.plan_attempts if self.plan_attempts else 0

    def _get_totals(self):
        """Sums of the calls by sheet: dict sheet id -> dict name -> number."""
        if not self.ids:
            return {}
        self.env["callcenter.call"].flush_model()
        self.env["callcenter.disposition"].flush_model()
        return self._read_totals(SQL("call.sheet_id"))

    def _get_totals_together(self):
        """Totals of these sheets as one: a client of two days counts once."""
        self.env["callcenter.call"].flush_model()
        totals = self._read_totals(SQL("0")) if self.ids else {}
        return self[:1]._prepare_totals(totals.get(0) or _NOTHING)

    def _read_totals(self, key):
        self.env.cr.execute(SQL(_TOTALS_SQL, ids=tuple(self.ids), key=key))
        return {row.pop("key"): row for row in self.env.cr.dictfetchall()}

    # --------------------------------------------------------------------- making

    @api.model
    def _ensure(self, keys):
        """The sheets of ``(employee id, day)`` pairs, made where they are missing.

        :return: dict pair -> sheet
        :raise ConcurrencyError: another request made one just now; Odoo tries again
        """
        found = self._find(keys)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            self._insert(missing)
            found = self._find(keys)
        if len(found) < len(set(keys)):
            raise ConcurrencyError("A report sheet was made by another request")
        return found

    @api.model
    def _find(self, keys):
        if not keys:
            return {}
        self.flush_model(["employee_id", "date", "company_id", "state"])
        employee_ids, days = zip(*set(keys), strict=True)
        keys = {"employees": list(employee_ids), "days": list(days)}
        run_prepared(self.env.cr, _FIND, keys)
        rows = self.env.cr.fetchall()
        found = {}
        for sheet_id, employee_id, day, company_id, state in rows:
            sheet = self.browse(sheet_id)
            warm(sheet, company_id=company_id, state=state)
            found[employee_id, day] = sheet
        return found

    @api.model
    def _insert(self, keys):
        values = self._prepare_values(keys)
        try:
            with self.env.cr.savepoint():
                self._in_transition().create(values)
        except psycopg2.errors.UniqueViolation as error:
            raise ConcurrencyError("A report sheet was made meanwhile") from error

    @api.model
    def _prepare_values(self, keys):
        employees = self.env["hr.employee"].browse({key[0] for key in keys})
        by_id = {employee.id: employee for employee in employees}
        return [
            {
                "employee_id": employee_id,
                "date": day,
                "company_id": by_id[employee_id].company_id.id,
                "department_id": by_id[employee_id].department_id.id,
                "plan_attempts": by_id[employee_id].company_id.callcenter_plan_attempts,
                "plan_contacts": by_id[employee_id].company_id.callcenter_plan_contacts,
            }
            for employee_id, day in keys
        ]

    def _after_calls_added(self):
        """A result is never refused: a sheet handed in too early opens again."""
        early = self.filtered(lambda sheet: sheet.state != "draft")
        if not early:
            return
        early._excuse(early._told_to().env._("A call was added to a day handed in."))
        early._move(
            self._get_unchecked_values(),
            early._told_to().env._(
                "Opened again: a call was added after it had been handed in."
            ),
        )
        early._drop_paper()

    # ------------------------------------------------------------------- operator

    def action_submit(self):
        """Hand the day in for checking: the operator's own sheet only."""
        self.check_access("read")
        self._check_own()
        self._check_in_state("draft")
        self._move(
            {"state": "submitted", "submitted_on": fields.Datetime.now()},
            self._told_to().env._("Handed in for checking."),
        )
        # sudo: the reminder was planned by the system
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _check_own(self):
        for sheet in self.sudo():  # sudo: only whether it is his own
            if sheet.employee_id.user_id != self.env.user:
                raise AccessError(
                    self.env._("Only the operator himself hands in his report sheet.")
                )

    def _hand_in_for_dismissed(self):
        """Called by the order of dismissal: nothing is left lying with nobody."""
        self._move(
            {"state": "submitted", "submitted_on": fields.Datetime.now()},
            self._told_to().env._("Handed in by the order of dismissal."),
        )

    # ----------------------------------------------------------------- supervisor

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
                sheet._told_to().env._("Checked."),
            )
            sheet._keep_paper()

    def action_close(self):
        """Put checked sheets away; only a reopening with a reason undoes it."""
        self._check_supervisor()
        self._check_in_state("checked")
        self._move({"state": "closed"}, self._told_to().env._("Closed."))

    def action_return(self, reason):
        """Give submitted sheets back to their operators.

        :param str reason: what is to be put right; the operator reads it
        """
        self._check_supervisor()
        self._check_in_state("submitted")
        reason = self._check_reason(reason)
        self._move(
            {"state": "draft", "submitted_on": False},
            self._told_to().env._("Returned: %(reason)s", reason=reason),
            notify=True,
        )

    def action_reopen(self, reason):
        """Open checked or closed sheets again.

        :param str reason: why; it stays in the history of the sheet
        """
        self._check_supervisor()
        self._check_in_state("checked", "closed")
        reason = self._check_reason(reason)
        self._excuse(self._told_to().env._("Reopened: %(reason)s", reason=reason))
        self._move(
            self._get_unchecked_values(),
            self._told_to().env._("Reopened: %(reason)s", reason=reason),
            notify=True,
        )
        self._drop_paper()

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

    def _check_supervisor(self):
        if not self.env.user.has_group(_GROUP_SUPERVISOR):
            raise AccessError(
                self.env._("Report sheets are checked by the operators' supervisor.")
            )
        self.check_access("write")
        own = self.sudo().filtered(  # sudo: only whether it is himself
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
        # sudo: who heads the department; deputies may not open hr.employee
        head = self.sudo().department_id.manager_id
        today = self.company_id._callcenter_today()
        acting = self.department_id and self.department_id._get_acting_manager(today)
        is_deputy = acting and acting != head and acting.user_id == self.env.user
        return head if is_deputy else head.browse()

    def _move(self, vals, line, notify=False):
        """Change the state and say so in one line of each sheet's history."""
        self._transition(vals)
        # The guard of the calls looks at the state of their sheet in the table.
        self.flush_recordset(["state"])
        note = self._told_to().env.user._get_callcenter_acting_note()
        line = f"{line} ({note})" if note else line
        if not notify:
            self._log_quietly(line)
            return
        for sheet in self:
            # sudo: the operator is told, whoever moves it
            reader = sheet.sudo().employee_id.user_id.partner_id
            sheet._log_line(line, partner_ids=reader.ids)

    def _excuse(self, right):
        # sudo: nobody owns a right on seals; sheets leave a sealed day by this one
        self.env["callcenter.day.seal"].sudo()._excuse(self, right)

    # ------------------------------------------------------------------ reminders

    @api.model
    def _cron_remind(self):
        """Remind operators, and who heads them now, of past days not handed in.

        One reminder a sheet; a run that is cut off goes on with the rest.
        """
        late = self._get_late_sheets()
        heads = late.department_id._get_acting_managers(
            self.env.company._callcenter_today()
        )
        for number, sheet in enumerate(late, 1):
            sheet._remind(heads.get(sheet.department_id.id))
            self.env["ir.cron"]._commit_progress(1, remaining=len(late) - number)

    @api.model
    def _get_late_sheets(self):
        late = Domain.OR(
            Domain("company_id", "=", company.id) & Domain("date", "<", today)
            for company, today in self.env["res.company"]._callcenter_todays()
        )
        waiting = Domain("state", "=", "draft") & Domain("activity_ids", "=", False)
        active = Domain("employee_id.user_id.active", "=", True)
        return self.search(late & waiting & active, limit=_REMINDERS)

    def _remind(self, head):
        """One activity for the operator and one for ``head``, each in his language."""
        self.ensure_one()
        for user in self._get_reminded(head):
            reader = self._told_to(user)
            reader.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=reader._get_reminder(user),
            )

    def _get_reminded(self, head):
        users = self.employee_id.user_id
        return users | head.user_id if head else users

    def _get_reminder(self, user):
        day = date_in_digits(self.date)
        if user == self.employee_id.user_id:
            return self.env._("Hand in the sheet of %(day)s", day=day)
        return self.env._(
            "%(operator)s has not handed in the sheet of %(day)s",
            operator=self.employee_id.name,
            day=day,
        )

    # ------------------------------------------------------------ calls and paper

    def action_open_calls(self):
        """The calls of these sheets as a list."""
        self.check_access("read")
        return self.env["callcenter.call"]._get_list_action(
            [("sheet_id", "in", self.ids)]
        )

    def action_download_xlsx(self):
        """The sheet as a workbook."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/callcenter_ops/report_sheet/{self.id}/xlsx",
            "target": "download",
        }

    def _get_paper_words(self):
        return ReportSheetPaper(self).get_texts()

    def _get_names_on_paper(self):
        """Who worked and who led him, as the checked sheet says, else as of today.

        :return: ``(operator, supervisor or a dash)``, texts
        """
        self.ensure_one()
        # sudo: whoever reads the sheet reads the names that stand on it
        sheet = self.sudo()
        if sheet.paper_words:
            head = read_head(sheet.paper_words)
            return head["operator"], head["supervisor"]
        return sheet.employee_id.name, sheet.department_id.manager_id.name or "—"

    def _get_xlsx(self):
        """The sheet as it is printed, as the bytes of an XLSX file."""
        return ReportSheetWorkbook(self._get_paper()).make_xlsx()

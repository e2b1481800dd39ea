from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import formatLang

_REMIND_DAYS = "callcenter_training.remind_days"


class Clearance(models.Model):
    """Whether a person has proven what a quiz asks, and until when.

    Written by the engine from closed attempts alone; nobody has rights to write it.
    """

    _name = "callcenter.clearance"
    _inherit = ["callcenter.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Clearance"
    _order = "valid_until, id"

    _guarded_fields = (
        "state",
        "employee_id",
        "quiz_id",
        "valid_from",
        "valid_until",
        "attempt_id",
        "proven_at",
        "delta_due_on",
        "reason_code",
    )

    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="restrict", index=True
    )
    user_id = fields.Many2one("res.users", index="btree_not_null")
    department_id = fields.Many2one(related="employee_id.department_id", store=True)
    quiz_id = fields.Many2one(
        "callcenter.quiz", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    state = fields.Selection(
        [
            ("valid", "In force"),
            ("suspended", "Suspended"),
            ("expired", "Expired"),
        ],
        default="valid",
        required=True,
        index=True,
    )
    valid_from = fields.Date()
    valid_until = fields.Date(index=True, help="The last day in force; empty: no end.")
    attempt_id = fields.Many2one(
        "callcenter.quiz.attempt", ondelete="restrict", index="btree_not_null"
    )
    percent = fields.Float(related="attempt_id.percent", string="Mark, %")
    reason_code = fields.Selection(
        [
            ("ended", "The period has run out"),
            ("unproven", "Changes were not proven in time"),
            ("regraded", "The attempt was regraded"),
        ],
        readonly=True,
    )
    reason = fields.Text(
        compute="_compute_reason", help="In the language of whoever reads it."
    )
    proven_at = fields.Datetime(
        readonly=True, help="Changes of the assortment after this are not proven yet."
    )
    change_count = fields.Integer(
        string="Changes since", readonly=True, help="New and changed facts in scope."
    )
    delta_due_on = fields.Date(
        string="Changes to prove by",
        readonly=True,
        help="After this day the clearance is suspended until the changes are proven.",
    )
    reminded_on = fields.Date(
        readonly=True, help="When the person was told that the end is near."
    )

    _person_quiz_uniq = models.UniqueIndex(
        "(employee_id, quiz_id)", "A person has one clearance for each quiz."
    )

    @api.depends_context("lang")
    @api.depends("employee_id.name", "quiz_id.name")
    def _compute_display_name(self):
        for clearance in self:
            # sudo: operators see their own clearance, not the employee behind it
            name = clearance.employee_id.sudo().name
            clearance.display_name = f"{name}: {clearance.quiz_id.name}"

    @api.depends_context("lang")
    @api.depends("reason_code", "change_count", "delta_due_on")
    def _compute_reason(self):
        for clearance in self:
            explain = self._REASONS.get(clearance.reason_code)
            clearance.reason = explain and explain(clearance)

    def _explain_end(self):
        return self.env._("The period has run out.")

    def _explain_unproven(self):
        day = self.delta_due_on
        return self.env._(
            "%(count)s changes of the assortment were not proven by %(day)s.",
            count=self.change_count,
            day=day and day.strftime("%d.%m.%Y"),
        )

    def _explain_regrading(self):
        return self.env._("The attempt was regraded: not passed.")

    _REASONS = {
        "ended": _explain_end,
        "unproven": _explain_unproven,
        "regraded": _explain_regrading,
    }

    def _is_valid(self, on_date):
        """In force on that day; asked of the dates, not of a cron's last run."""
        self.ensure_one()
        ended = self.valid_until and self.valid_until < on_date
        overdue = self.delta_due_on and self.delta_due_on < on_date
        in_force = self.state == "valid" and self.valid_from <= on_date
        stale = self._is_of_former_employment()
        return in_force and not ended and not overdue and not stale

    def _is_of_former_employment(self):
        """Proven before the person left: who comes back proves it anew."""
        # sudo: the day of leaving is HR's, that the proof is stale everybody's
        left_on = self.sudo().employee_id.callcenter_left_on
        return bool(left_on and self.valid_from and self.valid_from <= left_on)

    @api.model
    def _grant(self, attempt):
        """Give or renew the clearance that a passed attempt proves.

        :return: the clearance
        """
        existing = self.search(
            [
                ("employee_id", "=", attempt.employee_id.id),
                ("quiz_id", "=", attempt.quiz_id.id),
            ]
        )
        vals = self._prepare_grant_values(attempt)
        if existing:
            existing._transition(vals)
        else:
            existing = self._in_transition().create(
                vals
                | {
                    "employee_id": attempt.employee_id.id,
                    "quiz_id": attempt.quiz_id.id,
                    "company_id": attempt.company_id.id,
                }
            )
        existing._log_grant(attempt)
        self.env["callcenter.certificate"]._issue(existing)
        return existing

    def _prepare_grant_values(self, attempt):
        today = attempt.company_id._callcenter_local(attempt.finished_at).date()
        months = attempt.blueprint["validity_months"]
        return {
            "state": "valid",
            "user_id": attempt.user_id.id,
            "attempt_id": attempt.id,
            "valid_from": today,
            "valid_until": months and today + relativedelta(months=months, days=-1),
            "reason_code": False,
            "proven_at": attempt.started_at,
            "change_count": 0,
            "delta_due_on": False,
            "reminded_on": False,
        }

    def _log_grant(self, attempt):
        reader = self._spoken()
        self._log_line(
            reader.env._(
                "Cleared by %(attempt)s with %(mark)s %%.",
                attempt=attempt.with_env(reader.env).display_name,
                mark=formatLang(reader.env, attempt.percent, digits=1),
            )
        )

    @api.model
    def _cron_expire(self):
        """Show what the dates say already: clearances that ran out are expired."""
        for company, today in self.env["res.company"]._callcenter_todays():
            ended = self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "valid"),
                    ("valid_until", "<", today),
                ]
            )
            for clearance in ended:
                clearance._expire()

    def _suspend(self, reason_code):
        """Take the clearance out of force and say why."""
        self._transition({"state": "suspended", "reason_code": reason_code})
        for clearance in self:
            clearance._log_line(clearance._spoken().reason)

    def _expire(self):
        self._transition({"state": "expired", "reason_code": "ended"})
        self._log_line(self._spoken().env._("The clearance has run out."))

    def _spoken(self):
        """The clearance in the language of its person."""
        return self._told_to(self.user_id)

    # -- changes of the assortment ---------------------------------------------------

    @api.model
    def _cron_follow_changes(self):
        """Ask for a proof of changes where the policy wants it; suspend the overdue."""
        clearances = self.search(
            [("quiz_id.change_policy", "=", "delta"), ("state", "=", "valid")]
        )
        for quiz, group in clearances.grouped("quiz_id").items():
            today = quiz.company_id._callcenter_today()
            counts = quiz._count_changes(set(group.mapped("proven_at")) - {False})
            for clearance in group:
                clearance._follow_changes(counts.get(clearance.proven_at, 0), today)

    def _follow_changes(self, count, today):
        """Suspend what was not proven in time, else ask to prove ``count`` changes."""
        if self.delta_due_on and self.delta_due_on < today:
            self._suspend("unproven")
            return
        if self.change_count != count:
            self._transition({"change_count": count})
        if not self.delta_due_on and count >= max(1, self.quiz_id.change_threshold):
            self._ask_changes(today)

    def _ask_changes(self, today):
        due = fields.Date.add(today, days=self.quiz_id.grace_days)
        self._transition({"delta_due_on": due})
        self._log_line(
            self._spoken().env._(
                "%(count)s changes of the assortment are to be proven by %(day)s.",
                count=self.change_count,
                day=due.strftime("%d.%m.%Y"),
            )
        )
        self.quiz_id._schedule_for(self.user_id)

    def _asks_changes_only(self, on_date):
        """Whether the next attempt asks but the changes: the rest is proven in time."""
        ended = self.valid_until and self.valid_until < on_date
        stale = self and self._is_of_former_employment()
        return bool(self.delta_due_on and not ended and not stale)

    def _get_pass_by(self, on_date):
        """The day by which its quiz is to be passed; None where none is near."""
        near = fields.Date.add(on_date, days=self._get_reminder_days())
        ends = self.valid_until if (self.valid_until or near) < near else False
        return min(filter(None, (ends, self.delta_due_on)), default=None)

    def _prove_changes(self, attempt):
        """Changes passed: in force again until the day it was valid anyway."""
        self._transition(
            {
                "state": "valid",
                "reason_code": False,
                "proven_at": attempt.started_at,
                "change_count": 0,
                "delta_due_on": False,
            }
        )
        self._log_grant(attempt)

    # -- reminders of the end ---------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Once for each period: an activity for both and a mail to both."""
        days = self._get_reminder_days()
        for company, today in self.env["res.company"]._callcenter_todays():
            ending = self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "valid"),
                    ("reminded_on", "=", False),
                    ("valid_until", ">=", today),
                    ("valid_until", "<=", fields.Date.add(today, days=days)),
                    ("employee_id.callcenter_status", "=", "appointed"),
                ]
            )
            heads = ending.department_id._get_acting_managers(today)
            for clearance in ending:
                head = heads.get(clearance.department_id.id)
                clearance._remind(head.user_id if head else head, today)

    def _remind(self, head, today):
        person = self.user_id
        if person:
            self.quiz_id._schedule_for(person)
        if head:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.valid_until,
                summary=self._get_reminder(head),
                user_id=head.id,
            )
        for user in person | (head or person):
            self._mail_reminder(user)
        self._transition({"reminded_on": today})

    def _mail_reminder(self, user):
        summary = self._get_reminder(user)
        reader = self._told_to(user)
        reader.message_notify(
            partner_ids=user.partner_id.ids,
            subject=summary,
            body=reader.env._("%(summary)s. Pass the quiz again.", summary=summary),
        )

    def _get_reminder(self, user):
        """What is about to end, in the language of whoever is told."""
        reader = self._told_to(user)
        return reader.env._(
            "“%(quiz)s”: the clearance of %(person)s ends on %(day)s",
            quiz=reader.quiz_id.name,
            person=reader.employee_id.name,
            day=reader.valid_until.strftime("%d.%m.%Y"),
        )

    def _get_reminder_days(self):
        """Days before the end; a setting, 14 unless changed."""
        # sudo: a setting, read by the scheduled action
        value = self.env["ir.config_parameter"].sudo().get_param(_REMIND_DAYS)
        return int(value) if (value or "").isdigit() else 14

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import formatLang


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
    reason = fields.Text(readonly=True)
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

    @api.depends("employee_id.name", "quiz_id.name")
    def _compute_display_name(self):
        for clearance in self:
            # sudo: operators see their own clearance, not the employee behind it
            name = clearance.employee_id.sudo().name
            clearance.display_name = f"{name}: {clearance.quiz_id.name}"

    @api.model
    def _get_valid(self, employees, quizzes, on_date):
        """Clearances of ``employees`` for ``quizzes`` in force on ``on_date``."""
        return self.search(
            [
                ("employee_id", "in", employees.ids),
                ("quiz_id", "in", quizzes.ids),
            ]
        ).filtered(lambda clearance: clearance._is_valid(on_date))

    def _is_valid(self, on_date):
        """In force on that day; asked of the dates, not of a cron's last run."""
        self.ensure_one()
        ended = self.valid_until and self.valid_until < on_date
        overdue = self.delta_due_on and self.delta_due_on < on_date
        in_force = self.state == "valid" and self.valid_from <= on_date
        return in_force and not ended and not overdue

    def _asks_changes_only(self, on_date):
        """Whether the next attempt asks but the changes: the rest is proven in time."""
        ended = self.valid_until and self.valid_until < on_date
        return bool(self.delta_due_on and not ended)

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
        certificate = self.env["callcenter.certificate"]._issue(existing)
        certificate._mirror_resume()
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
            "reason": False,
            "proven_at": attempt.started_at,
            "change_count": 0,
            "delta_due_on": False,
            "reminded_on": False,
        }

    def _prove_changes(self, attempt):
        """Changes passed: in force again until the day it was valid anyway."""
        self._transition(
            {
                "state": "valid",
                "reason": False,
                "proven_at": attempt.started_at,
                "change_count": 0,
                "delta_due_on": False,
            }
        )
        self._log_grant(attempt)

    def _log_grant(self, attempt):
        self.message_post(
            body=self.env._(
                "Cleared by %(attempt)s with %(mark)s %%.",
                attempt=attempt.display_name,
                mark=formatLang(self.env, attempt.percent, digits=1),
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

    def _suspend(self, reason):
        """Take the clearance out of force and say why."""
        self._transition({"state": "suspended", "reason": reason})
        for clearance in self:
            clearance.message_post(body=reason)

    def _expire(self):
        self._transition(
            {"state": "expired", "reason": self.env._("The period has run out.")}
        )
        self.message_post(body=self.env._("The clearance has run out."))

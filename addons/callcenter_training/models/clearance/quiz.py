from odoo import api, fields, models

DAYS_TO_PASS = 3


class Quiz(models.Model):
    _inherit = "callcenter.quiz"

    clearance_ids = fields.One2many("callcenter.clearance", "quiz_id")
    change_policy = fields.Selection(
        [
            ("none", "Nothing happens"),
            ("delta", "Prove the changes, else suspend"),
        ],
        string="When the assortment changes",
        default="none",
        required=True,
    )
    change_threshold = fields.Integer(
        string="From changes", default=5, help="New and changed facts in scope."
    )
    grace_days = fields.Integer(
        string="Days of grace", default=3, help="To prove the changes."
    )
    clearance_count = fields.Integer(compute="_compute_clearance_count")

    @api.depends("clearance_ids.state")
    def _compute_clearance_count(self):
        counts = dict(
            self.env["callcenter.clearance"]._read_group(
                [("quiz_id", "in", self.ids), ("state", "=", "valid")],
                ["quiz_id"],
                ["__count"],
            )
        )
        for quiz in self:
            quiz.clearance_count = counts.get(quiz, 0)

    def action_open_clearances(self):
        """Open the clearances that this quiz gave."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_training.clearance_action"
        )
        return action | {"domain": [("quiz_id", "=", self.id)], "context": {}}

    def _get_attempt_kind(self, employee):
        """The changes only, for who has proven the rest and has changes to prove."""
        clearance = self.env["callcenter.clearance"].search(
            [("employee_id", "=", employee.id), ("quiz_id", "in", self.ids)]
        )
        today = self.company_id._callcenter_today()
        return "delta" if clearance._asks_changes_only(today) else "exam"

    def _plan_for(self, user):
        """An activity to pass the quiz, once per person."""
        self.ensure_one()
        planned = self.sudo().activity_ids.filtered(  # sudo: the engine plans it
            lambda activity: activity.user_id == user
        )
        if not planned:
            self.sudo().activity_schedule(  # sudo: whoever executes the order
                "mail.mail_activity_data_todo",
                date_deadline=fields.Date.add(
                    self.company_id._callcenter_today(), days=DAYS_TO_PASS
                ),
                summary=self.env._("Pass the quiz “%(quiz)s”", quiz=self.name),
                user_id=user.id,
            )

    def _close_plan_for(self, user):
        self.activity_ids.filtered(
            lambda activity: activity.user_id == user
        ).action_feedback(feedback=self.env._("Passed"))

from odoo import api, fields, models

from .practice_scope import PracticeScope


class RetrainingRule(models.Model):
    """Which topic is practised after a call was marked down on a criterion."""

    _name = "callcenter.retraining.rule"
    _description = "Practice after Weak Calls"
    _order = "criterion_id, id"
    _rec_name = "criterion_id"

    criterion_id = fields.Many2one(
        "callcenter.scorecard.criterion",
        required=True,
        ondelete="cascade",
        index=True,
        help="Later versions of the scorecard count too, by the criterion's name.",
    )
    company_id = fields.Many2one(related="criterion_id.company_id", store=True)
    topic_id = fields.Many2one("callcenter.topic", required=True, ondelete="restrict")
    below_percent = fields.Float(
        string="Below, %",
        default=75,
        help="Of the points of the criterion: “partly” earns 50 %.",
    )
    goal = fields.Integer(string="Right answers wanted", default=10)
    days = fields.Integer(string="Days to do it", default=7)
    is_proposal = fields.Boolean(
        string="Only propose",
        help="The supervisor or the trainer accepts the practice or takes it back.",
    )
    active = fields.Boolean(default=True)

    _criterion_uniq = models.UniqueIndex(
        "(criterion_id, topic_id)", "The criterion leads to this topic already."
    )
    _ranges = models.Constraint(
        "CHECK(below_percent > 0 AND below_percent <= 100 AND goal > 0 AND days >= 0)",
        "The mark lies between 0 and 100 percent; numbers are positive.",
    )

    @api.model
    def _follow(self, evaluation):
        """Assign or propose what the marks of ``evaluation`` ask for, once a topic."""
        tasks = self.env["callcenter.training.task"]
        for line in evaluation.sudo().line_ids:  # sudo: marks, read for their owner
            for rule in self._find_for(line):
                tasks |= rule._assign(evaluation)
        return tasks

    def _find_for(self, line):
        """The rules of this criterion that its mark falls under."""
        if line.answer == "na":
            return self
        same = self.search(
            [
                ("criterion_id.name", "=", line.criterion_id.name),
                ("below_percent", ">", line.share),
            ]
        )
        family = line.criterion_id.scorecard_id.root_id
        return same.filtered(
            lambda one: one.criterion_id.scorecard_id.root_id == family
        )

    def _assign(self, evaluation):
        tasks = self.env["callcenter.training.task"]._in_transition()
        vals = self._prepare_task(evaluation)
        if not PracticeScope(tasks.new(vals)).count():
            return tasks
        return tasks._assign([vals])

    def _prepare_task(self, evaluation):
        employee = evaluation.employee_id
        spoken = self._told_to(employee.user_id)
        today = employee.company_id._callcenter_today()
        return {
            "employee_id": employee.id,
            "kind": "practice",
            "scope": "topic",
            "topic_id": self.topic_id.id,
            "goal": self.goal,
            "due_on": fields.Date.add(today, days=self.days),
            "state": "proposed" if self.is_proposal else "open",
            "evaluation_id": evaluation.id,
            "note": spoken.env._(
                "A call was marked down: %(criterion)s",
                criterion=self.criterion_id.name,
            ),
        }

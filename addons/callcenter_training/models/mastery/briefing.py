import random

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.mastery import knowledge
from ..bank.question_maker import QuestionMaker
from ..quiz.exam_reserve import ExamReserve

SPARE = 3


class Briefing(models.Model):
    """A morning round: what the people of a room know least, asked aloud."""

    _name = "callcenter.briefing"
    _description = "Morning Round"
    _order = "date desc, id desc"

    name = fields.Char(compute="_compute_name", store=True)
    date = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )
    department_id = fields.Many2one("hr.department", required=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    question_count = fields.Integer(string="Questions wanted", default=8)
    line_ids = fields.One2many("callcenter.briefing.line", "briefing_id")

    _count_range = models.Constraint(
        "CHECK(question_count BETWEEN 1 AND 30)", "A round asks 1 to 30 questions."
    )

    @api.depends("department_id.name", "date")
    def _compute_name(self):
        for briefing in self:
            day = briefing.date and briefing.date.strftime("%d.%m.%Y")
            briefing.name = f"{briefing.department_id.name or ''}, {day or ''}"

    def action_fill(self):
        """Take the facts that most people of the department do not know."""
        self.check_access("write")
        self.ensure_one()
        # sudo: whoever leads the round reads no facts; only his people's weak ones
        made = self.sudo()._make_questions()
        if not made:
            raise UserError(
                self.env._(
                    "Nobody in “%(department)s” has weak spots yet: they appear with "
                    "the answers of quizzes and practice.",
                    department=self.department_id.name,
                )
            )
        # sudo: nobody writes lines by hand; who may write the round has them made
        lines = self.line_ids.sudo()
        lines.unlink()
        lines.create(made)

    def action_play(self):
        """Show the round to the room, question by question."""
        self.check_access("read")
        self.ensure_one()
        if not self.line_ids:
            self.action_fill()
        return {
            "type": "ir.actions.client",
            "tag": "callcenter_training.briefing",
            "name": self.name,
            "params": {"briefing_id": self.id},
        }

    def _make_questions(self):
        rows = self._query_weak(SPARE * self.question_count)
        missing = dict(rows)
        facts = self.env["callcenter.fact"].browse(missing)
        maker = QuestionMaker(facts.with_context(lang=self.env.user.lang).env)
        made = maker.make(facts, random.Random(f"{self.id}/{self.date}"))
        chosen = [row for row in made if row["kind"] != "number"]
        return [
            {
                "briefing_id": self.id,
                "fact_id": question["fact_id"],
                "stem": question["stem"],
                "options": question["options"],
                "right": question["key"]["right"],
                "missing_count": missing[question["fact_id"]],
            }
            for question in chosen[: self.question_count]
        ]

    def _query_weak(self, limit):
        """``[(fact id, people who do not know it), ...]``, the weakest first."""
        self.env.flush_all()
        coverage = self.env["callcenter.coverage"]
        return self.env.execute_query(
            SQL(
                """SELECT m.fact_id, count(*)
                     FROM callcenter_mastery m
                     JOIN callcenter_fact f ON f.id = m.fact_id
                          AND f.active AND f.is_askable
                     JOIN hr_employee e ON e.id = m.employee_id AND e.active
                     JOIN hr_version v ON v.id = e.current_version_id
                    WHERE v.department_id = ANY(%(departments)s)
                      AND NOT %(withheld)s
                      AND NOT COALESCE(m.p_known >= %(known)s AND m.stability > 0
                                       AND %(remembered)s, FALSE)
                    GROUP BY m.fact_id
                    ORDER BY count(*) DESC, avg(m.p_known), m.fact_id
                    LIMIT %(limit)s""",
                departments=self.env["hr.department"]
                .search([("id", "child_of", self.department_id.ids)])
                .ids,
                withheld=ExamReserve(self.env, self.company_id).is_withheld(),
                known=knowledge.KNOWN,
                remembered=coverage._remembered(),
                limit=limit,
            )
        )

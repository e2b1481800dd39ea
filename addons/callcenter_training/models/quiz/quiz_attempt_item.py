from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.quiz.response import clean
from ..bank.question import KINDS


class QuizAttemptItem(models.Model):
    """One question as it was asked: text and options frozen in the order shown."""

    _name = "callcenter.quiz.attempt.item"
    _inherit = ["callcenter.append.only.mixin"]
    _description = "Question of an Attempt"
    _order = "attempt_id, position"
    _rec_name = "stem"

    # What was asked stands from the first moment, what was answered from the closing.
    _guard_update = """
        IF (SELECT a.state FROM callcenter_quiz_attempt a WHERE a.id = OLD.attempt_id)
                = 'open' AND (OLD.attempt_id, OLD.position, OLD.stem, OLD.options,
                OLD.fact_id, OLD.question_id, OLD.kind, OLD.prompts, OLD.pictures,
                OLD.situation, OLD.step, OLD.step_count)
                IS NOT DISTINCT FROM
                (NEW.attempt_id, NEW.position, NEW.stem, NEW.options, NEW.fact_id,
                NEW.question_id, NEW.kind, NEW.prompts, NEW.pictures,
                NEW.situation, NEW.step, NEW.step_count) THEN
            RETURN NEW;
        END IF;
        IF to_jsonb(NEW) - 'section_id' = to_jsonb(OLD) - 'section_id' THEN
            RETURN NEW;
        END IF;
    """

    attempt_id = fields.Many2one(
        "callcenter.quiz.attempt", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="attempt_id.company_id")
    position = fields.Integer(required=True)
    section_id = fields.Many2one("callcenter.quiz.section", ondelete="set null")
    section_key = fields.Integer(
        help="The section's place in the blueprint kept with the attempt."
    )
    fact_id = fields.Many2one("callcenter.fact", ondelete="restrict", index=True)
    question_id = fields.Many2one(
        "callcenter.question",
        string="Written question",
        ondelete="restrict",
        index="btree_not_null",
    )
    topic_id = fields.Many2one(related="question_id.topic_id")
    template_id = fields.Many2one(related="fact_id.template_id")
    product_tmpl_id = fields.Many2one(related="fact_id.product_tmpl_id")
    kind = fields.Selection(KINDS, required=True)
    stem = fields.Text(required=True, string="Question")
    situation = fields.Text(help="Of a case: in sight at each of its steps.")
    step = fields.Integer(help="Which of the steps of its case this is.")
    step_count = fields.Integer(string="Steps of its case")
    options = fields.Json()
    prompts = fields.Json(help="What the options of a match belong to.")
    pictures = fields.Json(
        help="Options whose pictures stand beside what is shown, place by place: "
        "beside the prompts of a match, beside the options otherwise."
    )
    image_128 = fields.Binary(attachment=False)
    weight = fields.Float(default=1.0)
    guess = fields.Float(help="Chance of a right answer without knowing.")
    is_critical = fields.Boolean()
    first_shown_at = fields.Datetime()
    answered_at = fields.Datetime()
    response = fields.Json()
    fraction = fields.Float(string="Share right")
    seconds = fields.Float(string="Seconds taken")

    _position_uniq = models.UniqueIndex(
        "(attempt_id, position)", "Each place in an attempt holds one question."
    )
    _fraction_range = models.Constraint(
        "CHECK(fraction >= 0 AND fraction <= 1)",
        "A question earns between nothing and everything.",
    )

    @api.depends_context("lang")
    @api.depends("attempt_id", "position")
    def _compute_display_name(self):
        """By its place: a refusal of Odoo names the record that it refuses."""
        for item in self:
            item.display_name = self.env._(
                "%(attempt)s, No. %(number)s",
                attempt=item.attempt_id.display_name,
                number=item.position + 1,
            )

    @api.model
    def _count_exposures(self):
        """Refresh how often everything was asked and mix the draw order anew.

        Counted from the attempts afterwards, since counting at the draw would make
        people who start together wait for each other.
        """
        self.env.flush_all()
        for model, column, mixed in (
            ("callcenter.fact", "fact_id", SQL(", draw_key = n.asked + random()")),
            ("callcenter.question", "question_id", SQL("")),
        ):
            self.env.cr.execute(
                SQL(
                    """UPDATE %(table)s f
                          SET asked_count = n.asked %(mixed)s
                         FROM (SELECT %(column)s AS id, count(*) AS asked
                                 FROM callcenter_quiz_attempt_item
                                WHERE %(column)s IS NOT NULL GROUP BY 1) n
                        WHERE n.id = f.id AND f.asked_count IS DISTINCT FROM n.asked""",
                    table=SQL.identifier(self.env[model]._table),
                    column=SQL.identifier(column),
                    mixed=mixed,
                )
            )
        # A case was asked as often as its steps, which are what is asked.
        self.env.cr.execute(
            """UPDATE callcenter_question c SET asked_count = n.asked
                 FROM (SELECT parent_id, max(asked_count) AS asked
                         FROM callcenter_question WHERE parent_id IS NOT NULL
                        GROUP BY 1) n
                WHERE n.parent_id = c.id AND c.asked_count IS DISTINCT FROM n.asked"""
        )
        self.env["callcenter.fact"].invalidate_model()
        self.env["callcenter.question"].invalidate_model()

    def _clean_response(self, choices):
        """``choices`` as it is stored, or a refusal of what cannot be an answer."""
        self.ensure_one()
        try:
            counts = len(self.options or []), len(self.prompts or [])
            return clean(self.kind, choices, *counts)
        except ValueError:
            raise UserError(self._get_refusal()) from None

    def _check_same_response(self, response):
        if (self.response or []) != response:
            raise UserError(
                self.env._("This question is answered already; it stays as it was.")
            )

    def _get_refusal(self):
        return self.env._(
            "This is no answer to the question: choose among the options."
        )

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
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
                OLD.situation, OLD.step, OLD.step_count, OLD.needed)
                IS NOT DISTINCT FROM
                (NEW.attempt_id, NEW.position, NEW.stem, NEW.options, NEW.fact_id,
                NEW.question_id, NEW.kind, NEW.prompts, NEW.pictures,
                NEW.situation, NEW.step, NEW.step_count, NEW.needed) THEN
            RETURN NEW;
        END IF;
        IF (SELECT a.state FROM callcenter_quiz_attempt a WHERE a.id = OLD.attempt_id)
                = 'rating' AND to_jsonb(NEW) - '{fraction,write_uid,write_date}'::text[]
                = to_jsonb(OLD) - '{fraction,write_uid,write_date}'::text[] THEN
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
    needed = fields.Float(
        help="The share from which a critical question is not failed; 0: all of it."
    )
    rating_ids = fields.One2many("callcenter.quiz.rating", "item_id", readonly=True)
    is_mine_to_rate = fields.Boolean(
        compute="_compute_is_mine_to_rate",
        search="_search_is_mine_to_rate",
        string="To rate",
    )
    answer_text = fields.Text(compute="_compute_answer_text", string="Answer")
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

    @api.depends("response", "kind")
    def _compute_answer_text(self):
        for item in self:
            is_text = item.kind in ("short", "spoken") and item.response
            item.answer_text = is_text and item.response[0]

    @api.depends_context("uid")
    @api.depends("attempt_id.state", "rating_ids")
    def _compute_is_mine_to_rate(self):
        mine = self.search([("id", "in", self.ids), ("is_mine_to_rate", "=", True)])
        for item in self:
            item.is_mine_to_rate = item in mine

    def _search_is_mine_to_rate(self, operator, value):
        """What this user may rate now: not his own, not rated by him or by enough."""
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        self.env["callcenter.quiz.rating"].flush_model()
        self.flush_model(["response", "kind", "is_critical"])
        self.env["callcenter.quiz.attempt"].flush_model(["state", "user_id"])
        waiting = SQL(
            """(SELECT i.id FROM callcenter_quiz_attempt_item i
                  JOIN callcenter_quiz_attempt a ON a.id = i.attempt_id
                   AND a.state = 'rating' AND a.user_id <> %(user)s
                  LEFT JOIN callcenter_quiz_rating r ON r.item_id = i.id
                 WHERE i.kind = 'spoken' AND jsonb_array_length(i.response) > 0
                 GROUP BY i.id
                HAVING count(r.id) < CASE WHEN i.is_critical THEN 2 ELSE 1 END
                   AND NOT COALESCE(bool_or(r.rater_id = %(user)s), FALSE))""",
            user=self.env.uid,
        )
        return [("id", "in", waiting)]

    def action_rate(self):
        """Open the rubric of a spoken answer."""
        self.check_access("read")
        self.ensure_one()
        self._check_may_rate()
        rating = self.env["callcenter.quiz.rate"].create({"item_id": self.id})
        return rating._get_action()

    def _check_may_rate(self):
        """Trainers rate, never themselves, each answer once.

        :raise UserError: it does not wait for this user
        """
        if not self.env.user.has_group("callcenter_training.group_trainer"):
            raise AccessError(self.env._("Only trainers rate answers."))
        own = self.env.user.sudo().employee_ids  # sudo: only his own records
        # sudo: trainers read no employees; whose answer it is, is compared alone
        attempt = self.sudo().attempt_id
        if attempt.user_id == self.env.user or attempt.employee_id in own:
            raise UserError(self.env._("Nobody rates his own answer."))
        if self.env.user in self.rating_ids.rater_id:
            raise UserError(self.env._("You have rated this answer: it stays so."))
        if self not in self._get_spoken() or not self._lacks_rating():
            raise UserError(self.env._("This answer is rated already, or it is none."))

    def _rate(self, points, remark, rater):
        """One rating by the rubric; with the last one the attempt gets its mark.

        :param points: whole numbers, one for each criterion
        :param rater: ``res.users``; the caller checked his right by ``_check_may_rate``
        :raise UserError: it waits no more, or the points are not of the rubric
        """
        self.ensure_one()
        self.attempt_id._lock_to_rate()
        self.invalidate_recordset(["rating_ids"])
        if rater in self.rating_ids.rater_id or not self._lacks_rating():
            raise UserError(self.env._("This answer is rated already, or it is none."))
        self.env["callcenter.quiz.rating"]._enter(self, points, remark, rater)
        self.attempt_id._settle_rated()

    def _get_spoken(self):
        """Those among the questions that were answered and that a person rates."""
        return self.filtered(lambda item: item.kind == "spoken" and item.response)

    def _lacks_rating(self):
        """Critical answers are rated by two."""
        return len(self.rating_ids) < (2 if self.is_critical else 1)

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

import random
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.bank import short_answer
from ...tools.quiz import scoring
from ...tools.quiz.response import clean
from ..bank.question_asker import QuestionAsker
from ..bank.question_maker import QuestionMaker
from ..quiz.exam_reserve import ExamReserve
from .practice_scope import PracticeScope

# One card in so many is a written question.
WRITTEN_EVERY = 5


class PracticeRunner(models.AbstractModel):
    """Practice: what is due first, then what is weak, then what is new.

    The answer is shown at once. Practice feeds the memory model but proves nothing,
    and it waits while an exam is open: it would tell the answers.
    """

    _name = "callcenter.practice.runner"
    _description = "Runner of Practice"

    @api.model
    def next_card(self, task_id=None):
        """The next card: ``{"card_id", "nonce", "kind", "stem", "options", …}``.

        :param task_id: ask what this task of the caller asks for, and nothing else
        :raise UserError: while an exam is open, when there is nothing to ask, or
            faster than a person can learn
        """
        employee = self._get_own_employee()
        self._check_pace(employee)
        task = self._get_own_task(employee, task_id)
        make = self._make_of_task if task else self._make_question
        made = make(task or employee)
        if not made:
            raise UserError(self.env._("There is nothing to practise yet."))
        card = self._keep_card(employee, made)
        return {
            "card_id": card.id,
            "position": card.id,
            "nonce": card.nonce,
            "kind": made["kind"],
            "stem": made["stem"],
            "situation": made.get("situation", False),
            "step": made.get("step", 0),
            "step_count": made.get("step_count", 0),
            "options": made["options"],
            "prompts": made.get("prompts") or [],
            "pictures": self._get_pictures(made),
            "image": (made["image_128"] and made["image_128"].decode()) or False,
            "figures": self._get_figures(employee),
            "task": task and self._describe(task),
        }

    @api.model
    def answer_card(self, card_id, choices, nonce):
        """Take the answer and tell the right one with its explanation.

        :return: ``{"was_right", "right", "number", "feedback", "explanation",
            "product_id", "finished"}``; the feedback is of the options chosen,
            finished are the names of the tasks that this answer has finished
        """
        employee = self._get_own_employee()
        card = self._get_own_card(employee, card_id, nonce)
        response = self._clean(card, choices)
        now = fields.Datetime.now()
        finished = []
        if not card.answered_at:
            was_right = scoring.fraction(card.kind, card.key, response) == 1
            tasks = self.env["callcenter.training.task"]
            finished = was_right and tasks._count_answer(card)
            card.write({"answered_at": now, "was_right": was_right})
            if card.fact_id:
                answers = [(card.fact_id, was_right, card.guess)]
                # sudo: the person has no rights on what is known of him
                mastery = self.env["callcenter.mastery"].sudo()
                mastery._learn(employee, answers, now, is_exam=False)
        return self._get_lesson(card, response) | {
            "figures": self._get_figures(employee),
            "finished": [task.display_name for task in finished or []],
        }

    def _get_own_employee(self):
        # sudo: only his own record
        employee = self.env.user.sudo().employee_id
        self.env["callcenter.quiz"].check_access("read")
        if not employee:
            raise UserError(
                self.env._("Your user is not linked to an employee: ask HR to do it.")
            )
        # sudo: whether he takes an exam counts, whatever of it he may read
        attempts = self.env["callcenter.quiz.attempt"].sudo()
        own = [("employee_id", "=", employee.id), ("state", "=", "open")]
        if attempts.search_count(own, limit=1):
            raise UserError(
                self.env._("Finish the quiz you have started before you practise.")
            )
        return employee

    def _check_pace(self, employee):
        """Refuse more cards in an hour than a person can think about."""
        company = employee.company_id
        limit = company._get_callcenter_setting("callcenter_practice_hour")
        self.env["callcenter.key.lock"]._take(company, "practice", employee.id)
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=1)
        # sudo: cards have no access rows; only his own are counted
        cards = self.env["callcenter.practice.card"].sudo()
        last = [("employee_id", "=", employee.id), ("create_date", ">", since)]
        shown = cards.search(last, order="create_date desc", limit=limit)
        if len(shown) < limit:
            return
        again = fields.Datetime.add(shown[-1].create_date, hours=1)
        raise UserError(
            self.env._(
                "%(count)s cards an hour are as many as a person can learn from. Go on "
                "after %(moment)s.",
                count=limit,
                moment=company._callcenter_local(again).strftime("%H:%M"),
            )
        )

    def _get_reserve(self, employee):
        # sudo: people read no sections; what exams keep is kept from all of them
        return ExamReserve(self.sudo().env, employee.company_id)

    def _get_own_card(self, employee, card_id, nonce):
        # sudo: cards have no access rows; whose it is, is checked right here
        card = self.env["callcenter.practice.card"].sudo().browse(int(card_id))
        if not card.exists() or card.employee_id != employee:
            raise AccessError(self.env._("This card is not yours."))
        if not secrets.compare_digest(card.nonce.encode(), str(nonce).encode()):
            raise UserError(
                self.env._("This question is not the one shown: reload the page.")
            )
        return card

    def _get_own_task(self, employee, task_id):
        """The task that is practised, in superuser mode; False without one."""
        if not task_id:
            return False
        tasks = self.env["callcenter.training.task"]._get_open_of(employee, "practice")
        task = tasks.filtered(lambda one: one.id == task_id)
        if not task:
            raise UserError(self.env._("This practice is done or was taken back."))
        return task

    def _describe(self, task):
        return {"name": task.display_name, "done": task.done_count, "goal": task.goal}

    def _make_of_task(self, task):
        """A question that the task still asks for; none left settles the task."""
        rng, scope = random.SystemRandom(), PracticeScope(task)
        questions = scope.get_questions()
        if questions:
            return QuestionAsker().make(rng.choice(questions), rng)[0]
        facts = scope.get_facts().with_context(lang=self.env.user.lang)
        maker = QuestionMaker(facts.env)
        for fact in facts:
            made = maker.make(fact, rng)
            if made:
                return made[0]
        task._settle_exhausted()
        return None

    def _make_question(self, employee):
        rng = random.SystemRandom()
        if not rng.randrange(WRITTEN_EVERY):
            made = self._make_written(employee, rng)
            if made:
                return made
        facts = self._get_facts(employee, rng).with_context(lang=self.env.user.lang)
        maker = QuestionMaker(facts.env)
        for fact in facts:
            made = maker.make(fact, rng)
            if made:
                return made[0]
        return self._make_written(employee, rng)

    def _make_written(self, employee, rng):
        # sudo: people read no written questions; he gets one, without its answer
        questions = self.env["callcenter.question"].sudo()
        ready = Domain("state", "=", "ready") & Domain("kind", "!=", "case")
        ready &= Domain("company_id", "in", [False, employee.company_id.id])
        practised = self._get_reserve(employee).get_practised_domain()
        questions = questions.search(ready & practised)
        if not questions:
            return None
        chosen = questions[rng.randrange(len(questions))]
        return QuestionAsker().make(chosen, rng)[0]

    def _get_pictures(self, made):
        # sudo: people read no options; these are of the card that he is shown
        options = self.env["callcenter.question.option"].sudo()
        return options._get_pictures(made.get("pictures") or [])

    def _get_facts(self, employee, rng):
        """Facts to try in turn: due, unseen from a random place on, weak ones."""
        self.env.flush_all()
        withheld = self._get_reserve(employee).is_withheld()
        ids = self._query_facts(employee, rng.random(), withheld)
        # The first query starts at a random place: this one takes what lies before it.
        ids += self._query_facts(employee, -1, withheld)
        # sudo: people read no facts; he gets a question made of one
        return self.env["callcenter.fact"].sudo().browse(dict.fromkeys(ids))

    def _query_facts(self, employee, start, withheld, limit=12):
        company_id = employee.company_id.id
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM (
                    (SELECT f.id, 0 AS rank, m.due_at AS urgency
                       FROM callcenter_mastery m JOIN callcenter_fact f
                         ON f.id = m.fact_id AND f.active AND f.is_askable
                      WHERE m.employee_id = %(employee)s AND m.due_at <= %(now)s
                        AND NOT %(withheld)s
                      ORDER BY m.due_at LIMIT %(limit)s)
                    UNION ALL
                    (SELECT f.id, 1, NULL FROM callcenter_fact f
                      WHERE f.active AND f.is_askable AND NOT %(withheld)s
                        AND (f.draw_key >= %(start)s OR %(start)s < 0)
                        AND (f.company_id IS NULL OR f.company_id = %(company)s)
                        AND NOT EXISTS (SELECT 1 FROM callcenter_mastery m
                             WHERE m.fact_id = f.id AND m.employee_id = %(employee)s)
                      ORDER BY f.draw_key LIMIT %(limit)s)
                    UNION ALL
                    (SELECT f.id, 2, m.due_at
                       FROM callcenter_mastery m JOIN callcenter_fact f
                         ON f.id = m.fact_id AND f.active AND f.is_askable
                      WHERE m.employee_id = %(employee)s AND m.due_at > %(now)s
                        AND NOT %(withheld)s
                      ORDER BY m.p_known, m.due_at LIMIT %(limit)s)) c
                   ORDER BY rank, urgency""",
                employee=employee.id,
                company=company_id,
                now=fields.Datetime.now(),
                start=start,
                withheld=withheld,
                limit=limit,
            )
        )
        return [id_ for (id_,) in rows]

    def _keep_card(self, employee, made):
        # sudo: cards have no access rows, this runner alone makes them
        return self.env["callcenter.practice.card"].sudo().create(
            {
                "employee_id": employee.id,
                "company_id": employee.company_id.id,
                "fact_id": made.get("fact_id"),
                "question_id": made.get("question_id"),
                "kind": made["kind"],
                "option_count": len(made["options"]),
                "prompt_count": len(made.get("prompts") or []),
                "key": made["key"] | {"feedback": made.get("feedback") or []},
                "guess": made["guess"],
                "nonce": secrets.token_urlsafe(12),
            }
        )  # fmt: skip

    def _clean(self, card, choices):
        try:
            return clean(card.kind, choices, card.option_count, card.prompt_count)
        except ValueError:
            raise UserError(
                self.env._("This is no answer to the question: choose an option.")
            ) from None

    def _get_lesson(self, card, response):
        fact, question = card.fact_id, card.question_id
        said = dict(enumerate(card.key.get("feedback", ())))
        chosen = self._get_chosen(card, response)
        return {
            "feedback": [said[place] for place in chosen if said.get(place)],
            "was_right": card.was_right,
            "right": card.key.get("right", []),
            "texts": [text for text, right in card.key.get("answers", []) if right],
            "number": card.key.get("value", False),
            "explanation": question.explanation or False,
            "product": fact.product_tmpl_id.name or False,
            "product_id": fact.product_tmpl_id.id or False,
        }

    def _get_chosen(self, card, response):
        """The places of the options chosen; of a typed answer that of what it says."""
        if card.kind != "short" or not response:
            return response
        place = short_answer.find_in_key(card.key, response[0])
        return [] if place is None else [place]

    def _get_figures(self, employee):
        """Today's cards, the run of right answers and what is still due."""
        today = employee.company_id._callcenter_today()
        start, _end = employee.company_id._callcenter_day_bounds(today)
        # sudo: cards have no access rows; only his own are counted
        cards = self.env["callcenter.practice.card"].sudo()
        cards = cards.search(
            [("employee_id", "=", employee.id), ("answered_at", ">=", start)]
        )
        answers = cards.sorted("answered_at", reverse=True).mapped("was_right")
        streak = answers.index(False) if False in answers else len(answers)
        return {
            "today": len(cards),
            "streak": streak,
            "due": employee._get_callcenter_reviews()[employee.id]["due"],
        }

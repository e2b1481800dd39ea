from collections import defaultdict

from odoo.tools import SQL

from ...tools.analysis import forecast
from ...tools.analysis.item_statistics import MIN_COUNT

# Pass marks to compare, in percent.
MARKS = tuple(range(50, 101, 5))


class QuizForecast:
    """What a quiz would be like: read from its bank, its statistics, its attempts."""

    def __init__(self, quiz):
        self.quiz = quiz
        self.env = quiz.env

    def get_parts(self):
        """The pools that a paper is drawn from, as ``forecast.Part``."""
        parts = []
        for section in self.quiz.section_ids:
            if section.source == "facts":
                parts += self._get_fact_parts(section)
            else:
                parts += self._get_question_parts(section)
        return [part for part in parts if part.count]

    def get_stats(self):
        """Statistics of what the quiz may ask, templates and written questions."""
        domains = [self._get_stat_domain(section) for section in self.quiz.section_ids]
        stats = self.env["callcenter.item.stat"]
        for domain in domains:
            stats |= stats.search(
                [*domain, ("company_id", "=", self.quiz.company_id.id)]
            )
        return stats

    def get_pass_shares(self, parts):
        """``(first attempts or None, [share of people that pass, ...])`` by ``MARKS``.

        None: too few have taken it, so the shares are worked out from ``parts``.
        """
        quiz_id = self.quiz._origin.id
        taken = self.quiz._origin._get_first_attempts().get(quiz_id, [])
        if len(taken) < MIN_COUNT:
            shares = [mark / 100 for mark in MARKS]
            return None, forecast.share_passing(parts, shares)
        return len(taken), [
            sum(100 * share >= mark - 1e-6 for share, _count in taken) / len(taken)
            for mark in MARKS
        ]

    # -- pools -------------------------------------------------------------------------

    def _get_fact_parts(self, section):
        """Templates take turns, so each gives an equal share of the questions."""
        pools = self._count_products(section)
        templates = self._get_templates(section).filtered(lambda t: pools.get(t.id))
        stats = self._get_stats_of("template", templates)
        # What the drawing deals out one by one goes to those with the widest pools.
        order = templates.sorted(lambda template: -pools[template.id])
        whole, rest = divmod(section.question_count, max(1, len(order)))
        return [
            forecast.Part(
                min(whole + (place < rest), pools[template.id]),
                pools[template.id],
                template.weight,
                *forecast.expect(template.difficulty, *stats[template.id]),
            )
            for place, template in enumerate(order)
        ]

    def _get_templates(self, section):
        chosen = section.template_ids.filtered("active")
        every = self.env["callcenter.question.template"]
        return chosen if section.template_ids else every.search([])

    def _count_products(self, section):
        """``{template id: products that it can be asked of}``."""
        self.env["callcenter.fact"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT f.template_id, count(DISTINCT f.product_tmpl_id)
                     FROM callcenter_fact f
                    WHERE f.active AND f.is_askable AND f.template_id = ANY(%s) AND %s
                    GROUP BY f.template_id""",
                self._get_templates(section).ids,
                section._get_fact_scope(),
            )
        )
        return dict(rows)

    def _get_question_parts(self, section):
        """One pool: its share is the mean of what its questions are expected to be."""
        questions = self._get_questions(section)
        if not questions:
            return []
        stats = self._get_stats_of("question", questions)
        expected = [
            forecast.expect(question.difficulty, *stats[question.id])
            for question in questions
        ]
        means = [sum(column) / len(expected) for column in zip(*expected, strict=True)]
        return [
            forecast.Part(
                min(section.question_count, len(questions)),
                len(questions),
                sum(questions.mapped("weight")) / len(questions),
                *means[:3],
                is_measured=means[3] >= 0.5,
            )
        ]

    def _get_stats_of(self, subject, records):
        """``{id: (answers, facility)}``; what was never answered has ``(0, 0.0)``."""
        found = self.env["callcenter.item.stat"].search_fetch(
            [
                ("subject", "=", subject),
                (f"{subject}_id", "in", records.ids),
                ("company_id", "=", self.quiz.company_id.id),
            ],
            [f"{subject}_id", "answer_count", "facility"],
        )
        stats = defaultdict(lambda: (0, 0.0))
        for stat in found:
            stats[stat[f"{subject}_id"].id] = stat.answer_count, stat.facility
        return stats

    def _get_stat_domain(self, section):
        if section.source == "facts":
            templates = self._get_templates(section)
            return [("subject", "=", "template"), ("template_id", "in", templates.ids)]
        asked = self._get_questions(section).ids
        return [("subject", "=", "question"), ("question_id", "in", asked)]

    def _get_questions(self, section):
        """What the section may ask; of a case its steps, which are what is asked."""
        questions = self.env["callcenter.question"]
        return questions.search(section._get_question_domain())._get_askable()

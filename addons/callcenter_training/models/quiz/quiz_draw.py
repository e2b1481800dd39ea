import random

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Candidates fetched for each question wanted: some cannot be asked, some repeat a
# product.
SPARE = 4
FRESH_DAYS = 30


class QuizDraw(models.AbstractModel):
    """Draws the questions of an attempt: quotas, the least asked first.

    The draw starts at a place of its own for every person, so people who start
    together get different questions; no product comes twice in one attempt.
    """

    _name = "callcenter.quiz.draw"
    _description = "Draw of Questions"

    def _fill(self, attempt):
        """Freeze the questions of a new attempt or refuse it in words."""
        rng = random.Random(attempt.seed)
        maker = self.env["callcenter.question.maker"].with_context(
            lang=attempt.user_id.lang
        )
        used, drawn = set(), []
        avoided = self._get_avoided_fact_ids(attempt)
        for key, section in enumerate(attempt.quiz_id.section_ids):
            made = self._draw_section(attempt, section, rng, maker, used, avoided)
            drawn += [
                question | {"section_key": key, "section_id": section.id}
                for question in made
            ]
        self._freeze(attempt, drawn)

    def _draw_section(self, attempt, section, rng, maker, used, avoided):
        wanted = section.question_count
        facts = self._get_candidates(attempt, section, rng, avoided)
        made = []
        while len(made) < wanted:
            batch = self._take(facts, wanted - len(made), used)
            if not batch and avoided:
                return self._draw_section(attempt, section, rng, maker, used, set())
            if not batch:
                self._refuse_short(section, len(made))
            made += maker._make(batch, rng)
        for question in made:
            question["is_critical"] |= section.is_critical
        return made

    def _take(self, facts, count, used):
        """The next ``count`` facts whose products were not used yet."""
        taken = []
        while facts and len(taken) < count:
            fact = facts.pop(0)
            if fact.product_tmpl_id.id not in used:
                used.add(fact.product_tmpl_id.id)
                taken.append(fact.id)
        return self.env["callcenter.fact"].browse(taken)

    def _refuse_short(self, section, count):
        raise UserError(
            self.env._(
                "Section “%(section)s” wants %(wanted)s questions, the bank can ask "
                "%(count)s now: ask the trainer to widen it.",
                section=section.name,
                wanted=section.question_count,
                count=count,
            )
        )

    def _get_candidates(self, attempt, section, rng, avoided):
        """Facts in the order they are to be tried, the templates taking turns."""
        templates = section.template_ids or self.env[
            "callcenter.question.template"
        ].search([])
        templates = templates.filtered("active")
        order = list(templates.ids)
        rng.shuffle(order)
        limit = SPARE * (section.question_count // max(1, len(order)) + 2)
        scope = self._get_scope(section, avoided)
        fresh = round(section.question_count * section.quiz_id.fresh_percent / 100)
        found = []
        if fresh and order:
            found = self._query(
                order, SQL("%s AND %s", scope, self._fresh()), fresh, rng
            )
            found = self._take_turns(found)[:fresh]
        regular = self._query(order, scope, limit, rng) if order else []
        ids = dict.fromkeys(found + self._take_turns(regular))
        facts = self.env["callcenter.fact"].browse(ids)
        facts.fetch(["product_tmpl_id", "template_id"])
        return list(facts)

    def _query(self, template_ids, scope, limit, rng):
        """Rows ``(template_id, fact_id)``, each template's least asked first."""
        start = rng.random()
        parts = [
            self._template_query(template_id, scope, limit, start)
            for template_id in template_ids
        ]
        self.env["callcenter.fact"].flush_model()
        return self.env.execute_query(SQL(" UNION ALL ").join(parts))

    def _template_query(self, template_id, scope, limit, start):
        """The least asked bucket from ``start`` on, then its beginning, then others."""
        base = SQL(
            "f.template_id = %s AND f.active AND f.is_askable AND %s",
            template_id,
            scope,
        )
        return SQL(
            """(SELECT %(template)s::int, d.id FROM (
                SELECT floor(f.draw_key) AS low FROM callcenter_fact f
                 WHERE %(base)s ORDER BY f.draw_key LIMIT 1) m
                CROSS JOIN LATERAL (
                (SELECT f.id FROM callcenter_fact f WHERE %(base)s
                    AND f.draw_key >= m.low + %(start)s AND f.draw_key < m.low + 1
                  ORDER BY f.draw_key LIMIT %(limit)s)
                UNION ALL
                (SELECT f.id FROM callcenter_fact f WHERE %(base)s
                    AND f.draw_key >= m.low AND f.draw_key < m.low + %(start)s
                  ORDER BY f.draw_key LIMIT %(limit)s)
                UNION ALL
                (SELECT f.id FROM callcenter_fact f WHERE %(base)s
                    AND f.draw_key >= m.low + 1
                  ORDER BY f.draw_key LIMIT %(limit)s)
                LIMIT %(limit)s) d)""",
            template=template_id,
            base=base,
            start=start,
            limit=limit,
        )

    def _take_turns(self, rows):
        """One fact of each template in turn, so no template crowds out the others."""
        queues = {}
        for template_id, fact_id in rows:
            queues.setdefault(template_id, []).append(fact_id)
        longest = max(map(len, queues.values()), default=0)
        return [
            queue[turn]
            for turn in range(longest)
            for queue in queues.values()
            if turn < len(queue)
        ]

    def _get_scope(self, section, avoided):
        parts = [
            SQL(
                "(f.company_id IS NULL OR f.company_id = %s)",
                section.quiz_id.company_id.id,
            )
        ]
        if section.categ_ids:
            categories = self.env["product.category"].search(
                [("id", "child_of", section.categ_ids.ids)]
            )
            parts.append(SQL("f.categ_id = ANY(%s)", categories.ids))
        if avoided:
            parts.append(SQL("NOT f.id = ANY(%s)", list(avoided)))
        return SQL(" AND ").join(parts)

    def _fresh(self):
        """Changed lately, or of a product that is new in the assortment."""
        now = fields.Datetime.now()
        days = self.env["callcenter.fact.source"]._get_new_days()
        return SQL(
            """((f.version > 1 AND f.create_date >= %s) OR f.product_tmpl_id IN (
                SELECT p.id FROM product_template p
                 WHERE p.callcenter_launch_date >= %s))""",
            fields.Datetime.subtract(now, days=FRESH_DAYS),
            fields.Date.subtract(now.date(), days=days),
        )

    def _get_avoided_fact_ids(self, attempt):
        """Facts this person was asked in his last attempts at this quiz."""
        quiz = attempt.quiz_id
        if not quiz.avoid_attempts:
            return set()
        earlier = self.env["callcenter.quiz.attempt"].search(
            [
                ("employee_id", "=", attempt.employee_id.id),
                ("quiz_id", "=", quiz.id),
                ("id", "!=", attempt.id),
            ],
            limit=quiz.avoid_attempts,
        )
        return set(earlier.item_ids.fact_id.ids)

    def _freeze(self, attempt, drawn):
        items = (
            self.env["callcenter.quiz.attempt.item"]
            ._in_transition()
            .create(
                [
                    self._prepare_item_values(attempt, position, question)
                    for position, question in enumerate(drawn)
                ]
            )
        )
        # sudo: nobody has rights on the keys, the draw alone makes them
        self.env["callcenter.quiz.attempt.key"].sudo()._in_transition().create(
            [
                {"item_id": item.id, "key": question["key"]}
                for item, question in zip(items, drawn, strict=True)
            ]
        )

    def _prepare_item_values(self, attempt, position, question):
        copied = (
            "section_key", "section_id", "fact_id", "kind", "stem", "options",
            "image_128", "weight", "guess", "is_critical",
        )  # fmt: skip
        return {name: question.get(name) for name in copied} | {
            "attempt_id": attempt.id,
            "position": position,
        }

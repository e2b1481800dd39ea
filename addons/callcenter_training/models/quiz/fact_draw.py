from collections import defaultdict, deque

from odoo import fields
from odoo.tools import SQL

from ..bank.fact_source import FactSource
from ..bank.question_maker import QuestionMaker
from .exam_reserve import ExamReserve

# Candidates fetched for each question wanted: some cannot be asked, some repeat a
# product.
SPARE = 4
FRESH_DAYS = 30


class FactDraw:
    """Draws facts of the assortment: quotas by template, the least asked first.

    The draw starts at a place of its own for every person, so people who start
    together get different questions; no product comes twice in one attempt.
    """

    def __init__(self, attempt, rng):
        self.env = attempt.env
        self.attempt = attempt
        self.rng = rng
        self.reserve = ExamReserve(self.env, attempt.company_id)

    def draw(self, sections, avoided):
        """Made questions by section, fewer than wanted when the bank has no more.

        All sections are made together: what the questions need is read once.

        :param avoided: ids of facts to ask only when nothing else is left
        """
        used, made = set(), {section: [] for section in sections}
        model = self.env["callcenter.question.template"]
        every = model.search([("active", "=", True)]) if sections else model
        for shunned in [avoided, set()] if avoided else [set()]:
            queues = {
                section: self._get_candidates(section, every, shunned)
                for section in sections
                if len(made[section]) < section.question_count
            }
            self._make_rounds(queues, made, used)
        return made

    def _make_rounds(self, queues, made, used):
        """Make what is wanted; again for what could not be asked honestly."""
        reader = self.attempt._told_to(self.attempt.user_id)
        maker = QuestionMaker(reader.env, is_exam=True)
        while True:
            batches = {
                section: self._take(
                    queue, section.question_count - len(made[section]), used
                )
                for section, queue in queues.items()
            }
            facts = self.env["callcenter.fact"].union(*batches.values())
            if not facts:
                return
            found = {row["fact_id"]: row for row in maker.make(facts, self.rng)}
            for section, batch in batches.items():
                made[section] += [found[id_] for id_ in batch.ids if id_ in found]

    def _take(self, queue, count, used):
        """The next ``count`` facts whose products were not used yet."""
        taken = []
        while queue and len(taken) < count:
            fact_id, product_id = queue.pop(0)
            if product_id not in used:
                used.add(product_id)
                taken.append(fact_id)
        return self.env["callcenter.fact"].browse(taken)

    def _get_candidates(self, section, every, avoided):
        """``[(fact id, product id), ...]`` in the order they are to be tried, the
        templates taking turns.

        :param every: all templates in use, for a section that names none
        """
        own = section.template_ids.filtered("active") if section.template_ids else every
        order = list(own.ids)
        self.rng.shuffle(order)
        limit = SPARE * (section.question_count // max(1, len(order)) + 2)
        scope = self._get_scope(section, avoided)
        fresh = round(section.question_count * section.quiz_id.fresh_percent / 100)
        found = self._get_kept(section, order, scope)
        if fresh and order:
            changed = self._query(order, SQL("%s AND %s", scope, self._fresh()), fresh)
            found += self._take_turns(changed)[:fresh]
        regular = self._query(order, scope, limit) if order else []
        return list(dict.fromkeys(found + self._take_turns(regular)))

    def _get_kept(self, section, order, scope):
        """The share of ``section`` whose goods practice never shows."""
        if not section.holds_reserve or not order:
            return []
        quota = self.reserve.get_quota(section)
        scope = SQL("%s AND %s", scope, self.reserve.is_kept())
        kept = self._query(order, scope, quota)
        return self._take_turns(kept)[:quota]

    def _query(self, template_ids, scope, limit):
        """``(template, fact, product)`` ids, each template's least asked first.

        Of each template the least asked bucket from a place of the person's own on,
        then its beginning, then the buckets above.
        """
        self.env["callcenter.fact"].flush_model()
        base = SQL("f.template_id = t.id AND f.active AND f.is_askable AND %s", scope)
        return self.env.execute_query(
            SQL(
                """SELECT t.id, d.id, d.product_tmpl_id
                     FROM unnest(%(templates)s::int[]) WITH ORDINALITY AS t(id, place)
                     JOIN LATERAL (
                          SELECT floor(f.draw_key) AS low FROM callcenter_fact f
                           WHERE %(base)s ORDER BY f.draw_key LIMIT 1) m ON TRUE
                     JOIN LATERAL (SELECT x.*, row_number() OVER () AS turn FROM (
                          (SELECT %(wanted)s FROM callcenter_fact f WHERE %(base)s
                              AND f.draw_key >= m.low + %(start)s
                              AND f.draw_key < m.low + 1
                            ORDER BY f.draw_key LIMIT %(limit)s)
                          UNION ALL
                          (SELECT %(wanted)s FROM callcenter_fact f WHERE %(base)s
                              AND f.draw_key >= m.low
                              AND f.draw_key < m.low + %(start)s
                            ORDER BY f.draw_key LIMIT %(limit)s)
                          UNION ALL
                          (SELECT %(wanted)s FROM callcenter_fact f WHERE %(base)s
                              AND f.draw_key >= m.low + 1
                            ORDER BY f.draw_key LIMIT %(limit)s)
                          LIMIT %(limit)s) x) d ON TRUE
                    ORDER BY t.place, d.turn""",
                templates=list(template_ids),
                base=base,
                wanted=SQL("f.id, f.product_tmpl_id"),
                start=self.rng.random(),
                limit=limit,
            )
        )

    def _take_turns(self, rows):
        """One fact of each template in turn, so no template crowds out the others.

        A product that had its turn is passed over, not the template: what it leaves
        comes last.
        """
        queues, taken, left = defaultdict(deque), {}, []
        for template_id, fact_id, product_id in rows:
            queues[template_id].append((fact_id, product_id))
        while any(queues.values()):
            for queue in queues.values():
                while queue and queue[0][1] in taken:
                    left.append(queue.popleft())
                if queue:
                    fact_id, product_id = queue.popleft()
                    taken[product_id] = (fact_id, product_id)
        return [*taken.values(), *left]

    def _get_scope(self, section, avoided):
        parts = [section._get_fact_scope()]
        changed_since = self.attempt._get_changes_since()
        if changed_since:
            parts.append(SQL("f.create_date > %s", changed_since))
        if avoided:
            parts.append(SQL("NOT f.id = ANY(%s)", list(avoided)))
        return SQL(" AND ").join(parts)

    def _fresh(self):
        """Changed lately, or of a product that is new in the assortment."""
        now = fields.Datetime.now()
        days = FactSource(self.env).get_new_days()
        return SQL(
            """((f.version > 1 AND f.create_date >= %s) OR f.product_tmpl_id IN (
                SELECT p.id FROM product_template p
                 WHERE p.callcenter_launch_date >= %s))""",
            fields.Datetime.subtract(now, days=FRESH_DAYS),
            fields.Date.subtract(now.date(), days=days),
        )

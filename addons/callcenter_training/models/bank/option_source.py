from collections import defaultdict

from odoo.tools import SQL

from ...tools.bank.options import is_of_exams

SAMPLE = 16
ENOUGH = 3
# Of attributes two that its own kind says are better than three that goods of all
# kinds say: nobody believes a bicycle of down.
ENOUGH_VALUES = 2
# Values of these are the same whatever the goods.
_COMMON = ("level", "guarantee", "season")
# The round of the parent category: farther goods only where it brought none.
LAST_NEAR = 2


class OptionSource:
    """Finds what wrong options are made of: the same fact of sibling products.

    First of its kind, then within the category, then in the parent category, then in
    the assortment; only for the facts that need it, all of them in one query a round.
    Products are asked among products of their kind, and numbers are theirs alone.
    """

    def __init__(self, env):
        self.env = env

    def get_siblings(self, facts, is_exam=False):
        """Facts of other products that say something else, the closest first.

        Half of them serve practice first and the other half exams, so a wrong option
        is no old acquaintance.

        :return: ``{fact_id: [{"value", "product_id", "num_value", "name", "round"},
            ...]}``
        """
        self.env["callcenter.fact"].flush_model()
        found = defaultdict(list)
        pending = set(facts.ids)
        enough = {fact.id: self._get_enough(fact.template_id) for fact in facts}
        common = {
            fact.id for fact in facts if fact.template_id.attribute_role in _COMMON
        }
        for place, near in enumerate(self._get_rounds()):
            if not pending:
                break
            for row in self._fetch(pending, near):
                found[row.pop("fact_id")].append(row | {"round": place})
            pending = {id_ for id_ in pending if self._count(found[id_]) < enough[id_]}
            if place == LAST_NEAR:
                pending -= {id_ for id_ in pending - common if found[id_]}
        for rows in found.values():
            rows.sort(key=lambda row: is_of_exams(row["value"]) != is_exam)
        return found

    def _get_rounds(self):
        """Conditions on siblings ``s``, the closest first; none finds one twice."""
        kind = SQL("s.kind = f.kind")
        strict = SQL(
            "(t.ask <> 'value' OR t.formatter IN ('money', 'number', 'price_range'))"
        )
        category, parent = SQL("s.categ_id = f.categ_id"), self._same_parent()
        return (
            SQL("%s AND %s", category, kind),
            SQL("%s AND NOT %s AND NOT %s", category, kind, strict),
            SQL("%s AND (%s OR NOT %s)", parent, kind, strict),
            # Where in the catalogue a thing is, is asked among places near by.
            SQL("NOT %s AND t.field_path IS DISTINCT FROM 'categ_id'", strict),
        )

    def _get_enough(self, template):
        return ENOUGH_VALUES if template.source == "attribute" else ENOUGH

    def _count(self, rows):
        return len({row["value"] for row in rows})

    def _fetch(self, fact_ids, near):
        self.env.cr.execute(
            SQL(
                """SELECT f.id AS fact_id, s.value, s.product_tmpl_id AS product_id,
                          s.num_value,
                          COALESCE(pt.name->>%(lang)s, pt.name->>'en_US') AS name
                     FROM callcenter_fact f
                     JOIN callcenter_question_template t ON t.id = f.template_id
                     LEFT JOIN product_category own ON own.id = f.categ_id
                     JOIN LATERAL (%(siblings)s) s ON TRUE
                     JOIN product_template pt ON pt.id = s.product_tmpl_id
                    WHERE f.id = ANY(%(ids)s)
                    ORDER BY f.id, s.nearness, s.draw_key""",
                lang=self.env.lang or "en_US",
                siblings=self._siblings_query(near),
                ids=list(fact_ids),
            )
        )
        return self.env.cr.dictfetchall()

    def _siblings_query(self, near):
        return SQL(
            """SELECT c.value, c.product_tmpl_id, c.num_value, c.draw_key,
                      abs(c.num_value - f.num_value) AS nearness
                 FROM (SELECT * FROM callcenter_fact s
                        WHERE s.template_id = f.template_id AND s.active
                          AND s.attribute_id IS NOT DISTINCT FROM f.attribute_id
                          AND (f.company_id IS NULL OR s.company_id IS NULL
                               OR s.company_id = f.company_id)
                          AND s.value_hash <> f.value_hash
                          AND (t.ask <> 'cheapest' OR s.num_value > f.num_value)
                          AND %s
                        ORDER BY s.draw_key LIMIT 80) c
                ORDER BY nearness, c.draw_key LIMIT %s""",
            near,
            SAMPLE,
        )

    def _same_parent(self):
        return SQL(
            """s.categ_id <> f.categ_id AND s.categ_id IN (
                SELECT k.id FROM product_category k
                  JOIN product_category p ON p.id = own.parent_id
                 WHERE k.parent_path LIKE p.parent_path || '%%')"""
        )

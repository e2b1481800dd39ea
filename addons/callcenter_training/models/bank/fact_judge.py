from odoo.tools import SQL

from ...tools.bank import giveaway
from .value_reader import ValueReader

# Asked by a value, so that the name of the product stands in the question.
_NAMED = ("value", "number")


class FactJudge:
    """Says of each fact whether a question worth asking can be made of it.

    Not asked is what the product's name gives away, a range of one value, and what
    has nothing else of its kind to choose from. ``OptionSource`` draws by the same
    rules, so what counts as askable is what is asked.
    """

    def __init__(self, env):
        self.env = env
        self._products = {}

    def judge(self, templates, product_ids=None):
        """Note the faults of the facts in force.

        :param product_ids: judge these products alone, and what lacked something to
            choose from beside them; None means all of them
        """
        templates = templates.filtered("active")
        if not templates:
            return
        scope = SQL("f.template_id = ANY(%s)", templates.ids)
        if product_ids is not None:
            scope = SQL("%s AND %s", scope, self._is_concerned(list(product_ids)))
        given = []
        for template in templates:
            given += self._find_given_away(template, scope)
        self._note(scope, given)

    def _is_concerned(self, product_ids):
        return SQL(
            """(f.product_tmpl_id = ANY(%(ids)s) OR (f.fault = 'same' AND f.categ_id IN
                (SELECT pt.categ_id FROM product_template pt
                  WHERE pt.id = ANY(%(ids)s))))""",
            ids=product_ids,
        )

    # -- given away by the name ----------------------------------------------------

    def _find_given_away(self, template, scope):
        """Ids of the facts that the product's name tells in some language."""
        if template.ask not in _NAMED or template.formatter == "price_range":
            return []
        rows = self.env.execute_query(
            SQL(
                """SELECT f.id, f.product_tmpl_id, f.value FROM callcenter_fact f
                    WHERE f.active AND f.template_id = %s AND %s""",
                template.id,
                scope,
            )
        )
        self._read_products({row[1] for row in rows})
        read = ValueReader(self.env).get_every_text(template, {row[2] for row in rows})
        shows_code = template.field_path != "default_code"
        return [
            fact_id
            for fact_id, product_id, value in rows
            if self._is_given_away(product_id, read(value), shows_code)
        ]

    def _is_given_away(self, product_id, truths, shows_code):
        names, code = self._products[product_id]
        code = code if shows_code else None
        return any(giveaway.name_product(name, code, truths) is None for name in names)

    def _read_products(self, product_ids):
        missing = list(product_ids - self._products.keys())
        if missing:
            self.env.cr.execute(
                "SELECT id, name, default_code FROM product_template"
                " WHERE id = ANY(%s)",
                [missing],
            )
            self._products |= {
                id_: (set(name.values()), code)
                for id_, name, code in self.env.cr.fetchall()
            }

    # -- nothing to choose from ----------------------------------------------------

    def _note(self, scope, given):
        self.env.cr.execute(
            SQL(
                """UPDATE callcenter_fact f
                      SET fault = n.fault, is_askable = n.fault IS NULL AND n.is_said
                     FROM (SELECT f.id, %(fault)s AS fault,
                                  (t.formatter NOT IN ('recent', 'flag')
                                   OR f.value = '1') AS is_said
                             FROM callcenter_fact f
                             JOIN callcenter_question_template t
                               ON t.id = f.template_id
                             LEFT JOIN unnest(%(given)s::int[]) g(id) ON g.id = f.id
                            WHERE f.active AND %(scope)s) n
                    WHERE f.id = n.id AND f.fault IS DISTINCT FROM n.fault""",
                fault=self._get_fault(),
                given=given,
                scope=scope,
            )
        )

    def _get_fault(self):
        return SQL(
            """CASE WHEN g.id IS NOT NULL THEN 'given_away'
                    WHEN t.formatter = 'span' AND strpos(f.value, ',') = 0
                    THEN 'single'
                    WHEN t.ask = 'number' THEN NULL
                    WHEN t.ask = 'cheapest' AND NOT (%(dearer)s) THEN 'same'
                    WHEN t.ask = 'product' AND NOT (%(other_of_kind)s) THEN 'same'
                    WHEN t.ask = 'value' AND t.source = 'attribute'
                         AND NOT (%(varies)s) THEN 'same'
                    WHEN t.ask = 'value' AND t.source = 'field'
                         AND t.formatter IN ('name', 'text')
                         AND NOT (%(other)s) THEN 'same' END""",
            dearer=self._of_kind(SQL("s.num_value > f.num_value")),
            other_of_kind=self._of_kind(SQL("s.value_hash <> f.value_hash")),
            varies=self._get_varies(),
            other=self._exists(SQL("s.value_hash <> f.value_hash")),
        )

    def _get_varies(self):
        """Goods of its kind differ in the attribute; one of a kind: any others do."""
        peer = SQL("s.categ_id = f.categ_id AND s.kind = f.kind AND s.id <> f.id")
        differs = SQL("s.value_hash <> f.value_hash")
        return SQL(
            "CASE WHEN %s THEN %s ELSE %s END",
            self._exists(peer),
            self._exists(SQL("%s AND %s", peer, differs)),
            self._exists(differs),
        )

    def _of_kind(self, condition):
        """Another product of this kind meets ``condition``, nearby in the catalogue."""
        same = SQL("%s AND s.kind = f.kind AND s.categ_id = f.categ_id", condition)
        near = SQL(
            """%s AND s.kind = f.kind AND s.categ_id IN (
                SELECT k.id FROM product_category own
                  JOIN product_category p ON p.id = own.parent_id
                  JOIN product_category k ON k.parent_path LIKE p.parent_path || '%%'
                 WHERE own.id = f.categ_id)""",
            condition,
        )
        return SQL("%s OR %s", self._exists(same), self._exists(near))

    def _exists(self, condition):
        return SQL(
            """EXISTS (SELECT 1 FROM callcenter_fact s
                        WHERE s.template_id = f.template_id AND s.active
                          AND s.attribute_id IS NOT DISTINCT FROM f.attribute_id
                          AND %s)""",
            condition,
        )

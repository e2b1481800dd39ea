from odoo.tools import SQL

from ...tools.bank import giveaway
from .value_reader import ValueReader

# Asked by a value, so that the name of the product stands in the question.
_NAMED = ("value", "number")


class FactJudge:
    """Says of each fact whether a question worth asking can be made of it.

    Not asked is what the product's name gives away, and what has nothing else of its
    kind to choose from. ``OptionSource`` draws by the same
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
        templates = templates.filtered(lambda one: one.active and not one.problem)
        if not templates:
            return
        scope = SQL("f.template_id = ANY(%s)", templates.ids)
        if product_ids is not None:
            scope = SQL("%s AND %s", scope, self._is_concerned(list(product_ids)))
        given = []
        for template in templates:
            given += self._find_given_away(template, scope)
        self._note(templates, scope, given)

    def _is_concerned(self, product_ids):
        return SQL(
            """(f.product_tmpl_id = ANY(%s)
                OR f.fault = 'same' AND f.categ_id = ANY(ARRAY(
                   SELECT p.categ_id FROM product_template p WHERE p.id = ANY(%s))))""",
            product_ids,
            product_ids,
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
        values = {row[2] for row in rows}
        read = ValueReader(self.env).get_every_text(template, values)
        truths = {value: read(value) for value in values}
        name_product = template._get_namer()

        heard = {
            value: list(map(giveaway.read, said)) for value, said in truths.items()
        }

        def is_given_away(product_id, value):
            names, code = self._products[product_id]
            # Most names tell nothing, which is seen at once.
            return any(
                giveaway.shares(giveaway.read(name), heard[value])
                and name_product(name, code, truths[value]) is None
                for name in names
            )

        return [id_ for id_, *row in rows if is_given_away(*row)]

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

    def _note(self, templates, scope, given):
        by_case = templates.grouped(self._get_case)
        self.env.cr.execute(
            SQL(
                """%(varied)s UPDATE callcenter_fact f
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
                varied=self._get_varied(templates)
                if by_case.keys() & {"attribute", "field"}
                else SQL(""),
                fault=self._get_fault(by_case, scope),
                given=given,
                scope=scope,
            )
        )

    def _get_varied(self, templates):
        """The templates and attributes of which not all products say the same."""
        return SQL(
            """WITH varied AS MATERIALIZED (
                   SELECT template_id, attribute_id FROM callcenter_fact
                    WHERE active AND template_id = ANY(%s)
                    GROUP BY template_id, attribute_id
                   HAVING min(value_hash) <> max(value_hash))""",
            templates.ids,
        )

    def _get_fault(self, by_case, scope):
        """Only the cases that occur: to plan the others costs more than to judge one
        changed product.
        """
        cases = [
            SQL(
                "WHEN f.template_id = ANY(%s) AND NOT (%s) THEN 'same'",
                own.ids,
                self._CHOICES[case](self, own, scope),
            )
            for case, own in by_case.items()
            if case
        ]
        return SQL(
            "CASE WHEN g.id IS NOT NULL THEN 'given_away' %s END", SQL(" ").join(cases)
        )

    def _get_case(self, template):
        """What there must be to choose from: a key of ``_CHOICES``, None: nothing."""
        if template.ask in ("cheapest", "product"):
            return template.ask
        if template.ask == "number" or template.source == "attribute":
            return template.ask == "value" and "attribute"
        if template.formatter not in ("name", "text"):
            return None
        return "category" if template.field_path == "categ_id" else "field"

    def _get_dearer(self, _templates, _scope):
        return self._of_kind(SQL("s.num_value > f.num_value"))

    def _get_other_of_kind(self, _templates, _scope):
        return self._of_kind(SQL("s.value_hash <> f.value_hash"))

    def _get_place_nearby(self, templates, scope):
        """Another section around that it does not lie in either: once a section."""
        return SQL(
            """f.categ_id IN (
                SELECT own.id FROM product_category own
                  JOIN product_category p ON p.id = own.parent_id
                  JOIN product_category k ON k.parent_path LIKE p.parent_path || '%%'
                   AND k.id <> p.id AND NOT k.parent_path LIKE own.parent_path || '%%'
                 WHERE own.id IN (SELECT f.categ_id FROM callcenter_fact f
                                   WHERE f.active AND %s)
                   AND EXISTS (SELECT 1 FROM callcenter_fact s
                                WHERE s.template_id = ANY(%s) AND s.active
                                  AND s.categ_id = k.id))""",
            scope,
            templates.ids,
        )

    def _get_varies(self, _templates, _scope):
        """Goods of its kind differ in the attribute; one of a kind: any others do."""
        peer = SQL("s.categ_id = f.categ_id AND s.kind = f.kind AND s.id <> f.id")
        differs = SQL("s.value_hash <> f.value_hash")
        return SQL(
            "CASE WHEN %s THEN %s ELSE %s END",
            self._exists(peer),
            self._exists(SQL("%s AND %s", peer, differs)),
            self._differs_anywhere(),
        )

    def _differs_anywhere(self, _templates=None, _scope=None):
        """Some product says something else; worked out once, and only if asked."""
        return SQL(
            """EXISTS (SELECT 1 FROM varied v WHERE v.template_id = f.template_id
                          AND v.attribute_id IS NOT DISTINCT FROM f.attribute_id)"""
        )

    def _of_kind(self, condition):
        """Another product of this kind meets ``condition``, nearby in the catalogue."""
        alike = SQL("%s AND s.kind = f.kind", condition)
        same = SQL("%s AND s.categ_id = f.categ_id", alike)
        return SQL("%s OR %s", self._exists(same), self._exists_near(alike))

    def _exists_near(self, condition):
        """A fact of the sections around; they are few, so the search starts there."""
        return SQL(
            """EXISTS (SELECT 1 FROM product_category own
                         JOIN product_category p ON p.id = own.parent_id
                         JOIN product_category k
                           ON k.parent_path LIKE p.parent_path || '%%'
                         JOIN callcenter_fact s ON s.categ_id = k.id
                        WHERE own.id = f.categ_id AND s.template_id = f.template_id
                          AND s.active
                          AND s.attribute_id IS NOT DISTINCT FROM f.attribute_id
                          AND %s)""",
            condition,
        )

    def _exists(self, condition):
        return SQL(
            """EXISTS (SELECT 1 FROM callcenter_fact s
                        WHERE s.template_id = f.template_id AND s.active
                          AND s.attribute_id IS NOT DISTINCT FROM f.attribute_id
                          AND %s)""",
            condition,
        )

    _CHOICES = {
        "cheapest": _get_dearer,
        "product": _get_other_of_kind,
        "attribute": _get_varies,
        "field": _differs_anywhere,
        "category": _get_place_nearby,
    }

import logging

from odoo import fields
from odoo.tools import SQL

from .fact_judge import FactJudge
from .fact_source import KIND, FactSource

_logger = logging.getLogger(__name__)


class FactBuilder:
    """Keeps the facts equal to the catalogue: whole sets at a time, versions kept.

    A fact whose value changed is retired and a new version inserted; a fact of a
    product that is gone is retired; everything else stays untouched.
    """

    def __init__(self, env):
        self.env = env
        self._source = FactSource(env)

    def rebuild(self, templates):
        """Bring all facts of ``templates`` up to date, archived templates too.

        :return: number of facts inserted
        """
        self.env.flush_all()
        inserted = 0
        judge = FactJudge(self.env)
        for template in templates:
            inserted += self._rebuild_one(template)
            judge.judge(template)
        self.env["callcenter.fact"].invalidate_model()
        return inserted

    def refresh_products(self, product_ids, changed=None):
        """Bring the facts of some products up to date in the running transaction.

        :param changed: names of the product's fields that changed; None means all
        """
        product_ids = [id_ for id_ in product_ids if id_]
        # sudo: whoever edits a product changes its facts, whatever his role
        model = self.env["callcenter.question.template"].sudo()
        templates = model._get_concerned(changed)
        if not product_ids:
            return
        self.env.flush_all()
        if changed is None or {"categ_id", "company_id", "name"} & set(changed):
            self._follow_product(SQL("f.product_tmpl_id = ANY(%s)", list(product_ids)))
        if templates:
            self._synchronise_products(templates, product_ids)
        if changed is not None and "name" in changed:
            templates = model._get_concerned()
        FactJudge(self.env).judge(templates, product_ids)
        self.env["callcenter.fact"].invalidate_model()

    def _synchronise_products(self, templates, product_ids):
        query = SQL(" UNION ALL ").join(
            self._source.get_values_query(template, product_ids)
            for template in templates
        )
        scope = SQL(
            "f.product_tmpl_id = ANY(%s) AND f.template_id = ANY(%s)",
            list(product_ids),
            templates.ids,
        )
        self._synchronise(query, scope)

    def _rebuild_one(self, template):
        problem = template._get_path_problem() if template.active else False
        if (template.problem or False) != problem:
            # sudo: whoever shapes a template is told by the server what ails it
            template.sudo().problem = problem
            template.flush_recordset(["problem"])
        scope = SQL("f.template_id = %s", template.id)
        self._follow_product(scope)
        if problem or not template.active:
            if problem:
                _logger.info("Question template %s: %s", template.code, problem)
            self._retire(None, scope)
            return 0
        return self._synchronise(self._source.get_values_query(template), scope)

    def _synchronise(self, query, scope):
        if not query:
            return 0
        # A template's first build has nothing to compare with.
        if not self._has_facts(scope):
            return self._insert(SQL("SELECT w.*, 1 AS version FROM (%s) w", query))
        self._retire(query, scope)
        return self._insert(self._get_missing_query(query, scope))

    def _has_facts(self, scope):
        """Whether there is a fact in ``scope``, retired or not."""
        query = SQL("SELECT EXISTS (SELECT 1 FROM callcenter_fact f WHERE %s)", scope)
        return self.env.execute_query(query)[0][0]

    def _retire(self, query, scope):
        still_true = self._still_true(query) if query else SQL("FALSE")
        self.env.cr.execute(
            SQL(
                """UPDATE callcenter_fact f
                      SET active = FALSE, retired_at = %s
                    WHERE f.active AND %s AND NOT %s""",
                fields.Datetime.now(),
                scope,
                still_true,
            )
        )

    def _still_true(self, query):
        return SQL(
            """EXISTS (SELECT 1 FROM (%s) w
                        WHERE w.template_id = f.template_id
                          AND w.product_tmpl_id = f.product_tmpl_id
                          AND COALESCE(w.attribute_id, 0) = COALESCE(f.attribute_id, 0)
                          AND w.value = f.value)""",
            query,
        )

    def _follow_product(self, scope):
        """A product moved or renamed takes its facts along, unversioned."""
        self.env.cr.execute(
            SQL(
                """UPDATE callcenter_fact f
                      SET categ_id = pt.categ_id, company_id = pt.company_id,
                          kind = %(kind)s
                     FROM product_template pt
                    WHERE pt.id = f.product_tmpl_id AND %(scope)s
                      AND (f.categ_id IS DISTINCT FROM pt.categ_id
                           OR f.company_id IS DISTINCT FROM pt.company_id
                           OR f.kind IS DISTINCT FROM %(kind)s)""",
                kind=KIND,
                scope=scope,
            )
        )

    def _get_missing_query(self, query, scope):
        """The values of ``query`` that no fact in force holds, and their versions.

        The newest versions are joined as a set: asked for one by one, they would be
        looked up through an index that this very statement fills.
        """
        return SQL(
            """SELECT w.*, COALESCE(o.version, 0) + 1 AS version
                 FROM (%(query)s) w
                 LEFT JOIN (
                      SELECT DISTINCT ON (f.template_id, f.product_tmpl_id,
                                          COALESCE(f.attribute_id, 0))
                             f.template_id, f.product_tmpl_id,
                             COALESCE(f.attribute_id, 0) AS attribute_id,
                             f.version, f.active
                        FROM callcenter_fact f WHERE %(scope)s
                       ORDER BY f.template_id, f.product_tmpl_id,
                             COALESCE(f.attribute_id, 0), f.version DESC
                      ) o ON o.template_id = w.template_id
                         AND o.product_tmpl_id = w.product_tmpl_id
                         AND o.attribute_id = COALESCE(w.attribute_id, 0)
                WHERE o.active IS NOT TRUE""",
            query=query,
            scope=scope,
        )

    def _insert(self, query):
        """Insert facts of values with their versions. :return: how many"""
        self.env.cr.execute(
            SQL(
                """INSERT INTO callcenter_fact
                       (template_id, product_tmpl_id, attribute_id, categ_id,
                        company_id, kind, value, value_hash, num_value, is_askable,
                        version, active, asked_count, draw_key, create_date)
                   SELECT n.template_id, n.product_tmpl_id, n.attribute_id, n.categ_id,
                          n.company_id, n.kind, n.value,
                          encode(sha256(convert_to(n.value, 'UTF8')), 'hex'),
                          n.num_value, n.is_askable, n.version, TRUE, 0, random(), %s
                     FROM (%s) n
                   ON CONFLICT (template_id, product_tmpl_id,
                                COALESCE(attribute_id, 0)) WHERE active
                   DO NOTHING""",
                fields.Datetime.now(),
                query,
            )
        )
        return self.env.cr.rowcount

from odoo import fields
from odoo.tools import SQL

NEW_DAYS_PARAMETER = "callcenter_training.new_product_days"
# The head of the product's name, as ``tools.options.head`` reads it.
KIND = SQL("replace(lower(split_part(ltrim(pt.name->>'en_US'), ' ', 1)), 'ё', 'е')")


class FactSource:
    """Turns a question template into a query for the values of all products.

    Every query yields ``product_tmpl_id, attribute_id, kind, value, num_value,
    is_askable``.
    Only names checked by the template (identifiers) and constants enter the SQL.
    """

    def __init__(self, env):
        self.env = env

    def get_values_query(self, template, product_ids=None):
        """SQL of the values of one template.

        :param product_ids: restrict to these products; None means all of them
        """
        if template.source == "attribute":
            return self._attribute_query(template, product_ids)
        return SQL(
            """SELECT %(template)s::int AS template_id, pt.id AS product_tmpl_id,
                      v.attribute_id::int, pt.categ_id, pt.company_id,
                      %(kind)s AS kind, v.value, v.num_value, v.is_askable
                 FROM product_template pt
                 JOIN LATERAL (%(source)s OFFSET 0) v ON v.value IS NOT NULL
                WHERE pt.active AND pt.sale_ok AND %(scope)s""",
            template=template.id,
            kind=KIND,
            source=self._field_values(template),
            scope=self._get_scope(template, product_ids),
        )

    def _get_scope(self, template, product_ids):
        parts = [SQL("TRUE")]
        if product_ids is not None:
            parts.append(SQL("pt.id = ANY(%s)", list(product_ids)))
        if template.company_id:
            parts.append(
                SQL(
                    "(pt.company_id IS NULL OR pt.company_id = %s)",
                    template.company_id.id,
                )
            )
        if template.categ_ids:
            categories = self.env["product.category"].search(
                [("id", "child_of", template.categ_ids.ids)]
            )
            parts.append(SQL("pt.categ_id = ANY(%s)", categories.ids))
        return SQL(" AND ").join(parts)

    def _attribute_query(self, template, product_ids):
        """The values of attributes, grouped for all products at once."""
        return SQL(
            """SELECT %(template)s::int AS template_id, pt.id AS product_tmpl_id,
                      l.attribute_id, pt.categ_id, pt.company_id, %(kind)s AS kind,
                      jsonb_agg(DISTINCT r.product_attribute_value_id)::text AS value,
                      NULL::float8 AS num_value, TRUE AS is_askable
                 FROM product_template pt
                 JOIN product_template_attribute_line l
                   ON l.product_tmpl_id = pt.id AND l.active
                 JOIN product_attribute a ON a.id = l.attribute_id AND a.active %(role)s
                 JOIN product_attribute_value_product_template_attribute_line_rel r
                   ON r.product_template_attribute_line_id = l.id
                WHERE pt.active AND pt.sale_ok AND %(scope)s
                GROUP BY pt.id, l.attribute_id %(ranges)s""",
            template=template.id,
            kind=KIND,
            role=self._get_role(template),
            # One value is no range.
            ranges=SQL("HAVING count(DISTINCT r.product_attribute_value_id) > 1")
            if template.formatter == "span"
            else SQL(""),
            scope=self._get_scope(template, product_ids),
        )

    def _get_role(self, template):
        """Attributes of the template's role; without one, those no other asks."""
        if template.attribute_role:
            return SQL("AND a.callcenter_role = %s", template.attribute_role)
        asked = template.search(
            [
                ("source", "=", "attribute"),
                ("attribute_role", "!=", False),
                ("categ_ids", "=", False),
                ("company_id", "in", [False, template.company_id.id]),
            ]
        )
        roles = list(set(asked.mapped("attribute_role")))
        return SQL("AND NOT a.callcenter_role = ANY(%s)", roles)

    def _field_values(self, template):
        path = template._get_path_fields()
        joins, alias = [], SQL("pt")
        for depth, field in enumerate(path[:-1]):
            hop = SQL.identifier(f"hop{depth}")
            joins.append(
                SQL(
                    " JOIN %s %s ON %s.id = %s.%s",
                    SQL.identifier(self.env[field.comodel_name]._table),
                    hop,
                    hop,
                    alias,
                    SQL.identifier(field.name),
                )
            )
            alias = hop
        body = self._VALUES[template.formatter](self, path[-1], alias)
        return SQL(
            "SELECT NULL::int AS attribute_id, %s FROM (SELECT 1) one%s",
            body,
            SQL("").join(joins),
        )

    def _name_value(self, field, alias):
        column = SQL.identifier(field.name)
        if field.type == "many2one":
            value = SQL(
                "CASE WHEN %s.%s IS NOT NULL THEN '[' || %s.%s || ']' END",
                alias,
                column,
                alias,
                column,
            )
        else:
            value = SQL(
                "(SELECT jsonb_agg(r.%s ORDER BY r.%s)::text FROM %s r WHERE r.%s = "
                "%s.id)",
                SQL.identifier(field.column2),
                SQL.identifier(field.column2),
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                alias,
            )
        return SQL("%s AS value, NULL::float8 AS num_value, TRUE AS is_askable", value)

    def _money_value(self, field, alias):
        return SQL(
            "(SELECT round(%(amount)s, c.decimal_places) || ' ' || c.name %(source)s) "
            "AS value, %(amount)s::float8 AS num_value, TRUE AS is_askable",
            amount=self._numeric(field, alias),
            source=self._currency_source(),
        )

    def _price_range_value(self, field, alias):
        """The bounds of ``tools.price_range`` worked out by the database.

        The logarithm in floating point: of a numeric it takes a thousand times longer.
        """
        return SQL(
            """(SELECT trim_scale(b.low * p.power) || ':' ||
                       trim_scale(b.high * p.power) || ':' || c.name
                  FROM (SELECT power(10, floor(log(%(amount)s::float8)))::numeric
                               AS power) p
                  JOIN (VALUES (1, 2), (2, 5), (5, 10)) AS b(low, high)
                    ON %(amount)s / p.power >= b.low AND %(amount)s / p.power < b.high
                  JOIN LATERAL (SELECT c.name %(source)s) c ON TRUE
               ) AS value, %(amount)s::float8 AS num_value, TRUE AS is_askable""",
            amount=self._numeric(field, alias),
            source=self._currency_source(),
        )

    def _number_value(self, field, alias):
        amount = self._numeric(field, alias)
        return SQL(
            "trim_scale(%s)::text AS value, %s::float8 AS num_value, "
            "TRUE AS is_askable",
            amount,
            amount,
        )

    def _text_value(self, field, alias):
        column = SQL("%s.%s", alias, SQL.identifier(field.name))
        if field.translate:
            column = SQL("%s->>'en_US'", column)
        return SQL(
            "NULLIF(btrim(%s), '') AS value, NULL::float8 AS num_value, "
            "TRUE AS is_askable",
            column,
        )

    def _image_value(self, field, alias):
        return SQL(
            "(SELECT a.checksum FROM ir_attachment a WHERE a.res_id = %s.id "
            "AND a.res_model = 'product.template' AND a.res_field = %s LIMIT 1) "
            "AS value, NULL::float8 AS num_value, TRUE AS is_askable",
            alias,
            field.name,
        )

    def _recent_value(self, field, alias):
        """Products newer than the novelty period; the others are its wrong options."""
        today = self.env.company._callcenter_today()
        oldest = fields.Date.subtract(today, days=self.get_new_days())
        is_new = SQL(
            "COALESCE(%s.%s >= %s, FALSE)", alias, SQL.identifier(field.name), oldest
        )
        return self._yes_no(is_new)

    def _flag_value(self, field, alias):
        return self._yes_no(
            SQL("COALESCE(%s.%s, FALSE)", alias, SQL.identifier(field.name))
        )

    def _yes_no(self, condition):
        return SQL(
            "CASE WHEN %s THEN '1' ELSE '0' END AS value, NULL::float8 AS num_value, "
            "%s AS is_askable",
            condition,
            condition,
        )

    def get_new_days(self):
        """Days for which a product counts as new."""
        # sudo: a setting, read for whoever edits a product
        value = self.env["ir.config_parameter"].sudo().get_param(NEW_DAYS_PARAMETER)
        return int(value) if (value or "").isdigit() else 90

    def _numeric(self, field, alias):
        """The column as a number; nothing and zero ask nothing."""
        return SQL(
            "NULLIF(CASE WHEN %(column)s > 0 THEN %(column)s::numeric END, 0)",
            column=SQL("%s.%s", alias, SQL.identifier(field.name)),
        )

    def _currency_source(self):
        # A shared product is priced in the currency of the first company.
        return SQL(
            """FROM res_company rc JOIN res_currency c ON c.id = rc.currency_id
              WHERE rc.id = COALESCE(pt.company_id,
                                     (SELECT min(id) FROM res_company WHERE active))"""
        )

    # What a template's formatter reads of a column.
    _VALUES = {
        "name": _name_value,
        "span": _name_value,
        "money": _money_value,
        "price_range": _price_range_value,
        "number": _number_value,
        "text": _text_value,
        "image": _image_value,
        "recent": _recent_value,
        "flag": _flag_value,
    }

import json
from collections import defaultdict

from odoo.tools import SQL


class NamesakeFinder:
    """Products that read alike: what is true of one is no lie about the other.

    An option shows a product's name only, so every product of that name stands
    behind it, and all of them decide whether the option is wrong.
    """

    def __init__(self, env):
        self.env = env

    def get_facts(self, facts, siblings):
        """Facts, on the same templates, of every product named like one involved.

        :return: ``{(template_id, attribute_id, product_id): [(value, number), ...]}``
            for the namesakes of each product; products of unique name are absent
        """
        involved = set(facts.product_tmpl_id.ids)
        for fact in facts:
            # Other products' names are options only where a product is asked for.
            if fact.template_id.ask in ("product", "cheapest"):
                rows = siblings.get(fact.id, ())
                involved |= {row["product_id"] for row in rows}
        groups = self._get_namesakes(involved)
        said = self._get_said(facts.template_id.ids, groups)
        found = defaultdict(list)
        for product_id, others in groups.items():
            for template_id, attribute_id, other_id, value, number in said:
                if other_id in others:
                    key = (template_id, attribute_id, product_id)
                    found[key].append((value, number))
        return found

    def _get_namesakes(self, product_ids):
        """``{product_id: ids of the products on sale that bear the same name}``.

        The index on the names in all languages finds the few that may be meant.
        """
        if not product_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """WITH own AS MATERIALIZED (
                        SELECT own.id, %(own)s AS key FROM product_template own
                         WHERE own.id = ANY(%(ids)s))
                   SELECT own.id, array_agg(other.id)
                     FROM own
                     JOIN product_template other ON %(other)s = own.key
                      AND other.id <> own.id AND other.active AND other.sale_ok
                    WHERE callcenter_name_keys(other.name)
                          && (SELECT array_agg(DISTINCT key) FROM own)
                    GROUP BY own.id""",
                own=self._name_key("own"),
                other=self._name_key("other"),
                ids=list(product_ids),
            )
        )
        return {product_id: set(others) for product_id, others in rows}

    def _name_key(self, alias):
        """The name as ``tools.options.normalise`` reads it."""
        table = SQL.identifier(alias)
        return SQL(
            "callcenter_name_key(COALESCE(%s.name->>%s, %s.name->>'en_US'))",
            table,
            self.env.lang or "en_US",
            table,
        )

    def _get_said(self, template_ids, groups):
        others = list({other for others in groups.values() for other in others})
        if not others:
            return []
        return self.env.execute_query(
            SQL(
                """SELECT template_id, COALESCE(attribute_id, 0), product_tmpl_id,
                          value, num_value
                     FROM callcenter_fact
                    WHERE active AND product_tmpl_id = ANY(%s)
                      AND template_id = ANY(%s)""",
                others,
                list(template_ids),
            )
        )

    def is_right_too(self, fact, value, number):
        """Whether a product that says ``value`` would be a right answer as well."""
        template = fact.template_id
        if template.ask == "cheapest":
            return number <= fact.num_value
        if template.formatter == "name":
            return bool(set(json.loads(fact.value)) & set(json.loads(value)))
        return value == fact.value

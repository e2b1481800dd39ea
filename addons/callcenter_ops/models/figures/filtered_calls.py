from datetime import timedelta

from odoo.fields import Domain
from odoo.tools import SQL

from .sql.call_stat import CATEGORIES
from .sql.counted_calls import counted_calls

_DAY = {
    "day": SQL("day"),
    "day:day": SQL("day"),
    "day:month": SQL("date_trunc('month', day)::date"),
}


class FilteredCalls:
    """Sums of the calls themselves, for a choice that no kept figures tell apart.

    The kept figures cross a region with no operator: such a choice is of few calls,
    and these are counted one by one, by the same definitions.
    """

    def __init__(self, scope):
        """:param scope: a ``DashboardScope``"""
        self.scope, self.env = scope, scope.env

    def count(self, facet, groupby, names):
        """Rows as ``DashboardScope.read_stats`` gives them."""
        self.env["callcenter.call"].flush_model()
        rows = self.env.execute_query(self._get_query(facet, groupby, names))
        return [
            (*map(self._to_value, groupby, row), *row[len(groupby) :]) for row in rows
        ]

    def _get_query(self, facet, groupby, names):
        keys = [_DAY.get(key) or SQL.identifier(key) for key in groupby]
        places = SQL(", ").join(SQL(str(1 + place)) for place in range(len(keys)))
        return SQL(
            "WITH counted AS (%(counted)s) SELECT %(columns)s FROM %(source)s AS facet"
            " WHERE day BETWEEN %(first)s AND %(last)s %(goods)s %(groups)s",
            counted=counted_calls(self._get_condition()),
            columns=SQL(", ").join([*keys, *map(_sum, names)]),
            source=CATEGORIES if facet == "category" else SQL("counted"),
            first=self.scope.first,
            last=self.scope.last,
            goods=self._get_goods(facet),
            groups=SQL("GROUP BY %s", places) if keys else SQL(""),
        )

    def _get_goods(self, facet):
        """A call about two categories counts here for the chosen one alone."""
        chosen = self.scope.filters.get("categ_id")
        if facet != "category" or not chosen:
            return SQL("")
        return SQL("AND facet.categ_id = %s", chosen)

    def _get_condition(self):
        """The calls of the choice that the reader may read, a day more at each side.

        Companies have days of their own; the query cuts them.
        """
        start, end = self.scope.bounds
        day = timedelta(days=1)
        domain = self.scope.call_filter & Domain("started_at", ">=", start - day)
        domain &= Domain("started_at", "<", end + day)
        calls = self.env["callcenter.call"]._search(domain)
        return SQL("call.id IN %s", calls.subselect())

    def _to_value(self, key, value):
        field = self.env["callcenter.call.stat"]._fields[key.partition(":")[0]]
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value or [])
        return value


def _sum(name):
    return SQL("sum(%s)", SQL.identifier(name))

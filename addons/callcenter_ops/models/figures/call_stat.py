from itertools import chain

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...fastpath.prepared import run_prepared
from ...tools.common.period import add_rows, whole_months
from .sql.call_stat import (
    FACET_KEYS,
    KEYS,
    compact_query,
    get_add_text,
    rebuild_queries,
    unique_key,
)
from .sql.operator_time import time_query

_COMPACT_BATCH = 50_000
_TIME_KEYS = {"employee_id", "department_id"}
# Steps of time whose rows the figures of months cannot give.
_WITHIN_MONTHS = {"day", "day:day", "day:week"}


def _tells_days_apart(groupby):
    return bool(_WITHIN_MONTHS & set(groupby))


class CallStat(models.Model):
    """Daily figures of calls, and of the time at the desk, by facet.

    A call adds rows, never changes any: operators do not wait for each other, and a
    sum is right at every moment. ``_cron_compact`` adds equal rows up afterwards.
    Rows are written in the transaction of the call itself, so a crash loses or
    doubles nothing.
    """

    _name = "callcenter.call.stat"
    _description = "Daily figures of calls"
    _inherit = ["callcenter.call.figures"]
    _order = "day desc, id desc"
    _rec_name = "day"
    _log_access = False

    is_compact = fields.Boolean(readonly=True)

    _facet_day_idx = models.Index("(facet, company_id, day)")
    _fresh_idx = models.Index("(id) WHERE NOT is_compact")
    # In the words of a search for rows that are not added up yet.
    _fresh_day_idx = models.Index(
        "(facet, company_id, day) WHERE is_compact IS NOT TRUE"
    )
    _compact_unique = models.UniqueIndex(f"({unique_key()}) WHERE is_compact")

    # ------------------------------------------------------------------ upkeep

    @api.model
    def _add_calls(self, call_ids, sign=1, has_goods=True):
        """Add calls, or take them back with ``sign=-1``; nothing is committed.

        :return: the days of the operators as they have become: dicts of
            ``callcenter.operator.day``
        """
        if not call_ids:
            return []
        self.env["callcenter.call"].flush_model()
        values = {"calls": list(call_ids), "sign": sign}
        run_prepared(self.env.cr, get_add_text(has_goods), values)
        return self.env.cr.dictfetchall()

    @api.model
    def _add_intervals(self, interval_ids, sign=1):
        """Add ended intervals of operators, or take them back with ``sign=-1``."""
        if interval_ids:
            self.env["callcenter.operator.state"].flush_model()
            where = SQL("state.id = ANY(%s)", list(interval_ids))
            self.env.cr.execute(time_query(where, sign))

    @api.model
    def _rebuild(self):
        """All figures anew from the calls, in one transaction.

        A call that is being saved meanwhile brings its own rows with it: either its
        call and rows are both seen here, or neither.
        """
        self.env["callcenter.call"].flush_model()
        self.env["callcenter.operator.state"].flush_model()
        for query in rebuild_queries():
            self.env.cr.execute(query)
        self.env["callcenter.operator.day"]._rebuild()
        self.invalidate_model()
        self.env["callcenter.call.stat.month"].invalidate_model()

    def action_rebuild(self):
        """Recompute every figure (administrator)."""
        if not self.env.user.has_group("callcenter_ops.group_manager"):
            raise AccessError(self.env._("Only an administrator rebuilds the figures."))
        self._rebuild()

    @api.model
    def _cron_compact(self):
        """Add up the rows that came since the last run, batch by batch."""
        remaining = self._count_fresh()
        while moved := self._compact(_COMPACT_BATCH):
            remaining -= moved
            if not self.env["ir.cron"]._commit_progress(moved, remaining=remaining):
                break

    @api.model
    def _compact(self, limit):
        """Move at most ``limit`` fresh rows into the sums; return how many."""
        self.env.cr.execute(compact_query(limit))
        self.invalidate_model()
        self.env["callcenter.call.stat.month"].invalidate_model()
        return self.env.cr.fetchone()[0]

    @api.model
    def _count_fresh(self):
        self.env.cr.execute(
            "SELECT count(*) FROM callcenter_call_stat WHERE NOT is_compact"
        )
        return self.env.cr.fetchone()[0]

    # ----------------------------------------------------------------- reading

    # Each call stands in every facet once. Whoever asks for sums without naming a
    # facet, as the screens do, gets the one that tells what he asks for.

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        domain = self._pin_facet(domain, groupby)
        return super()._read_group(domain, groupby, aggregates, *args, **kwargs)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, *args, **kwargs):
        domain = self._pin_facet(domain, chain(*grouping_sets))
        return super()._read_grouping_sets(domain, grouping_sets, *args, **kwargs)

    @api.model
    def _pin_facet(self, domain, groupby):
        """``domain`` with the facets in which each call counts once.

        :raise UserError: no facet tells apart what is asked for
        """
        domain = Domain(domain)
        named = {one.field_expr for one in domain.iter_conditions()}
        if "facet" in named:
            return domain
        asked = {
            name.partition(".")[0].partition(":")[0] for name in (*named, *groupby)
        }
        return domain & Domain("facet", "in", self._find_facets(asked & {*KEYS}))

    @api.model
    def _find_facets(self, keys):
        for facet, own in FACET_KEYS.items():
            # A call about two categories counts in both: no total would be right.
            if keys <= set(own) and facet != "category":
                # Time at the desk has measures of its own: nothing counts twice.
                return [facet, "time"] if keys <= _TIME_KEYS else [facet]
        words = [
            self._fields[key]._description_string(self.env) for key in sorted(keys)
        ]
        raise UserError(
            self.env._(
                "The kept figures do not tell this apart: %(fields)s. Take something "
                "away, or group the list of calls instead.",
                fields=", ".join(words),
            )
        )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """How many: of the calls, not of the rows that keep their sums."""
        if aggregate_spec == "__count":
            attempts = self._field_to_sql(self._table, "attempts", query)
            return SQL("COALESCE(SUM(%s), 0)", attempts)
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _read_period(self, domain, first, last, groupby, aggregates):
        """Sums of ``[first, last]`` as ``_read_group`` gives them, in no order.

        Whole months come from the figures of months and only their edges from days,
        so that three years cost little more than three months; days and weeks come
        from the days alone.
        """
        days = Domain("day", ">=", first) & Domain("day", "<=", last)
        months = None if _tells_days_apart(groupby) else whole_months(first, last)
        if not months:
            return self._read_group(domain & days, groupby, aggregates)
        start, end = months
        inside = Domain("day", ">=", start) & Domain("day", "<", end)
        fresh = inside & Domain("is_compact", "=", False)
        edges = days & (Domain("day", "<", start) | Domain("day", ">=", end))
        rows = self._read_group(domain & (edges | fresh), groupby, aggregates)
        kept = self.env["callcenter.call.stat.month"]
        rows += kept._read_group(domain & inside, groupby, aggregates)
        return add_rows(rows, len(groupby))

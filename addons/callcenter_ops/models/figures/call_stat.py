from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ...fastpath.prepared import run_prepared
from ...tools.common.period import add_rows, whole_months
from ..desk.operator_time_sql import time_query
from .call_stat_sql import compact_query, get_book_text, rebuild_queries, unique_key

_COMPACT_BATCH = 50_000


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
        """Book calls, or take them back with ``sign=-1``; nothing is committed."""
        if call_ids:
            self.env["callcenter.call"].flush_model()
            values = {"calls": list(call_ids), "sign": sign}
            run_prepared(self.env.cr, get_book_text(has_goods), values)

    @api.model
    def _add_intervals(self, interval_ids, sign=1):
        """Book ended intervals of operators, or take them back with ``sign=-1``."""
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

    @api.model
    def _read_period(self, domain, first, last, groupby, aggregates):
        """Sums of ``[first, last]`` as ``_read_group`` gives them, in no order.

        Whole months come from the figures of months and only their edges from days,
        so that three years cost little more than three months.
        """
        days = Domain("day", ">=", first) & Domain("day", "<=", last)
        months = whole_months(first, last)
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

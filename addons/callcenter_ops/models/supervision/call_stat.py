from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.number_plan import FEDERAL_DISTRICTS
from .call_stat_sql import (
    NUMBER_KEYS,
    TEXT_KEYS,
    compact_query,
    insert_query,
    rebuild_queries,
)

_COMPACT_BATCH = 50_000


class CallStat(models.Model):
    """Daily figures of calls by facet.

    A call adds rows, never changes any: operators do not wait for each other, and a
    sum is right at every moment. ``_cron_compact`` adds equal rows up afterwards.
    Rows are written in the transaction of the call itself, so a crash loses or
    doubles nothing.
    """

    _name = "callcenter.call.stat"
    _description = "Daily figures of calls"
    _order = "day desc, id desc"
    _rec_name = "day"
    _log_access = False

    facet = fields.Selection(
        [
            ("operator", "Operator and campaign"),
            ("region", "Region"),
            ("hour", "Hour"),
            ("result", "Result"),
            ("category", "Product category"),
        ],
        required=True,
        readonly=True,
    )
    is_compact = fields.Boolean(readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    employee_id = fields.Many2one("hr.employee", string="Operator", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    campaign_id = fields.Many2one("callcenter.campaign", readonly=True)
    direction = fields.Selection(
        [("out", "Outgoing"), ("in", "Incoming")], readonly=True
    )
    channel = fields.Char(readonly=True)
    state_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    federal_district = fields.Selection(FEDERAL_DISTRICTS, readonly=True)
    hour = fields.Integer(string="Hour of the client", readonly=True, aggregator=None)
    disposition_id = fields.Many2one(
        "callcenter.disposition", string="Result", readonly=True
    )
    refusal_reason_id = fields.Many2one("callcenter.refusal.reason", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    attempts = fields.Integer(readonly=True)
    connected = fields.Integer(
        readonly=True, default=0, help="Somebody or something answered."
    )
    contacts = fields.Integer(readonly=True)
    targets = fields.Integer(string="Target contacts", readonly=True)
    leads = fields.Integer(string="Interested", readonly=True)
    sales = fields.Integer(string="Customer orders", readonly=True)
    refusals = fields.Integer(readonly=True)
    callbacks = fields.Integer(string="Call-backs", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(string="Amount of orders", readonly=True)
    talk_seconds = fields.Integer(string="Talk, seconds", readonly=True)
    wrap_seconds = fields.Integer(string="Wrap-up, seconds", readonly=True)

    _facet_day_idx = models.Index("(facet, company_id, day)")
    _fresh_idx = models.Index("(id) WHERE NOT is_compact")
    _compact_unique = models.UniqueIndex(
        "(facet, company_id, day, "
        + ", ".join(f"COALESCE({key}, -1)" for key in NUMBER_KEYS)
        + ", "
        + ", ".join(f"COALESCE({key}, '')" for key in TEXT_KEYS)
        + ") WHERE is_compact"
    )

    # ------------------------------------------------------------------ upkeep

    @api.model
    def _add_calls(self, call_ids, sign=1):
        """Book calls, or take them back with ``sign=-1``; nothing is committed."""
        if call_ids:
            self.env["callcenter.call"].flush_model()
            self.env.cr.execute(insert_query(list(call_ids), sign))

    @api.model
    def _rebuild(self):
        """All figures anew from the calls, in one transaction.

        A call that is being saved meanwhile brings its own rows with it: either its
        call and rows are both seen here, or neither.
        """
        self.env["callcenter.call"].flush_model()
        for query in rebuild_queries():
            self.env.cr.execute(query)
        self.invalidate_model()

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
        return self.env.cr.fetchone()[0]

    @api.model
    def _count_fresh(self):
        self.env.cr.execute(
            "SELECT count(*) FROM callcenter_call_stat WHERE NOT is_compact"
        )
        return self.env.cr.fetchone()[0]

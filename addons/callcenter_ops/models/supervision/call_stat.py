from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools.number_plan import FEDERAL_DISTRICTS

MEASURES = (
    "attempts",
    "connected",
    "contacts",
    "targets",
    "leads",
    "sales",
    "refusals",
    "callbacks",
    "amount",
    "talk_seconds",
    "wrap_seconds",
)
# What a row of each facet tells apart; all the rest of its keys are empty.
FACET_KEYS = {
    "operator": (
        "employee_id",
        "department_id",
        "campaign_id",
        "direction",
        "channel",
    ),
    "region": ("department_id", "state_id", "federal_district", "campaign_id"),
    "hour": ("department_id", "federal_district", "hour", "campaign_id"),
    "result": ("department_id", "disposition_id", "refusal_reason_id", "campaign_id"),
    # A call counts once in each category of the goods it was about.
    "category": ("employee_id", "department_id", "campaign_id", "categ_id"),
}
_NUMBER_KEYS = (
    "employee_id",
    "department_id",
    "campaign_id",
    "state_id",
    "hour",
    "disposition_id",
    "refusal_reason_id",
    "categ_id",
)
_TEXT_KEYS = ("direction", "channel", "federal_district")
KEYS = (*_NUMBER_KEYS, *_TEXT_KEYS)
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
        + ", ".join(f"COALESCE({key}, -1)" for key in _NUMBER_KEYS)
        + ", "
        + ", ".join(f"COALESCE({key}, '')" for key in _TEXT_KEYS)
        + ") WHERE is_compact"
    )

    # ------------------------------------------------------------------ upkeep

    @api.model
    def _add_calls(self, call_ids, sign=1):
        """Book calls, or take them back with ``sign=-1``; nothing is committed."""
        if call_ids:
            self.env["callcenter.call"].flush_model()
            where = SQL("call.id = ANY(%s)", list(call_ids))
            self.env.cr.execute(self._get_insert_query(where, sign))

    @api.model
    def _rebuild(self):
        """All figures anew from the calls, in one transaction.

        A call that is being saved meanwhile brings its own rows with it: either its
        call and rows are both seen here, or neither.
        """
        self.env["callcenter.call"].flush_model()
        self.env.cr.execute("DELETE FROM callcenter_call_stat")
        self.env.cr.execute(self._get_insert_query(SQL("TRUE"), 1, is_compact=True))
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
        self.env.cr.execute(
            SQL(
                """
                WITH fresh AS (
                    DELETE FROM callcenter_call_stat WHERE id IN (
                        SELECT id FROM callcenter_call_stat
                         WHERE NOT is_compact ORDER BY id LIMIT %(limit)s)
                    RETURNING *
                ), added AS (
                    INSERT INTO callcenter_call_stat AS stat
                           (facet, company_id, day, is_compact, %(keys)s, %(measures)s)
                    SELECT facet, company_id, day, TRUE, %(keys)s, %(sums)s
                      FROM fresh
                  GROUP BY facet, company_id, day, %(keys)s
                        ON CONFLICT (facet, company_id, day, %(unique)s)
                     WHERE is_compact
                 DO UPDATE SET %(updates)s
                )
                SELECT count(*) FROM fresh
                """,
                limit=limit,
                keys=_columns(KEYS),
                measures=_columns(MEASURES),
                sums=SQL(", ").join(
                    SQL("sum(%s)", SQL.identifier(name)) for name in MEASURES
                ),
                unique=_unique_columns(),
                updates=SQL(", ").join(
                    SQL(
                        "%(name)s = stat.%(name)s + EXCLUDED.%(name)s",
                        name=SQL.identifier(name),
                    )
                    for name in MEASURES
                ),
            )
        )
        self.invalidate_model()
        return self.env.cr.fetchone()[0]

    @api.model
    def _count_fresh(self):
        self.env.cr.execute(
            "SELECT count(*) FROM callcenter_call_stat WHERE NOT is_compact"
        )
        return self.env.cr.fetchone()[0]

    # ------------------------------------------------------------------- query

    @api.model
    def _get_insert_query(self, where, sign, is_compact=False):
        """Rows of every facet for the calls of ``where``, added up by key."""
        return SQL(
            """
            INSERT INTO callcenter_call_stat
                   (facet, company_id, day, is_compact, %(keys)s, %(measures)s)
            WITH booked AS (%(booked)s)
            %(facets)s
            """,
            keys=_columns(KEYS),
            measures=_columns(MEASURES),
            booked=_get_booked_query(where),
            facets=SQL(" UNION ALL ").join(
                _get_facet_query(facet, sign, is_compact) for facet in FACET_KEYS
            ),
        )


_CATEGORIES = SQL(
    """
    (SELECT DISTINCT booked.*, template.categ_id
       FROM booked
       JOIN callcenter_call_product_product_rel sold
         ON sold.callcenter_call_id = booked.call_id
       JOIN product_product product ON product.id = sold.product_product_id
       JOIN product_template template ON template.id = product.product_tmpl_id)
    """
)


def _columns(names):
    return SQL(", ").join(SQL.identifier(name) for name in names)


def _unique_columns():
    numbers = [SQL("COALESCE(%s, -1)", SQL.identifier(key)) for key in _NUMBER_KEYS]
    texts = [SQL("COALESCE(%s, '')", SQL.identifier(key)) for key in _TEXT_KEYS]
    return SQL(", ").join(numbers + texts)


def _get_booked_query(where):
    """One row a call: its keys and what it counts for."""
    return SQL(
        """
        SELECT call.id AS call_id, call.company_id,
               (call.started_at AT TIME ZONE 'UTC'
                    AT TIME ZONE company.callcenter_tz)::date AS day,
               EXTRACT(hour FROM call.started_at AT TIME ZONE 'UTC' AT TIME ZONE
                    COALESCE(NULLIF(call.timezone, ''), company.callcenter_tz))::int
                    AS hour,
               call.employee_id, call.department_id, call.campaign_id,
               call.direction, call.channel, call.state_id, call.federal_district,
               call.disposition_id, call.refusal_reason_id,
               1 AS attempts,
               COALESCE(call.technical_status IN ('answered', 'machine', 'fax',
                   'dropped'), call.is_contact, FALSE)::int AS connected,
               COALESCE(call.is_contact, FALSE)::int AS contacts,
               COALESCE(call.is_target, FALSE)::int AS targets,
               (call.lead_id IS NOT NULL)::int AS leads,
               COALESCE(call.is_sale, FALSE)::int AS sales,
               (call.refusal_reason_id IS NOT NULL)::int AS refusals,
               (call.callback_at IS NOT NULL)::int AS callbacks,
               CASE WHEN call.is_sale THEN COALESCE(call.expected_revenue, 0)
                    ELSE 0 END AS amount,
               COALESCE(call.talk_seconds, 0) AS talk_seconds,
               COALESCE(call.wrap_seconds, 0) AS wrap_seconds
          FROM callcenter_call call
          JOIN res_company company ON company.id = call.company_id
         WHERE %s
           AND NOT EXISTS (SELECT FROM callcenter_call later
                            WHERE later.correction_of_id = call.id)
        """,
        where,
    )


def _get_facet_query(facet, sign, is_compact):
    own = FACET_KEYS[facet]
    keys = [
        SQL.identifier(key)
        if key in own
        else SQL("NULL::int" if key in _NUMBER_KEYS else "NULL::varchar")
        for key in KEYS
    ]
    return SQL(
        """
        SELECT %(facet)s, company_id, day, %(is_compact)s, %(keys)s, %(sums)s
          FROM %(source)s AS facet
      GROUP BY company_id, day, %(own)s
        """,
        source=_CATEGORIES if facet == "category" else SQL("booked"),
        facet=facet,
        is_compact=is_compact,
        keys=SQL(", ").join(keys),
        sums=SQL(", ").join(
            SQL("%s * sum(%s)", sign, SQL.identifier(name)) for name in MEASURES
        ),
        own=_columns(own),
    )

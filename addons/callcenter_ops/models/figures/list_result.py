from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.calling.call_counts import AMOUNT, CONDITIONS, IN_FORCE

# Each client of a campaign once: what his calls there came to.
_RESULTS = f"""
SELECT contact_id, count(*) AS attempts,
       bool_or({CONDITIONS["contacts"]}) AS is_reached,
       bool_or({CONDITIONS["targets"]}) AS is_target,
       bool_or({CONDITIONS["sales"]}) AS is_sale,
       bool_or({CONDITIONS["refusals"]}) AS is_refusal,
       sum({AMOUNT}) AS amount
  FROM callcenter_call call
 WHERE contact_id IS NOT NULL AND {IN_FORCE}
 GROUP BY contact_id
"""  # noqa: S608
_BAD = """COALESCE(c.exclusion_reason IN ('no_phone', 'bad_number')
                OR last.is_bad_number, FALSE)"""
_ORIGIN = (
    "campaign_id, company_id, source_id, file, category_id, state_id,"
    " federal_district, currency_id"
)
_COUNTS = "clients, bad_numbers, called, attempts, reached, targets, sales, refusals"
_KEEP = f"""
WITH client AS (
    SELECT c.campaign_id, c.company_id, file.source_id,
           file.filename || ' (' || file.id || ')' AS file, tag.category_id,
           c.state_id, c.federal_district, company.currency_id, {_BAD} AS is_bad, r.*
      FROM callcenter_campaign_contact c
      JOIN res_company company ON company.id = c.company_id
      JOIN res_partner client ON client.id = c.partner_id
      LEFT JOIN callcenter_data_import file ON file.id = client.callcenter_import_id
      LEFT JOIN callcenter_disposition last ON last.id = c.last_disposition_id
      LEFT JOIN ({_RESULTS}) r ON r.contact_id = c.id
      LEFT JOIN (SELECT partner_id, min(category_id) AS category_id
                   FROM res_partner_res_partner_category_rel
                  GROUP BY partner_id) tag ON tag.partner_id = client.id
     WHERE c.campaign_id = ANY(%(campaigns)s)
), counted AS (
    SELECT {_ORIGIN}, count(*) AS clients,
           count(*) FILTER (WHERE is_bad) AS bad_numbers,
           count(*) FILTER (WHERE attempts IS NOT NULL) AS called,
           COALESCE(sum(attempts), 0) AS attempts,
           count(*) FILTER (WHERE is_reached) AS reached,
           count(*) FILTER (WHERE is_target) AS targets,
           count(*) FILTER (WHERE is_sale) AS sales,
           count(*) FILTER (WHERE is_refusal) AS refusals,
           COALESCE(sum(amount), 0) AS amount
      FROM client GROUP BY {_ORIGIN}
)
INSERT INTO callcenter_list_result (
    {_ORIGIN}, {_COUNTS}, amount, bad_share, reached_share, target_share, kept_at)
SELECT {_ORIGIN}, {_COUNTS}, amount, bad_numbers::float8 / clients,
       reached::float8 / NULLIF(called, 0), targets::float8 / NULLIF(reached, 0),
       %(now)s
  FROM counted
"""  # noqa: S608
# A share of several rows: the sums it is made of.
_SHARES = {
    "bad_share:avg": ("bad_numbers", "clients"),
    "reached_share:avg": ("reached", "called"),
    "target_share:avg": ("targets", "reached"),
}
# Results of a campaign that is done may still be corrected so long.
_SETTLED_AFTER = timedelta(days=40)


class ListResult(models.Model):
    """How good the lists of clients are, by where the clients came from.

    A row for the clients of one campaign with the same source and file of the import,
    segment and region. Written each hour for campaigns that go on, or changed a short
    while ago; those of the past keep their last figures.
    """

    _name = "callcenter.list.result"
    _description = "Quality of lists"
    _order = "id"

    campaign_id = fields.Many2one(
        "callcenter.campaign",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", readonly=True)
    source_id = fields.Many2one("utm.source", readonly=True)
    file = fields.Char(
        readonly=True, help="The import that made the client. Empty: entered by hand."
    )
    category_id = fields.Many2one(
        "res.partner.category",
        string="Segment",
        readonly=True,
        help="The first tag of the client.",
    )
    state_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    federal_district = fields.Char(readonly=True)
    clients = fields.Integer(readonly=True)
    bad_numbers = fields.Integer(readonly=True)
    called = fields.Integer(string="Clients called", readonly=True)
    attempts = fields.Integer(readonly=True)
    reached = fields.Integer(string="Clients reached", readonly=True)
    targets = fields.Integer(string="Target results", readonly=True)
    sales = fields.Integer(string="Customer orders", readonly=True)
    refusals = fields.Integer(readonly=True)
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    kept_at = fields.Datetime(
        string="As of", readonly=True, help="Figures are written each hour."
    )
    bad_share = fields.Float(
        string="Bad numbers, share",
        readonly=True,
        aggregator="avg",
        help="Bad numbers / clients",
    )
    reached_share = fields.Float(
        string="Reached, share",
        readonly=True,
        aggregator="avg",
        help="Clients reached / clients called",
    )
    target_share = fields.Float(
        string="Target results, share",
        readonly=True,
        aggregator="avg",
        help="Clients with a target result / clients reached",
    )

    @api.model
    def _cron_keep(self):
        """Write the figures of campaigns that go on, or were never written."""
        campaigns = self.env["callcenter.campaign"].with_context(active_test=False)
        since = fields.Datetime.now() - _SETTLED_AFTER
        kept = self._read_group(
            [
                ("campaign_id.state", "=", "done"),
                ("campaign_id.write_date", "<", since),
            ],
            ["campaign_id"],
        )
        past = [campaign.id for [campaign] in kept]
        for campaign in campaigns.search([("id", "not in", past)]):
            self._keep(campaign)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _keep(self, campaigns):
        """Write the figures of some campaigns anew."""
        self.env.flush_all()
        self.search([("campaign_id", "in", campaigns.ids)]).unlink()
        self.flush_model()
        now = fields.Datetime.now()
        self.env.cr.execute(SQL(_KEEP, campaigns=campaigns.ids, now=now))

    def _read_group_select(self, aggregate_spec, query):
        """Shares of several rows are weighed, not averaged."""
        parts = _SHARES.get(aggregate_spec)
        if not parts:
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (self._field_to_sql(self._table, name, query) for name in parts)
        return SQL("SUM(%s)::float8 / NULLIF(SUM(%s), 0)", part, whole)

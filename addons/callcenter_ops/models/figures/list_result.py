from odoo import fields, models
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
_ROWS = f"""
SELECT c.id, c.campaign_id, c.company_id, campaign.department_id,
       file.source_id, file.filename || ' (' || file.id || ')' AS file,
       tag.category_id, c.state_id, c.federal_district,
       1 AS clients,
       COALESCE(c.exclusion_reason IN ('no_phone', 'bad_number')
                OR last.is_bad_number, FALSE)::int AS bad_numbers,
       (r.attempts IS NOT NULL)::int AS called,
       COALESCE(r.attempts, 0) AS attempts,
       COALESCE(r.is_reached, FALSE)::int AS reached,
       COALESCE(r.is_target, FALSE)::int AS targets,
       COALESCE(r.is_sale, FALSE)::int AS sales,
       COALESCE(r.is_refusal, FALSE)::int AS refusals,
       COALESCE(r.amount, 0) AS amount,
       company.currency_id,
       CASE WHEN r.attempts > 0 THEN COALESCE(r.is_reached, FALSE)::int END
           AS reached_share,
       CASE WHEN r.is_reached THEN COALESCE(r.is_target, FALSE)::int END
           AS target_share,
       COALESCE(c.exclusion_reason IN ('no_phone', 'bad_number')
                OR last.is_bad_number, FALSE)::int AS bad_share
  FROM callcenter_campaign_contact c
  JOIN callcenter_campaign campaign ON campaign.id = c.campaign_id
  JOIN res_company company ON company.id = c.company_id
  JOIN res_partner client ON client.id = c.partner_id
  LEFT JOIN callcenter_data_import file ON file.id = client.callcenter_import_id
  LEFT JOIN callcenter_disposition last ON last.id = c.last_disposition_id
  LEFT JOIN ({_RESULTS}) r ON r.contact_id = c.id
  LEFT JOIN (SELECT partner_id, min(category_id) AS category_id
               FROM res_partner_res_partner_category_rel
              GROUP BY partner_id) tag ON tag.partner_id = client.id
"""  # noqa: S608


class ListResult(models.Model):
    """How good the lists of clients are: a row for each client of a campaign.

    Told by where he came from: the source and the file of the import, and his segment.
    """

    _name = "callcenter.list.result"
    _description = "Quality of lists"
    _auto = False
    _order = "id"

    campaign_id = fields.Many2one("callcenter.campaign", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
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

    @property
    def _table_query(self):
        return SQL(_ROWS)

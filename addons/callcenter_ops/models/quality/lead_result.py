from odoo import fields, models
from odoo.tools import SQL

from ...tools.calling.call_counts import IN_FORCE
from .crm_lead import LEAD_MARKS

# Each lead once, under the call that brought it: the first one that counts.
_ROWS = f"""
SELECT lead.id, first.id AS call_id, first.started_at, first.employee_id,
       first.department_id, first.company_id, first.campaign_id, first.script_id,
       first.state_id, file.source_id,
       file.filename || ' (' || file.id || ')' AS file, tag.category_id,
       lead.user_id AS manager_id, lead.team_id, lead.lost_reason_id,
       lead.won_status AS outcome, lead.callcenter_mark AS mark,
       lead.callcenter_mark_note AS mark_note,
       lead.callcenter_marked_on AS marked_on,
       1 AS leads,
       (lead.won_status = 'won')::int AS won,
       (lead.won_status = 'lost')::int AS lost,
       (lead.won_status = 'pending')::int AS pending,
       (lead.callcenter_mark = 'bad' IS TRUE)::int AS bad,
       CASE WHEN lead.won_status <> 'pending'
            THEN (lead.won_status = 'won')::int END AS won_share,
       (lead.callcenter_mark = 'bad')::int AS bad_share,
       CASE WHEN lead.won_status = 'won'
            THEN COALESCE(lead.expected_revenue, 0) ELSE 0 END AS amount,
       company.currency_id
  FROM (SELECT DISTINCT ON (call.lead_id) call.*
          FROM callcenter_call call
         WHERE call.lead_id IS NOT NULL AND {IN_FORCE}
         ORDER BY call.lead_id, call.started_at, call.id) first
  JOIN crm_lead lead ON lead.id = first.lead_id
  JOIN res_company company ON company.id = first.company_id
  LEFT JOIN res_partner client ON client.id = first.partner_id
  LEFT JOIN callcenter_data_import file ON file.id = client.callcenter_import_id
  LEFT JOIN (SELECT partner_id, min(category_id) AS category_id
               FROM res_partner_res_partner_category_rel
              GROUP BY partner_id) tag ON tag.partner_id = client.id
"""  # noqa: S608


class LeadResult(models.Model):
    """What became of the leads that calls brought, and what sales say of them.

    A row a lead, told by who brought it, from which list, with which script. Operators
    read their own.
    """

    _name = "callcenter.lead.result"
    _description = "Quality of leads"
    _auto = False
    _order = "started_at desc, id desc"
    _rec_name = "call_id"

    call_id = fields.Many2one("callcenter.call", readonly=True)
    started_at = fields.Datetime(string="Call of", readonly=True)
    employee_id = fields.Many2one("hr.employee", string="Operator", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    campaign_id = fields.Many2one("callcenter.campaign", readonly=True)
    script_id = fields.Many2one("callcenter.script", readonly=True)
    state_id = fields.Many2one("res.country.state", string="Region", readonly=True)
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
    manager_id = fields.Many2one("res.users", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales team", readonly=True)
    outcome = fields.Selection(
        [("won", "Won"), ("lost", "Lost"), ("pending", "Under way")], readonly=True
    )
    lost_reason_id = fields.Many2one(
        "crm.lost.reason", string="Lost because of", readonly=True
    )
    mark = fields.Selection(LEAD_MARKS, string="Quality of the lead", readonly=True)
    mark_note = fields.Char(string="What was wrong or good", readonly=True)
    marked_on = fields.Datetime(readonly=True)
    leads = fields.Integer(readonly=True)
    won = fields.Integer(readonly=True)
    lost = fields.Integer(readonly=True)
    pending = fields.Integer(string="Under way", readonly=True)
    bad = fields.Integer(string="Useless", readonly=True)
    won_share = fields.Float(
        string="Won, share",
        readonly=True,
        aggregator="avg",
        help="Leads won / leads decided (won and lost)",
    )
    bad_share = fields.Float(
        string="Useless, share",
        readonly=True,
        aggregator="avg",
        help="Leads found useless / leads that sales marked",
    )
    amount = fields.Monetary(
        string="Won for", readonly=True, help="Expected revenue of the leads won."
    )
    currency_id = fields.Many2one("res.currency", readonly=True)

    @property
    def _table_query(self):
        return SQL(_ROWS)

from odoo import fields, models
from odoo.tools import SQL

from ...tools.calling.call_counts import IN_FORCE

_ROWS = f"""
SELECT call.id, call.started_at, call.company_id, call.department_id,
       call.campaign_id, call.employee_id, call.state_id,
       COALESCE(NULLIF(call.timezone, ''), company.callcenter_tz) AS timezone,
       to_char(call.started_at AT TIME ZONE 'UTC' AT TIME ZONE
               COALESCE(NULLIF(call.timezone, ''), company.callcenter_tz), 'HH24')
           AS hour,
       lpad(LEAST(GREATEST(call.attempt_no, 1), 10)::text, 2, '0') AS attempt,
       1 AS attempts, COALESCE(call.is_contact, FALSE)::int AS contacts,
       COALESCE(result.is_final OR result.is_stop, FALSE)::int AS settled,
       COALESCE(call.is_contact, FALSE)::int AS contact_share,
       COALESCE(result.is_final OR result.is_stop, FALSE)::int AS settled_share
  FROM callcenter_call call
  JOIN res_company company ON company.id = call.company_id
  JOIN callcenter_disposition result ON result.id = call.disposition_id
 WHERE call.direction = 'out' AND call.channel = 'phone'
   AND call.contact_id IS NOT NULL AND {IN_FORCE}
"""  # noqa: S608


class ContactRate(models.Model):
    """How clients are reached: by hour of the client, zone and number of the attempt.

    What the forecast of a campaign is made of; a row a call.
    """

    _name = "callcenter.contact.rate"
    _description = "Contact rate"
    _auto = False
    _order = "started_at desc, id desc"

    started_at = fields.Datetime(string="Start", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    campaign_id = fields.Many2one("callcenter.campaign", readonly=True)
    employee_id = fields.Many2one("hr.employee", string="Operator", readonly=True)
    state_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    timezone = fields.Char(string="Client's time zone", readonly=True)
    hour = fields.Char(string="Hour of the client", readonly=True)
    attempt = fields.Char(readonly=True, help="10 = the tenth and all further ones.")
    attempts = fields.Integer(readonly=True)
    contacts = fields.Integer(readonly=True)
    settled = fields.Integer(
        string="Final results",
        readonly=True,
        help="Attempts with a final result: nobody calls again.",
    )
    contact_share = fields.Float(
        string="Contact rate",
        readonly=True,
        aggregator="avg",
        help="Contacts / attempts",
    )
    settled_share = fields.Float(
        string="Settled, share",
        readonly=True,
        aggregator="avg",
        help="Attempts with a final result / attempts",
    )

    @property
    def _table_query(self):
        return SQL(_ROWS)

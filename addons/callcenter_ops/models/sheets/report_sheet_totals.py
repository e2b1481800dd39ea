from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.figures.kpi import KPIS

COUNTS = (
    "attempts",
    "connected",
    "clients",
    "contacts",
    "contacted_clients",
    "targets",
    "leads",
    "sales",
    "refusals",
    "stops",
    "callbacks",
    "talk_seconds",
    "wrap_seconds",
    "ural_seconds",
    "other_seconds",
)


class ReportSheetTotals(models.AbstractModel):
    """Totals at the foot of a sheet, read from its calls in one statement."""

    _name = "callcenter.report.sheet.totals"
    _description = "Totals of report sheets"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    plan_attempts = fields.Integer(string="Planned attempts")
    plan_contacts = fields.Integer(string="Planned contacts")
    currency_id = fields.Many2one(related="company_id.currency_id")
    attempt_count = fields.Integer(string="Attempts", compute="_compute_totals")
    client_count = fields.Integer(string="Clients", compute="_compute_totals")
    contact_count = fields.Integer(string="Contacts", compute="_compute_totals")
    target_count = fields.Integer(string="Target contacts", compute="_compute_totals")
    lead_count = fields.Integer(string="Interested", compute="_compute_totals")
    sale_count = fields.Integer(string="Customer orders", compute="_compute_totals")
    amount = fields.Monetary(string="Amount of orders", compute="_compute_totals")
    refusal_count = fields.Integer(string="Refusals", compute="_compute_totals")
    stop_count = fields.Integer(string="Do not call", compute="_compute_totals")
    callback_count = fields.Integer(string="Call-backs", compute="_compute_totals")
    talk_seconds = fields.Integer(string="Talk, seconds", compute="_compute_totals")
    wrap_seconds = fields.Integer(string="Wrap-up, seconds", compute="_compute_totals")
    talk_hours = fields.Float(string="Talk time", compute="_compute_totals")
    ural_minutes = fields.Float(
        string="Minutes in the Urals", compute="_compute_totals"
    )
    other_minutes = fields.Float(
        string="Minutes beyond the Urals", compute="_compute_totals"
    )
    contact_rate = fields.Float(compute="_compute_totals", help="Contacts / attempts")
    connection_rate = fields.Float(
        compute="_compute_totals",
        help="Calls that somebody or something answered / attempts",
    )
    conversion = fields.Float(
        compute="_compute_totals", help="Orders / target contacts"
    )
    plan_rate = fields.Float(
        string="Plan fulfilled", compute="_compute_totals", help="Attempts / plan"
    )
    aht = fields.Float(
        string="Average handling time, seconds",
        compute="_compute_totals",
        help="(Talk + wrap-up) / contacts",
    )

    @api.depends(lambda self: self._get_inputs_of_totals())
    def _compute_totals(self):
        totals_of = self._get_totals()
        for sheet in self:
            # A window that is not saved yet shows copies of its sheets.
            totals = totals_of.get(sheet._origin.id)
            totals = totals or dict.fromkeys((*COUNTS, "amount"), 0)
            sheet.update(sheet._prepare_totals(totals))

    def _get_inputs_of_totals(self):
        """Only a real sheet has lines; this mixin is no table of its own."""
        return ("line_ids", "plan_attempts") if "line_ids" in self._fields else ()

    def _prepare_totals(self, totals):
        return {
            "attempt_count": totals["attempts"],
            "client_count": totals["clients"],
            "contact_count": totals["contacts"],
            "target_count": totals["targets"],
            "lead_count": totals["leads"],
            "sale_count": totals["sales"],
            "amount": totals["amount"],
            "refusal_count": totals["refusals"],
            "stop_count": totals["stops"],
            "callback_count": totals["callbacks"],
            "talk_seconds": totals["talk_seconds"],
            "wrap_seconds": totals["wrap_seconds"],
            "talk_hours": totals["talk_seconds"] / 3600,
            "ural_minutes": totals["ural_seconds"] / 60,
            "other_minutes": totals["other_seconds"] / 60,
            "contact_rate": KPIS["contact_rate"].value(totals) or 0,
            "connection_rate": KPIS["connection_rate"].value(totals) or 0,
            "conversion": KPIS["conversion"].value(totals) or 0,
            "aht": KPIS["aht"].value(totals) or 0,
            "plan_rate": self._get_plan_rate(totals["attempts"]),
        }

    def _get_plan_rate(self, attempts):
        return attempts / self.plan_attempts if self.plan_attempts else 0

    def _get_totals(self):
        """Sums of the calls by sheet: dict sheet id -> dict name -> number."""
        if not self.ids:
            return {}
        self.env["callcenter.call"].flush_model()
        self.env["callcenter.disposition"].flush_model()
        return self._read_totals(SQL("call.sheet_id"))

    def _get_totals_together(self):
        """Totals of these sheets as one: a client of two days counts once."""
        self.env["callcenter.call"].flush_model()
        totals = self._read_totals(SQL("0")) if self.ids else {}
        none = dict.fromkeys((*COUNTS, "amount"), 0)
        return self[:1]._prepare_totals(totals.get(0) or none)

    def _read_totals(self, key):
        self.env.cr.execute(SQL(_TOTALS_SQL, ids=tuple(self.ids), key=key))
        return {row.pop("key"): row for row in self.env.cr.dictfetchall()}


# One pass over the calls of the sheets that are shown; the rights of the caller are
# those of the sheets themselves.
_TOTALS_SQL = """
    SELECT %(key)s AS key,
           count(*) AS attempts,
           count(*) FILTER (WHERE COALESCE(call.technical_status IN
                   ('answered', 'machine', 'fax', 'dropped'), call.is_contact))
               AS connected,
           count(DISTINCT call.partner_id) AS clients,
           count(*) FILTER (WHERE call.is_contact) AS contacts,
           count(DISTINCT call.partner_id)
               FILTER (WHERE call.is_contact) AS contacted_clients,
           count(*) FILTER (WHERE call.is_target) AS targets,
           count(*) FILTER (WHERE call.lead_id IS NOT NULL) AS leads,
           count(*) FILTER (WHERE call.is_sale) AS sales,
           COALESCE(sum(call.expected_revenue) FILTER (WHERE call.is_sale), 0)
               AS amount,
           count(*) FILTER (WHERE call.refusal_reason_id IS NOT NULL) AS refusals,
           count(*) FILTER (WHERE disposition.is_stop) AS stops,
           count(*) FILTER (WHERE call.callback_at IS NOT NULL) AS callbacks,
           COALESCE(sum(call.talk_seconds), 0) AS talk_seconds,
           COALESCE(sum(call.wrap_seconds), 0) AS wrap_seconds,
           COALESCE(sum(call.talk_seconds)
               FILTER (WHERE call.federal_district = 'ural'), 0) AS ural_seconds,
           COALESCE(sum(call.talk_seconds)
               FILTER (WHERE call.federal_district IS DISTINCT FROM 'ural'), 0)
               AS other_seconds
      FROM callcenter_call call
      JOIN callcenter_disposition disposition ON disposition.id = call.disposition_id
     WHERE call.sheet_id IN %(ids)s
       AND NOT EXISTS (SELECT FROM callcenter_call later
                        WHERE later.correction_of_id = call.id)
  GROUP BY 1
"""

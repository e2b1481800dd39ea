from datetime import timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# A change of any of these moves the daily figures.
_COUNTED_FIELDS = {
    "company_id",
    "started_at",
    "timezone",
    "employee_id",
    "department_id",
    "campaign_id",
    "direction",
    "channel",
    "state_id",
    "federal_district",
    "disposition_id",
    "technical_status",
    "refusal_reason_id",
    "is_contact",
    "is_target",
    "is_sale",
    "lead_id",
    "callback_at",
    "expected_revenue",
    "talk_seconds",
    "wrap_seconds",
    "product_ids",
}


class Call(models.Model):
    """A saved call is in the figures and on the wallboards within its transaction."""

    _inherit = "callcenter.call"

    client_hour = fields.Integer(
        string="Hour of the client",
        compute="_compute_client_hour",
        search="_search_client_hour",
        help="The hour on the client's clock when the call began.",
    )

    is_won = fields.Boolean(
        string="Won",
        compute="_compute_is_won",
        compute_sudo=True,
        search="_search_is_won",
        help="The opportunity of the call is won.",
    )

    # What came of the calls of a period, read from the index alone.
    _lead_started_idx = models.Index(
        "(lead_id, started_at) INCLUDE (company_id, department_id, campaign_id)"
        " WHERE lead_id IS NOT NULL"
    )

    @api.depends("started_at", "timezone", "company_id")
    def _compute_client_hour(self):
        for call in self:
            zone = call.timezone or call.company_id._get_callcenter_setting(
                "callcenter_tz"
            )
            call.client_hour = (
                call.started_at
                and call.started_at.replace(tzinfo=timezone.utc)
                .astimezone(ZoneInfo(zone))
                .hour
            )

    @api.model
    def _search_client_hour(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s IN %s", self._get_client_hour_sql(alias), tuple(value)
            )
        )

    @api.model
    def _get_client_hour_sql(self, alias):
        return SQL(
            """
            EXTRACT(hour FROM %(started_at)s AT TIME ZONE 'UTC' AT TIME ZONE
                COALESCE(NULLIF(%(zone)s, ''),
                    (SELECT callcenter_tz FROM res_company
                      WHERE res_company.id = %(company)s)))::int
            """,
            started_at=SQL.identifier(alias, "started_at"),
            zone=SQL.identifier(alias, "timezone"),
            company=SQL.identifier(alias, "company_id"),
        )

    @api.depends("lead_id.won_status")
    def _compute_is_won(self):
        for call in self:
            call.is_won = call.lead_id.won_status == "won"

    @api.model
    def _search_is_won(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: which calls were won may be known to those who may not open the sales
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        won = Domain("lead_id", "in", leads._search([("won_status", "=", "won")]))
        return won if True in value else ~won

    # -------------------------------------------------------------------- counting

    @api.model_create_multi
    def create(self, vals_list):
        corrected = [vals.get("correction_of_id") for vals in vals_list]
        self._get_stats()._add_calls(list(filter(None, corrected)), sign=-1)
        return super().create(vals_list)._add_to_statistics()

    def write(self, vals):
        if not _COUNTED_FIELDS & set(vals):
            return super().write(vals)
        self._take_from_statistics()
        result = super().write(vals)
        self._add_to_statistics(has_goods=True)
        return result

    def unlink(self):
        self._take_from_statistics()
        return super().unlink()

    def _add_to_statistics(self, has_goods=False):
        """Count the calls and tell the wallboards; the calls come back."""
        goods = has_goods or bool(self.product_ids)
        self._announce(self._get_stats()._add_calls(self.ids, has_goods=goods))
        return self

    def _take_from_statistics(self):
        self._announce(self._get_stats()._add_calls(self.ids, sign=-1))

    def _announce(self, days):
        self.env["callcenter.wallboard"]._announce_days(days)

    @api.model
    def _get_stats(self):
        # sudo: nobody but the calls themselves writes the figures
        return self.env["callcenter.call.stat"].sudo()

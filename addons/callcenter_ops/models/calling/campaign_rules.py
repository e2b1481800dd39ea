from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ...fastpath.row_cache import prime
from ...tools.calling.call_window import next_opening
from ...tools.calling.hand_out import Plan

_PLAN_FIELDS = {
    "state",
    "purpose",
    "company_id",
    "date_start",
    "date_end",
    "priority",
    "share",
    "zones",
    "rule_set_id",
    "employee_ids",
    "team_ids",
    "active",
    "disposition_ids",
    # what each desk reads besides
    "name",
    "script",
    "script_id",
}
_DESK_COLUMNS = ("name", "purpose", "company_id", "script", "script_id")


class CampaignRules(models.AbstractModel):
    """Who may work in a campaign, which of its clients may be called, and when."""

    _name = "callcenter.campaign.rules"
    _description = "Rules of a campaign"

    # Zones of the contacts, noted at each load: the queue is asked zone by zone.
    zones = fields.Json(readonly=True, copy=False)

    def _get_operator_blockers(self, employee, on_date):
        """Why ``employee`` may not work in this campaign on ``on_date``.

        :return: list as of ``hr.employee._get_callcenter_blockers``
        """
        self.ensure_one()
        return []

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if _PLAN_FIELDS & set(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    @api.model
    def _get_open_plans(self, employee, on_date):
        """Plans of the campaigns that may hand clients to ``employee`` today.

        :return: list of ``tools.hand_out.Plan``
        """
        plans = self._get_plans(employee.company_id.id, on_date)
        teams = frozenset()
        if any(plan.team_ids for plan in plans):
            teams = frozenset(employee.user_id.crm_team_ids.ids)
        return [plan for plan in plans if plan.is_for(employee.id, teams)]

    @api.model
    @ormcache("company_id", "on_date")
    def _get_plans(self, company_id, on_date):
        """Running campaigns of a company on a day, read once and kept.

        Whatever a plan is made of clears the cache of all workers when it changes.
        """
        domain = [
            ("state", "=", "running"),
            ("company_id", "=", company_id),
            "|",
            ("date_start", "=", False),
            ("date_start", "<=", on_date),
            "|",
            ("date_end", "=", False),
            ("date_end", ">=", on_date),
        ]
        # sudo: the cache is common to all users and holds settings alone
        campaigns = self.sudo().search(domain, order="priority desc, id")
        return tuple(campaign._get_plan(on_date) for campaign in campaigns)

    def _get_plan(self, on_date):
        version = self.rule_set_id._get_version(on_date)
        return Plan(
            campaign_id=self.id,
            priority=self.priority,
            share=self.share,
            zones=tuple(self.zones or ()),
            rules=version._get_rules(),
            country=self._get_country(),
            employee_ids=frozenset(self.employee_ids.ids),
            team_ids=frozenset(self.team_ids.ids),
        )

    def _get_country(self):
        """The country whose holidays count."""
        return self.company_id.country_id.code or "RU"

    def _get_rule_version(self):
        """The version of the rule set that is in force today."""
        self.ensure_one()
        today = self.company_id._callcenter_today()
        return self.rule_set_id._get_version(today)

    def _get_rules(self):
        """The rules that are in force today, as ``tools.hand_out.Rules``."""
        self.ensure_one()
        return self._get_rules_on(self.company_id._callcenter_today())

    @ormcache("self.id", "on_date")
    def _get_rules_on(self, on_date):
        # sudo: settings, which operators may not read
        return self.sudo().rule_set_id._get_version(on_date)._get_rules()

    def _recall(self):
        """The same campaign; what a desk reads of it need not be looked up."""
        prime(self, **self._get_desk_columns())
        return self

    @ormcache("self.id")
    def _get_desk_columns(self):
        # sudo: settings, which operators may not read
        campaign = self.sudo()
        return {
            name: campaign._fields[name].convert_to_cache(campaign[name], campaign)
            for name in _DESK_COLUMNS
        }

    def _recall_plan(self, on_date):
        """``_get_plan``, from the cache where the campaign is running."""
        plans = self._get_plans(self.company_id.id, on_date)
        known = [plan for plan in plans if plan.campaign_id == self.id]
        return known[0] if known else self._get_plan(on_date)

    def _note_zones(self):
        """Remember the zones of the contacts; called after each load."""
        self.env["callcenter.campaign.contact"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT timezone FROM callcenter_campaign_contact"
                " WHERE campaign_id = %s AND timezone IS NOT NULL",
                self.id,
            )
        )
        zones = sorted(zone for (zone,) in rows)
        if zones != self.zones:
            self.zones = zones

    def _get_next_callable_at(self, employee=None):
        """When the next client may be called, by the queue and the call windows.

        :param employee: also look at the personal call-backs of this operator
        :return: naive UTC datetime, or None when nothing waits
        """
        moments = [
            moment
            for record in self
            for moment in record._get_callable_moments(employee)
            if moment
        ]
        return min(moments, default=None)

    def _get_callable_moments(self, employee):
        version = self._get_rule_version()
        now = fields.Datetime.now()
        window = version._get_window()
        dayoff = version._get_dayoff(self._get_country())
        return [
            next_opening(window, zone, max(since or now, now), dayoff)
            for zone, since in self._get_waiting(employee)
        ]

    def _get_waiting(self, employee):
        """``(zone, moment)`` of the earliest contact of each zone, by index probes.

        The moment is None for a contact that waits for its call window alone.
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT z, CASE WHEN fresh.id IS NULL THEN due.at END
                  FROM unnest(%(zones)s::varchar[]) AS z
                  LEFT JOIN LATERAL (
                       SELECT id FROM callcenter_campaign_contact
                        WHERE campaign_id = %(campaign)s AND timezone = z
                          AND state = 'queued' AND next_call_at IS NULL
                          AND reserved_employee_id IS NULL
                        LIMIT 1) fresh ON TRUE
                  LEFT JOIN LATERAL (
                       SELECT min(next_call_at) AS at FROM callcenter_campaign_contact
                        WHERE campaign_id = %(campaign)s AND timezone = z
                          AND state = 'queued' AND next_call_at IS NOT NULL
                          AND reserved_employee_id IS NULL) due ON TRUE
                 WHERE fresh.id IS NOT NULL OR due.at IS NOT NULL
                 UNION ALL
                SELECT timezone, next_call_at FROM callcenter_campaign_contact
                 WHERE campaign_id = %(campaign)s AND state = 'queued'
                   AND reserved_employee_id = %(employee)s
                """,
                zones=self.zones or [],
                campaign=self.id,
                employee=employee.id if employee else 0,
            )
        )

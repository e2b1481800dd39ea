from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.calling.call_counts import CONDITIONS, IN_FORCE


class TerritoryBase(models.Model):
    """The client base by region as it stood at night: counting it takes seconds.

    What has come since then is counted at reading: new clients, and those reached
    for the first time. A client who moved or was archived waits for the next night.
    """

    _name = "callcenter.territory.base"
    _description = "Client base by region"
    _rec_name = "state_id"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    state_id = fields.Many2one(
        "res.country.state", string="Region", required=True, readonly=True
    )
    clients = fields.Integer(readonly=True)
    reached = fields.Integer(readonly=True)
    counted_at = fields.Datetime(required=True, readonly=True)
    last_partner_id = fields.Integer(required=True, readonly=True)
    last_call_id = fields.Integer(required=True, readonly=True)

    _state_unique = models.UniqueIndex("(company_id, state_id)")

    @api.model
    def _cron_count(self):
        """Count the base of every company anew."""
        self.env["res.partner"].flush_model()
        self.env["callcenter.call"].flush_model()
        self.env.cr.execute(SQL("DELETE FROM callcenter_territory_base"))
        for company in self.env["res.company"].search(Domain.TRUE):
            self.env.cr.execute(self._get_keep_query(company))
        self.invalidate_model()

    @api.model
    def _get_keep_query(self, company):
        return SQL(
            """
            INSERT INTO callcenter_territory_base (company_id, state_id, clients,
                   reached, counted_at, last_partner_id, last_call_id)
            SELECT %(company)s, counted.state_id, counted.clients, counted.reached,
                   %(now)s, COALESCE((SELECT max(id) FROM res_partner), 0),
                   COALESCE((SELECT max(id) FROM callcenter_call), 0)
              FROM (%(count)s) AS counted
            """,
            company=company.id,
            now=fields.Datetime.now(),
            count=self._get_count_query(company.ids),
        )

    @api.model
    def _get_base(self):
        """``({region id: (clients, ever reached)}, counted at)`` of today's companies.

        ``counted_at`` is None where nothing is kept and everything is counted now.
        """
        self.env["res.partner"].flush_model()
        self.env["callcenter.call"].flush_model()
        kept = self._get_kept()
        if not kept:
            rows = self._fetch(self._get_count_query(self.env.companies.ids))
            return {
                state_id: (clients, reached) for state_id, clients, reached in rows
            }, None
        base = {row.state_id.id: (row.clients, row.reached) for row in kept}
        for state_id, clients, reached in self._fetch(self._get_news_query(kept[0])):
            before = base.get(state_id, (0, 0))
            base[state_id] = (before[0] + clients, before[1] + reached)
        return base, kept[0].counted_at

    @api.model
    def _get_kept(self):
        """Rows of the one company that is shown; clients of several may be shared."""
        companies = self.env.companies
        if len(companies) > 1:
            return self.browse()
        return self.search([("company_id", "=", companies.id)])

    @api.model
    def _fetch(self, query):
        self.env.cr.execute(query)
        return self.env.cr.fetchall()

    @api.model
    def _get_count_query(self, company_ids):
        """Region, its clients with a number, and those of them ever reached."""
        return SQL(
            """
            SELECT partner.state_id, count(*) AS clients,
                   count(*) FILTER (WHERE EXISTS (
                       SELECT FROM callcenter_call call
                        WHERE call.partner_id = partner.id AND %(reached)s)) AS reached
              FROM res_partner partner
             WHERE %(client)s
          GROUP BY partner.state_id
            """,
            reached=self._get_reached(company_ids),
            client=self._get_client(company_ids),
        )

    @api.model
    def _get_news_query(self, kept):
        """What has come since ``kept`` was counted, in the same three columns."""
        return SQL(
            """
            SELECT state_id, sum(clients), sum(reached) FROM (
                SELECT partner.state_id, 1 AS clients, 0 AS reached
                  FROM res_partner partner
                 WHERE %(client)s AND partner.id > %(last_partner)s
                UNION ALL
                SELECT partner.state_id, 0, 1
                  FROM res_partner partner
                 WHERE %(client)s AND partner.id IN (
                       SELECT call.partner_id FROM callcenter_call call
                        WHERE call.id > %(last_call)s AND %(reached)s)
                   AND NOT EXISTS (
                       SELECT FROM callcenter_call call
                        WHERE call.partner_id = partner.id
                          AND call.id <= %(last_call)s AND %(reached)s)) AS news
          GROUP BY state_id
            """,
            client=self._get_client([kept.company_id.id]),
            reached=self._get_reached([kept.company_id.id]),
            last_partner=kept.last_partner_id,
            last_call=kept.last_call_id,
        )

    @api.model
    def _get_client(self, company_ids):
        return SQL(
            """
            partner.active AND partner.state_id IS NOT NULL
            AND partner.phone IS NOT NULL
            AND (partner.company_id IS NULL OR partner.company_id = ANY(%s))
            """,
            company_ids,
        )

    @api.model
    def _get_reached(self, company_ids):
        return SQL(
            f"""
            {CONDITIONS["contacts"]} AND call.company_id = ANY(%s)
            AND {IN_FORCE}
            """,
            company_ids,
        )

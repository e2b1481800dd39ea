from odoo import api, fields, models
from odoo.tools import SQL


class ServiceDay(models.Model):
    """Incoming calls of the PBX by day and line: what waiting panels read.

    Made anew from the calls of a day whenever some of them come, so that a file
    loaded twice or by parts gives the same figures.
    """

    _name = "callcenter.service.day"
    _description = "Incoming calls by day"
    _order = "day desc, line"
    _rec_name = "day"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    line = fields.Char(readonly=True)
    calls_offered = fields.Integer(string="Incoming calls", readonly=True)
    calls_answered = fields.Integer(string="Answered", readonly=True)
    calls_in_time = fields.Integer(string="Answered in time", readonly=True)
    calls_abandoned = fields.Integer(string="Abandoned", readonly=True)
    wait_seconds = fields.Integer(string="Waited, seconds", readonly=True)
    answered_wait_seconds = fields.Integer(
        string="Waited by those answered, seconds", readonly=True
    )

    _key_unique = models.UniqueIndex("(company_id, day, COALESCE(line, ''))")

    @api.model
    def _count(self, company, days):
        """Count ``days`` of a company anew."""
        self.env["callcenter.pbx.call"].flush_model()
        self.env.cr.execute(
            SQL(
                "DELETE FROM callcenter_service_day"
                " WHERE company_id = %s AND day = ANY(%s)",
                company.id,
                list(days),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO callcenter_service_day
                       (company_id, day, line, calls_offered, calls_answered,
                        calls_in_time, calls_abandoned, wait_seconds,
                        answered_wait_seconds)
                SELECT company_id, day, line, count(*),
                       count(*) FILTER (WHERE is_answered),
                       count(*) FILTER (WHERE is_in_time),
                       count(*) FILTER (WHERE NOT is_answered),
                       sum(wait_seconds),
                       COALESCE(sum(wait_seconds) FILTER (WHERE is_answered), 0)
                  FROM callcenter_pbx_call
                 WHERE company_id = %s AND day = ANY(%s)
              GROUP BY company_id, day, line
                """,
                company.id,
                list(days),
            )
        )
        self.invalidate_model()

    @api.model
    def _judge(self, companies, first):
        """Mark the calls since ``first`` by the service levels that hold now."""
        self.env.flush_all()
        for company in companies:
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE callcenter_pbx_call call
                       SET is_in_time = is_answered AND wait_seconds <= COALESCE(
                           (SELECT level.seconds FROM callcenter_service_level level
                             WHERE (level.company_id = call.company_id
                                    OR level.company_id IS NULL)
                               AND level.date_from <= call.day
                          ORDER BY level.company_id NULLS LAST, level.date_from DESC
                             LIMIT 1), 0)
                     WHERE call.company_id = %s AND call.day >= %s
                 RETURNING call.day
                    """,
                    company.id,
                    first,
                )
            )
            self._count(company, {day for (day,) in self.env.cr.fetchall()})
        self.env["callcenter.pbx.call"].invalidate_model()

from datetime import timedelta, timezone

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_service_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Service hours",
        help="Deadlines of letters and missed calls count these hours alone, without "
        "the holidays in it. Empty: the company's working hours.",
    )

    def _get_service_end(self, moment, hours):
        """``moment`` and so many service hours later; naive UTC both.

        Without a calendar, or with one that has no hours, the clock runs on.
        """
        # sudo: when the company serves its clients is no secret
        company = self.sudo()
        calendar = company.callcenter_service_calendar_id
        calendar = calendar or company.resource_calendar_id
        start = moment.replace(tzinfo=timezone.utc)
        end = calendar and calendar.plan_hours(hours, start, compute_leaves=True)
        if not end:
            return moment + timedelta(hours=hours)
        return end.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)

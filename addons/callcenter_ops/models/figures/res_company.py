from datetime import datetime, time, timezone

from odoo import fields, models

from ...tools.calling.call_window import country_calendar
from ...tools.common.period import list_steps


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_missed_hours = fields.Float(
        string="Missed callers are called back within, hours",
        default=1,
        help="Hours of service.",
    )
    callcenter_missed_department_id = fields.Many2one(
        "hr.department",
        string="Who calls them back",
        help="Its operators see the call-backs in common. Empty: the department with "
        "most operators.",
    )

    _callcenter_missed_hours_positive = models.Constraint(
        "CHECK (callcenter_missed_hours > 0)",
        "The time to call back must be positive.",
    )

    def _get_missed_department(self):
        """The department whose operators call missed callers back."""
        # sudo: where most operators work is asked, nothing of them is shown
        company, people = self.sudo(), self.env["hr.employee"].sudo()
        if company.callcenter_missed_department_id:
            return company.callcenter_missed_department_id
        operators = self.env.ref("callcenter_ops.group_operator")
        groups = people._read_group(
            [
                ("company_id", "=", self.id),
                ("callcenter_status", "=", "appointed"),
                ("department_id", "!=", False),
                ("user_id.all_group_ids", "in", operators.ids),
            ],
            ["department_id"],
            order="__count DESC, department_id",
            limit=1,
        )
        return groups[0][0] if groups else self.env["hr.department"]

    def _get_callcenter_working_days(self, first, last):
        """Days of ``[first, last]`` on which the company works, in order.

        By its schedule with the days off in it, without its country's holidays.
        """
        # sudo: when a company works is no secret, its schedule has rights of its own
        company = self.sudo()
        start, end = (
            datetime.combine(day, moment, tzinfo=timezone.utc)
            for day, moment in ((first, time.min), (last, time.max))
        )
        off = company.resource_calendar_id._get_unusual_days(start, end, company)
        country = company.country_id.code
        holidays = (country and country_calendar(country)) or ()
        return [
            day
            for day in list_steps(first, last, "day")
            if not off.get(fields.Date.to_string(day)) and day not in holidays
        ]

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ...tools.personnel.terms import add_days, add_working_days


class DutyRule(models.Model):
    """What an order of a kind makes HR do, by which day, and what happens otherwise.

    Law is data: of each code the latest record that has started counts.
    """

    _name = "callcenter.duty.rule"
    _description = "Rule of what is due by law"
    _order = "sequence, code, date_from desc"

    code = fields.Char(required=True, index=True)
    name = fields.Char(string="What to do", required=True, translate=True)
    order_type = fields.Selection(
        selection=lambda self: (
            self.env["callcenter.personnel.order"]
            ._fields["order_type"]
            ._description_selection(self.env)
        ),
        string="Kind of order",
        required=True,
    )
    anchor = fields.Selection(
        [
            ("date_order", "Date of the order"),
            ("date_effective", "Day it takes effect"),
            ("date_end", "End of the term"),
            ("date_trial_end", "End of the probation"),
        ],
        string="Counted from",
        required=True,
        help="An order without this day makes nothing due.",
    )
    days = fields.Integer(help="Days after it; before it when negative.")
    is_working_days = fields.Boolean(string="Working days")
    remind_days = fields.Integer(
        string="Shown earlier by, days",
        default=3,
        help="So many days before the last one HR is told.",
    )
    article = fields.Char(required=True)
    consequence = fields.Char(
        string="Otherwise", translate=True, help="What happens when it is not done."
    )
    date_from = fields.Date(string="Valid from", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _start_unique = models.Constraint(
        "UNIQUE (code, date_from)", "This rule has a version from that day already."
    )
    _remind_not_negative = models.Constraint(
        "CHECK (remind_days >= 0)", "HR is told before the last day, not after it."
    )

    @api.model
    def _get_in_force(self, order):
        """The rules for an order, as they stood on its date."""
        rules = self.search(
            [
                ("order_type", "=", order.order_type),
                ("date_from", "<=", order.date_order),
            ],
            order="date_from",
        )
        latest = {rule.code: rule.id for rule in rules}
        return self.browse(latest.values())

    def _get_last_day(self, order):
        """The last day to do it; False where the order has no such day."""
        day = order[self.anchor]
        if not day:
            return False
        if self.is_working_days and self.days > 0:
            return add_working_days(day, self.days, self._get_day_off_test(order))
        return add_days(day, self.days)

    def _get_day_off_test(self, order):
        """Tells days off of the company's schedule, its public holidays included."""
        # sudo: whoever signs need not read the company's schedule
        company = order.company_id.sudo()
        schedule = company.resource_calendar_id

        def is_day_off(day):
            start = datetime.combine(day, time(), ZoneInfo(schedule.tz or "UTC"))
            end = start + timedelta(days=1, seconds=-1)
            off = schedule._get_unusual_days(start, end, company)
            return off.get(fields.Date.to_string(day), day.weekday() > 4)

        return is_day_off

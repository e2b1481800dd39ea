from odoo import api, fields, models


class BriefingPeriod(models.Model):
    """How often a briefing is repeated, by date: the law changes, the past stays."""

    _name = "callcenter.briefing.period"
    _description = "Period of a briefing"
    _order = "briefing_field, briefing_type, date_from desc"

    briefing_field = fields.Selection(
        [("labour_safety", "Labour safety"), ("fire_safety", "Fire safety")],
        string="Subject",
        required=True,
    )
    briefing_type = fields.Selection(
        selection=lambda self: (
            self.env["callcenter.policy"]
            ._fields["briefing_type"]
            ._description_selection(self.env)
        ),
        required=True,
    )
    date_from = fields.Date(string="Valid from", required=True)
    date_to = fields.Date(
        string="Valid until", help="Last day of the rule that it rests on, if known."
    )
    months = fields.Integer(help="0 = held once.")
    basis = fields.Char(required=True, help="The act that sets the period.")
    is_lapsed = fields.Boolean(
        string="Lapsed",
        compute="_compute_is_lapsed",
        search="_search_is_lapsed",
        help="The act has ended and no later period has started.",
    )

    _start_unique = models.Constraint(
        "UNIQUE(briefing_field, briefing_type, date_from)",
        "A period of this briefing starts on that day already.",
    )
    _months_not_negative = models.Constraint(
        "CHECK (months >= 0)", "A period is a number of months; 0 means once."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A period cannot end before it starts.",
    )

    @api.depends("briefing_field", "briefing_type", "date_from", "date_to")
    def _compute_is_lapsed(self):
        lapsed = self._get_lapsed(self.env.company._callcenter_today())
        for period in self:
            period.is_lapsed = period._origin in lapsed

    def _search_is_lapsed(self, operator, value):
        if operator != "in":
            return NotImplemented
        lapsed = self._get_lapsed(self.env.company._callcenter_today())
        return [("id", "in" if True in value else "not in", lapsed.ids)]

    @api.model
    def _get_lapsed(self, on_date):
        """Periods that still count on that day though their act has ended.

        :return: at most one period of each briefing: the latest that has started
        """
        started = self.search([("date_from", "<=", on_date)], order="date_from")
        latest = {(one.briefing_field, one.briefing_type): one for one in started}
        return self.browse(
            one.id for one in latest.values() if one.date_to and one.date_to < on_date
        )

    @api.model
    def _get_months(self, briefing_field, briefing_type, on_date):
        """Months between two briefings of the kind on that day; 0 without a rule.

        The latest rule that has started counts, even after its last known day: a
        lapsed decree does not release anybody until HR enters its successor.
        """
        if not (briefing_field and briefing_type and on_date):
            return 0
        # sudo: the proposal does not depend on who drafts the briefing
        periods = self.sudo()
        period = periods.search(
            [
                ("briefing_field", "=", briefing_field),
                ("briefing_type", "=", briefing_type),
                ("date_from", "<=", on_date),
            ],
            order="date_from desc",
            limit=1,
        )
        return period.months

from odoo import api, models
from odoo.tools import SQL

from .sql.operator_time import time_query

# A change of any of these moves the time at the desk.
_COUNTED_FIELDS = {
    "employee_id",
    "department_id",
    "company_id",
    "state",
    "started_at",
    "seconds",
}


class OperatorState(models.Model):
    """Ended intervals count in the daily figures; the wallboards hear of new ones."""

    _inherit = "callcenter.operator.state"

    # Intervals written past the desk count in the figures as well.
    @api.model_create_multi
    def create(self, vals_list):
        intervals = super().create(vals_list)
        intervals._add_to_statistics(1)
        return intervals

    def write(self, vals):
        if not _COUNTED_FIELDS & set(vals):
            return super().write(vals)
        self._add_to_statistics(-1)
        result = super().write(vals)
        self._add_to_statistics(1)
        return result

    def unlink(self):
        self._add_to_statistics(-1)
        return super().unlink()

    def _add_to_statistics(self, sign):
        # sudo: nobody but the intervals themselves writes the figures
        self.env["callcenter.call.stat"].sudo()._add_intervals(self.ids, sign)

    @api.model
    def _get_switch_parts(self):
        count_time = time_query(SQL("TRUE"), 1, source=SQL("closed"))
        return [*super()._get_switch_parts(), count_time]

    @api.model
    def _after_switch(self, employees, state, values):
        done = super()._after_switch(employees, state, values)
        self.env["callcenter.wallboard"]._announce_state(employees, state, values)
        return done

from dataclasses import asdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.personnel.staff_figures import (
    FORMULAS,
    last_months,
    pair_stints,
    staff_month,
)

_READERS = ("callcenter_ops.group_hr", "callcenter_ops.group_director")
_MAX_MONTHS = 120


class StaffFigures(models.AbstractModel):
    """Turnover, length of service, hires and leavers by month, for HR's home.

    Counted from the executed orders of appointment and dismissal alone.
    """

    _name = "callcenter.staff.figures"
    _description = "Figures of the staff"

    @api.model
    def get_data(self, months=12):
        """The last ``months`` months of the user's company, the current one last.

        :return: ``{"months": [...], "formulas": {...}}``; days are ISO texts, turnover
            is a share, service is in months, None where nobody was employed
        """
        self._check_reader()
        if not isinstance(months, int) or not 1 <= months <= _MAX_MONTHS:
            raise UserError(
                self.env._("Ask for 1 to %(count)s months.", count=_MAX_MONTHS)
            )
        stints = pair_stints(self._get_events())
        today = self.env.company._callcenter_today()
        return {
            "months": [
                self._prepare_month(staff_month(stints, first, last))
                for first, last in last_months(today, months)
            ],
            "formulas": FORMULAS,
        }

    @api.model
    def _check_reader(self):
        if not any(self.env.user.has_group(group) for group in _READERS):
            raise AccessError(
                self.env._("Figures of the staff are for HR and the Director.")
            )

    @api.model
    def _get_events(self):
        """``(employee id, day, comes)`` of the executed orders, the earliest first."""
        orders = self.env["callcenter.personnel.order"].search_fetch(
            [
                ("company_id", "=", self.env.company.id),
                ("state", "=", "executed"),
                ("order_type", "in", ("appointment", "dismissal")),
            ],
            ["employee_id", "date_effective", "order_type"],
            order="date_execution, id",
        )
        return [
            (
                order.employee_id.id,
                order.date_effective,
                order.order_type == "appointment",
            )
            for order in orders
        ]

    @api.model
    def _prepare_month(self, month):
        return asdict(month) | {
            "first": fields.Date.to_string(month.first),
            "last": fields.Date.to_string(month.last),
        }

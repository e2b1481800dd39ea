from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.calling.kpi import KPIS
from .operator_schedule import OperatorSchedule

_LEADERS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")
_OPERATOR = "callcenter_ops.group_operator"


class OperatorTimeline(models.AbstractModel):
    """A day of operators as intervals of states; an operator sees his own."""

    _name = "callcenter.operator.timeline"
    _description = "Timeline of a day"

    @api.model
    @api.readonly
    def get_day(self, day=None):
        """The day of each operator who was at work.

        :param str day: ISO day in the call centre's zone; today by default
        :return: dict ``day``, ``start`` and ``end`` (UTC texts of the local day),
            ``operators``: list of name, seconds by state, intervals (UTC texts)
        """
        company = self.env.company
        try:
            day = fields.Date.to_date(day) or company._callcenter_today()
        except ValueError as error:
            raise UserError(self.env._("The day cannot be read.")) from error
        start, end = company._callcenter_day_bounds(day)
        intervals = self.env["callcenter.operator.state"].search(
            self._get_readable() & self._get_overlap(start, end), order="started_at, id"
        )
        rows = self._get_rows(intervals, start, end)
        schedule = OperatorSchedule(self.env, start, end)
        schedule.add_to(rows)
        return {
            "day": fields.Date.to_string(day),
            "start": fields.Datetime.to_string(start),
            "end": fields.Datetime.to_string(end),
            "operators": rows,
            "absent": schedule.get_absent(self._get_expected(), rows),
        }

    @api.model
    def _get_readable(self):
        """Leaders see everybody of their companies, operators themselves."""
        user = self.env.user
        companies = Domain("company_id", "in", self.env.companies.ids)
        if any(user.has_group(group) for group in _LEADERS):
            return companies
        if user.has_group(_OPERATOR):
            return companies & Domain("employee_id.user_id", "=", user.id)
        raise AccessError(
            self.env._("The timeline is for operators and those who lead.")
        )

    @api.model
    def _get_expected(self):
        """Operators who may be missed by the reader: nobody, for an operator."""
        user = self.env.user
        if not any(user.has_group(group) for group in _LEADERS):
            return Domain.FALSE
        expected = Domain("callcenter_status", "=", "appointed") & Domain(
            "company_id", "in", self.env.companies.ids
        )
        if user.has_group("callcenter_ops.group_director"):
            return expected
        departments = self.env["hr.department"]._get_supervised()
        return expected & Domain("department_id", "in", departments.ids)

    @api.model
    def _get_overlap(self, start, end):
        is_open = Domain("ended_at", "=", False) | Domain("ended_at", ">", start)
        # An interval never lasts longer than a day: the sweep ends it.
        began = Domain("started_at", ">=", fields.Datetime.subtract(start, days=1))
        return began & Domain("started_at", "<", end) & is_open

    @api.model
    def _get_rows(self, intervals, start, end):
        now = fields.Datetime.now()
        # sudo: names only; operators and supervisors may not read hr.employee
        names = {one.id: one.name for one in intervals.sudo().employee_id}
        rows = {}
        for interval in intervals:
            row = rows.setdefault(
                interval.employee_id.id,
                {
                    "id": interval.employee_id.id,
                    "name": names[interval.employee_id.id],
                    "seconds": {},
                    "intervals": [],
                },
            )
            self._add_interval(row, interval, start, min(end, max(now, start)))
        return [self._finish_row(row) for row in rows.values() if row["seconds"]]

    @api.model
    def _add_interval(self, row, interval, start, end):
        """Clip an interval to the day; nobody is drawn as offline."""
        if interval.state == "offline":
            return
        first = max(interval.started_at, start)
        last = min(interval.ended_at or end, end)
        if last <= first:
            return
        seconds = int((last - first).total_seconds())
        row["seconds"][interval.state] = row["seconds"].get(interval.state, 0) + seconds
        row["intervals"].append(
            {
                "state": interval.state,
                "from": fields.Datetime.to_string(first),
                "to": fields.Datetime.to_string(last),
                "reason": interval.pause_reason_id.name or "",
            }
        )

    @api.model
    def _finish_row(self, row):
        totals = {f"{state}_seconds": value for state, value in row["seconds"].items()}
        row["occupancy"] = KPIS["occupancy"].value(totals)
        row["utilization"] = KPIS["utilization"].value(totals)
        row["online"] = sum(row["seconds"].values())
        return row

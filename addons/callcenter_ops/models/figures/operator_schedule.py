from datetime import timezone

from odoo import api, fields, models

from ...tools.figures.work_day import clip, compare, total_seconds


class OperatorSchedule(models.AbstractModel):
    """Hours planned by the work schedule against hours at the desk."""

    _name = "callcenter.operator.schedule"
    _description = "Planned and actual hours"

    @api.model
    def _add_schedule(self, rows, start, end):
        """Put the plan, lateness and pauses by reason into rows of the timeline.

        :param list rows: ``_get_rows`` of the timeline, changed in place
        """
        # sudo: schedules of people whose day the caller may see
        employees = self.env["hr.employee"].sudo().browse([row["id"] for row in rows])
        planned = self._get_planned(employees, start, end)
        now = min(end, fields.Datetime.now())
        for row in rows:
            plan = planned.get(row["id"], [])
            row.update(self._compare(plan, row["intervals"], now))
            row["pauses"] = self._get_pauses(row["intervals"])

    @api.model
    def _get_absent(self, domain, rows, start, end):
        """Names of operators who were planned for the day and did not come."""
        present = {row["id"] for row in rows}
        # sudo: names and schedules of the caller's own departments
        operators = self.env["hr.employee"].sudo().search(domain)
        missing = operators.filtered(lambda one: one.id not in present)
        planned = self._get_planned(missing, start, end)
        now = fields.Datetime.now()
        return [
            {"id": one.id, "name": one.name, "planned": total_seconds(plan)}
            for one in missing
            if (plan := planned.get(one.id)) and plan[0][0] < now
        ]

    @api.model
    def _get_planned(self, employees, start, end):
        """Employee id -> planned intervals, naive UTC; absences are taken out."""
        planned = {}
        first, last = (moment.replace(tzinfo=timezone.utc) for moment in (start, end))
        for calendar, members in employees.grouped("resource_calendar_id").items():
            if not calendar:
                continue
            batch = calendar._work_intervals_batch(first, last, members.resource_id)
            for employee in members:
                planned[employee.id] = [
                    (_to_utc(begin), _to_utc(stop))
                    for begin, stop, _meta in batch[employee.resource_id.id]
                ]
        return planned

    @api.model
    def _compare(self, plan, intervals, now):
        """The day of one row; what is not over yet is not counted as early."""
        worked = [
            tuple(fields.Datetime.to_datetime(one[side]) for side in ("from", "to"))
            for one in intervals
        ]
        figures = compare(clip(plan, now), worked)
        return {
            "planned": total_seconds(plan),
            "planned_from": fields.Datetime.to_string(plan[0][0]) if plan else False,
            "planned_to": fields.Datetime.to_string(plan[-1][1]) if plan else False,
            "late": figures["late"],
            "early": figures["early"] if plan and plan[-1][1] <= now else 0,
            "adherence": figures["adherence"],
        }

    @api.model
    def _get_pauses(self, intervals):
        """Seconds of the pauses by reason, the longest first."""
        seconds = {}
        for one in intervals:
            if one["state"] == "pause":
                first, last = (
                    fields.Datetime.to_datetime(one[side]) for side in ("from", "to")
                )
                length = int((last - first).total_seconds())
                seconds[one["reason"]] = seconds.get(one["reason"], 0) + length
        return [
            {"reason": reason or self.env._("No reason"), "seconds": length}
            for reason, length in sorted(seconds.items(), key=lambda row: -row[1])
        ]


def _to_utc(moment):
    return moment.astimezone(timezone.utc).replace(tzinfo=None)

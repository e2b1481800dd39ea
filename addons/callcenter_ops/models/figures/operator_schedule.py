from datetime import timezone

from odoo import fields

from ...tools.figures.work_day import clip, compare, total_seconds


class OperatorSchedule:
    """Hours planned by the work schedule against hours at the desk, of one day."""

    def __init__(self, env, start, end):
        """:param start: beginning of the day, :param end: its end, naive UTC"""
        self.env, self.start, self.end = env, start, end

    def add_to(self, rows):
        """Put the plan, lateness and pauses by reason into rows of the timeline.

        :param list rows: ``_get_rows`` of the timeline, changed in place
        """
        # sudo: schedules of people whose day the caller may see
        employees = self.env["hr.employee"].sudo().browse([row["id"] for row in rows])
        planned = self._get_planned(employees)
        now = min(self.end, fields.Datetime.now())
        for row in rows:
            plan = planned.get(row["id"], [])
            row.update(self._compare(plan, row["intervals"], now))
            row["pauses"] = self._get_pauses(row["intervals"])

    def get_absent(self, domain, rows):
        """Names of operators who were planned for the day and did not come."""
        present = {row["id"] for row in rows}
        # sudo: names and schedules of the caller's own departments
        operators = self.env["hr.employee"].sudo().search(domain)
        missing = operators.filtered(lambda one: one.id not in present)
        planned = self._get_planned(missing)
        now = fields.Datetime.now()
        return [
            {"id": one.id, "name": one.name, "planned": total_seconds(plan)}
            for one in missing
            if (plan := planned.get(one.id)) and plan[0][0] < now
        ]

    def _get_planned(self, employees):
        """Employee id -> planned intervals, naive UTC; absences are taken out."""
        planned = {}
        first, last = (
            moment.replace(tzinfo=timezone.utc) for moment in (self.start, self.end)
        )
        for calendar, members in employees.grouped(self._get_calendar).items():
            if not calendar:
                continue
            batch = calendar._work_intervals_batch(first, last, members.resource_id)
            for employee in members:
                planned[employee.id] = [
                    (_to_utc(begin), _to_utc(stop))
                    for begin, stop, _meta in batch[employee.resource_id.id]
                ]
        return planned

    def _get_calendar(self, employee):
        """The schedule of that day: a new one changes nothing of days gone by."""
        day = employee.company_id._callcenter_local(self.start).date()
        return employee._get_version(day).resource_calendar_id

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

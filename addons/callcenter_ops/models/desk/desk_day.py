from datetime import timedelta

from odoo import fields

from ...tools.clients.phone_parse import display_number

# So many promises are shown; the list behind them has all.
WORK_LIMIT = 50
# Promises of tomorrow are worth a look today.
_HORIZON = timedelta(hours=36)


class DeskDay:
    """What lies before the operator: promises by hour, plan, letters, lessons.

    :param desk: ``callcenter.desk`` of the caller; its hooks bring what other rooms
        and addons know
    :param employee: the operator, in superuser mode
    """

    def __init__(self, desk, employee):
        self.desk, self.env, self.employee = desk, desk.env, employee

    def take(self):
        """The day as plain values.

        :return: ``promises`` (most urgent first), ``promise_count``, ``hours``
            (``{"hour": "10:00", "count": int}`` of today), ``plan``, ``letters``,
            ``lessons``, ``notices``
        """
        employee = self.employee
        today = employee.company_id._callcenter_today()
        followups = self._get_followups()
        return {
            "promises": [self._get_promise(one) for one in followups[:WORK_LIMIT]],
            "hours": self._count_by_hour(followups, today),
            "plan": self.desk._get_plan(employee),
            "letters": self.desk._get_letters(employee),
            "lessons": self.desk._get_lessons(employee),
            "notices": employee._get_callcenter_warnings(today)[employee.id],
        }

    def _get_followups(self):
        # sudo: promises are read for the caller alone: his own and the common ones
        followups = self.env["callcenter.followup"].sudo()
        return followups._get_work_list(
            self.employee.user_id,
            self.desk._get_common_departments(self.employee),
            fields.Datetime.now() + _HORIZON,
            4 * WORK_LIMIT,
        )

    def _get_promise(self, followup):
        local = self.employee.company_id._callcenter_local(followup.deadline_at)
        # The number of a client who is in nobody's hands is not handed out.
        phone = followup.user_id and display_number(followup.phone)
        return {
            "id": followup.id,
            "kind": followup.kind,
            "result": followup.disposition_id.name,
            "client": followup.partner_id.name or "",
            "phone": phone or "",
            "day": fields.Date.to_string(local.date()),
            "time": f"{local:%H:%M}",
            "note": followup.note or "",
            "is_overdue": followup.is_overdue,
            "is_common": not followup.user_id,
        }

    def _count_by_hour(self, followups, today):
        """How many promises each hour of today holds, by the company's clock."""
        hours = {}
        for followup in followups:
            local = self.employee.company_id._callcenter_local(followup.deadline_at)
            if local.date() == today:
                hour = f"{local:%H}:00"
                hours[hour] = hours.get(hour, 0) + 1
        return [{"hour": hour, "count": hours[hour]} for hour in sorted(hours)]

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.figures.kpi import KPIS

_CALL_SUMS = (
    "calls_offered",
    "calls_answered",
    "calls_in_time",
    "calls_abandoned",
    "wait_seconds",
    "answered_wait_seconds",
)
_CALL_FIGURES = ("service_level", "abandon_rate", "average_wait")


class DashboardService(models.AbstractModel):
    """How soon those who turn to the call centre are answered, and by whom."""

    _name = "callcenter.dashboard.service"
    _description = "Service of the dashboard"

    @api.model
    def _get_service(self, first, last, filters):
        """Incoming calls, letters and who works which channel.

        :return: dict ``goal`` and ``seconds`` of the service level, ``total`` and
            ``lines`` of the exchange's calls, ``letters`` by channel, ``people``
        """
        # sudo: sums of the exchange's journal, of the reader's own companies
        days = self.env["callcenter.service.day"].sudo()
        period = [
            ("company_id", "in", self.env.companies.ids),
            ("day", ">=", first),
            ("day", "<=", last),
        ]
        sums = [f"{name}:sum" for name in _CALL_SUMS]
        lines = [
            {"name": line or "", **self._prepare_waiting(values)}
            for line, *values in days._read_group(period, ["line"], sums)
        ]
        level = self.env["callcenter.service.level"]._get_at(self.env.company, last)
        total = [sum(row[name] for row in lines) for name in _CALL_SUMS]
        return {
            "goal": level.goal / 100,
            "seconds": level.seconds,
            "total": self._prepare_waiting(total),
            "lines": lines,
            "letters": self._get_letters(first, last),
            "people": self._get_people(first, last, filters),
        }

    @api.model
    def _prepare_waiting(self, values):
        sums = dict(zip(_CALL_SUMS, (value or 0 for value in values), strict=True))
        return sums | {code: KPIS[code].value(sums) for code in _CALL_FIGURES}

    # ----------------------------------------------------------------- letters

    @api.model
    def _get_letters(self, first, last):
        """By channel: answered in the period, in time, and overdue without answer."""
        start, end = self._get_bounds(first, last)
        replies = Domain("answered_at", ">=", start) & Domain("answered_at", "<", end)
        done = self._count_letters("callcenter.enquiry.reply", replies)
        in_time = replies & Domain("is_late", "=", False)
        quick = self._count_letters("callcenter.enquiry.reply", in_time)
        waiting = Domain("state", "!=", "answered")
        open_now = self._count_letters("callcenter.enquiry", waiting)
        late = waiting & Domain("deadline_at", "<", fields.Datetime.now())
        overdue = self._count_letters("callcenter.enquiry", late)
        labels = self._get_channel_labels()
        return [
            self._prepare_letters(
                {
                    "channel": channel,
                    "name": labels.get(channel, channel),
                    "answered": done.get(channel, 0),
                    "answered_in_time": quick.get(channel, 0),
                    "waiting": open_now.get(channel, 0),
                    "overdue": overdue.get(channel, 0),
                }
            )
            for channel in sorted(done.keys() | open_now.keys())
        ]

    @api.model
    def _prepare_letters(self, row):
        return row | {"share": KPIS["answered_in_time"].value(row)}

    @api.model
    def _get_bounds(self, first, last):
        company = self.env.company
        start, _end = company._callcenter_day_bounds(first)
        _start, end = company._callcenter_day_bounds(last)
        return start, end

    @api.model
    def _count_letters(self, model, domain):
        """Channel -> number; of the letters that the reader may read."""
        domain &= Domain("company_id", "in", self.env.companies.ids)
        rows = self.env[model]._read_group(domain, ["channel"], ["__count"])
        return dict(rows)

    @api.model
    def _get_channel_labels(self):
        field = self.env["callcenter.call"]._fields["channel"]
        return dict(field._description_selection(self.env))

    # ------------------------------------------------------------------ people

    @api.model
    def _get_people(self, first, last, filters):
        """Who works which channel: a row an operator, a count a channel."""
        rows = self._read_stats(
            "operator",
            first,
            last,
            filters,
            ["employee_id", "channel"],
            ["attempts:sum"],
        )
        names = self._get_names(employee.id for employee, *_rest in rows)
        people = {}
        for employee, channel, attempts in rows:
            row = {"id": employee.id, "name": names[employee.id], "channels": {}}
            person = people.setdefault(employee.id, row)
            if attempts:
                person["channels"][channel] = attempts
        return sorted(people.values(), key=lambda row: row["name"])

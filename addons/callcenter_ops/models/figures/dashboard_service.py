from odoo import fields
from odoo.fields import Domain

from ...tools.calling.kpi import KPIS
from .dashboard_panel import DashboardPanel, table

_CALL_SUMS = (
    "calls_offered",
    "calls_answered",
    "calls_in_time",
    "calls_abandoned",
    "wait_seconds",
    "answered_wait_seconds",
)
_CALL_FIGURES = ("service_level", "abandon_rate", "average_wait")


class ServicePanel(DashboardPanel):
    """How soon those who turn to the call centre are answered, and by whom."""

    def get_data(self):
        """Incoming calls, letters and who works which channel.

        ``service`` is a dict: ``goal`` and ``seconds`` of the service level, ``total``
        and ``lines`` of the PBX's calls, ``letters`` by channel, ``people``.
        """
        lines = self._get_lines()
        total = [sum(row[name] for row in lines) for name in _CALL_SUMS]
        levels = self.env["callcenter.service.level"]
        level = levels._get_at(self.env.company, self.scope.last)
        return {
            "service": {
                "goal": level.goal / 100,
                "seconds": level.seconds,
                "total": self._prepare_waiting(total),
                "lines": lines,
                "letters": self._get_letters(),
                "people": self._get_people(),
            }
        }

    def _get_lines(self):
        # sudo: sums of the PBX's journal, of the reader's own companies
        days = self.env["callcenter.service.day"].sudo()
        first, last = self.scope.first, self.scope.last
        period = Domain("day", ">=", first) & Domain("day", "<=", last)
        sums = [f"{name}:sum" for name in _CALL_SUMS]
        rows = days._read_group(self.scope.companies & period, ["line"], sums)
        return [
            {"name": line or "", **self._prepare_waiting(values)}
            for line, *values in rows
        ]

    def _prepare_waiting(self, values):
        sums = dict(zip(_CALL_SUMS, (value or 0 for value in values), strict=True))
        return sums | {code: KPIS[code].value(sums) for code in _CALL_FIGURES}

    # -------------------------------------------------------------------- letters

    def _get_letters(self):
        """By channel: answered in the period, in time, and overdue without answer."""
        start, end = self.scope.period["start"], self.scope.period["end"]
        replies = Domain("answered_at", ">=", start) & Domain("answered_at", "<", end)
        waiting = Domain("state", "!=", "answered")
        late = waiting & Domain("deadline_at", "<", fields.Datetime.now())
        in_time = replies & Domain("is_late", "=", False)
        counts = {
            "answered": self._count_letters("callcenter.enquiry.reply", replies),
            "answered_in_time": self._count_letters(
                "callcenter.enquiry.reply", in_time
            ),
            "waiting": self._count_letters("callcenter.enquiry", waiting),
            "overdue": self._count_letters("callcenter.enquiry", late),
        }
        labels = self._get_channel_labels()
        rows = []
        for channel in sorted(counts["answered"].keys() | counts["waiting"].keys()):
            row = {name: found.get(channel, 0) for name, found in counts.items()}
            share = KPIS["answered_in_time"].value(row)
            name = labels.get(channel, channel)
            rows.append({"channel": channel, "name": name, "share": share, **row})
        return rows

    def _count_letters(self, model, domain):
        """Channel -> number; of the letters that the reader may read."""
        domain &= self.scope.companies
        return dict(self.env[model]._read_group(domain, ["channel"], ["__count"]))

    def _get_channel_labels(self):
        return self.scope.get_labels("callcenter.call", "channel")

    # --------------------------------------------------------------------- people

    def _get_people(self):
        """Who works which channel: a row an operator, a count a channel."""
        rows = self.scope.read_stats(
            "operator", ["employee_id", "channel"], ["attempts"]
        )
        names = self.scope.get_names(employee.id for employee, *_rest in rows)
        people = {}
        for employee, channel, attempts in rows:
            row = {"id": employee.id, "name": names[employee.id], "channels": {}}
            person = people.setdefault(employee.id, row)
            if attempts:
                person["channels"][channel] = attempts
        return sorted(people.values(), key=lambda row: row["name"])

    # ------------------------------------------------------------------- on paper

    def get_tables(self, data):
        service = data["service"]
        return [
            table(
                self.env._("Incoming calls"),
                service["lines"],
                ("name", self.env._("Line"), "text"),
                ("calls_offered", self.env._("Incoming calls"), "count"),
                ("calls_answered", self.env._("Answered"), "count"),
                ("calls_abandoned", self.env._("Abandoned"), "count"),
                ("service_level", self.env._("Service level"), "share"),
                ("abandon_rate", self.env._("Share abandoned"), "share"),
                ("average_wait", self.env._("Average waiting"), "seconds"),
            ),
            table(
                self.env._("Letters and messages"),
                service["letters"],
                ("name", self.env._("Channel"), "text"),
                ("answered", self.env._("Answered"), "count"),
                ("answered_in_time", self.env._("Answered in time"), "count"),
                ("share", self.env._("Share in time"), "share"),
                ("waiting", self.env._("To answer"), "count"),
                ("overdue", self.env._("Overdue"), "count"),
            ),
            self._get_people_table(service["people"]),
        ]

    def _get_people_table(self, people):
        """A column a channel that somebody worked."""
        labels = self._get_channel_labels()
        used = {channel for row in people for channel in row["channels"]}
        channels = [channel for channel in labels if channel in used]
        return table(
            self.env._("Who works which channel"),
            [
                {"name": row["name"]}
                | {channel: row["channels"].get(channel, 0) for channel in channels}
                for row in people
            ],
            ("name", self.env._("Operator"), "text"),
            *((channel, labels[channel], "count") for channel in channels),
        )

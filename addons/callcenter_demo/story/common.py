"""The demo company's past happens on its own days."""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

from odoo import fields

_WEEKEND = 5


class Story:
    """A part of the demo company's past, told by the actions of its own people.

    The clock is set back for the whole process: only the installation of this addon
    may tell a story, and nobody works with the database meanwhile.
    """

    def __init__(self, env):
        self.env = env

    def tell(self):
        """Let everything of this part happen, once."""
        raise NotImplementedError

    @contextmanager
    def _at(self, moment):
        """Everything inside happens at ``moment`` (naive UTC)."""
        moment = moment.replace(microsecond=0)
        clocks = fields.Datetime.now, fields.Date.today, self.env.cr._now
        fields.Datetime.now = staticmethod(lambda *_args: moment)
        fields.Date.today = staticmethod(lambda *_args: moment.date())
        self.env.cr._now = moment
        try:
            yield
            self.env.flush_all()
        finally:
            now, today, self.env.cr._now = clocks
            fields.Datetime.now = staticmethod(now)
            fields.Date.today = staticmethod(today)

    def _get_moment(self, day, hour, minute=0):
        """A wall-clock moment of the company as naive UTC."""
        return self.env.company._callcenter_utc(day, time(hour, minute))

    def _get_today(self):
        return self.env.company._callcenter_today()

    def _get_workdays(self, count):
        """The last ``count`` working days before today, the oldest first."""
        days, day = [], self._get_today()
        holidays = self._get_holidays()
        while len(days) < count:
            day -= timedelta(days=1)
            if day.weekday() < _WEEKEND and day not in holidays:
                days.append(day)
        return days[::-1]

    def _get_holidays(self):
        today = self._get_today()
        leaves = self.env["resource.calendar.leaves"].search(
            [
                ("resource_id", "=", False),
                ("date_from", ">=", datetime.combine(today, time()) - timedelta(90)),
            ]
        )
        return {leave.date_from.date() for leave in leaves}

    def _ref(self, name):
        """A record of the demo company by its name here."""
        return self.env.ref(f"callcenter_demo.{name}_demo")

    def _get_employee(self, name):
        return self._ref(f"employee_{name}")

    def _as(self, role, record):
        """``record`` in the hands of a person of the demo company."""
        return self._in_hands(self._ref(f"user_{role}"), record)

    def _in_hands(self, user, record):
        """What is written down there is written in the person's language."""
        return record.with_user(user).with_context(lang=user.lang)

    def _submit_sheet(self, user):
        """The operator hands in the sheet of the day."""
        sheet = self.env["callcenter.report.sheet"].search(
            [
                ("employee_id.user_id", "=", user.id),
                ("date", "=", self._get_today()),
                ("state", "=", "draft"),
            ]
        )
        if sheet:
            self._in_hands(user, sheet).action_submit()

from datetime import timedelta
from random import Random

from odoo import fields

from .common import Story

_SEED = 2027

_DAYS = 5
_CALLS_A_DAY = (14, 22)
_LINES = {"8 800 000-00-01": 3, "Сервис": 1}
_SHARE_ANSWERED = 0.9


class PbxStory(Story):
    """What the demo company's PBX wrote of its incoming calls."""

    def tell(self):
        calls = self.env["callcenter.pbx.call"].create(
            [
                vals
                for day in [*self._get_workdays(_DAYS), self._get_today()]
                for vals in self._prepare_day(day)
            ]
        )
        figures = self.env["callcenter.service.day"]
        figures._count(self.env.company, set(calls.mapped("day")))

    def _prepare_day(self, day):
        """Calls between nine and six; today's up to now."""
        random = Random(f"{_SEED}/{day.toordinal()}")
        moments = sorted(
            self._get_moment(day, 9) + timedelta(seconds=random.randrange(9 * 3600))
            for _number in range(random.randint(*_CALLS_A_DAY))
        )
        phones = self.env["res.partner"].search(
            [("phone_sanitized", "!=", False)], order="id", limit=40
        )
        return [
            self._prepare_call(random, moment, phones)
            for moment in moments
            if moment < fields.Datetime.now()
        ]

    def _prepare_call(self, random, moment, clients):
        is_answered = random.random() < _SHARE_ANSWERED
        [line] = random.choices(list(_LINES), list(_LINES.values()))
        wait = random.randint(3, 24) if is_answered else random.randint(15, 90)
        return {
            "company_id": self.env.company.id,
            "ident": f"demo/{moment}/{random.randrange(1000)}",
            "line": line,
            "started_at": moment,
            "phone": clients and random.choice(clients).phone_sanitized,
            "wait_seconds": wait,
            "talk_seconds": random.randint(40, 300) if is_answered else 0,
            "is_answered": is_answered,
        }

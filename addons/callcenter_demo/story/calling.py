from datetime import datetime, time, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

from odoo import fields

from .common import Story
from .personnel import OPERATORS

_SEED = 2026
_DAYS = 5
_START_HOUR = 10
_CALLS_A_DAY = (4, 7)
# Weight, shortest and longest conversation in seconds, by result.
_RESULTS = {
    "informed": (30, 50, 200),
    "interested": (11, 90, 320),
    "order": (5, 160, 420),
    "callback": (7, 25, 70),
    "refusal": (8, 30, 120),
    "wrong_person": (4, 20, 45),
    "do_not_call": (1, 15, 40),
    "no_answer": (22, 0, 0),
    "busy": (6, 0, 0),
    "unavailable": (4, 0, 0),
    "answering_machine": (2, 5, 12),
}
_NOTES = {
    "informed": "Рассказали о зимней коллекции, каталог отправим письмом.",
    "interested": "Просит коммерческое предложение на лыжи и коньки.",
    "order": "Заказ по телефону, счёт отправить сегодня.",
    "callback": "Занят, попросил перезвонить.",
    "refusal": "Отказ, причина названа.",
    "wrong_person": "Ответственного нет на месте.",
    "do_not_call": "Попросил больше не звонить.",
}


class CallsStory(Story):
    """A week of the demo company's calls, made through the operators' own desk."""

    def tell(self):
        days = self._get_workdays(_DAYS)
        with self._at(self._get_moment(days[0], 9)):
            self._start_campaign(days)
        for day in days:
            with self._at(self._get_moment(day, 9)):
                self._check_sheets()
            self._work(day)
        now, today = fields.Datetime.now(), self._get_today()
        if now > self._get_moment(today, _START_HOUR + 3):
            self._work(today, submit=False)
        # Nobody of the company starts with a heap of old news.
        unread = self.env["mail.notification"].search([("is_read", "=", False)])
        unread.write({"is_read": True})

    def _start_campaign(self, days):
        lines = self._as("sales", self.env["callcenter.phone.line"]).search([])
        campaign = self._as("sales", self.env["callcenter.campaign"]).create(
            {
                "name": "Зимний сезон: новинки и условия",
                "purpose": "informative",
                "partner_domain": "[('phone', '!=', False), ('ref', '=like', 'О-%')]",
                "rule_set_id": self.env.ref("callcenter_ops.rule_set_informative").id,
                "script_id": self._ref("script_winter").id,
                "line_ids": [(6, 0, lines.ids)],
                "date_start": days[0],
                "date_end": days[0] + timedelta(days=45),
                "plan_contacts": 350,
                "plan_results": 60,
            }
        )
        campaign.action_load_contacts()
        campaign.action_start()
        # One long transaction: nothing else tells the planner how large tables are.
        self.env.flush_all()
        self.env.cr.execute("ANALYZE")

    def _check_sheets(self):
        """The sales director reads the sheets of the days before."""
        sheets = self.env["callcenter.report.sheet"].search(
            [("state", "=", "submitted"), ("date", "<", self._get_today())]
        )
        if sheets:
            self._as("sales", sheets).action_check()

    def _work(self, day, submit=True):
        for number, name in enumerate(OPERATORS):
            user = self._get_employee(name).user_id
            random = Random(f"{_SEED}/{day.toordinal()}/{name}")
            start = self._get_moment(day, _START_HOUR, number)
            finished = self._work_shift(user, random, start)
            if submit:
                with self._at(finished + timedelta(minutes=20)):
                    self._submit_sheet(user)

    def _work_shift(self, user, random, moment):
        """Calls one after another; when the operator left the desk."""
        desk = self._in_hands(user, self.env["callcenter.desk"])
        with self._at(moment):
            desk.set_state("ready")
            claim = desk.claim_next()["claim"]
        count = random.randint(*_CALLS_A_DAY)
        for number in range(count):
            if not claim:
                break
            moment += timedelta(seconds=random.randint(15, 60))
            claim, moment = self._call(desk, random, claim, moment, number < count - 1)
        with self._at(moment + timedelta(minutes=1)):
            desk.set_state("offline")
        return moment

    def _call(self, desk, random, claim, moment, claim_next):
        """One call with its result; the next claim and the moment it is there."""
        with self._at(moment):
            started = desk.start_call(claim["id"])["claim"]
        if not started or started["id"] != claim["id"]:
            return started, moment
        codes = list(_RESULTS)
        code = random.choices(codes, [_RESULTS[code][0] for code in codes])[0]
        _weight, shortest, longest = _RESULTS[code]
        ring = random.randint(8, 30)
        moment += timedelta(seconds=ring + random.randint(shortest, longest))
        with self._at(moment):
            desk.end_call(claim["id"])
            values = self._prepare_result(random, code, claim, moment)
        moment += timedelta(seconds=random.randint(10, 75))
        with self._at(moment):
            answer = desk.finish_call(claim["id"], code, values, claim_next)
        return answer["claim"], moment

    def _prepare_result(self, random, code, claim, moment):
        values = {"note": _NOTES.get(code, "")}
        if code == "callback":
            # Tomorrow at noon of the client: open in every rule set, workdays or not.
            zone = claim["timezone"] or self.env.company.callcenter_tz
            values["callback_at"] = self._get_noon(moment, zone)
        elif code == "refusal":
            values["refusal_reason_id"] = random.choice(claim["refusal_reasons"])["id"]
        elif code in ("interested", "order"):
            products = self._choose_products(random)
            values["product_ids"] = products.ids
            count = random.randint(1, 12)
            values["expected_revenue"] = sum(products.mapped("list_price")) * count
        return values

    def _get_noon(self, moment, zone):
        """Noon of the client's next working day as UTC text."""
        zone = ZoneInfo(zone)
        day = moment.replace(tzinfo=timezone.utc).astimezone(zone).date()
        day += timedelta(days=1 if day.weekday() < 4 else 7 - day.weekday())
        noon = datetime.combine(day, time(12), tzinfo=zone).astimezone(timezone.utc)
        return fields.Datetime.to_string(noon.replace(tzinfo=None))

    def _choose_products(self, random):
        products = self.env["product.product"].search([], order="id", limit=120)
        return products.browse(random.sample(products.ids, random.randint(1, 2)))

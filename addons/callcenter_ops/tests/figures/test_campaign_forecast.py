from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged

from ...tools.figures.campaign_forecast import (
    Cell,
    SettleRates,
    Terms,
    done_after,
    flow,
    forecast,
    pace,
)
from ..calling.common import CallingCase
from .common import SupervisionCase

_HALF = (Cell(1, 10, "Ural", 100, 50), Cell(2, 10, "Ural", 50, 25))


class TestForecastFormulas(BaseCase):
    """Numbers in, result out."""

    def test_who_is_not_settled_comes_back(self):
        """100 clients, half of each attempts settles, two attempts, 50 a day.

        Day 1: 50 new ones, 25 are done. Day 2: 25 come back and are done, 25 new ones
        bring 12.5. Day 3: 12.5 and 25 new ones. Day 4: the last 12.5.
        """
        queue = {(0, "Ural", 0): 100}
        done = flow(queue, SettleRates(_HALF), 50, Terms(2, 1))
        self.assertEqual(done, [25, 62.5, 87.5, 100])

    def test_waits_between_attempts_delay_the_end(self):
        queue = {(0, "Ural", 0): 100}
        done = flow(queue, SettleRates(_HALF), 50, Terms(2, 3))
        self.assertEqual(done, [25, 50, 50, 75, 100])

    def test_who_is_to_be_called_later_is_waited_for(self):
        done = flow({(1, "Ural", 6): 10}, SettleRates(_HALF), 50, Terms(2, 1))
        self.assertEqual(done, [0] * 6 + [10])

    def test_the_pace_has_an_interval(self):
        middle, low, high = pace([40, 50, 60])
        self.assertEqual(middle, 50)
        self.assertAlmostEqual(low, 50 - 1.6449 * 10 / 3**0.5, 3)
        self.assertAlmostEqual(high, 50 + 1.6449 * 10 / 3**0.5, 3)

    def test_the_end_has_an_interval(self):
        rates = SettleRates(_HALF)
        found = forecast({(0, "Ural", 0): 100}, rates, (50, 40, 60), Terms(2, 1))
        self.assertEqual((found.days, found.low, found.high), (4, 4, 5))
        self.assertAlmostEqual(rates.get_scales()[0], 0.8669, 4)

    def test_nobody_calls_and_there_is_no_end(self):
        found = forecast({(0, "", 0): 9}, SettleRates([]), (0, 0, 0), Terms())
        self.assertEqual((found.days, found.low, found.high), (None, None, None))
        found = forecast({}, SettleRates([]), (0, 0, 0), Terms())
        self.assertEqual(found.days, 0)

    def test_hour_zone_and_attempt_are_told_apart(self):
        """Evenings settle twice as often, the West half as often as the Ural."""
        shares = {
            (attempt, hour, zone): 0.4
            / attempt
            * (1 + (hour == 18))
            / (1 + zone_number)
            for attempt in (1, 2)
            for hour in (10, 18)
            for zone_number, zone in enumerate(("Ural", "West"))
        }
        rates = SettleRates(
            Cell(*key, 10_000, 10_000 * share) for key, share in shares.items()
        )
        self.assertAlmostEqual(rates.get(1, "Ural"), 0.6, 2)
        self.assertAlmostEqual(rates.get(2, "Ural"), 0.3, 2)
        self.assertAlmostEqual(rates.get(1, "West"), 0.3, 2)
        self.assertAlmostEqual(rates.get(9, "West"), 0.15, 2)

    def test_the_past_is_forecast_for_so_many_days(self):
        rates = SettleRates(_HALF)
        found = done_after({(0, "Ural", 0): 100}, rates, (50, 40, 60), Terms(2, 1), 2)
        self.assertEqual(found[0], 62.5)
        self.assertLess(found[1], 62.5)
        self.assertGreater(found[2], 62.5)


@tagged("post_install", "-at_install")
class TestCampaignForecast(SupervisionCase, CallingCase):
    """A campaign of 60 clients: each day 4 calls, of which one settles its client.

    Three attempts at most: a client takes 1 + 0.75 + 0.75² = 2.3 of them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign = cls.env["callcenter.campaign"].create(
            {
                "name": "Spring",
                "rule_set_id": cls.build_rules(max_attempts=3).id,
                "department_id": cls.department.id,
            }
        )
        cls.campaign._transition({"state": "running"})
        clients = cls.env["res.partner"].create(
            [
                {"name": f"Client {number}", "phone": f"+7343200{number:04}"}
                for number in range(60)
            ]
        )
        cls.contacts = cls.env["callcenter.campaign.contact"].create(
            [
                {
                    "campaign_id": cls.campaign.id,
                    "company_id": cls.company.id,
                    "partner_id": client.id,
                    "phone": client.phone,
                    "timezone": "Asia/Yekaterinburg",
                }
                for client in clients
            ]
        )
        cls.env.cr.execute(
            "UPDATE callcenter_campaign_contact SET create_date = '2026-02-01'"
            " WHERE campaign_id = %s",
            [cls.campaign.id],
        )
        cls.attempts = 0
        for week in range(4):
            for weekday in range(5):
                cls.work(date(2026, 2, 2) + timedelta(days=7 * week + weekday))

    @classmethod
    def work(cls, day):
        """Four clients are called, whoever was tried most often first."""
        moment = datetime(day.year, day.month, day.day, 6)
        waiting = cls.contacts.filtered(lambda one: one.state == "queued")
        waiting = waiting.sorted(lambda one: (-one.attempt_count, one.id))[:4]
        for contact in waiting:
            cls.attempt(contact, moment)

    @classmethod
    def attempt(cls, contact, moment):
        """Every fourth call settles its client; the third attempt is the last one."""
        cls.attempts += 1
        is_settled = cls.attempts % 4 == 0
        number = contact.attempt_count + 1
        cls.build_call(
            "refusal" if is_settled else "no_answer",
            campaign_id=cls.campaign.id,
            contact_id=contact.id,
            partner_id=contact.partner_id.id,
            timezone="Asia/Yekaterinburg",
            started_at=moment,
            attempt_no=number,
        )
        state = "done" if is_settled or number == 3 else "queued"
        contact._transition(
            {"state": state, "attempt_count": number, "last_call_at": moment}
        )

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 01:00:00"))

    def count(self, role="supervisor"):
        self.as_(role, self.campaign).action_forecast()
        return self.campaign.forecast_ids

    def test_the_end_is_told_with_its_interval(self):
        told = self.count()
        self.assertEqual((told.left, told.pace, told.settled_share), (22, 4, 0.25))
        # 22 clients × about 2.1 attempts at 4 a day.
        self.assertEqual(told.days, 12)
        self.assertLess(told.days_low, 12)
        self.assertGreater(told.days_high, 12)
        # The twelfth day of work from Monday, the 2nd of March; the 9th is a holiday.
        self.assertEqual(told.end_date, date(2026, 3, 18))

    def test_the_backtest_stands_beside_it(self):
        told = self.count()
        self.assertEqual(told.tested_from, date(2026, 2, 16))
        # Ten days at four attempts, about 2.1 of which a client takes.
        self.assertEqual((told.tested_expected, told.tested_done), (18, 19))
        self.assertEqual(told.test_verdict, "held")

    def test_a_day_has_one_forecast(self):
        self.count()
        self.count("director")
        self.assertEqual(len(self.campaign.forecast_ids), 1)

    def test_the_dashboard_shows_it(self):
        self.count()
        dashboard = self.as_("director", self.env["callcenter.dashboard"])
        rows = dashboard.get_data("2026-02-01", "2026-02-28")["campaigns"]
        [row] = [one for one in rows if one["id"] == self.campaign.id]
        self.assertEqual((row["left"], row["days_left"]), (22, 12))
        self.assertEqual(
            (row["expected_end"], row["forecast_of"]), ("2026-03-18", "2026-03-02")
        )

    def test_contact_rate_is_told_by_hour_zone_and_attempt(self):
        rates = self.as_("supervisor", self.env["callcenter.contact.rate"])
        rows = rates._read_group(
            [("campaign_id", "=", self.campaign.id)],
            ["hour", "timezone", "attempt"],
            ["attempts:sum", "contacts:sum", "settled:sum", "contact_share:avg"],
        )
        self.assertEqual(
            rows,
            [
                ("11", "Asia/Yekaterinburg", "01", 41, 20, 20, 20 / 41),
                ("11", "Asia/Yekaterinburg", "02", 21, 0, 0, 0),
                ("11", "Asia/Yekaterinburg", "03", 18, 0, 0, 0),
            ],
        )

    def test_it_is_for_who_leads(self):
        for role in ("operator", "hr", "outsider"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.count(role)
        self.assertFalse(self.campaign.forecast_ids)
        self.assertTrue(self.count("director"))
        with self.assertRaises(AccessError):
            self.as_("operator", self.campaign.forecast_ids).read(["days"])
        other = self.env["hr.department"].create({"name": "Other city"})
        self.campaign.department_id = other
        forecasts = self.as_("supervisor", self.env["callcenter.campaign.forecast"])
        self.assertFalse(forecasts.search([("campaign_id", "=", self.campaign.id)]))

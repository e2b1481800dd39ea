"""The formulas of the calling room, without a database."""

import random
from collections import Counter
from datetime import date, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ...tools.calling.attempt_limits import Limits, allowed_from, fits_between
from ...tools.calling.call_rules import Facts, Rules, judge
from ...tools.calling.call_window import (
    Window,
    country_calendar,
    is_dayoff,
    is_open,
    next_opening,
    open_zones,
)
from ...tools.calling.hand_out import share_out
from ...tools.calling.result_group import group_of
from ...tools.calling.retry_schedule import is_exhausted, retry_delay
from ...tools.calling.script_text import fill_script, unknown_tokens
from ...tools.clients.number_plan import plan_key, range_bounds
from ...tools.clients.phone_parse import (
    PhoneError,
    display_number,
    is_number,
    parse_phone,
    to_e164,
)

URAL, MOSCOW = "Asia/Yekaterinburg", "Europe/Moscow"
OFFICE = Window(9, 20, 10, 18)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
ZONES = st.sampled_from([URAL, MOSCOW, "Asia/Kamchatka", "Europe/Berlin"])


def russian(day):
    return is_dayoff(day, country_calendar("RU"))


class TestResultGroup(BaseCase):
    FLAGS = (
        *("is_contact", "is_stop", "is_final", "requires_refusal_reason"),
        *("requires_callback", "makes_promise", "makes_activity", "makes_lead"),
    )

    def group(self, *flags):
        return group_of(SimpleNamespace(**{one: one in flags for one in self.FLAGS}))

    def test_results_stand_where_what_follows_from_them_is_looked_for(self):
        self.assertEqual(self.group("is_contact", "is_final"), "result")
        offer = ("is_contact", "is_final", "makes_lead", "makes_activity")
        self.assertEqual(self.group(*offer), "result")
        self.assertEqual(self.group("is_contact", "requires_callback"), "agreement")
        promise = ("is_contact", "is_final", "makes_promise")
        self.assertEqual(self.group(*promise), "agreement")
        self.assertEqual(self.group("is_contact"), "agreement", "the wrong person")
        self.assertEqual(self.group("is_contact", "is_final", "is_stop"), "refusal")
        self.assertEqual(self.group("is_final"), "unreached", "a wrong number")


class TestCallWindow(BaseCase):
    def test_the_same_moment_is_open_in_one_zone_and_closed_in_another(self):
        moment = datetime(2026, 3, 2, 5, 0)  # 10:00 in the Urals, 08:00 in Moscow
        self.assertTrue(is_open(OFFICE, URAL, moment, russian))
        self.assertFalse(is_open(OFFICE, MOSCOW, moment, russian))
        zones = open_zones(OFFICE, (URAL, MOSCOW), moment, "RU")
        self.assertEqual(zones, (URAL,))

    def test_the_end_of_the_window_is_closed_already(self):
        for minute, expected in ((59, True), (60, False)):
            moment = datetime(2026, 3, 2, 14, 0) + timedelta(minutes=minute)
            self.assertIs(is_open(OFFICE, URAL, moment, russian), expected)

    def test_transferred_days_count_as_the_government_moved_them(self):
        self.assertTrue(russian(date(2026, 1, 9)))
        self.assertTrue(russian(date(2026, 12, 31)))
        self.assertFalse(russian(date(2025, 11, 1)))  # a working Saturday
        self.assertTrue(russian(date(2026, 3, 7)))

    def test_after_closing_the_next_opening_is_the_next_days(self):
        friday_evening = datetime(2026, 2, 27, 16, 0)
        self.assertEqual(
            next_opening(OFFICE, URAL, friday_evening, russian),
            datetime(2026, 2, 28, 5, 0),
        )

    def test_a_window_without_days_off_waits_for_the_workday(self):
        workdays = Window(9, 20, 0, 0)
        self.assertEqual(
            next_opening(workdays, URAL, datetime(2026, 2, 27, 16, 0), russian),
            datetime(2026, 3, 2, 4, 0),
        )
        self.assertIsNone(
            next_opening(Window(0, 0, 0, 0), URAL, datetime(2026, 3, 2), russian)
        )

    def test_midnight_belongs_to_the_clients_day(self):
        night = Window(0, 24, 0, 0)
        sunday_utc = datetime(2026, 3, 1, 19, 0)  # Monday 00:00 in the Urals
        self.assertTrue(is_open(night, URAL, sunday_utc, russian))
        self.assertFalse(
            is_open(night, URAL, sunday_utc - timedelta(1 / 86400), russian)
        )

    @settings(max_examples=200, deadline=None)
    @given(MOMENTS, ZONES)
    def test_the_next_opening_is_open_and_never_past(self, moment, zone):
        opening = next_opening(OFFICE, zone, moment, russian)
        self.assertGreaterEqual(opening, moment)
        self.assertTrue(is_open(OFFICE, zone, opening, russian))
        if opening > moment:
            self.assertFalse(is_open(OFFICE, zone, moment, russian))


class TestAttemptLimits(BaseCase):
    NOW = datetime(2026, 3, 4, 6, 0)  # Wednesday, 11:00 in the Urals

    def _allowed(self, *hours_ago, **limits):
        calls = [self.NOW - timedelta(hours=hours) for hours in hours_ago]
        return allowed_from(calls, self.NOW, Limits(**limits), URAL)

    def test_rolling_days_count_24_hours(self):
        self.assertEqual(
            self._allowed(23, day=1, period="rolling"), datetime(2026, 3, 4, 7)
        )
        self.assertEqual(self._allowed(24, day=1, period="rolling"), self.NOW)

    def test_calendar_days_begin_at_the_clients_midnight(self):
        self.assertEqual(
            self._allowed(10, day=1, period="calendar"), datetime(2026, 3, 4, 19)
        )
        self.assertEqual(self._allowed(12, day=1, period="calendar"), self.NOW)

    def test_the_strict_reading_takes_the_later_of_both(self):
        self.assertEqual(self._allowed(10, day=1), datetime(2026, 3, 4, 20))

    def test_the_week_of_the_law_holds_two_calls(self):
        debt = {"day": 1, "week": 2, "month": 8}
        self.assertEqual(self._allowed(30, 60, **debt), datetime(2026, 3, 8, 18))
        self.assertEqual(self._allowed(30, 58, **debt), datetime(2026, 3, 8, 20))
        self.assertEqual(self._allowed(30, **debt), self.NOW)

    def test_no_limit_is_no_limit(self):
        self.assertEqual(self._allowed(*range(1, 50)), self.NOW)

    @settings(max_examples=200, deadline=None)
    @given(
        st.lists(st.integers(0, 31 * 24 * 60), max_size=12),
        st.integers(0, 3),
        st.integers(0, 5),
        st.integers(0, 9),
        st.sampled_from(["rolling", "calendar", "strict"]),
    )
    def test_waiting_until_the_answer_is_always_enough(
        self, ago, day, week, month, period
    ):
        calls = [self.NOW - timedelta(minutes=minutes) for minutes in ago]
        limits = Limits(day, week, month, period)
        moment = self.NOW
        for _step in range(40):
            following = allowed_from(calls, moment, limits, URAL)
            if following == moment:
                break
            self.assertGreater(following, moment)
            moment = following
        self.assertEqual(allowed_from(calls, moment, limits, URAL), moment)

    def test_a_call_noted_afterwards_is_not_one_too_many_for_a_later_one(self):
        later = datetime(2026, 3, 5, 6)
        for hours, fits in ((24, True), (23, False), (-1, True)):
            moment = later - timedelta(hours=hours)
            found = fits_between([later], moment, Limits(1, 0, 0, "rolling"), URAL)
            self.assertEqual(found, fits, hours)


class TestHandOut(BaseCase):
    RULES = Rules(OFFICE, Limits(day=1), max_attempts=3, consents=("advertising",))
    NOW = datetime(2026, 3, 2, 5, 0)

    def _reason(self, **facts):
        verdict = judge(Facts(timezone=URAL, **facts), self.RULES, self.NOW, russian)
        return verdict and verdict.reason

    def test_a_client_without_obstacles_may_be_called(self):
        self.assertIsNone(self._reason())

    def test_what_forbids_for_good_is_said_first(self):
        self.assertEqual(self._reason(is_stopped=True, is_busy=True), "stop_list")
        self.assertEqual(self._reason(has_consent=False, is_busy=True), "no_consent")
        self.assertEqual(self._reason(is_active=False, is_stopped=True), "archived")

    def test_the_last_attempt_is_the_last_but_for_a_promised_call_back(self):
        self.assertEqual(self._reason(attempt_count=3), "exhausted")
        self.assertIsNone(self._reason(attempt_count=3, is_callback=True))

    def test_shares_are_kept_over_many_hand_outs(self):
        rng = random.Random(7)
        campaigns = [("a", "1", 3), ("b", "1", 1), ("urgent", "2", 1)]
        orders = [share_out(campaigns, rng) for _turn in range(4000)]
        self.assertEqual({order[0] for order in orders}, {"urgent"})
        first = Counter(order[1] for order in orders)
        self.assertAlmostEqual(first["a"] / 4000, 0.75, delta=0.03)


class TestNumberPlan(BaseCase):
    def test_every_usual_spelling_is_one_number(self):
        for text in (
            "8 (343) 322-11-00",
            "+7 343 3221100",
            "8343 322 11 00",
            "343-322-11-00",
            "7(343)3221100",
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_phone(text).e164, "+73433221100")

    def test_an_extension_is_kept_apart(self):
        read = parse_phone("8 (343) 322-11-00 доб. 123")
        self.assertEqual((read.e164, read.extension), ("+73433221100", "123"))

    def test_what_is_no_number_is_told_apart(self):
        problems = {
            "322-11-00": "no_city_code",
            "no phone": "no_digits",
            "": "no_digits",
            "+7 343 322": "invalid",
            "+7 343 322 11 00 55 66": "invalid",
        }
        for text, problem in problems.items():
            with self.subTest(text=text), self.assertRaises(PhoneError) as caught:
                parse_phone(text)
            self.assertEqual(caught.exception.code, problem)
            self.assertEqual(to_e164(text), "")

    def test_a_number_is_told_from_a_name(self):
        for text in (
            "8 (343) 322-11-00",
            "+73433221100",
            "322-11-00 доб. 12",
            "322-11-00 x12",
        ):
            self.assertTrue(is_number(text), text)
        for text in ("Лыжи 24", "№", "", "School 12 ext", "доб. 12", "Fax 12"):
            self.assertFalse(is_number(text), text)

    def test_a_number_tells_its_country(self):
        self.assertEqual(parse_phone("+7 727 250 00 00").country, "KZ")
        self.assertEqual(parse_phone("8 912 123-45-67").country, "RU")

    def test_only_russian_numbers_have_a_key_in_the_plan(self):
        self.assertEqual(plan_key("+73433221100"), "3433221100")
        for foreign in ("+77272500000", "+442079460000", "", None, "+7343"):
            with self.subTest(number=foreign):
                self.assertEqual(plan_key(foreign), "")

    def test_a_prefix_covers_all_its_numbers(self):
        self.assertEqual(range_bounds("343"), ("3430000000", "3439999999"))

    def test_numbers_are_shown_in_groups(self):
        self.assertEqual(display_number("+73433221100"), "+7 343 322-11-00")
        self.assertEqual(display_number("odd"), "odd")


class TestSmallTools(BaseCase):
    def test_a_fixed_delay_stays_and_a_growing_one_doubles(self):
        self.assertEqual([retry_delay(30, "fixed", n) for n in (1, 2, 5)], [30, 30, 30])
        self.assertEqual(
            [retry_delay(30, "growing", n) for n in (1, 2, 4)], [30, 60, 240]
        )
        self.assertEqual(retry_delay(30, "growing", 10**6), 60 * 24 * 366)

    def test_no_limit_of_attempts_never_exhausts(self):
        self.assertFalse(is_exhausted(99, 0))
        self.assertTrue(is_exhausted(3, 3))

    def test_a_script_shows_the_clients_data_and_runs_nothing(self):
        text = "<p>{{ client_name }} {{ 7*7 }} {{other}}</p>"
        filled = fill_script(text, {"client_name": "<b>A&B</b>"})
        self.assertEqual(
            filled, "<p>&lt;b&gt;A&amp;B&lt;/b&gt; {{ 7*7 }} {{other}}</p>"
        )
        self.assertEqual(unknown_tokens(text, {"client_name"}), ["other"])

from datetime import date

from odoo.tests import BaseCase, tagged

from ...tools.common.plural import plural
from ...tools.personnel.labour_checks import CHECKS, OrderFacts
from ...tools.personnel.terms import (
    add_days,
    add_working_days,
    count_months,
    get_last_day,
    is_plausible,
)

DAY = date(2026, 3, 2)


@tagged("post_install", "-at_install")
class TestTerms(BaseCase):
    def test_a_term_of_months_ends_on_the_eve_or_with_a_shorter_month(self):
        for start, months, end in (
            (date(2026, 3, 2), 3, date(2026, 6, 1)),
            (date(2026, 11, 30), 3, date(2027, 2, 28)),
            (date(2027, 11, 30), 3, date(2028, 2, 29)),
            (date(2026, 8, 31), 1, date(2026, 9, 30)),
            (date(2026, 1, 1), 12, date(2026, 12, 31)),
            (date(2026, 12, 31), 2, date(2027, 2, 28)),
        ):
            with self.subTest(start=start):
                self.assertEqual(get_last_day(start, months), end)

    def test_no_day_beyond_the_calendar_crashes(self):
        self.assertIsNone(get_last_day(date.max, 3))
        self.assertEqual(add_days(date.max, 1), date.max)
        self.assertFalse(is_plausible(date.max))
        self.assertFalse(is_plausible(date(26, 1, 1)))
        self.assertTrue(is_plausible(DAY))

    def test_working_days_pass_over_weekends(self):
        friday = date(2026, 3, 6)
        self.assertEqual(add_working_days(friday, 1), date(2026, 3, 9))
        self.assertEqual(add_working_days(friday, 3), date(2026, 3, 11))

    def test_months_of_a_term_are_counted_with_both_its_days(self):
        self.assertEqual(count_months(DAY, date(2026, 6, 1)), 3)
        self.assertEqual(count_months(DAY, date(2026, 5, 31)), 2)
        self.assertEqual(count_months(DAY, DAY), 0)


@tagged("post_install", "-at_install")
class TestLabourChecks(BaseCase):
    """Each check on the last case that it passes and the first that it does not."""

    def assert_breaks(self, code, limit=0, **facts):
        self.assertTrue(self.ask(code, limit, facts), (code, facts))

    def assert_passes(self, code, limit=0, **facts):
        self.assertFalse(self.ask(code, limit, facts), (code, facts))

    def ask(self, code, limit, facts):
        common = {
            "order_type": "appointment",
            "today": DAY,
            "date_order": DAY,
            "date_effective": DAY,
        }
        return CHECKS[code](OrderFacts(**common | facts), limit)

    def test_probation(self):
        self.assert_passes("trial_too_long", 6, trial_months=6)
        self.assert_breaks("trial_too_long", 6, trial_months=99)
        self.assert_passes("trial_long", 3, trial_months=3)
        self.assert_breaks("trial_long", 3, trial_months=4)

    def test_probation_of_a_short_contract(self):
        for code, limit, end, after in (
            ("trial_short_contract", 2, date(2026, 5, 1), date(2026, 5, 2)),
            ("trial_half_year_contract", 6, date(2026, 9, 1), date(2026, 9, 2)),
        ):
            self.assert_breaks(code, limit, trial_months=1, date_end=end)
            self.assert_passes(code, limit, trial_months=1, date_end=after)
            self.assert_passes(code, limit, trial_months=0, date_end=end)

    def test_wage(self):
        self.assert_breaks("wage_missing")
        self.assert_breaks("wage_minimum", 27093, wage=27092.99)
        self.assert_passes("wage_minimum", 27093, wage=27093)
        self.assert_passes("wage_minimum", 27093, wage=0)
        self.assert_passes("wage_missing", order_type="transfer")

    def test_contract_and_terms(self):
        self.assert_breaks("contract_missing", contract_number=" ")
        self.assert_passes("contract_missing", contract_number="15")
        five_years = date(2031, 3, 1)
        self.assert_passes("term_too_long", 60, date_end=five_years)
        self.assert_breaks("term_too_long", 60, date_end=date(2031, 3, 2))
        transfer = {"order_type": "transfer", "date_end": date(2027, 3, 2)}
        self.assert_breaks("transfer_too_long", 12, **transfer)

    def test_notice_runs_from_the_day_after_it_was_given(self):
        own = {
            "order_type": "dismissal",
            "initiative": "employee",
            "notice_days": 14,
            "notice_date": DAY,
        }
        self.assert_breaks("notice_employee", **own, date_effective=date(2026, 3, 15))
        self.assert_passes("notice_employee", **own, date_effective=date(2026, 3, 16))
        self.assert_passes("notice_employer", **own)
        self.assert_breaks("notice_employer", **own | {"initiative": "employer"})

    def test_grounds_that_are_not_open(self):
        trial = {"order_type": "dismissal", "ground": "71-1"}
        self.assert_breaks("ground_out_of_trial", **trial)
        self.assert_passes("ground_out_of_trial", **trial, trial_end=DAY)
        term = {"order_type": "dismissal", "ground": "77-1-2"}
        self.assert_breaks("ground_no_term", **term)
        self.assert_passes("ground_no_term", **term, contract_end=DAY)

    def test_dates_far_away(self):
        back, ahead = date(2026, 1, 30), date(2026, 4, 3)
        self.assert_passes("dated_back", 31, date_order=date(2026, 1, 30))
        self.assert_breaks("dated_back", 30, date_order=back)
        self.assert_breaks("dated_ahead", 31, date_order=ahead)
        self.assert_passes("dated_ahead", 32, date_order=ahead)
        self.assert_breaks("effect_far_ahead", 31, date_effective=ahead)
        self.assert_breaks("effect_far_back", 30, date_effective=back)

    def test_a_noun_stands_in_the_form_of_its_number(self):
        forms = ("месяц", "месяца", "месяцев")
        said = {number: plural(number, *forms) for number in (0, 1, 3, 5, 11, 12, 14)}
        self.assertEqual(
            said,
            dict.fromkeys((0, 5, 11, 12, 14), "месяцев") | {1: "месяц", 3: "месяца"},
        )
        self.assertEqual(plural(21, *forms), "месяц")
        self.assertEqual(plural(24, *forms), "месяца")
        self.assertEqual(plural(112, *forms), "месяцев")

    def test_namesake(self):
        self.assert_breaks("namesake", is_namesake=True)
        self.assert_passes("namesake")

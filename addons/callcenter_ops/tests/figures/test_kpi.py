from datetime import date

from odoo.tests import BaseCase, TransactionCase, tagged

from ...models.common.figure_text import change_text, percent_text
from ...models.figures.kpi_words import KpiWords
from ...tools.calling.kpi import KPIS, change, clock, place_in_band
from ...tools.common.period import earlier_period
from ...tools.figures.expected_end import expected_end


@tagged("post_install", "-at_install")
class TestKpi(BaseCase):
    def test_a_share_is_a_quotient(self):
        self.assertEqual(
            KPIS["contact_rate"].value({"contacts": 1, "attempts": 4}), 0.25
        )

    def test_nothing_to_divide_by_has_no_value(self):
        for kpi in KPIS.values():
            self.assertIsNone(kpi.value({}))

    def test_a_rate_per_hour_counts_the_time_at_the_desk(self):
        totals = {"attempts": 30, "ready_seconds": 1800, "talk_seconds": 1800}
        self.assertEqual(KPIS["attempts_per_hour"].value(totals), 30)

    def test_occupancy_leaves_pauses_out(self):
        totals = {"ready_seconds": 100, "talk_seconds": 300, "pause_seconds": 1000}
        self.assertEqual(KPIS["occupancy"].value(totals), 0.75)

    def test_more_occupancy_is_not_better_occupancy(self):
        places = [place_in_band("occupancy", value) for value in (0.5, 0.8, 0.949)]
        self.assertEqual(places, ["low", "good", "high"])
        self.assertIsNone(place_in_band("occupancy", None))
        self.assertIsNone(place_in_band("conversion", 0.5))

    def test_work_ends_on_the_working_day_that_its_pace_tells(self):
        friday = date(2026, 3, 6)

        def weekend(day):
            return day.weekday() >= 5

        self.assertEqual(expected_end(friday, 0, weekend), friday)
        self.assertEqual(expected_end(friday, 1.2, weekend), date(2026, 3, 10))
        self.assertIsNone(expected_end(friday, 1000, weekend))

    def test_every_formula_reads_as_it_is_computed(self):
        self.assertEqual(
            KPIS["aht"].formula, "(talk_seconds + wrap_seconds) / contacts"
        )
        self.assertTrue(all(kpi.source for kpi in KPIS.values()))

    def test_handling_time_is_talk_and_wrap_up_over_contacts(self):
        totals = {"talk_seconds": 100, "wrap_seconds": 20, "contacts": 2}
        self.assertEqual(KPIS["aht"].value(totals), 60)

    def test_a_change_needs_something_before(self):
        self.assertIsNone(change(3, 0))
        self.assertIsNone(change(None, 5))
        self.assertEqual(change(3, 2), 0.5)

    def test_papers_show_a_dash_for_no_value(self):
        self.assertEqual((clock(None), clock(3661)), ("—", "1:01:01"))

    def test_shares_change_by_points_and_all_others_by_their_part(self):
        self.assertAlmostEqual(change(0.25, 0.20, "share"), 0.05)
        self.assertAlmostEqual(change(0.25, 0, "share"), 0.25)
        self.assertAlmostEqual(change(25, 20, "count"), 0.25)
        self.assertIsNone(change(None, 0.2, "share"))


class TestEarlierPeriod(BaseCase):
    def test_a_period_is_compared_with_an_earlier_one_of_its_kind(self):
        week = (date(2026, 11, 24), date(2026, 11, 30))
        month = (date(2026, 2, 1), date(2026, 2, 28))
        for days, kind, earlier in (
            (week, "before", (date(2026, 11, 17), date(2026, 11, 23))),
            (week, "week", (date(2026, 11, 17), date(2026, 11, 23))),
            (week[:1] * 2, "week", (date(2026, 11, 17),) * 2),
            (week, "year", (date(2025, 11, 24), date(2025, 11, 30))),
            (month, "before", (date(2026, 1, 4), date(2026, 1, 31))),
            (month, "month", (date(2026, 1, 1), date(2026, 1, 31))),
            (month, "year", (date(2025, 2, 1), date(2025, 2, 28))),
            (month, "week", (date(2026, 1, 4), date(2026, 1, 31))),
        ):
            with self.subTest(days=days, kind=kind):
                self.assertEqual(earlier_period(*days, kind), earlier)


@tagged("post_install", "-at_install")
class TestFigureText(TransactionCase):
    def test_papers_speak_the_readers_language(self):
        if not self.env["res.lang"]._get_data(code="ru_RU"):
            self.env["res.lang"]._activate_lang("ru_RU")
        english, russian = (
            self.env(context={"lang": lang}) for lang in ("en_US", "ru_RU")
        )
        self.assertEqual(percent_text(english, 0.125), "12.5 %")
        self.assertEqual(percent_text(russian, 8.921), "892,1 %")
        self.assertEqual(percent_text(russian, None), "—")

    def test_a_change_has_its_sign_once_and_points_are_named(self):
        env = self.env(context={"lang": "en_US"})
        self.assertEqual(change_text(env, -0.001, True), "−0.1 pp")
        self.assertEqual(change_text(env, 0.25, False), "+25.0 %")
        self.assertEqual(change_text(env, -0.0001, True), "0.0 pp")
        self.assertEqual(change_text(env, None, True), "—")


@tagged("post_install", "-at_install")
class TestKpiWords(TransactionCase):
    def test_the_words_of_a_source_are_those_of_its_figure(self):
        words = KpiWords(self.env(context={"lang": "en_US"}))
        self.assertEqual(
            words.get_source_words(),
            {code: kpi.source for code, kpi in KPIS.items()},
        )

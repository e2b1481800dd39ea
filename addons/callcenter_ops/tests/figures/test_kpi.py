from odoo.tests import BaseCase, TransactionCase, tagged

from ...models.figures.kpi_words import KpiWords
from ...tools.calling.kpi import KPIS, change, clock


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
        self.assertEqual((percent(None), clock(None)), ("—", "—"))
        self.assertEqual((percent(0.125), clock(3661)), ("12.5 %", "1:01:01"))


@tagged("post_install", "-at_install")
class TestKpiWords(TransactionCase):
    def test_the_words_of_a_source_are_those_of_its_figure(self):
        words = KpiWords(self.env(context={"lang": "en_US"}))
        self.assertEqual(
            words.get_source_words(),
            {code: kpi.source for code, kpi in KPIS.items()},
        )

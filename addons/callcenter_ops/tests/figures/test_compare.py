import io
from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged
from openpyxl import load_workbook

from ...tools.figures.compare_shares import difference, wilson
from .common import SupervisionCase


class TestCompareShares(BaseCase):
    """Numbers in, result out: the examples of the papers that the formulas are of."""

    def test_the_interval_of_a_share(self):
        # Newcombe, Two-sided confidence intervals for the single proportion (1998),
        # table I: 81/263 and 0/20, score method without continuity correction.
        for hits, count, low, high in (
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ):
            with self.subTest(hits=hits, count=count):
                found = wilson(hits, count)
                self.assertAlmostEqual(found[0], low, 4)
                self.assertAlmostEqual(found[1], high, 4)
        self.assertIsNone(wilson(0, 0))

    def test_the_interval_of_a_difference(self):
        # Newcombe, comparison of eleven methods (1998), table II, method 10.
        for first, second, low, high in (
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 10), -0.2775, 0.2775),
        ):
            with self.subTest(first=first, second=second):
                said = difference(first, second)
                self.assertAlmostEqual(said.low, low, 4)
                self.assertAlmostEqual(said.high, high, 4)

    def test_what_may_be_said(self):
        self.assertEqual(difference((56, 70), (48, 80)).verdict, "first")
        self.assertEqual(difference((48, 80), (56, 70)).verdict, "second")
        self.assertEqual(difference((5, 56), (0, 29)).verdict, "open")
        self.assertEqual(difference((5, 56), (0, 0)).verdict, "empty")


@tagged("post_install", "-at_install")
class TestFigureCompare(SupervisionCase):
    """March against February: 9 of 10 and 3 of 10 calls were contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for month, contacts in ((3, 9), (2, 3)):
            for number in range(10):
                code = "informed" if number < contacts else "no_answer"
                moment = datetime(2026, month, 2, 6, number)
                cls.build_call(code, started_at=moment)
        cls.build_call("no_answer", employee=cls.colleague)
        cls.build_call("informed", employee=cls.colleague)

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-20 06:00:00"))

    def compare(self, role="supervisor", **vals):
        wizard = self.as_(role, self.env["callcenter.figure.compare"])
        compared = wizard.create(vals)
        compared.action_compare()
        return compared

    def get_row(self, compared, code="contact_rate"):
        return compared.row_ids.filtered(lambda row: row.code == code)

    def test_this_month_and_the_last_one_are_compared_at_first(self):
        compared = self.compare(
            first_employee_id=self.operator.id, second_employee_id=self.operator.id
        )
        row = self.get_row(compared)
        self.assertEqual((row.first_hits, row.first_count), (9, 10))
        self.assertEqual((row.second_hits, row.second_count), (3, 10))
        self.assertEqual(row.first_text, "90 % (59.6…98.2)")
        self.assertEqual(row.difference_text, "60 (17.1…80.9)")
        self.assertEqual(row.verdict, "first")

    def test_operators_are_compared_and_few_calls_tell_nothing(self):
        days = {"second_from": "2026-03-01", "second_to": "2026-03-31"}
        row = self.get_row(
            self.compare(
                "director",
                first_employee_id=self.operator.id,
                second_employee_id=self.colleague.id,
                **days,
            )
        )
        self.assertEqual((row.second_hits, row.second_count), (1, 2))
        self.assertEqual(row.verdict, "open")

    def test_nothing_to_divide_by_is_said(self):
        row = self.get_row(self.compare(), "conversion")
        campaign = self.env["callcenter.campaign"].create({"name": "Nobody called"})
        row = self.get_row(self.compare(first_campaign_id=campaign.id))
        self.assertEqual((row.verdict, row.first_text), ("empty", "—"))

    def test_the_calls_behind_a_figure_are_listed(self):
        row = self.get_row(self.compare(first_employee_id=self.operator.id))
        for action, count in (
            (row.action_open_first(), 10),
            (row.action_open_second(), 10),
        ):
            calls = self.as_("supervisor", self.env["callcenter.call"])
            self.assertEqual(calls.search_count(action["domain"]), count)

    def test_the_workbook_holds_what_the_screen_shows(self):
        compared = self.compare(first_employee_id=self.operator.id)
        self.assertIn(str(compared.id), compared.action_download_xlsx()["url"])
        book = load_workbook(io.BytesIO(compared._make_xlsx()))
        cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
        self.assertIn("Operator One", cells[0][0])
        [line] = [row for row in cells if row[0] == "Contact rate"]
        self.assertEqual(line[1:4], [9, 10, "90 % (59.6…98.2)"])
        self.assertIn("The first is higher", line)

    def test_it_is_for_who_leads_and_ones_own(self):
        for role in ("operator", "hr", "manager"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.compare(role)
        compared = self.compare()
        with self.assertRaises(AccessError):
            self.as_("director", compared).action_compare()

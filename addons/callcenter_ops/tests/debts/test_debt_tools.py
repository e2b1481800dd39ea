from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ...tools.calling.kpi import KPIS
from ...tools.debts.debt_rows import parse_day, parse_debt, parse_payment
from ...tools.debts.promise_state import Promise, paid_in_time, settle
from ...tools.imports.cell_values import CellError

MADE = date(2026, 3, 2)
DUE = date(2026, 3, 5)
_days = st.integers(-5, 10).map(lambda days: MADE + timedelta(days=days))


class TestPromiseState(BaseCase):
    promise = Promise(600, MADE, DUE)

    def test_the_promised_day_itself_is_in_time(self):
        self.assertEqual(settle(self.promise, [(DUE, 600)], DUE), "kept")
        self.assertEqual(settle(self.promise, [], DUE), "open")
        self.assertEqual(settle(self.promise, [], DUE + timedelta(days=1)), "broken")

    def test_money_before_the_promise_is_not_its_keeping(self):
        early = MADE - timedelta(days=1)
        self.assertEqual(paid_in_time(self.promise, [(early, 600)]), 0)

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.tuples(_days, st.integers(1, 400)), max_size=6), _days)
    def test_a_kept_promise_stays_kept_whatever_more_comes(self, payments, today):
        if settle(self.promise, payments, today) == "kept":
            more = [*payments, (today, 1)]
            self.assertEqual(settle(self.promise, more, today), "kept")

    def test_the_kept_share_is_of_those_that_came_due(self):
        totals = {"promises_kept": 3, "promises_broken": 1, "promises_open": 9}
        self.assertEqual(KPIS["kept_share"].value(totals), 0.75)
        self.assertIsNone(KPIS["kept_share"].value({"promises_open": 9}))


class TestDebtRows(BaseCase):
    def codes(self, row):
        return [problem.code for problem in row.problems]

    def test_a_day_is_read_as_people_and_spreadsheets_write_it(self):
        for text in ("05.03.2026", "5.3.26", "2026-03-05", "2026-03-05T00:00", "46086"):
            with self.subTest(text=text):
                self.assertEqual(parse_day(text), DUE)
        for text in ("31.02.2026", "soon", "2026"):
            with self.subTest(text=text), self.assertRaises(CellError):
                parse_day(text)

    def test_a_good_line_is_read_whole(self):
        row = parse_debt(
            2,
            {
                "number": " Счёт 17 ",
                "amount": "1 299,90 руб.",
                "date_due": "05.03.2026",
                "phone": "8 (343) 000-00-01",
            },
        )
        self.assertEqual(self.codes(row), [])
        self.assertEqual(row.values["number"], "Счёт 17")
        self.assertEqual(row.values["amount"], Decimal("1299.90"))
        self.assertEqual(row.values["phone"], "+73430000001")

    def test_each_fault_has_its_name(self):
        good = {"number": "1", "amount": "5", "date_due": "05.03.2026", "ref": "C1"}
        faults = {
            "no_number": good | {"number": ""},
            "no_amount": good | {"amount": "0"},
            "bad_amount": good | {"amount": "many"},
            "negative_amount": good | {"amount": "-5"},
            "bad_date": good | {"date_due": "31.02.2026"},
            "no_date": good | {"date_due": ""},
            "bad_vat": good | {"vat": "1234567890"},
            "no_client": good | {"ref": ""},
        }
        for code, cells in faults.items():
            with self.subTest(code=code):
                self.assertEqual(self.codes(parse_debt(2, cells)), [code])

    def test_a_payment_needs_its_own_number(self):
        row = parse_payment(3, {"debt": "1", "amount": "5", "date_paid": "46086"})
        self.assertEqual(self.codes(row), ["no_payment_number"])

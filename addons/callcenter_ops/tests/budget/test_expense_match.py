from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase

from ...tools.budget.expense_match import Rule, SourceLine, match, number_rows, unbilled

TELEPHONE, INTERNET, PAPER, OTHER = 1, 2, 3, 4
RULES = [
    Rule(TELEPHONE, account_code="26.03", supplier_id=70),
    Rule(INTERNET, account_code="26.03", supplier_id=71),
    Rule(PAPER, product_ids=frozenset({5, 6})),
    Rule(OTHER, account_code="26"),
]


def line(**vals):
    return SourceLine(
        **{
            "key": "bill|1",
            "kind": "bill",
            "date": date(2026, 3, 2),
            "amount": Decimal(100),
            "currency_id": 1,
        }
        | vals
    )


class TestExpenseMatch(BaseCase):
    def test_a_product_comes_before_account_and_supplier(self):
        bill = line(product_id=6, account_code="26.03", supplier_id=70)
        self.assertEqual(match(bill, RULES), (PAPER, "product"))

    def test_among_accounts_the_nearest_one_of_the_supplier_wins(self):
        for supplier, item in ((70, TELEPHONE), (71, INTERNET), (72, OTHER)):
            bill = line(account_code="26.03.1", supplier_id=supplier)
            self.assertEqual(match(bill, RULES), (item, "account"))

    def test_a_supplier_alone_is_enough_when_he_supplies_one_item(self):
        self.assertEqual(match(line(supplier_id=70), RULES), (TELEPHONE, "supplier"))
        rules = [*RULES, Rule(9, supplier_id=70)]
        self.assertEqual(match(line(supplier_id=70), rules), (None, "ambiguous"))

    def test_two_items_of_one_account_are_told_apart_by_nobody(self):
        rules = [Rule(1, account_code="26"), Rule(2, account_code="26")]
        self.assertEqual(match(line(account_code="26"), rules), (None, "ambiguous"))

    def test_what_no_item_names_is_unknown(self):
        self.assertEqual(match(line(account_code="10"), RULES), (None, "unknown"))
        self.assertEqual(match(line(), RULES), (None, "unknown"))

    def test_an_order_counts_with_what_is_not_billed_yet(self):
        for billed, left in ((0, 5000), (4, 3000), (10, 0), (12, 0), (-1, 5000)):
            self.assertEqual(unbilled("5000.00", 10, billed), Decimal(left))
        self.assertEqual(unbilled(100, 0, 0), Decimal(0))

    def test_rows_are_counted_by_document_and_item(self):
        lines = [line(document="A"), line(document="A"), line(document="B")]
        self.assertEqual(number_rows(lines, [1, 1, 1]), [1, 2, 1])
        self.assertEqual(number_rows(lines, [1, 2, 1]), [1, 1, 1])

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(1, 9_999_999), st.integers(1, 50), st.integers(0, 60))
    def test_what_is_billed_and_what_is_left_make_the_order(self, cents, ordered, n):
        amount, billed = Decimal(cents) / 100, min(ordered, n)
        left = unbilled(amount, ordered, n)
        paid = amount * billed / ordered
        self.assertLess(abs(left + paid - amount), Decimal("0.0000001"))

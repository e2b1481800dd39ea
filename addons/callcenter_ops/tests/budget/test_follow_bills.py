"""What happens to an expense when its bill leaves the books, or comes back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from .take_bills import TakeBillsCase


class TestFollowBills(TakeBillsCase):
    def setUp(self):
        super().setUp()
        self.take(self.lines)  # telephone 6 700, internet 600

    def follow(self, lines):
        with self.books_hold(lines):
            self.follow_bills()

    def actual(self, key="bill|1"):
        return self.env["callcenter.workstation.actual"].search(
            [("source_key", "=", key)]
        )

    def test_a_cancelled_bill_takes_its_expense_out_with_a_note(self):
        self.follow(self.lines[1:])
        self.assertEqual(self.spent(), {"Internet": 600.0})
        self.assertEqual(self.budget.amount_actual, 600.0)
        actual = self.actual()
        self.assertEqual((actual.source_state, actual.amount), ("withdrawn", 6700.0))
        self.assertIn("T 7", self.budget.message_ids[0].body)
        notes = len(self.budget.message_ids)
        self.follow(self.lines[1:])
        self.assertEqual(len(self.budget.message_ids), notes)

    def test_the_responsible_user_reads_of_it_in_his_own_language(self):
        user = self.budget.user_id or self.budget.create_uid
        user.lang = "ru_RU"
        self.follow(self.lines[1:])
        told = self.budget.activity_ids.filtered(lambda one: one.user_id == user)
        self.assertIn("документы больше не проведены", told[-1:].summary)

    def test_a_bill_posted_again_brings_its_expense_back(self):
        self.follow(self.lines[1:])
        self.follow([replace(self.lines[0], amount=Decimal(7000)), *self.lines[1:]])
        self.assertEqual(self.actual().source_state, "kept")
        self.assertEqual(self.spent()["Telephone service"], 7000.0)

    def test_a_bill_moved_to_another_month_moves_its_expense(self):
        self.follow([replace(self.lines[0], date=date(2026, 4, 2)), self.lines[1]])
        line = self.actual().line_id
        self.assertEqual((line.month, line.amount_actual), (date(2026, 4, 1), 6700.0))
        march = self.budget.line_ids.filtered(lambda one: one.month.month == 3)
        self.assertEqual(sum(march.mapped("amount_actual")), 600.0)

    def test_a_bill_moved_out_of_the_period_is_withdrawn(self):
        self.follow([replace(self.lines[0], date=date(2027, 4, 2)), self.lines[1]])
        self.assertEqual(self.spent(), {"Internet": 600.0})

    def test_what_was_entered_by_hand_meanwhile_is_not_doubled(self):
        self.follow(self.lines[1:])
        self.as_("hr", self.env["callcenter.workstation.actual"]).create(
            {
                "budget_id": self.budget.id,
                "item_id": self.items["Telephone service"].id,
                "supplier_id": self.telecom.id,
                "document_ref": "T 7",
                "date": "2026-03-10",
                "amount": 6700,
            }
        )
        self.follow(self.lines)
        self.assertEqual(self.spent()["Telephone service"], 6700.0)

    def test_a_closed_budget_keeps_its_figures_and_somebody_is_told(self):
        self.budget.line_ids.deviation_reason = "Agreed"
        with self.books_hold(self.lines):
            self.as_("director", self.budget).action_close()
        before = len(self.budget.activity_ids)
        self.follow(self.lines[1:])
        self.follow(self.lines[1:])
        self.assertEqual(self.budget.amount_actual, 7300.0)
        self.assertEqual(self.actual().source_state, "late")
        self.assertEqual(len(self.budget.activity_ids), before + 1)

    def test_closing_looks_at_the_bills_first(self):
        with self.books_hold(self.lines[1:]):
            self.as_("director", self.budget).action_close()
        self.assertEqual(self.budget.amount_actual, 600.0)

    def test_an_app_that_is_uninstalled_takes_no_expense_with_it(self):
        self.patch_sources()
        self.follow_bills()
        self.assertEqual(self.budget.amount_actual, 7300.0)

"""Expenses taken from lines of bills and orders, whichever app they come from."""

from dataclasses import replace
from decimal import Decimal

from odoo.exceptions import AccessError, UserError

from .take_bills import TakeBillsCase


class TestTakeBills(TakeBillsCase):
    def test_recognised_lines_become_expenses_of_their_month_and_item(self):
        take = self.take(self.lines)
        self.assertEqual((take.created_count, take.unknown_count), (2, 1))
        self.assertEqual(self.spent(), {"Telephone service": 6700.0, "Internet": 600.0})
        actual = self.env["callcenter.workstation.actual"].search(
            [("source_key", "=", "bill|1")]
        )
        self.assertEqual(actual.supplier_id, self.telecom)
        self.assertEqual((actual.document_ref, actual.origin), ("T 7", "bill"))

    def test_a_line_that_fits_two_items_waits_for_the_choice(self):
        take = self.find(self.lines)
        row = take.row_ids.filtered(lambda row: row.source_key == "bill|3")
        self.assertEqual((row.how, row.is_chosen), ("ambiguous", False))
        row.write({"item_id": self.items["Computer"].id, "is_chosen": True})
        with self.books_hold(self.lines):
            take.action_take()
        self.assertEqual(self.spent()["Computer"], 250.0)

    def test_the_same_line_is_never_taken_twice(self):
        self.take(self.lines)
        take = self.find(self.lines)
        self.assertEqual(sum(take.row_ids.mapped("is_taken")), 2)
        take.row_ids.is_chosen = True
        with self.books_hold(self.lines):
            take.action_take()
        self.assertEqual(take.created_count, 0)
        self.assertEqual(self.spent(), {"Telephone service": 6700.0, "Internet": 600.0})

    def test_what_was_entered_by_hand_from_the_same_bill_is_recognised(self):
        self.as_("hr", self.env["callcenter.workstation.actual"]).create(
            {
                "budget_id": self.budget.id,
                "item_id": self.items["Telephone service"].id,
                "supplier_id": self.telecom.id,
                "document_ref": "t  7",
                "date": "2026-03-10",
                "amount": 6700,
            }
        )
        take = self.take(self.lines)
        self.assertEqual((take.created_count, take.repeated_count), (1, 1))
        self.assertEqual(self.spent()["Telephone service"], 6700.0)

    def test_an_order_shrinks_as_its_bills_come_and_goes_at_last(self):
        order = self.build_line("order|5", 20000, supplier_id=self.telecom.id)
        self.take([order])
        self.assertEqual(self.spent(), {"Telephone service": 20000.0})
        half = replace(order, amount=Decimal(10000))
        bill = self.build_line("bill|8", 11000, supplier_id=self.telecom.id)
        take = self.take([half, bill])
        self.assertEqual((take.renewed_count, take.created_count), (1, 1))
        self.assertEqual(self.spent(), {"Telephone service": 21000.0})
        self.take([replace(order, amount=Decimal(0)), bill])
        self.assertEqual(self.spent(), {"Telephone service": 11000.0})

    def test_a_credit_note_is_money_that_came_back(self):
        note = self.build_line("bill|9", -700, supplier_id=self.telecom.id)
        self.take([*self.lines, note])
        self.assertEqual(self.spent()["Telephone service"], 6000.0)

    def test_a_currency_without_a_rate_is_named_and_the_rest_is_entered(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        dollar.rate_ids.unlink()
        bill = replace(self.lines[0], currency_id=dollar.id)
        take = self.take([bill, self.lines[1]])
        self.assertIn("USD has no rate on", take.errors)
        self.assertEqual(self.spent(), {"Internet": 600.0})

    def test_two_equal_lines_of_one_bill_are_both_taken(self):
        first = self.lines[0]
        self.take([first, replace(first, key="bill|11")])
        self.assertEqual(self.spent(), {"Telephone service": 13400.0})

    def test_only_hr_takes_and_amounts_come_from_the_books(self):
        for role in ("operator", "supervisor", "director", "outsider"):
            with self.assertRaises(AccessError):
                self.find(self.lines, role)
        take = self.find(self.lines)
        take.row_ids.sudo().amount = 1
        with self.books_hold(self.lines):
            take.action_take()
        self.assertEqual(self.spent(), {"Telephone service": 6700.0, "Internet": 600.0})

    def test_a_closed_budget_takes_nothing(self):
        take = self.find(self.lines)
        self.as_("director", self.budget).action_close()
        with (
            self.books_hold(self.lines),
            self.assertRaises(UserError),
            self.cr.savepoint(),
        ):
            take.action_take()
        self.assertEqual(self.spent(), {})

    def test_without_the_apps_it_says_what_to_do_instead(self):
        take = self.env["callcenter.workstation.actual.take"]
        take = self.as_("hr", take).create({"budget_id": self.budget.id})
        self.patch_sources()
        take.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "import them from a file"):
            take.action_find()
        self.assertFalse(take.row_ids)

"""Expenses of a workplace budget out of posted vendor bills."""

from odoo.tests import tagged

from .common import BillsCase


@tagged("post_install", "-at_install")
class TestTakeBills(BillsCase):
    def test_posted_bills_of_the_period_are_taken_once(self):
        self.build_bill(
            {"name": "Channel", "price_unit": 600},
            {"product_id": self.phone.id, "quantity": 2, "price_unit": 3350},
        )
        self.build_bill({"price_unit": 50}, kind="in_refund")
        self.build_bill({"price_unit": 999}, invoice_date="2026-02-28")
        draft = self.build_bill({"price_unit": 777}, ref="draft")
        draft.button_draft()
        self.assertEqual(self.take().created_count, 3)
        self.assertEqual(self.spent(), {"Internet": 550.0, "Telephone service": 6700.0})
        self.assertEqual(self.take().created_count, 0)
        self.assertEqual(self.spent(), {"Internet": 550.0, "Telephone service": 6700.0})

    def test_a_corrected_bill_corrects_its_expense(self):
        bill = self.build_bill({"price_unit": 600})
        self.take()
        bill.button_draft()
        bill.invoice_line_ids.price_unit = 640
        bill.action_post()
        self.assertEqual(self.take().renewed_count, 1)
        self.assertEqual(self.spent(), {"Internet": 640.0})

    def test_a_bill_reset_to_draft_counts_again_when_it_is_posted(self):
        bill = self.build_bill({"price_unit": 600})
        self.take()
        bill.button_draft()
        self.follow_bills()
        self.assertEqual(self.spent(), {})
        bill.action_post()
        self.follow_bills()
        self.assertEqual(self.spent(), {"Internet": 600.0})

    def test_a_cancelled_bill_and_a_deleted_line_are_withdrawn(self):
        bill = self.build_bill({"price_unit": 600})
        other = self.build_bill({"price_unit": 30}, {"price_unit": 7})
        self.take()
        bill.button_draft()
        bill.button_cancel()
        other.button_draft()
        other.invoice_line_ids[0].unlink()
        other.action_post()
        self.follow_bills()
        self.assertEqual(self.spent(), {"Internet": 7.0})

    def test_a_credit_note_takes_back_what_its_bill_brought(self):
        # The account of this line names no item: HR chose it in the list.
        account = self.env["account.account"].create(
            {"code": "44.9", "name": "Other", "account_type": "expense"}
        )
        self.items["Computer"].supplier_id = self.telecom
        self.items["Stationery"].supplier_id = self.telecom
        bill = self.build_bill({"price_unit": 900, "account_id": account.id})
        take = self.as_("hr", self.env["callcenter.workstation.actual.take"]).create(
            {"budget_id": self.budget.id}
        )
        take.action_find()
        take.row_ids.write({"item_id": self.items["Computer"].id, "is_chosen": True})
        take.action_take()
        self.assertEqual(self.spent(), {"Computer": 900.0})
        refund = bill._reverse_moves([{"invoice_date": bill.invoice_date}])
        refund.invoice_line_ids.price_unit = 250
        refund.action_post()
        self.follow_bills()
        self.follow_bills()
        self.assertEqual(self.spent(), {"Computer": 650.0})

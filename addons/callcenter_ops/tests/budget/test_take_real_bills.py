"""The same with real bills and orders, in databases where those apps are installed."""

from odoo import Command
from odoo.tests import tagged

from ..workstation.common import WorkstationCase


@tagged("post_install", "-at_install")
class TestTakeRealBills(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "account.move" not in cls.env:
            cls.skipTest(cls, "Invoicing is not installed")
        cls.rub.rounding = 0.01
        cls.accounts = {
            code: cls.env["account.account"].create(
                {"code": code, "name": code, "account_type": kind}
            )
            for code, kind in (("26.03.1", "expense"), ("60", "liability_payable"))
        }
        cls.journal = cls.env["account.journal"].create(
            {
                "name": "Bills",
                "code": "BILL",
                "type": "purchase",
                "default_account_id": cls.accounts["26.03.1"].id,
            }
        )
        cls.telecom = cls.env["res.partner"].create(
            {
                "name": "Uraltelecom",
                "property_account_payable_id": cls.accounts["60"].id,
            }
        )
        cls.phone = cls.env["product.product"].create(
            {"name": "Telephone", "purchase_method": "purchase"}
            if "purchase.order" in cls.env
            else {"name": "Telephone"}
        )
        cls.items["Internet"].account_code = "26.03"
        cls.items["Telephone service"].product_ids = cls.phone
        cls.budget = cls.build_budget()
        cls.budget.with_user(cls.users["director"]).action_approve()

    def build_bill(self, *lines, kind="in_invoice", **vals):
        bill = self.env["account.move"].create(
            {
                "move_type": kind,
                "journal_id": self.journal.id,
                "partner_id": self.telecom.id,
                "invoice_date": "2026-03-10",
                "ref": f"{kind} {len(lines)}",
                "currency_id": self.rub.id,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Line", "price_unit": 1, "tax_ids": False} | line
                    )
                    for line in lines
                ],
            }
            | vals
        )
        bill.action_post()
        return bill

    def take(self, **vals):
        take = self.as_("hr", self.env["callcenter.workstation.actual.take"]).create(
            {"budget_id": self.budget.id, "with_orders": True} | vals
        )
        take.action_find()
        take.action_take()
        return take

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

    def test_a_confirmed_order_gives_way_to_its_bill(self):
        if "purchase.order" not in self.env:
            self.skipTest("Purchase is not installed")
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.telecom.id,
                "currency_id": self.rub.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.phone.id,
                            "product_qty": 10,
                            "price_unit": 100,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        order.date_approve = "2026-03-05 10:00:00"
        self.take()
        self.assertEqual(self.spent(), {"Telephone service": 1000.0})
        self.build_bill(
            {
                "product_id": self.phone.id,
                "quantity": 4,
                "price_unit": 110,
                "purchase_line_id": order.order_line.id,
            }
        )
        self.take()
        self.assertEqual(self.spent(), {"Telephone service": 1040.0})

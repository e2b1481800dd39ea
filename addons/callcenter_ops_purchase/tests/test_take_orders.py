"""Expenses of a workplace budget out of confirmed purchase orders."""

from odoo import Command
from odoo.addons.callcenter_ops_account.tests.common import BillsCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTakeOrders(BillsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.phone.purchase_method = "purchase"

    def test_a_confirmed_order_gives_way_to_its_bill(self):
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
        self.take(with_orders=True)
        self.assertEqual(self.spent(), {"Telephone service": 1000.0})
        self.build_bill(
            {
                "product_id": self.phone.id,
                "quantity": 4,
                "price_unit": 110,
                "purchase_line_id": order.order_line.id,
            }
        )
        self.take(with_orders=True)
        self.assertEqual(self.spent(), {"Telephone service": 1040.0})

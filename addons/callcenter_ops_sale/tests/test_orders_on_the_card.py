from odoo.addons.callcenter_ops.tests.calling.common import CallingCase
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestOrders(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Sports Shop")
        cls.campaign = cls.build_campaign(cls.client)

    def build_order(self, client, price):
        product = self.env["product.product"].create({"name": "Skis"})
        line = {"product_id": product.id, "price_unit": price, "tax_ids": False}
        return self.env["sale.order"].create(
            {"partner_id": client.id, "order_line": [(0, 0, line)]}
        )

    def test_the_card_shows_the_clients_orders_and_no_others(self):
        quotation = self.build_order(self.client, 700)
        self.build_order(self.client, 1).action_cancel()
        self.build_order(self.build_client("Stranger"), 2)
        [order] = self.desk(self.operator).claim_next()["claim"]["orders"]
        self.assertEqual((order["name"], order["amount"]), (quotation.name, 700))

    def test_the_operator_reaches_no_order_beyond_the_card(self):
        self.build_order(self.client, 700)
        self.desk(self.operator).claim_next()
        orders = self.env["sale.order"].with_user(self.operator.user_id)
        with self.assertRaises(UserError):
            orders.search([])

    def test_a_confirmed_order_settles_what_was_offered(self):
        self.call_through(self.operator, "interested")
        promise = self.env["callcenter.followup"].search([])
        order = self.build_order(self.client, 700)
        self.assertEqual(promise.state, "open")
        order.action_confirm()
        self.assertEqual((promise.state, promise.outcome), ("done", order.name))

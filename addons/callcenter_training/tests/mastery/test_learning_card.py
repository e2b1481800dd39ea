from lxml import etree
from odoo import Command
from odoo.exceptions import AccessError

from ..common import TrainingCase

NOON = "2026-03-02 07:00:00"


class TestLearningCard(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        material = cls.build_attribute("Material", ["Wood", "Foam"])
        cls.products = cls.build_products(6)
        cls.ball = cls.products[0]
        for place, product in enumerate(cls.products):
            cls.give(product, material, ("Wood", "Foam")[place % 2])
        cls.ball.write(
            {
                "description_sale": "For the beach",
                "standard_price": 77,
                "callcenter_accessory_ids": [Command.link(cls.products[1].id)],
            }
        )

    def card(self, role="operator"):
        return self.as_(role, self.ball)

    def test_the_operator_opens_a_card_that_shows_no_cost(self):
        action = self.card().action_open_callcenter_card()
        arch = self.ball.with_user(self.users["operator"]).get_view(
            action["views"][0][0], "form"
        )["arch"]
        names = {node.get("name") for node in etree.fromstring(arch).iter("field")}
        self.assertFalse(names & {"standard_price", "qty_available", "seller_ids"})
        self.assertLessEqual(
            {
                "image_1920", "description_sale", "attribute_line_ids", "list_price",
                "callcenter_replaces_id", "callcenter_replaced_by_ids",
                "callcenter_accessory_ids", "callcenter_changes",
            },
            names,
        )  # fmt: skip

    def test_the_card_says_what_changed_since_the_persons_last_answer(self):
        fact = self.facts(self.ball, "price")
        with self.at(NOON) as clock:
            self.env["callcenter.mastery"]._learn(
                self.operator, [(fact, True, 0.25)], clock(), is_exam=False
            )
            self.assertEqual(self.card().callcenter_changes, "")
            clock.tick(3600)
            self.ball.list_price = 1500
            self.env.invalidate_all()
            self.assertIn(
                "Price: $\xa01,000 → $\xa01,500", self.card().callcenter_changes
            )
            clock.tick(3600)
            self.env["callcenter.mastery"]._learn(
                self.operator,
                [(self.facts(self.ball, "price"), True, 0.25)],
                clock(),
                is_exam=False,
            )
            self.env.invalidate_all()
            self.assertEqual(self.card().callcenter_changes, "")

    def test_practice_and_mistakes_name_the_product_of_the_card(self):
        lesson = self.env["callcenter.practice.runner"].with_user(
            self.users["operator"]
        )
        shown = lesson.next_card()
        told = lesson.answer_card(shown["card_id"], [], shown["nonce"])
        if told["product_id"]:
            self.assertIn(told["product_id"], self.products.ids)

    def test_a_stranger_to_the_catalogue_opens_no_card(self):
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "card_portal",
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        with self.assertRaises(AccessError):
            self.ball.with_user(portal).action_open_callcenter_card()

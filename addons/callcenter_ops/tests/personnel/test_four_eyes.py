from odoo.exceptions import UserError

from .common import PersonnelCase


class TestFourEyes(PersonnelCase):
    """Whoever prepares an order does not sign it; a company may allow it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["director"].group_ids += cls.env.ref("callcenter_ops.group_hr")

    def assert_refused(self, order):
        with self.assertRaisesRegex(UserError, "was prepared by you"):
            self.as_("director", order).action_sign()
        self.assertEqual(order.sudo().state, "submitted")
        self.assertFalse(order.sudo().name)

    def test_nobody_signs_what_he_drafted(self):
        order = self.build_order(role="director")
        self.as_("hr", order).action_submit()
        self.assert_refused(order)

    def test_nobody_signs_what_he_submitted(self):
        order = self.build_order()
        self.as_("director", order).action_submit()
        self.assert_refused(order)

    def test_who_submits_anew_takes_the_place_of_the_first(self):
        order = self.build_order()
        self.as_("director", order).action_submit()
        self.as_("hr", order).action_return_to_draft()
        self.as_("hr", order).action_submit()
        self.as_("director", order).action_sign()
        self.assertEqual(order.sudo().state, "executed")

    def test_a_company_may_let_one_person_do_both(self):
        self.company.callcenter_four_eyes = False
        order = self.build_order(role="director")
        self.as_("director", order).action_submit()
        self.as_("director", order).action_sign()
        self.assertEqual(order.sudo().state, "executed")

    def test_nobody_says_by_hand_that_another_submitted_it(self):
        order = self.build_order(role="director")
        with self.assertRaises(UserError):
            self.as_("director", order).write({"submitted_by_id": self.users["hr"].id})

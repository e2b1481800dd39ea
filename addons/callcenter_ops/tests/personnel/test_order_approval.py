from odoo.exceptions import AccessError, UserError

from .common import PersonnelCase


class TestOrderApproval(PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["callcenter.order.visa.rule"].create(
            {"order_type": "appointment", "approver": "head"}
        )

    def submit(self):
        order = self.build_order()
        self.as_("hr", order).action_submit()
        return order

    def test_the_head_is_asked_before_the_director_signs(self):
        order = self.submit()
        with self.assertRaisesRegex(UserError, "still waits for the approval"):
            self.as_("director", order).action_sign()
        self.assertTrue(self.as_("supervisor", order).is_my_visa_pending)
        self.as_("supervisor", order).action_approve()
        self.as_("director", order).action_sign()
        self.assertEqual(order.sudo().state, "executed")

    def test_a_refusal_returns_the_order_with_its_reason(self):
        order = self.submit()
        self.as_("supervisor", order).action_refuse("No free place")
        self.assertEqual(order.sudo().state, "draft")
        self.assertEqual(order.sudo().visa_ids.note, "No free place")

    def test_a_new_submission_asks_anew(self):
        order = self.submit()
        self.as_("supervisor", order).action_approve()
        self.as_("hr", order).action_return_to_draft()
        self.as_("hr", order).action_submit()
        self.assertEqual(order.sudo().visa_ids.state, "pending")

    def test_whoever_acts_for_the_approver_approves(self):
        order = self.submit()
        deputy = self.build_operator("Deputy One")
        self.sign(
            self.build_order(
                deputy,
                order_type="acting",
                absent_employee_id=self.supervisor.id,
                date_end="2026-03-09",
            )
        )
        order.sudo().with_user(deputy.user_id).sudo(False)
        visa = order.sudo()._get_pending_visa(deputy.user_id)
        self.assertEqual(visa.user_id, self.users["supervisor"])

    def test_nobody_else_approves_or_forges_a_visa(self):
        order = self.submit()
        for role in ("operator", "hr", "director", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, order).action_approve()
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, order.visa_ids).write({"state": "approved"})
        with self.assertRaises(UserError):
            self.as_("hr", order).write({"visa_ids": [(5,)]})
        self.assertEqual(order.sudo().visa_ids.state, "pending")

    def test_other_kinds_go_straight_to_the_director(self):
        self.build_operator("Operator Two")
        employee = self.build_operator("Operator Three")
        self.assertEqual(self.dismiss(employee).state, "executed")

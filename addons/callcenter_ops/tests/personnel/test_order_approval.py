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

    def test_a_refusal_needs_a_remark(self):
        order = self.submit()
        for note in (False, "", "  "):
            with self.assertRaisesRegex(UserError, "remark"):
                self.as_("supervisor", order).action_refuse(note)
        self.assertEqual(order.sudo().state, "submitted")
        self.assertEqual(order.sudo().visa_ids.state, "pending")

    def test_the_wizard_refuses_with_the_remark(self):
        order = self.submit()
        wizard = self.env["callcenter.order.remark"].with_user(self.users["supervisor"])
        wizard.create({"order_id": order.id, "note": "No free place"}).action_apply()
        self.assertEqual(order.sudo().state, "draft")
        self.assertEqual(order.sudo().visa_ids.note, "No free place")

    def act_for_the_supervisor(self):
        deputy = self.build_operator("Deputy One")
        self.sign(
            self.build_order(
                deputy,
                order_type="acting",
                absent_employee_id=self.supervisor.id,
                date_end="2026-03-09",
            )
        )
        return deputy.user_id

    def get_lines(self, order):
        return " ".join(order.sudo().message_ids.mapped("body"))

    def test_whoever_acts_for_the_approver_approves_in_his_name(self):
        order = self.submit()
        user = self.act_for_the_supervisor()
        theirs = order.with_user(user)
        self.assertIn(theirs, theirs.search([("is_my_visa_pending", "=", True)]))
        theirs.action_approve()
        visa = order.sudo().visa_ids
        self.assertEqual(visa.state, "approved")
        self.assertEqual(visa.user_id, self.users["supervisor"])
        self.assertEqual(visa.decided_by_id, user)
        self.assertIn("Approved. (acting for Supervisor)", self.get_lines(order))

    def test_the_deputy_finds_the_order_among_his_activities(self):
        user = self.act_for_the_supervisor()
        order = self.submit().sudo()
        self.assertIn(user, order.activity_ids.user_id)
        order.with_user(user).action_approve()
        self.assertNotIn(user, order.activity_ids.user_id)

    def test_a_deputy_sees_and_approves_nothing_after_his_period(self):
        order = self.submit()
        user = self.act_for_the_supervisor()
        with self.at("2026-03-09 19:00:00"):
            self.env["callcenter.substitution"]._cron_sync_rights()
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                order.with_user(user).action_approve()
        self.assertEqual(order.sudo().visa_ids.state, "pending")

    def test_a_head_approves_in_his_own_name(self):
        order = self.submit()
        self.as_("supervisor", order).action_approve()
        self.assertNotIn("acting for", self.get_lines(order))

    def test_who_signs_for_the_absent_director_is_named_on_the_paper(self):
        director = self.build_employee("Absent Director", user=self.users["director"])
        group = self.env.ref("callcenter_ops.group_director")
        deputy = self.build_operator("Deputy Director")
        deputy.user_id.group_ids += group
        self.sign(
            self.build_order(
                deputy,
                order_type="acting",
                absent_employee_id=director.id,
                date_end="2026-03-09",
            )
        )
        order = self.submit()
        self.as_("supervisor", order).action_approve()
        order.with_user(deputy.user_id).action_sign()
        order = order.sudo()
        self.assertEqual(order.signed_for_id, director)
        paper = self.as_("hr", order)._get_paper()
        self.assertEqual(paper["signer_title"], "И. о. директора")
        self.assertEqual(paper["signer"], "D. Deputy")
        self.assertIn("(acting for Absent Director)", self.get_lines(order))
        with self.assertRaises(UserError):
            self.as_("hr", order).write({"signed_for_id": False})

    def test_the_paper_names_who_approved_it_and_goes_on_naming_them(self):
        self.supervisor._in_transition().write({"name": "Рябинин Олег Львович"})
        order = self.submit()
        self.as_("supervisor", order).action_approve()
        self.as_("director", order).action_sign()
        self.supervisor._in_transition().name = "Другой Олег Львович"
        paper = self.as_("hr", order)._get_paper()
        self.assertEqual(
            paper["visas"],
            [
                {
                    "post": self.supervisor.job_id.name or "",
                    "name": "О. Л. Рябинин",
                    "date": "02.03.2026",
                }
            ],
        )

    def test_a_deputy_s_approval_names_on_the_paper_for_whom_it_is(self):
        order = self.submit()
        order.with_user(self.act_for_the_supervisor()).action_approve()
        self.as_("director", order).action_sign()
        [visa] = self.as_("hr", order)._get_paper()["visas"]
        self.assertRegex(visa["name"], r"Deputy \(за .*Supervisor\)")

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

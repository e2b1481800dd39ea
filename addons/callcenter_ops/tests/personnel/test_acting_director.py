from datetime import date

from odoo.exceptions import AccessError, UserError

from .common import TODAY, PersonnelCase

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 15)
EVE = "2026-03-08 18:59:59"  # by Yekaterinburg's clock, five hours ahead of UTC
FIRST_INSTANT = "2026-03-08 19:00:00"
LAST_INSTANT = "2026-03-15 18:59:59"
FOLLOWING = "2026-03-15 19:00:00"


class TestActingDirector(PersonnelCase):
    """Who acts for the Director signs and approves in these days and in no others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.director = cls.build_employee(
            "Absent Director", user=cls.users["director"], sex="male"
        )
        cls.deputy = cls.build_operator("Deputy Director")
        cls.user = cls.deputy.user_id

    def act(self, deputy=None, absent=None, start=FIRST, end=LAST):
        absent = absent or self.director
        return self.stand_in(deputy or self.deputy, absent, start, end)

    def submit(self, **vals):
        order = self.build_order(**vals)
        self.as_("hr", order).action_submit()
        return order.with_user(self.user)

    def is_director(self, user=None):
        return (user or self.user).has_group("callcenter_ops.group_director")

    def test_the_deputy_signs_on_exactly_his_days(self):
        self.act()
        order = self.submit(date_effective=date(2026, 4, 1))
        for moment, rights in {
            EVE: False,
            FIRST_INSTANT: True,
            LAST_INSTANT: True,
            FOLLOWING: False,
        }.items():
            with self.at(moment), self.subTest(moment=moment):
                self.midnight()
                self.assertEqual(self.is_director(), rights)
        with self.at(FOLLOWING), self.assertRaises(AccessError):
            order.action_sign()
        self.assertEqual(order.sudo().state, "submitted")
        self.assertTrue(self.is_director(self.users["director"]))

    def test_what_waits_for_the_signature_goes_to_the_deputy(self):
        self.act(start=TODAY)
        order = self.submit(date_effective=date(2026, 4, 1))
        asked = order.sudo().activity_ids.filtered(lambda one: one.user_id == self.user)
        self.assertEqual(asked.mapped("summary"), ["Sign the order"])
        order.action_sign()
        signed = order.sudo()
        self.assertEqual(signed.state, "signed")
        self.assertEqual(signed.signed_for_id, self.director)
        paper = self.as_("hr", signed)._get_paper()
        self.assertEqual(paper["signer_title"], "И. о. директора")
        self.assertEqual(paper["signer"], "D. Deputy")

    def test_the_request_to_sign_ends_with_the_last_day(self):
        order = self.submit(date_effective=date(2026, 4, 1)).sudo()
        self.act(start=TODAY)
        self.assertIn(self.user, order.activity_ids.user_id)
        with self.at(FOLLOWING):
            self.midnight()
        self.assertNotIn(self.user, order.activity_ids.user_id)
        self.assertIn(self.users["director"], order.activity_ids.user_id)

    def test_only_the_end_of_the_chain_signs(self):
        second = self.build_operator("Deputy Two")
        self.act()
        self.act(deputy=second, absent=self.deputy, start=date(2026, 3, 11))
        with self.at("2026-03-11 07:00:00"):
            self.midnight()
            self.assertFalse(self.is_director())
            self.assertTrue(self.is_director(second.user_id))
            find = self.env["callcenter.substitution"]._get_represented_director
            self.assertEqual(find(second.user_id), self.director)
            self.assertFalse(find(self.user))
        with self.at(FOLLOWING):
            self.midnight()
            self.assertFalse(self.is_director(second.user_id))

    def test_whoever_acts_signs_nothing_about_herself(self):
        self.act(start=TODAY)
        transfer = self.submit(
            employee_id=self.deputy.id,
            order_type="transfer",
            job_id=self.job.id,
            department_id=self.department.id,
            wage=200000,
        )
        with self.assertRaisesRegex(UserError, "is about you"):
            transfer.action_sign()
        self.assertEqual(transfer.sudo().state, "submitted")
        self.as_("director", transfer).action_sign()
        self.assertEqual(transfer.sudo().signed_by_id, self.users["director"])

    def test_a_company_may_let_her_sign_about_herself(self):
        self.company.callcenter_separate_duties = False
        self.act(start=TODAY)
        transfer = self.submit(
            employee_id=self.deputy.id,
            order_type="transfer",
            job_id=self.job.id,
            department_id=self.department.id,
            wage=200000,
        )
        transfer.action_sign()
        self.assertEqual(transfer.sudo().state, "executed")

    def test_the_absent_ones_right_to_sign_rests(self):
        substitution = self.act(start=TODAY)
        order = self.submit(date_effective=date(2026, 4, 1))
        with self.assertRaisesRegex(AccessError, "Deputy Director acts for you"):
            self.as_("director", order).action_sign()
        policy = (
            self.env["callcenter.policy"]
            .with_user(self.users["hr"])
            .create({"name": "House rules", "body": "<p>Be polite.</p>"})
        )
        with self.assertRaisesRegex(AccessError, "acts for you"):
            self.as_("director", policy).action_approve()
        self.assertEqual((order.sudo().state, policy.state), ("submitted", "draft"))
        self.cancel(substitution.order_id)  # the Director takes his right back
        self.as_("director", order).action_sign()
        self.assertEqual(order.sudo().state, "signed")

    def test_a_company_may_let_the_absent_one_sign_on(self):
        self.company.callcenter_absent_right_rests = False
        self.act(start=TODAY)
        order = self.submit(date_effective=date(2026, 4, 1))
        self.as_("director", order).action_sign()
        self.assertEqual(order.sudo().state, "signed")

    def test_a_deputy_without_an_account_puts_nobodys_right_to_rest(self):
        self.act(deputy=self.build_employee("Without Account"), start=TODAY)
        order = self.submit(date_effective=date(2026, 4, 1))
        self.as_("director", order).action_sign()
        self.assertEqual(order.sudo().state, "signed")

    def test_a_cancelled_order_ends_the_rights_at_once(self):
        order = self.act(start=TODAY).order_id
        self.assertTrue(self.is_director())
        self.cancel(order)
        self.assertFalse(self.is_director())

    def test_a_director_of_his_own_right_stays_one(self):
        self.user.group_ids += self.env.ref("callcenter_ops.group_director")
        substitution = self.act(start=TODAY)
        self.assertFalse(substitution.is_director_granted)
        with self.at(FOLLOWING):
            self.midnight()
        self.assertTrue(self.is_director())

    def test_standing_in_for_a_head_makes_nobody_a_director(self):
        substitution = self.act(absent=self.supervisor, start=TODAY)
        self.assertTrue(substitution.is_granted)
        self.assertFalse(self.is_director())

    def test_the_stamp_of_a_document_names_the_acting_director(self):
        self.act(start=TODAY)
        policy = (
            self.env["callcenter.policy"]
            .with_user(self.users["hr"])
            .create({"name": "House rules", "body": "<p>Be polite.</p>"})
        )
        policy.with_user(self.user).action_approve()
        self.assertEqual(policy.sudo().approved_for_id, self.director)
        self.assertEqual(policy._get_stamp()["post"], "И. о. директора")
        self.assertEqual(policy._get_stamp()["name"], "D. Deputy")
        with self.assertRaises(UserError):
            policy.write({"approved_for_id": False})
        self.assertEqual(policy.sudo().approved_for_id, self.director)

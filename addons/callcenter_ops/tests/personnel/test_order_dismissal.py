from datetime import date

from odoo.exceptions import UserError

from .common import TODAY, PersonnelCase


class TestOrderDismissal(PersonnelCase):
    def setUp(self):
        super().setUp()
        self.appoint()
        self.user = self.candidate.user_id
        self.heir = self.build_operator("Heir One")

    def build_work(self):
        lead = self.env["crm.lead"].create(
            {"name": "Skis", "type": "opportunity", "user_id": self.user.id}
        )
        won = self.env["crm.lead"].create(
            {"name": "Skates", "type": "opportunity", "user_id": self.user.id}
        )
        won.action_set_won()
        lead.activity_schedule("mail.mail_activity_data_call", user_id=self.user.id)
        return lead, won

    def test_a_dismissal_archives_the_card_and_the_account(self):
        order = self.dismiss(self.candidate)
        self.assertEqual(order.state, "executed")
        self.assertEqual(self.candidate.callcenter_status, "dismissed")
        self.assertFalse(self.candidate.active)
        self.assertFalse(self.user.active)
        self.assertNotIn(
            self.env.ref("callcenter_ops.group_operator"), self.user.group_ids
        )
        self.assertEqual(self.candidate.departure_date, TODAY)
        self.assertEqual(
            self.candidate.departure_reason_id, self.ground.departure_reason_id
        )
        self.assertEqual(self.candidate.contract_date_end, TODAY)

    def test_open_leads_and_activities_go_to_the_successor(self):
        lead, won = self.build_work()
        order = self.dismiss(self.candidate, successor_id=self.heir.id)
        self.assertEqual(lead.user_id, self.heir.user_id)
        self.assertEqual(lead.activity_ids.user_id, self.heir.user_id)
        self.assertEqual(won.user_id, self.user)
        lines = {line.what: (line.count, line.to_whom) for line in order.handover_ids}
        self.assertEqual(lines["Open leads"], (1, self.heir.user_id.name))
        self.assertEqual(lines["Activities"], (1, self.heir.user_id.name))

    def test_without_a_successor_the_head_of_the_department_takes_over(self):
        lead, _won = self.build_work()
        self.dismiss(self.candidate)
        self.assertEqual(lead.user_id, self.users["supervisor"])

    def test_sessions_and_keys_are_ended(self):
        self.env.cr.execute(
            "INSERT INTO res_users_apikeys (name, user_id, index, key) "
            "VALUES ('tool', %s, '12345678', 'x')",
            [self.user.id],
        )
        self.user.invalidate_recordset(["api_key_ids"])
        order = self.dismiss(self.candidate)
        self.assertFalse(self.user.api_key_ids)
        self.assertIn("API keys", order.handover_ids.mapped("what"))

    def test_a_dismissal_waits_for_its_day(self):
        order = self.dismiss(self.candidate, date_effective=date(2026, 3, 16))
        self.assertEqual(order.state, "signed")
        self.assertTrue(self.user.active and self.candidate.active)

    def test_a_candidate_cannot_be_dismissed(self):
        other = self.build_employee("Candidate Two")
        order = self.build_order(
            other, order_type="dismissal", dismissal_ground_id=self.ground.id
        )
        with self.assertRaisesRegex(UserError, "not appointed"):
            self.as_("hr", order).action_submit()
        self.assertTrue(other.active)

    def test_a_dismissal_needs_a_ground(self):
        order = self.build_order(order_type="dismissal")
        with self.assertRaisesRegex(UserError, "ground"):
            self.as_("hr", order).action_submit()

    def test_a_dismissal_before_the_contract_is_refused(self):
        past = date(2026, 2, 1)
        order = self.build_order(
            order_type="dismissal",
            dismissal_ground_id=self.ground.id,
            date_order=past,
            date_effective=past,
        )
        with self.assertRaisesRegex(UserError, "contract"):
            self.as_("hr", order).action_submit()

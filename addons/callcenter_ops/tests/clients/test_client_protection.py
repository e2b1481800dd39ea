from odoo.exceptions import AccessError

from ..calling.common import CallingCase


class TestClientProtection(CallingCase):
    """The client base belongs to the company: operators see whom they are handed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.operator.user_id.group_ids += cls.env.ref("base.group_allow_export")
        cls.client = cls.build_client("Handed Client")
        cls.stranger = cls.build_client("Secret Client", email="secret@example.com")
        cls.campaign = cls.build_campaign(cls.client)

    def _partners(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["res.partner"].with_user(self.operator.user_id)

    def test_an_operator_finds_no_client_by_any_way_of_searching(self):
        partners = self._partners()
        domain = [("name", "ilike", "Client")]
        self.assertFalse(partners.search(domain))
        self.assertFalse(partners.name_search("Secret Client"))
        self.assertFalse(partners._read_group(domain, ["email"], ["__count"]))
        self.assertEqual(partners.search_count(domain), 0)
        with self.assertRaises(AccessError):
            partners.browse(self.stranger.id).read(["email"])
        with self.assertRaises(AccessError):
            partners.browse(self.stranger.id).export_data(["name", "phone"])

    def test_a_handed_client_can_be_read_until_the_call_is_over(self):
        desk = self.desk(self.operator)
        claim = desk.claim_next()["claim"]
        seen = self._partners().browse(self.client.id)
        self.assertEqual(seen.phone, self.client.phone)
        self.assertFalse(self._partners().browse(self.stranger.id).has_access("read"))
        self.desk(self.operator).finish_call(claim["id"], "no_answer", {}, False)
        self.assertFalse(self._partners().browse(self.client.id).has_access("read"))

    def test_a_personal_call_back_keeps_the_client_readable(self):
        self.call_through(
            self.operator, "callback", callback_at="2026-03-04 06:00:00", personal=True
        )
        self.assertTrue(self._partners().browse(self.client.id).has_access("read"))

    def test_chatter_and_activities_of_foreign_clients_stay_closed(self):
        self.stranger.message_post(body="Their prices")
        message = self.stranger.message_ids[0]
        activity = self.stranger.activity_schedule(
            "mail.mail_activity_data_call", user_id=self.users["supervisor"].id
        )
        user = self.operator.user_id
        self.assertFalse(message.with_user(user).has_access("read"))
        self.assertFalse(activity.with_user(user).has_access("read"))

    def test_the_operator_still_reads_himself_his_colleagues_and_his_company(self):
        partners = self._partners()
        for partner in (
            self.operator.user_id.partner_id,
            self.users["supervisor"].partner_id,
            self.company.partner_id,
        ):
            self.assertTrue(partners.browse(partner.id).has_access("read"))

    def test_queue_claims_stop_list_and_consents_are_closed_to_operators(self):
        for model in (
            "callcenter.campaign.contact",
            "callcenter.call.claim",
            "callcenter.stop.entry",
            "callcenter.consent",
            "callcenter.client.grant",
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.operator.user_id).search([])

    def test_operators_see_their_own_calls_alone(self):
        colleague = self.build_operator("Operator Two")
        self.call_through(self.operator, "informed")
        calls = self.env["callcenter.call"]
        self.assertEqual(len(calls.with_user(self.operator.user_id).search([])), 1)
        self.assertFalse(calls.with_user(colleague.user_id).search([]))
        self.assertEqual(len(calls.with_user(self.users["supervisor"]).search([])), 1)

    def test_nobody_writes_or_deletes_a_call(self):
        self.call_through(self.operator, "informed")
        call = self.env["callcenter.call"].search([])
        for user in (self.operator.user_id, *self.users.values()):
            for operation in ("write", "create", "unlink"):
                with self.subTest(user=user.login, operation=operation):
                    self.assertFalse(call.with_user(user).has_access(operation))

    def test_supervisors_see_the_whole_client_base(self):
        clients = self.client + self.stranger
        seen = self.as_("supervisor", clients)
        self.assertEqual(len(seen.search([("id", "in", clients.ids)])), 2)

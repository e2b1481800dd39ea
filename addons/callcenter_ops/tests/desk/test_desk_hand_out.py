from odoo.exceptions import AccessError, UserError

from ..calling.common import CallingCase


class TestDeskHandOut(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")

    def test_a_cleared_operator_gets_the_client_with_all_he_needs(self):
        client = self.build_client("Sports Shop", city="Ekaterinburg")
        campaign = self.build_campaign(client, script="<p>Hello {{ client_name }}</p>")
        answer = self.desk(self.operator).claim_next()
        claim = answer["claim"]
        self.assertEqual(answer["state"], "preview")
        self.assertEqual(claim["partner"]["name"], "Sports Shop")
        self.assertEqual(claim["campaign"]["id"], campaign.id)
        self.assertEqual(claim["phone"], client.phone_sanitized)
        self.assertEqual(claim["local_time"], "10:00")
        self.assertEqual(claim["script"], "<p>Hello Sports Shop</p>")
        self.assertEqual(claim["attempt_no"], 1)
        self.assertEqual(self.contact(campaign, client).state, "claimed")

    def test_an_operator_without_an_order_gets_nobody_and_the_reason(self):
        self.build_campaign()
        candidate = self.build_operator("Candidate")
        candidate._transition({"callcenter_status": "candidate"})
        answer = self.desk(candidate).claim_next()
        self.assertFalse(answer["claim"])
        self.assertIn("not_appointed", [r["code"] for r in answer["reasons"]])
        self.assertEqual(self.env["callcenter.call.claim"].search_count([]), 0)

    def test_only_operators_reach_the_desk(self):
        self.build_campaign()
        for role in ("supervisor", "hr", "director", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["callcenter.desk"].with_user(self.users[role]).claim_next()

    def test_an_operator_user_without_an_employee_is_told_so(self):
        user = self.users["operator"]
        with self.assertRaisesRegex(AccessError, "no employee record"):
            self.env["callcenter.desk"].with_user(user).open_desk()

    def test_a_reload_or_a_second_tab_brings_the_same_client_back(self):
        self.build_campaign(self.build_client() + self.build_client())
        first = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(
            self.desk(self.operator).open_desk()["claim"]["id"], first["id"]
        )
        again = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(again["id"], first["id"])

    def test_opening_the_desk_claims_nobody(self):
        self.build_campaign()
        answer = self.desk(self.operator).open_desk()
        self.assertEqual((answer["state"], answer["claim"]), ("offline", False))

    def test_two_operators_never_hold_the_same_client(self):
        client = self.build_client()
        self.build_campaign(client)
        self.build_campaign(client, name="Second")
        self.assertTrue(self.desk(self.operator).claim_next()["claim"])
        answer = self.desk(self.colleague).claim_next()
        self.assertFalse(answer["claim"])

    def test_two_clients_with_one_number_are_not_called_at_once(self):
        client = self.build_client()
        twin = self.build_client("Twin", phone=client.phone)
        self.build_campaign(client)
        self.build_campaign(twin, name="Second")
        self.assertTrue(self.desk(self.operator).claim_next()["claim"])
        self.assertFalse(self.desk(self.colleague).claim_next()["claim"])

    def test_a_client_on_the_stop_list_is_taken_out_at_hand_out(self):
        client = self.build_client()
        campaign = self.build_campaign(client)
        self.env["callcenter.stop.entry"].create(
            {"phone": client.phone, "reason": "Asked"}
        )
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        contact = self.contact(campaign, client)
        self.assertEqual(contact.state, "excluded")
        self.assertEqual(contact.exclusion_reason, "stop_list")

    def test_a_temporary_stop_postpones_the_client_until_it_ends(self):
        client = self.build_client()
        campaign = self.build_campaign(client)
        until = self.later(days=10)
        self.env["callcenter.stop.entry"].create(
            {"phone": client.phone, "reason": "On leave", "date_end": until}
        )
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        contact = self.contact(campaign, client)
        self.assertEqual(contact.state, "queued")
        self.assertEqual(str(contact.next_call_at), until)

    def test_a_number_on_the_blacklist_is_taken_out(self):
        client = self.build_client()
        campaign = self.build_campaign(client)
        client._phone_set_blacklisted()
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        self.assertEqual(self.contact(campaign, client).exclusion_reason, "stop_list")

    def test_advertising_needs_the_consent_of_the_client(self):
        silent, willing = self.build_client("Silent"), self.build_client("Willing")
        self.env["callcenter.consent"].create(
            {"partner_id": willing.id, "kind": "advertising", "text_version": "1"}
        )
        rules = self.env.ref("callcenter_ops.rule_set_advertising")
        campaign = self.build_campaign(
            silent + willing, purpose="telemarketing", rule_set_id=rules.id
        )
        answers = [
            self.desk(employee).claim_next()["claim"]
            for employee in (self.operator, self.colleague)
        ]
        names = [claim["partner"]["name"] for claim in answers if claim]
        self.assertEqual(names, ["Willing"])
        contact = self.contact(campaign, silent)
        self.assertEqual(contact.exclusion_reason, "no_consent")

    def test_nobody_is_called_outside_the_hours_of_his_own_zone(self):
        east = self.build_client("East", state_id=self.env.ref("base.state_ru_pri").id)
        campaign = self.build_campaign(east)
        contact = self.contact(campaign, east)
        contact._transition({"timezone": "Asia/Vladivostok"})
        campaign._note_zones(campaign.contact_ids.partner_id.ids)
        with self.at("2026-03-02 11:00:00"):  # 16:00 here, 21:00 in Vladivostok
            answer = self.desk(self.operator).claim_next()
        self.assertFalse(answer["claim"])
        self.assertEqual(answer["reasons"][-1]["code"], "not_now")
        self.assertIn("03.03.2026 at 04:00", answer["reasons"][-1]["message"])

    def test_a_holiday_has_the_hours_of_a_day_off(self):
        self.build_campaign()
        with self.at("2026-03-09 04:30:00"):  # 09:30, Monday, transferred holiday
            self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        with self.at("2026-03-09 05:30:00"):
            self.assertTrue(self.desk(self.operator).claim_next()["claim"])

    def test_the_daily_limit_counts_calls_of_every_campaign(self):
        client = self.build_client()
        self.build_campaign(client)
        self.call_through(self.operator)
        second = self.build_campaign(client, name="Second")
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        contact = self.contact(second, client)
        self.assertEqual(contact.wait_reason, "limit")
        self.assertEqual(str(contact.next_call_at), "2026-03-03 05:00:00")

    def test_a_campaign_of_chosen_operators_is_closed_to_the_others(self):
        self.build_campaign(employee_ids=[(6, 0, self.colleague.ids)])
        answer = self.desk(self.operator).claim_next()
        self.assertEqual(answer["reasons"][-1]["code"], "no_campaign")
        self.assertTrue(self.desk(self.colleague).claim_next()["claim"])

    def test_a_campaign_outside_its_dates_hands_out_nobody(self):
        self.build_campaign(date_start="2026-03-03")
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        with self.at("2026-03-03 05:00:00"):
            self.assertTrue(self.desk(self.operator).claim_next()["claim"])

    def test_the_more_urgent_campaign_goes_first(self):
        self.build_campaign()
        urgent = self.build_campaign(name="Urgent", priority="3")
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(claim["campaign"]["id"], urgent.id)

    def test_a_paused_campaign_hands_out_nobody(self):
        campaign = self.build_campaign()
        campaign.with_user(self.users["supervisor"]).action_pause()
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])

    def test_a_rule_that_changed_during_the_preview_stops_the_call(self):
        client = self.build_client()
        campaign = self.build_campaign(client)
        claim = self.desk(self.operator).claim_next()["claim"]
        self.env["callcenter.stop.entry"].create(
            {"phone": client.phone, "reason": "Asked"}
        )
        answer = self.desk(self.operator).start_call(claim["id"])
        self.assertFalse(answer["claim"])
        self.assertEqual(answer["reasons"][0]["code"], "stop_list")
        self.assertEqual(self.contact(campaign, client).exclusion_reason, "stop_list")

    def test_a_foreign_claim_can_be_neither_started_nor_finished_nor_released(self):
        self.build_campaign()
        claim_id = self.desk(self.operator).claim_next()["claim"]["id"]
        desk = self.desk(self.colleague)
        for attempt in (
            lambda: desk.start_call(claim_id),
            lambda: desk.end_call(claim_id),
            lambda: desk.finish_call(claim_id, "informed", {}),
            lambda: desk.release(claim_id, "mine"),
        ):
            with self.assertRaises(AccessError):
                attempt()
        claim = self.env["callcenter.call.claim"].browse(claim_id)
        self.assertEqual((claim.state, claim.employee_id), ("preview", self.operator))
        self.assertFalse(self.env["callcenter.call"].search([]))

    def test_a_released_client_goes_back_without_an_attempt(self):
        client = self.build_client()
        campaign = self.build_campaign(client)
        claim = self.desk(self.operator).claim_next()["claim"]
        with self.assertRaisesRegex(UserError, "Say why"):
            self.desk(self.operator).release(claim["id"], " ")
        answer = self.desk(self.operator).release(claim["id"], "Knows me personally")
        self.assertEqual((answer["claim"], answer["state"]), (False, "ready"))
        contact = self.contact(campaign, client)
        self.assertEqual((contact.state, contact.attempt_count), ("queued", 0))
        self.assertIn("Knows me personally", client.message_ids[0].body)

    def test_a_pause_gives_a_client_only_looked_at_back(self):
        client = self.build_client()
        campaign = self.build_campaign(client)
        self.desk(self.operator).claim_next()
        reason = self.env.ref("callcenter_ops.pause_lunch")
        answer = self.desk(self.operator).set_state("pause", reason.id)
        self.assertEqual((answer["state"], answer["claim"]), ("pause", False))
        self.assertEqual(answer["pause_reason"]["id"], reason.id)
        self.assertEqual(self.contact(campaign, client).state, "queued")

    def test_no_pause_without_a_reason_and_none_during_a_call(self):
        self.build_campaign()
        with self.assertRaises(UserError):
            self.desk(self.operator).set_state("pause")
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).start_call(claim["id"])
        reason = self.env.ref("callcenter_ops.pause_lunch")
        with self.assertRaisesRegex(UserError, "result of the call"):
            self.desk(self.operator).set_state("pause", reason.id)
        self.assertEqual(self.desk(self.operator).open_desk()["state"], "talk")

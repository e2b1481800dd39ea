from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..calling.common import CallingCase


class TestDeskResult(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.build_client("Sports Shop")

    def _calls(self):
        return self.env["callcenter.call"].search([])

    def test_a_result_is_saved_and_the_next_client_comes_in_one_request(self):
        campaign = self.build_campaign(self.client + self.build_client("Next"))
        with self.at("2026-03-02 05:00:00"):
            claim = self.desk(self.operator).claim_next()["claim"]
        with self.at("2026-03-02 05:00:30"):
            self.desk(self.operator).start_call(claim["id"])
        with self.at("2026-03-02 05:02:00"):
            self.desk(self.operator).end_call(claim["id"])
        with self.at("2026-03-02 05:02:20"):
            answer = self.desk(self.operator).finish_call(
                claim["id"], "informed", {"note": "Liked the skis"}
            )
        call = self._calls()
        self.assertEqual(answer["saved"]["call_id"], call.id)
        self.assertEqual((call.talk_seconds, call.wrap_seconds), (90, 20))
        self.assertEqual(call.note, "Liked the skis")
        self.assertEqual(call.federal_district, "ural")
        self.assertTrue(call.is_target)
        self.assertNotEqual(answer["claim"]["partner"]["id"], claim["partner"]["id"])
        first = self.env["res.partner"].browse(claim["partner"]["id"])
        self.assertEqual(self.contact(campaign, first).state, "done")
        self.assertEqual(answer["figures"]["attempts"], 1)
        self.assertEqual(answer["figures"]["talk_seconds"], 90)

    def test_sending_the_result_again_changes_nothing(self):
        self.build_campaign(self.client)
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).start_call(claim["id"])
        first = self.desk(self.operator).finish_call(claim["id"], "interested", {})
        again = self.desk(self.operator).finish_call(claim["id"], "interested", {})
        self.assertEqual(first["saved"], again["saved"])
        self.assertEqual(len(self._calls()), 1)
        leads = self.env["crm.lead"].search([("partner_id", "=", self.client.id)])
        self.assertEqual(len(leads), 1)

    def test_a_finished_call_of_a_colleague_stays_his(self):
        self.build_campaign(self.client)
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).finish_call(claim["id"], "no_answer", {}, False)
        with self.assertRaises(AccessError):
            self.desk(self.colleague).finish_call(claim["id"], "informed", {})
        self.assertEqual(self._calls().disposition_id.code, "no_answer")

    def test_an_unknown_claim_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "do not hold this client"):
            self.desk(self.operator).finish_call(10**6, "informed", {})

    def test_interest_makes_a_lead_with_its_origin(self):
        team = self.env["crm.team"].create({"name": "Wholesale"})
        product = self.env["product.product"].create({"name": "Ball"})
        campaign = self.build_campaign(self.client, lead_team_id=team.id)
        answer = self.call_through(
            self.operator,
            "interested",
            note="Wants 20 balls",
            expected_revenue=15000,
            product_ids=product.ids,
        )
        lead = self.env["crm.lead"].browse(answer["saved"]["lead_id"])
        self.assertEqual(lead.partner_id, self.client)
        self.assertEqual(lead.user_id, self.users["supervisor"])
        self.assertEqual((lead.team_id, lead.probability), (team, 10))
        self.assertEqual(lead.campaign_id, campaign.utm_campaign_id)
        self.assertEqual(lead.expected_revenue, 15000)
        self.assertEqual(lead.callcenter_product_ids, product)
        self.assertIn("Wants 20 balls", lead.description)
        self.assertEqual(lead.callcenter_call_ids.id, answer["saved"]["call_id"])

    def test_an_order_wins_the_lead(self):
        self.build_campaign(self.client)
        answer = self.call_through(self.operator, "order", expected_revenue=9900)
        lead = self.env["crm.lead"].browse(answer["saved"]["lead_id"])
        self.assertEqual(lead.won_status, "won")
        self.assertEqual(answer["figures"]["sales"], 1)

    def test_an_order_without_a_sum_is_refused_and_nothing_is_saved(self):
        self.build_campaign(self.client)
        with self.assertRaisesRegex(UserError, "the amount"):
            self.call_through(self.operator, "order")
        self.assertFalse(self._calls())
        self.assertEqual(self.desk(self.operator).open_desk()["state"], "talk")

    def test_a_personal_call_back_waits_for_its_operator_alone(self):
        campaign = self.build_campaign(self.client)
        answer = self.call_through(
            self.operator, "callback", callback_at="2026-03-04 06:00:00", personal=True
        )
        activity = self.env["mail.activity"].browse(answer["saved"]["activity_id"])
        self.assertEqual(
            activity.activity_type_id, self.env.ref("mail.mail_activity_data_call")
        )
        self.assertEqual(activity.user_id, self.operator.user_id)
        self.assertEqual(str(activity.date_deadline), "2026-03-04")
        contact = self.contact(campaign, self.client)
        self.assertEqual(contact.reserved_employee_id, self.operator)
        with self.at("2026-03-04 06:00:10"):
            self.assertFalse(self.desk(self.colleague).claim_next()["claim"])
            claim = self.desk(self.operator).claim_next()["claim"]
            self.assertEqual(claim["partner"]["id"], self.client.id)
            self.assertEqual(claim["attempt_no"], 2)
            self.desk(self.operator).finish_call(claim["id"], "informed", {}, False)
        self.assertFalse(activity.exists().active)

    def test_a_call_back_must_lie_ahead_and_inside_the_window(self):
        self.build_campaign(self.client)
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).start_call(claim["id"])
        refused = {
            "2026-03-01 06:00:00": "in the past",
            "2026-03-03 16:00:00": "may not be called at 03.03.2026 21:00",
            "2026-03-08 04:30:00": "08.03.2026 10:00",  # Sunday, 09:30 there
            "2026-03-09 04:30:00": "09.03.2026 10:00",  # Monday, a day off moved there
            "2027-03-01 06:00:00": "92 days",
            "tomorrow": "no date and time",
            "": "the time of the call-back",
        }
        for moment, words in refused.items():
            with self.subTest(moment=moment), self.assertRaisesRegex(UserError, words):
                self.desk(self.operator).finish_call(
                    claim["id"], "callback", {"callback_at": moment}
                )
        self.assertFalse(self._calls())

    def test_a_refusal_needs_its_reason(self):
        self.build_campaign(self.client)
        with self.assertRaisesRegex(UserError, "reason of the refusal"):
            self.call_through(self.operator, "refusal")
        claim = self.desk(self.operator).open_desk()["claim"]
        reason = self.env.ref("callcenter_ops.refusal_price")
        self.desk(self.operator).finish_call(
            claim["id"], "refusal", {"refusal_reason_id": reason.id}, False
        )
        self.assertEqual(self._calls().refusal_reason_id, reason)

    def test_do_not_call_stops_the_number_everywhere(self):
        self.env["callcenter.consent"].create(
            {"partner_id": self.client.id, "kind": "advertising", "text_version": "1"}
        )
        self.build_campaign(self.client)
        self.call_through(self.operator, "do_not_call")
        entry = self.env["callcenter.stop.entry"].search([])
        self.assertEqual(entry.phone, self.client.phone_sanitized)
        self.assertTrue(self.client.phone_sanitized_blacklisted)
        self.assertTrue(self.client.callcenter_consent_ids.withdrawn_at)
        with self.at("2026-05-04 05:00:00"):
            self.build_campaign(self.client, name="Second")
            self.assertFalse(self.desk(self.operator).claim_next()["claim"])

    def test_what_was_entered_for_another_result_is_left_out(self):
        """Keys are pressed one after another: the last result alone counts."""
        reason = self.env["callcenter.refusal.reason"].search([], limit=1)
        product = self.env["product.product"].create({"name": "Skis"})
        stray = {
            "refusal_reason_id": reason.id,
            "expected_revenue": 1000,
            "product_ids": product.ids,
            "callback_at": "2026-03-04 06:00:00",
            "promise_amount": 500,
            "promise_date": "2026-03-05",
        }
        for code, kept in (
            ("informed", set()),
            ("complaint", set()),
            ("callback", {"callback_at"}),
            ("refusal", {"refusal_reason_id"}),
            ("order", {"expected_revenue", "product_ids"}),
            ("interested", {"expected_revenue", "product_ids"}),
        ):
            with self.subTest(code=code):
                self.build_campaign(self.build_client(code), name=code)
                answer = self.call_through(self.operator, code, note="X", **stray)
                call = self.env["callcenter.call"].browse(answer["saved"]["call_id"])
                filled = {name for name in stray if call[name]}
                self.assertEqual(filled, kept)

    def test_a_wrong_number_reaches_nobody(self):
        self.build_campaign(self.client)
        self.call_through(self.operator, "wrong_number")
        call = self._calls()
        self.assertFalse(call.is_contact or call.is_target)
        self.assertEqual(call.technical_status, "answered")
        for flag in ("is_contact", "is_target", "is_sale"):
            refused = self.assertRaises(IntegrityError)
            with refused, mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                call.disposition_id[flag] = True
                call.disposition_id.flush_recordset()
            self.env.invalidate_all()

    def test_a_wrong_number_is_marked_and_not_loaded_again(self):
        self.build_campaign(self.client)
        self.call_through(self.operator, "wrong_number")
        self.assertEqual(self.client.callcenter_bad_phone, self.client.phone_sanitized)
        again = self.build_campaign(self.client, start=False, name="Second")
        self.assertEqual(again.contact_ids.exclusion_reason, "bad_number")
        self.client.phone = "+73430009999"
        third = self.build_campaign(self.client, start=False, name="Third")
        self.assertEqual(third.contact_ids.state, "queued")

    def test_no_answer_is_tried_again_after_its_delay(self):
        campaign = self.build_campaign(self.client)
        self.call_through(self.operator, "no_answer")
        contact = self.contact(campaign, self.client)
        self.assertEqual((contact.state, contact.attempt_count), ("queued", 1))
        self.assertEqual(str(contact.next_call_at), "2026-03-02 08:00:00")
        self.assertEqual(contact.wait_reason, "retry")

    def test_the_last_attempt_ends_the_contact(self):
        rules = self.build_rules(max_attempts=2)
        campaign = self.build_campaign(self.client, rule_set_id=rules.id)
        self.call_through(self.operator, "no_answer")
        with self.at("2026-03-02 09:00:00"):
            self.call_through(self.operator, "no_answer")
        contact = self.contact(campaign, self.client)
        self.assertEqual((contact.state, contact.attempt_count), ("done", 2))
        self.assertEqual(contact.exclusion_reason, "exhausted")

    def test_a_result_of_another_campaign_is_refused(self):
        informed = self.env.ref("callcenter_ops.disposition_informed")
        self.build_campaign(self.client, disposition_ids=[(6, 0, informed.ids)])
        with self.assertRaisesRegex(UserError, "does not belong"):
            self.call_through(self.operator, "no_answer")
        with self.assertRaisesRegex(UserError, "does not belong"):
            claim = self.desk(self.operator).open_desk()["claim"]
            self.desk(self.operator).finish_call(claim["id"], "interrupted", {})
        self.assertFalse(self._calls())

    def test_the_conversation_is_noted_on_the_client(self):
        self.build_campaign(self.client)
        self.call_through(self.operator, "informed", note="<b>Call</b> in May")
        body = self.client.message_ids[0].body
        self.assertIn("&lt;b&gt;Call&lt;/b&gt; in May", body)
        self.assertIn("Operator One", body)

    def test_a_silent_desk_loses_its_client_and_the_attempt_counts(self):
        campaign = self.build_campaign(self.client)
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).start_call(claim["id"])
        with self.at("2026-03-02 05:09:59"):
            self._sweep()
            self.assertEqual(self.contact(campaign, self.client).state, "claimed")
        with self.at("2026-03-02 05:10:01"):
            self._sweep()
            contact = self.contact(campaign, self.client)
            self.assertEqual((contact.state, contact.attempt_count), ("queued", 1))
            self.assertEqual(self._calls().disposition_id.code, "interrupted")
            answer = self.desk(self.operator).heartbeat()
        self.assertEqual(answer["state"], "offline")
        self.assertEqual(answer["reasons"][0]["code"], "lease_expired")

    def test_the_late_result_of_a_cut_off_call_is_stored_once(self):
        campaign = self.build_campaign(self.client)
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).start_call(claim["id"])
        with self.at("2026-03-02 05:30:00"):
            self._sweep()
            saved = [
                self.desk(self.operator).finish_call(claim["id"], "order", values)
                for values in ({"expected_revenue": 500}, {"expected_revenue": 700})
            ]
        self.assertEqual(saved[0]["saved"], saved[1]["saved"])
        call = self._calls()
        self.assertEqual(
            (call.disposition_id.code, call.expected_revenue), ("order", 500)
        )
        self.assertEqual(self.contact(campaign, self.client).state, "done")

    def test_heartbeats_keep_the_lease_but_not_for_ever(self):
        campaign = self.build_campaign(self.client)
        self.desk(self.operator).claim_next()
        for minute in range(1, 15):
            with self.at(f"2026-03-02 05:{minute:02d}:00"):
                self.desk(self.operator).heartbeat()
                self._sweep()
                self.assertEqual(self.contact(campaign, self.client).state, "claimed")
        with self.at("2026-03-02 05:15:01"):
            self._sweep()
            contact = self.contact(campaign, self.client)
        self.assertEqual((contact.state, contact.attempt_count), ("queued", 1))
        self.assertFalse(self._calls())

    def test_a_personal_call_back_survives_the_sweep(self):
        campaign = self.build_campaign(self.client)
        self.call_through(
            self.operator, "callback", callback_at="2026-03-04 06:00:00", personal=True
        )
        with self.at("2026-03-04 06:00:10"):
            self.desk(self.operator).claim_next()
        with self.at("2026-03-04 06:10:10"):
            self._sweep()
            contact = self.contact(campaign, self.client)
        self.assertEqual(contact.reserved_employee_id, self.operator)
        self.assertEqual((contact.state, contact.attempt_count), ("queued", 2))

    def test_saving_and_the_next_client_stay_within_a_budget_of_queries(self):
        clients = [self.build_client(f"Client {number}") for number in range(4)]
        self.build_campaign(self.env["res.partner"].concat(*clients))
        claim = self.desk(self.operator).claim_next()["claim"]
        answer = self.desk(self.operator).finish_call(claim["id"], "no_answer", {})
        desk, claim = self.desk(self.operator), answer["claim"]
        with self.assertQueryCount(21):
            desk.finish_call(claim["id"], "no_answer", {})

    def test_the_next_client_alone_stays_within_a_budget_of_queries(self):
        clients = [self.build_client(f"Client {number}") for number in range(3)]
        self.build_campaign(self.env["res.partner"].concat(*clients))
        for _warming in range(2):
            claim = self.desk(self.operator).claim_next()["claim"]
            self.desk(self.operator).release(claim["id"], "Not now")
        desk = self.desk(self.operator)
        with self.assertQueryCount(17):
            self.assertTrue(desk.claim_next()["claim"])

    def _sweep(self):
        self.env["callcenter.call.claim"]._get_dead()._sweep()
        self.env["callcenter.operator.state"]._sweep()
        self.env.flush_all()

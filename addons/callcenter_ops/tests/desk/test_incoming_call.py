from odoo.exceptions import UserError
from odoo.tests import new_test_user

from ..calling.common import CallingCase

STRANGER = "+73430008888"


class TestIncomingCall(CallingCase):
    """Whoever rings is answered, and what came of it is kept like any other call."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.build_client("Sports Shop")
        cls.number = cls.client.phone_sanitized
        cls.outgoing = cls.build_campaign(cls.client)
        cls.hotline = cls.env["callcenter.campaign"].create(
            {"name": "Hotline", "purpose": "inbound", "rule_set_id": cls.rules.id}
        )
        cls.hotline.action_start()

    def answer(self, number=None, employee=None, **kwargs):
        number = number or self.number
        desk = self.desk(employee or self.operator)
        found = desk.search_clients(number, direction="in")["found"]
        if found:
            kwargs["partner_id"] = found[0]["id"]
        return self.desk(employee or self.operator).answer_call(number, **kwargs)

    def finish(self, claim, disposition="question_answered", **values):
        saved = self.desk(self.operator).finish_call(
            claim["id"], disposition, values, False
        )["saved"]
        return self.env["callcenter.call"].browse(saved["call_id"])

    def test_a_known_caller_is_answered_with_his_card(self):
        snapshot = self.answer("8 (343) 000-" + self.number[-4:])
        claim = snapshot["claim"]
        self.assertEqual(snapshot["state"], "talk")
        self.assertEqual(claim["direction"], "in")
        self.assertEqual(claim["partner"]["id"], self.client.id)
        self.assertEqual(claim["campaign"]["id"], self.hotline.id)
        client = self.client.with_user(self.operator.user_id)
        self.assertEqual(client.phone, self.client.phone)

    def test_the_result_is_an_incoming_call_on_the_operators_sheet(self):
        claim = self.answer()["claim"]
        with self.at("2026-03-02 05:02:00"):
            call = self.finish(claim, note="Asked about delivery")
        self.assertEqual((call.direction, call.phone), ("in", self.number))
        self.assertEqual((call.talk_seconds, call.attempt_no), (120, 0))
        self.assertEqual(call.sheet_id.employee_id, self.operator)
        self.assertEqual(call.state_id, self.sverdlovsk)
        self.assertFalse(self.env["callcenter.call.claim"].search([]))
        self.assertFalse(
            self.client.with_user(self.operator.user_id).has_access("read")
        )

    def test_results_are_those_of_incoming_calls(self):
        claim = self.answer()["claim"]
        codes = {option["code"] for option in claim["dispositions"]}
        self.assertIn("question_answered", codes)
        self.assertNotIn("no_answer", codes)
        with self.assertRaisesRegex(UserError, "does not belong"):
            self.finish(claim, "no_answer")

    def test_an_outgoing_call_is_not_offered_incoming_results(self):
        claim = self.desk(self.operator).claim_next()["claim"]
        codes = {option["code"] for option in claim["dispositions"]}
        self.assertIn("no_answer", codes)
        self.assertNotIn("question_answered", codes)

    def test_an_unknown_caller_becomes_a_client(self):
        answer = self.desk(self.operator).search_clients(STRANGER, direction="in")
        self.assertEqual(answer["found"], [])
        values = {"name": "Anna  Orlova", "city": "Perm", "is_company": True}
        claim = self.desk(self.operator).answer_call(STRANGER, client=values)["claim"]
        made = self.env["res.partner"].search([("phone_sanitized", "=", STRANGER)])
        self.assertEqual((made.name, made.city), ("Anna Orlova", "Perm"))
        self.assertFalse(made.is_company)
        self.assertEqual(made.company_id, self.company)
        self.assertEqual(made.state_id, self.sverdlovsk)
        self.assertEqual(claim["partner"]["id"], made.id)

    def test_a_new_client_needs_a_name_and_a_search_by_his_number(self):
        before = self.env["res.partner"].search_count([])
        self.desk(self.operator).search_clients(STRANGER, direction="in")
        for number, values, words in (
            (STRANGER, {}, "name"),
            (STRANGER, {"name": " "}, "name"),
            ("+73430007777", {"name": "Anna"}, "Search for the caller"),
            ("", {"name": "Anna"}, "Search for the caller"),
            (self.number, {"name": "Anna"}, "Search for the caller"),
        ):
            with self.subTest(number), self.assertRaisesRegex(UserError, words):
                self.desk(self.operator).answer_call(number, client=values)
        self.assertEqual(self.env["res.partner"].search_count([]), before)
        self.assertFalse(self.env["callcenter.call.claim"].search([]))

    def test_a_client_added_meanwhile_is_not_made_twice(self):
        self.desk(self.operator).search_clients(STRANGER, direction="in")
        self.build_client("Anna", phone=STRANGER)
        with self.assertRaisesRegex(UserError, "has been added"):
            self.desk(self.operator).answer_call(STRANGER, client={"name": "Anna"})

    def test_a_colleagues_claim_is_shown_and_keeps_nobody_from_answering(self):
        self.desk(self.colleague).claim_next()
        snapshot = self.answer()
        self.assertEqual(snapshot["state"], "talk")
        self.assertEqual(snapshot["claim"]["also_held_by"], self.colleague.name)
        self.assertEqual(self.env["callcenter.call.claim"].search_count([]), 2)
        self.assertEqual(self.finish(snapshot["claim"]).direction, "in")
        contact = self.contact(self.outgoing, self.client)
        self.assertEqual(contact.state, "claimed")

    def test_a_caller_on_the_line_is_called_by_nobody(self):
        self.answer()
        self.assertFalse(self.desk(self.colleague).claim_next()["claim"])

    def test_a_client_only_looked_at_goes_back_to_the_queue(self):
        self.desk(self.operator).claim_next()
        self.answer(STRANGER, client={"name": "Anna"})
        self.assertEqual(self.contact(self.outgoing, self.client).state, "queued")

    def test_a_call_in_progress_is_ended_first(self):
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).start_call(claim["id"])
        with self.assertRaisesRegex(UserError, "Save the result"):
            self.answer(STRANGER, client={"name": "Anna"})
        self.assertEqual(self.env["callcenter.call.claim"].search_count([]), 1)

    def test_answering_again_after_a_lost_answer_changes_nothing(self):
        first = self.answer()["claim"]["id"]
        again = self.desk(self.operator).answer_call(self.number)["claim"]["id"]
        self.assertEqual(again, first)

    def test_an_incoming_call_uses_up_no_limit_of_outgoing_ones(self):
        self.finish(self.answer()["claim"])
        self.assertTrue(self.desk(self.colleague).claim_next()["claim"])

    def test_a_call_back_agreed_with_a_caller_is_handed_out_in_its_time(self):
        claim = self.answer(STRANGER, client={"name": "Anna"})["claim"]
        call = self.finish(
            claim, "callback", callback_at="2026-03-03 06:00:00", personal=True
        )
        contact = call.contact_id
        self.assertEqual(contact.campaign_id, self.hotline)
        self.assertEqual(str(contact.next_call_at), "2026-03-03 06:00:00")
        self.assertEqual((contact.attempt_count, contact.state), (0, "queued"))
        with self.at("2026-03-03 06:00:00"):
            handed = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(handed["partner"]["name"], "Anna")
        self.assertEqual(handed["direction"], "out")

    def test_without_a_campaign_of_incoming_calls_the_call_is_kept_all_the_same(self):
        self.hotline._transition({"state": "paused"})
        claim = self.answer()["claim"]
        values = {"callback_at": "2026-03-03 06:00:00"}
        with self.assertRaisesRegex(UserError, "nobody would call back"):
            self.finish(claim, "callback", **values)
        call = self.finish(claim, "complaint", note="Torn tent")
        self.assertFalse(call.campaign_id)
        self.assertEqual(call.activity_id.res_id, self.client.id)

    def test_a_desk_that_falls_silent_leaves_the_call_on_record(self):
        self.answer()
        with self.at("2026-03-02 06:00:00"):
            self.env["callcenter.call.claim"]._get_dead()._sweep()
        call = self.env["callcenter.call"].search([])
        self.assertEqual((call.direction, call.partner_id), ("in", self.client))
        self.assertEqual(call.disposition_id.code, "interrupted")

    def test_an_operator_who_is_not_cleared_answers_nobody(self):
        user = new_test_user(
            self.env, "candidate_in", groups="callcenter_ops.group_operator"
        )
        candidate = self.build_employee("Candidate", user=user)
        self.desk(candidate).search_clients(self.number, direction="in")
        snapshot = self.desk(candidate).answer_call(
            self.number, partner_id=self.client.id
        )
        self.assertFalse(snapshot["claim"])
        self.assertIn("not_appointed", [r["code"] for r in snapshot["reasons"]])

    def test_a_hidden_number_is_answered_by_name(self):
        desk = self.desk(self.operator)
        [found] = desk.search_clients("Sports Shop", direction="in")["found"]
        claim = self.desk(self.operator).answer_call(partner_id=found["id"])["claim"]
        self.assertEqual(claim["partner"]["id"], self.client.id)

from odoo.exceptions import AccessError, UserError

from ..calling.common import CallingCase


class TestCallByHand(CallingCase):
    """An operator looks for a client by his whole name or number and calls him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.build_client("Лыжная база «Юг»", city="Miass")
        cls.campaign = cls.build_campaign()

    def search(self, query, employee=None, **kwargs):
        return self.desk(employee or self.operator).search_clients(query, **kwargs)

    def call(self, client=None, employee=None, **kwargs):
        desk = self.desk(employee or self.operator)
        return desk.call_client((client or self.client).id, **kwargs)

    def logged(self):
        return self.env["callcenter.client.search"].search([])

    def test_a_client_is_found_by_the_full_number_in_every_spelling(self):
        number = self.client.phone_sanitized
        local = number.removeprefix("+7")
        for text in (
            number,
            f"8 ({local[:3]}) {local[3:6]}-{local[6:]}",
            f"7{local}",
            f"{number} доб. 12",
        ):
            with self.subTest(text=text):
                [found] = self.search(text)["found"]
                self.assertEqual(found["id"], self.client.id)
                self.assertEqual(found["city"], "Miass")

    def test_a_client_is_found_by_his_whole_name_in_any_case(self):
        [found] = self.search("  лыжная  БАЗА «юг» ")["found"]
        self.assertEqual(found["id"], self.client.id)

    def test_a_client_is_found_by_his_second_number(self):
        self.client.callcenter_other_phones = "+73430009991, +73430009992"
        [found] = self.search("+7 343 000-99-92")["found"]
        self.assertEqual(found["id"], self.client.id)

    def test_parts_and_wildcards_find_nobody(self):
        number = self.client.phone_sanitized
        for text in ("Лыжная", "%", "Лыжная база «Ю_»", "Лыжная*", number[:-1], "343"):
            with self.subTest(text=text):
                self.assertEqual(self.search(text)["found"], [])

    def test_a_found_client_is_shown_without_his_number_and_stays_unreadable(self):
        [found] = self.search(self.client.name)["found"]
        self.assertNotIn(self.client.phone_sanitized, str(found))
        self.assertEqual(
            found["phone_end"],
            self.client.phone_sanitized[-4:-2] + "-" + self.client.phone_sanitized[-2:],
        )
        client = self.client.with_user(self.operator.user_id)
        self.assertFalse(client.has_access("read"))

    def test_a_name_of_many_clients_shows_none_of_them(self):
        for _number in range(6):
            self.build_client("Ivan Petrov")
        answer = self.search("Ivan Petrov")
        self.assertEqual(answer["found"], [])
        self.assertIn("full number", answer["message"])

    def test_colleagues_archived_clients_and_foreign_companies_are_not_found(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.build_client("Foreign Client", company_id=other.id)
        self.build_client("Archived Client", active=False)
        for name in ("Foreign Client", "Archived Client", self.colleague.name):
            self.assertEqual(self.search(name)["found"], [])

    def test_each_search_is_logged_with_what_it_found(self):
        self.search(self.client.name)
        self.search("+7 343 000-99-99")
        self.search("343")
        rows = [
            (log.user_id, log.kind, log.query, log.outcome, log.found_count)
            for log in self.logged()
        ]
        user = self.operator.user_id
        self.assertEqual(
            rows,
            [
                (user, "number", "343", "unreadable", 0),
                (user, "number", "+73430009999", "none", 0),
                (user, "name", self.client.name, "found", 1),
            ],
        )

    def test_the_limit_of_an_hour_holds_and_what_exceeds_it_is_logged(self):
        self.company.callcenter_search_hour = 2
        self.search("Nobody")
        self.search("Nobody else")
        answer = self.search(self.client.name)
        self.assertEqual(answer["found"], [])
        self.assertIn("too often", answer["message"])
        self.assertEqual(self.logged()[0].outcome, "refused")
        with self.assertRaisesRegex(UserError, "Search for the client"):
            self.call()
        with self.at("2026-03-02 06:00:01"):
            self.assertTrue(self.search(self.client.name)["found"])

    def test_the_limit_of_a_day_holds(self):
        self.company.write({"callcenter_search_hour": 0, "callcenter_search_day": 1})
        self.search("Nobody")
        with self.at("2026-03-03 04:59:00"):
            self.assertEqual(self.search(self.client.name)["found"], [])

    def test_the_log_belongs_to_supervisors_and_nobody_rewrites_it(self):
        self.search("Nobody")
        log = self.logged()
        with self.assertRaises(AccessError):
            log.with_user(self.operator.user_id).search([])
        self.assertEqual(self.as_("supervisor", log).query, "Nobody")
        for user in (*self.users.values(), self.operator.user_id):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(log.with_user(user).has_access(operation))

    def test_a_found_client_is_called_and_the_result_saved_like_any_other(self):
        self.search(self.client.name)
        answer = self.call()
        self.assertEqual(answer["state"], "preview")
        claim = answer["claim"]
        self.assertEqual(claim["partner"]["id"], self.client.id)
        self.assertEqual(claim["direction"], "out")
        self.desk(self.operator).start_call(claim["id"])
        done = self.desk(self.operator).finish_call(claim["id"], "informed", {}, False)
        call = self.env["callcenter.call"].browse(done["saved"]["call_id"])
        self.assertEqual(call.partner_id, self.client)
        self.assertEqual(call.campaign_id, self.campaign)
        self.assertTrue(call.sheet_id)
        self.assertEqual(self.contact(self.campaign, self.client).state, "done")

    def test_asking_again_for_the_same_client_changes_nothing(self):
        self.search(self.client.name)
        first = self.call()["claim"]["id"]
        self.assertEqual(self.call()["claim"]["id"], first)
        self.assertEqual(self.env["callcenter.call.claim"].search_count([]), 1)

    def test_nobody_is_called_without_a_search_of_ones_own(self):
        self.search(self.client.name, employee=self.colleague)
        with self.assertRaisesRegex(UserError, "Search for the client"):
            self.call()
        with self.assertRaisesRegex(UserError, "no record number"):
            self.desk(self.operator).call_client("1 OR 1=1")
        self.assertFalse(self.env["callcenter.call.claim"].search([]))

    def test_the_right_to_a_found_client_ends_after_half_an_hour(self):
        self.search(self.client.name)
        with (
            self.at("2026-03-02 05:31:00"),
            self.assertRaisesRegex(UserError, "Search for the client"),
        ):
            self.call()

    def test_a_search_for_a_caller_gives_no_right_to_call(self):
        self.search(self.client.name, direction="in")
        with self.assertRaisesRegex(UserError, "Search for the client"):
            self.call()

    def assert_refused(self, code, **kwargs):
        before = self.env["callcenter.campaign.contact"].search_count([])
        answer = self.call(**kwargs)
        self.assertFalse(answer["claim"])
        self.assertEqual([r["code"] for r in answer["reasons"]], [code])
        self.assertTrue(answer["reasons"][0]["message"])
        after = self.env["callcenter.campaign.contact"].search_count([])
        self.assertEqual(after, before)
        self.assertFalse(
            self.env["callcenter.call.claim"].search(
                [("employee_id", "=", self.operator.id)]
            )
        )

    def test_the_stop_list_forbids_the_call(self):
        self.env["callcenter.stop.entry"].create(
            {"phone": self.client.phone, "reason": "Asked"}
        )
        self.search(self.client.name)
        self.assert_refused("stop_list")

    def test_the_window_of_the_client_forbids_the_call(self):
        with self.at("2026-03-02 16:00:00"):
            self.search(self.client.name)
            self.assert_refused("window")

    def test_the_consent_that_is_missing_forbids_the_call(self):
        rules = self.env.ref("callcenter_ops.rule_set_advertising")
        self.campaign.write({"purpose": "telemarketing", "rule_set_id": rules.id})
        self.search(self.client.name)
        self.assert_refused("no_consent")

    def test_the_limit_of_calls_forbids_a_second_one(self):
        self.search(self.client.name)
        claim = self.call()["claim"]
        self.desk(self.operator).start_call(claim["id"])
        self.desk(self.operator).finish_call(claim["id"], "no_answer", {}, False)
        self.assert_refused("limit")

    def test_a_client_without_a_usable_number_is_refused_with_the_reason(self):
        self.build_client("Numberless", phone=False)
        self.search("Numberless")
        numberless = self.env["res.partner"].search([("name", "=", "Numberless")])
        self.assert_refused("no_phone", client=numberless)

    def test_a_client_in_a_colleagues_hands_is_refused(self):
        self.search(self.client.name, employee=self.colleague)
        self.call(employee=self.colleague)
        [found] = self.search(self.client.name)["found"]
        self.assertEqual(found["held_by"], self.colleague.name)
        self.assert_refused("busy")

    def test_a_call_back_promised_by_a_colleague_is_left_to_him(self):
        self.search(self.client.name, employee=self.colleague)
        claim = self.call(employee=self.colleague)["claim"]
        self.desk(self.colleague).start_call(claim["id"])
        values = {"callback_at": "2026-03-04 06:00:00", "personal": True}
        self.desk(self.colleague).finish_call(claim["id"], "callback", values, False)
        self.search(self.client.name)
        self.assert_refused("reserved")

    def test_a_client_taken_out_by_hand_stays_out(self):
        contact = self.campaign._ensure_contact(self.client)
        contact.with_user(self.users["supervisor"]).action_exclude()
        self.search(self.client.name)
        self.assert_refused("manual")
        self.assertEqual(contact.state, "excluded")

    def test_an_operator_who_is_not_cleared_gets_the_reasons(self):
        self.search(self.client.name)
        self.operator._transition({"callcenter_status": "candidate"})
        answer = self.call()
        self.assertFalse(answer["claim"])
        self.assertIn("not_appointed", [r["code"] for r in answer["reasons"]])

    def test_without_an_open_campaign_nobody_is_called(self):
        self.campaign._transition({"state": "paused"})
        self.search(self.client.name)
        self.assert_refused("no_campaign")

    def test_a_client_in_hand_must_be_ended_first(self):
        self.desk(self.operator).claim_next()
        self.search(self.client.name)
        with self.assertRaisesRegex(UserError, "You hold a client"):
            self.call()

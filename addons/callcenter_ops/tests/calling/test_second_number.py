from .common import CallingCase

SECOND, THIRD = "+73510009998", "+73510009997"


class TestSecondNumber(CallingCase):
    """A client of several numbers is called by the next when one turns out bad."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client(
            "Shop", callcenter_other_phones=f"{SECOND}, {THIRD}"
        )
        cls.first = cls.client.phone_sanitized
        cls.rules = cls.build_rules()
        cls.campaign = cls.build_campaign(cls.client)

    def numbers(self):
        self.client.invalidate_recordset()
        return self.client.phone_sanitized, self.client.callcenter_other_phones

    def test_the_next_number_is_handed_out_at_once(self):
        self.call_through(self.operator, "wrong_number")
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual((claim["phone"], claim["attempt_no"]), (SECOND, 2))
        self.assertEqual(self.numbers(), (SECOND, THIRD))
        self.assertEqual(self.client.callcenter_bad_phone, self.first)

    def test_the_last_bad_number_ends_the_calls(self):
        for _number in (self.first, SECOND, THIRD):
            self.call_through(self.operator, "wrong_number")
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(contact.state, "done")
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        self.assertEqual(self.numbers(), (THIRD, False))

    def test_who_asked_for_no_more_calls_is_called_by_no_number(self):
        wrong = self.env["callcenter.disposition"].search(
            [("code", "=", "wrong_number")]
        )
        wrong.is_stop = True
        self.call_through(self.operator, "wrong_number")
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(contact.state, "done")
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])

    def test_who_is_stopped_by_his_second_number_is_called_by_none(self):
        self.env["callcenter.stop.entry"].create({"phone": SECOND, "reason": "Asked"})
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(contact.exclusion_reason, "stop_list")

    def test_the_limit_of_the_client_counts_both_numbers(self):
        self.campaign.rule_set_id = self.build_rules(limit_day=1)
        self.call_through(self.operator, "wrong_number")
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        contact = self.contact(self.campaign, self.client)
        self.assertEqual((contact.state, contact.wait_reason), ("queued", "limit"))

    def test_a_number_of_another_contact_is_called_there_alone(self):
        other = self.build_client("Neighbour", phone=SECOND)
        self.campaign.partner_domain = repr([("id", "in", other.ids)])
        self.campaign.action_load_contacts()
        neighbour = self.contact(self.campaign, other)
        neighbour._transition({"next_call_at": "2026-03-05 05:00:00"})
        self.call_through(self.operator, "wrong_number")
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(
            (contact.state, contact.exclusion_reason), ("excluded", "duplicate")
        )

    def test_the_change_is_told_in_the_chatter(self):
        self.call_through(self.operator, "wrong_number")
        bodies = " ".join(self.client.message_ids.mapped("body"))
        self.assertIn("+7 343", bodies)
        self.assertIn("+7 351 000-99-98", bodies)

    def test_a_correction_gives_the_number_back(self):
        call_id = self.call_through(self.operator, "wrong_number")["saved"]["call_id"]
        call = self.as_("supervisor", self.env["callcenter.call"].browse(call_id))
        right = self.env.ref("callcenter_ops.disposition_no_answer")
        call.action_correct(right.id, {}, "Mixed up")
        self.assertEqual(self.numbers(), (SECOND, f"{THIRD},{self.first}"))
        self.assertFalse(self.client.callcenter_bad_phone)

    def test_the_card_shows_the_other_numbers(self):
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(
            claim["other_phones"], ["+7 351 000-99-98", "+7 351 000-99-97"]
        )

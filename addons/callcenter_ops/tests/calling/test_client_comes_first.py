from .common import CallingCase


class TestClientComesFirst(CallingCase):
    """Who rings himself need not be called, or not yet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Sports Shop")
        cls.campaign = cls.build_campaign(cls.client)
        cls.hotline = cls.env["callcenter.campaign"].create(
            {"name": "Hotline", "purpose": "inbound", "rule_set_id": cls.rules.id}
        )
        cls.hotline.action_start()

    def ring(self, disposition, **values):
        """The client rings; the call ends with ``disposition``."""
        number = self.client.phone_sanitized
        self.desk(self.operator).search_clients(number, direction="in")
        claim = self.desk(self.operator).answer_call(number, partner_id=self.client.id)[
            "claim"
        ]
        self.desk(self.operator).finish_call(claim["id"], disposition, values, False)
        return self.contact(self.campaign, self.client)

    def test_an_order_by_telephone_ends_the_queued_call(self):
        contact = self.ring("order", expected_revenue=500)
        self.assertEqual((contact.state, contact.attempt_count), ("done", 0))
        self.assertEqual(contact.last_disposition_id.code, "order")
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])

    def test_a_promised_call_back_and_its_activity_end_too(self):
        self.call_through(
            self.operator, "callback", callback_at=self.later(days=1), personal=True
        )
        activity = self.env["callcenter.call"].search([]).activity_id
        contact = self.ring("order", expected_revenue=500)
        self.assertEqual(contact.state, "done")
        self.assertFalse(contact.reserved_employee_id or activity.active)

    def test_a_complaint_puts_the_queued_call_off(self):
        contact = self.ring("complaint", note="Torn tent")
        self.assertEqual((contact.state, contact.wait_reason), ("queued", "retry"))
        self.assertEqual(str(contact.next_call_at), "2026-03-02 08:00:00")

    def test_an_agreed_time_puts_the_other_campaigns_off_until_then(self):
        contact = self.ring("callback", callback_at="2026-03-04 06:00:00")
        self.assertEqual(str(contact.next_call_at), "2026-03-04 06:00:00")
        self.assertIsNot(contact.reserved_employee_id, self.operator)

    def test_nobody_is_called_earlier_than_before(self):
        contact = self.contact(self.campaign, self.client)
        contact._transition(
            {"next_call_at": "2026-03-20 06:00:00", "wait_reason": "callback"}
        )
        contact = self.ring("complaint", note="Torn tent")
        self.assertEqual(str(contact.next_call_at), "2026-03-20 06:00:00")
        self.assertEqual(contact.wait_reason, "callback")

    def test_a_question_leaves_the_queue_as_it_is(self):
        contact = self.ring("question_answered")
        self.assertEqual((contact.state, contact.next_call_at), ("queued", False))

    def test_a_debt_is_not_settled_by_an_order(self):
        self.campaign.purpose = "debt"
        contact = self.ring("order", expected_revenue=500)
        self.assertEqual(contact.state, "queued")

    def test_an_outgoing_call_touches_its_own_campaign_alone(self):
        other = self.build_campaign(self.client, name="Other", priority="3")
        self.call_through(self.operator, "order", expected_revenue=500)
        self.assertEqual(self.contact(other, self.client).state, "done")
        self.assertEqual(self.contact(self.campaign, self.client).state, "queued")

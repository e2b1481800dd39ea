from .common import CallingCase


class TestLimits(CallingCase):
    """How often a client is called: by himself and by his number, in all campaigns."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client()

    def open_campaign(self, clients, **limits):
        """One more campaign under rules of these limits alone."""
        rules = self.build_rules(**limits)
        return self.build_campaign(clients, name="Further", rule_set_id=rules.id)

    def next_call_at(self, campaign, client=None):
        """When the desk puts the client off to; False when he is handed out."""
        if self.desk(self.operator).claim_next()["claim"]:
            return False
        contact = self.contact(campaign, client or self.client)
        self.assertEqual(contact.wait_reason, "limit")
        return str(contact.next_call_at)

    def test_two_clients_of_one_number_share_its_limit(self):
        self.open_campaign(self.client, limit_day=1)
        self.call_through(self.operator)
        twin = self.build_client("Twin", phone=self.client.phone)
        campaign = self.open_campaign(twin, limit_day=1)
        self.assertEqual(self.next_call_at(campaign, twin), "2026-03-03 05:00:00")

    def test_a_client_with_a_new_number_keeps_his_limit(self):
        self.open_campaign(self.client, limit_day=1)
        self.call_through(self.operator)
        self.client.phone = "+73510009999"
        campaign = self.open_campaign(self.client, limit_day=1)
        self.assertEqual(self.next_call_at(campaign), "2026-03-03 05:00:00")

    def test_each_way_of_counting_days_has_its_own_next_moment(self):
        """Called on Monday at 10:00 in Yekaterinburg, whose midnight is 19:00 UTC."""
        expected = {
            "rolling": "2026-03-03 05:00:00",
            "calendar": "2026-03-02 19:00:00",
            "strict": "2026-03-03 05:00:00",
        }
        self.open_campaign(self.client)
        self.call_through(self.operator)
        for period, moment in expected.items():
            with self.subTest(period):
                campaign = self.open_campaign(
                    self.client, limit_day=1, limit_period=period
                )
                self.assertEqual(self.next_call_at(campaign), moment)
                campaign.action_finish()

    def test_weeks_and_months_are_counted_too(self):
        expected = {
            ("limit_week", "rolling"): "2026-03-09 05:00:00",
            ("limit_week", "calendar"): "2026-03-08 19:00:00",
            ("limit_month", "rolling"): "2026-04-01 05:00:00",
            ("limit_month", "calendar"): "2026-03-31 19:00:00",
        }
        self.open_campaign(self.client)
        self.call_through(self.operator)
        for (limit, period), moment in expected.items():
            with self.subTest(limit=limit, period=period):
                campaign = self.open_campaign(
                    self.client, **{limit: 1, "limit_period": period}
                )
                self.assertEqual(self.next_call_at(campaign), moment)
                campaign.action_finish()

    def test_without_a_limit_he_is_called_again(self):
        self.open_campaign(self.client)
        self.call_through(self.operator)
        campaign = self.open_campaign(self.client)
        self.assertFalse(self.next_call_at(campaign))

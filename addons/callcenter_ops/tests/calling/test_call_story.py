from odoo.tests import Form, tagged

from .common import CallingCase


@tagged("post_install", "-at_install")
class TestCallStory(CallingCase):
    """The card of a client and his opportunity tell what was said and what is next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client()

    def told(self, record, role="supervisor"):
        record = self.as_(role, record)
        return (
            record.callcenter_last_disposition_id.code,
            record.callcenter_next_contact_id.campaign_id.name,
            str(record.callcenter_next_call_at or ""),
            len(record.callcenter_last_call_ids),
        )

    def test_a_client_nobody_called_has_no_story(self):
        self.assertEqual(self.told(self.client), (False, False, "", 0))

    def test_the_card_tells_the_last_result_and_the_next_call(self):
        self.build_campaign(self.client)
        self.assertEqual(self.told(self.client), (False, "Spring assortment", "", 0))
        self.call_through(self.operator, "callback", callback_at="2026-03-04 06:00:00")
        self.assertEqual(
            self.told(self.client),
            ("callback", "Spring assortment", "2026-03-04 06:00:00", 1),
        )

    def test_the_opportunity_tells_the_story_of_its_client(self):
        self.build_campaign(self.client)
        answer = self.call_through(self.operator, "interested")
        self.build_campaign(self.client, name="Second")
        lead = self.env["crm.lead"].browse(answer["saved"]["lead_id"])
        self.assertEqual(self.told(lead), ("interested", "Second", "", 1))
        self.assertEqual(
            self.told(self.client, "director"), ("interested", "Second", "", 1)
        )

    def test_calls_with_people_of_the_company_belong_to_its_story(self):
        buyer = self.build_client("Buyer", parent_id=self.client.id)
        self.build_campaign(buyer)
        self.call_through(self.operator, "informed")
        self.assertEqual(self.told(self.client)[0], "informed")

    def test_the_ten_last_calls_are_shown(self):
        rules = self.build_rules()
        for number in range(12):
            self.build_campaign(self.client, name=str(number), rule_set_id=rules.id)
        for _number in range(12):
            self.call_through(self.operator, "informed")
        self.assertEqual(self.told(self.client), ("informed", False, "", 10))

    def test_the_forms_show_it_to_the_supervisor(self):
        self.build_campaign(self.client)
        answer = self.call_through(self.operator, "interested")
        lead = self.env["crm.lead"].browse(answer["saved"]["lead_id"])
        for record in (self.client, lead):
            with Form(self.as_("supervisor", record)) as form:
                self.assertEqual(form.callcenter_last_disposition_id.code, "interested")

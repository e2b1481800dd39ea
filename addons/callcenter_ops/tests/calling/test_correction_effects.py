from odoo.tests import tagged

from ...models.calling.client_picker import ClientPicker
from .common import CallingCase


@tagged("post_install", "-at_install")
class TestCorrectionEffects(CallingCase):
    """What the correction of a result does for the client, in the queue and in CRM."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Sports Shop")
        cls.campaign = cls.build_campaign(cls.client)

    def make_call(self, disposition, **values):
        answer = self.call_through(self.operator, disposition, **values)
        call = self.env["callcenter.call"].browse(answer["saved"]["call_id"])
        sheet = call.sheet_id
        sheet.with_user(self.operator.user_id).action_submit()
        self.as_("supervisor", sheet).action_check()
        return call

    def correct(self, call, code, **values):
        disposition = self.env.ref(f"callcenter_ops.disposition_{code}")
        correction = self.as_("supervisor", call).action_correct(
            disposition.id, values, "Wrong key"
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return correction.sudo()

    def test_a_forgotten_order_becomes_a_won_lead(self):
        call = self.make_call("informed")
        correction = self.correct(call, "order", expected_revenue=700)
        lead = correction.lead_id
        self.assertEqual((lead.won_status, lead.expected_revenue), ("won", 700))
        self.assertFalse(call.lead_id)
        figures = call.sheet_id
        self.assertEqual((figures.lead_count, figures.sale_count), (1, 1))

    def test_the_sum_of_an_order_is_put_right_on_the_same_lead(self):
        call = self.make_call("order", expected_revenue=700)
        correction = self.correct(call, "order", expected_revenue=70)
        self.assertEqual(correction.lead_id, call.lead_id)
        self.assertEqual(call.lead_id.expected_revenue, 70)
        self.assertEqual(call.sheet_id.amount, 70)

    def test_a_lead_made_by_mistake_stays_with_a_word_of_warning(self):
        call = self.make_call("interested")
        lead = call.lead_id
        disposition = self.env.ref("callcenter_ops.disposition_informed")
        [warning] = self.as_("supervisor", call)._get_lasting_effects(disposition)
        self.assertIn("mark it lost", warning)
        correction = self.correct(call, "informed")
        self.assertFalse(correction.lead_id)
        self.assertEqual((lead.active, call.lead_id), (True, lead))
        self.assertIn("mark it lost", lead.message_ids[0].body)
        self.assertEqual(call.sheet_id.lead_count, 0)
        self.assertFalse(call.activity_id.active)

    def test_a_number_goes_on_the_stop_list_by_correction(self):
        call = self.make_call("informed")
        self.correct(call, "do_not_call")
        entry = self.env["callcenter.stop.entry"].search(
            [("partner_id", "=", self.client.id)]
        )
        self.assertEqual(entry.phone, self.client.phone_sanitized)

    def test_a_number_marked_bad_by_mistake_is_called_again(self):
        call = self.make_call("wrong_number")
        self.assertTrue(self.client.callcenter_bad_phone)
        self.correct(call, "no_answer")
        self.assertFalse(self.client.callcenter_bad_phone)
        contact = self.contact(self.campaign, self.client)
        self.assertEqual((contact.state, contact.wait_reason), ("queued", "retry"))
        self.assertEqual(contact.last_disposition_id.code, "no_answer")

    def test_a_correction_is_no_second_attempt(self):
        call = self.make_call("no_answer")
        self.correct(call, "busy")
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(contact.attempt_count, 1)
        row = ClientPicker(self.env).look_at(contact, self.campaign._get_rules())
        self.assertEqual(len(row["calls"]), 1)

    def test_a_later_attempt_is_left_as_it_stands(self):
        rules = self.build_rules()
        campaign = self.build_campaign(
            self.build_client("Other"), name="Free", rule_set_id=rules.id, priority="3"
        )
        first = self.call_through(self.operator, "no_answer")["saved"]["call_id"]
        contact = campaign.contact_ids
        with self.at("2026-03-02 09:30:00"):
            self.call_through(
                self.operator,
                "refusal",
                refusal_reason_id=self.env["callcenter.refusal.reason"]
                .search([], limit=1)
                .id,
            )
            self.correct(self.env["callcenter.call"].browse(first), "busy")
        self.assertEqual(contact.state, "done")
        self.assertEqual(contact.last_disposition_id.code, "refusal")

    def test_a_client_of_a_checked_day_can_be_forgotten(self):
        call = self.make_call("interested", note="His secret")
        self.as_("supervisor", self.client)._forget_client("Letter No. 17")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(call.note or call.phone)
        self.assertEqual(call.sheet_id.state, "checked")

    def test_a_softphone_tells_what_the_network_did(self):
        answer = self.call_through(
            self.operator, "no_answer", technical_status="rejected"
        )
        call = self.env["callcenter.call"].browse(answer["saved"]["call_id"])
        self.assertEqual(call.technical_status, "rejected")

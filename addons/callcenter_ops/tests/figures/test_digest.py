from odoo.tests import tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestDigest(SupervisionCase):
    """Monday the ninth: the letter tells of the week from the second to the eighth."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([]).callcenter_digest = False
        cls.receivers = cls.users["supervisor"] | cls.users["director"]
        cls.receivers.callcenter_digest = True
        cls.receivers.email = "reader@olsport.example"
        cls.build_call("order", expected_revenue=1500)

    def send(self):
        known = self.env["mail.mail"].search([])
        with self.at("2026-03-09 03:00:00"), self.enter_registry_test_mode():
            self.env.ref(
                "callcenter_ops.ir_cron_send_callcenter_digest"
            ).method_direct_trigger()
        return self.env["mail.mail"].search([]) - known

    def test_those_who_lead_get_the_last_weeks_figures(self):
        mails = self.send()
        self.assertEqual(mails.recipient_ids, self.receivers.partner_id)
        self.assertIn("Contact rate", mails[0].body_html)
        self.assertIn("Operator One", mails[0].body_html)
        self.assertIn("100 %", mails[0].body_html)

    def test_the_letter_speaks_its_readers_language(self):
        self.users["director"].lang = "ru_RU"
        by_reader = {mail.recipient_ids: mail.body_html for mail in self.send()}
        russian = by_reader[self.users["director"].partner_id]
        english = by_reader[self.users["supervisor"].partner_id]
        self.assertIn("Доля дозвонов", russian)
        self.assertNotIn("Доля дозвонов", english)

    def test_who_has_switched_it_off_gets_none(self):
        # Everybody sets this for himself, in his preferences.
        director = self.users["director"]
        director.with_user(director).callcenter_digest = False
        mails = self.send()
        self.assertEqual(mails.recipient_ids, self.users["supervisor"].partner_id)

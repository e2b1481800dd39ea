from odoo.exceptions import UserError

from .common import CallingCase


class TestDisposition(CallingCase):
    def test_a_conversation_too_short_for_its_result_is_refused(self):
        operator = self.build_operator("Operator One")
        informed = self.env.ref("callcenter_ops.disposition_informed")
        informed.min_talk_seconds = 30
        self.build_campaign()
        claim = self.desk(operator).claim_next()["claim"]
        self.desk(operator).start_call(claim["id"])
        with self.at("2026-03-02 05:00:29"), self.assertRaisesRegex(UserError, "30"):
            self.desk(operator).finish_call(claim["id"], "informed")
        self.assertFalse(self.env["callcenter.call"].search([]))
        with self.at("2026-03-02 05:00:30"):
            self.desk(operator).finish_call(claim["id"], "informed")
        self.assertEqual(self.env["callcenter.call"].search([]).talk_seconds, 30)

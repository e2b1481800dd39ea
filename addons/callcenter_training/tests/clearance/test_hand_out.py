from odoo.addons.callcenter_ops.tests.calling.common import MONDAY_10, CallingCase

from ..common import TrainingCase


class TestHandOut(CallingCase, TrainingCase):
    """What is not proven is not only said: no client is handed out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(6)
        cls.winter = cls.build_quiz(name="Winter range")

    def claim(self):
        return self.desk(self.operator).claim_next()

    def test_a_campaign_that_wants_a_quiz_hands_nothing_out_before_it_is_passed(self):
        with self.at(MONDAY_10):
            campaign = self.build_campaign(quiz_ids=[(6, 0, self.winter.ids)])
            refused = self.claim()
            self.assertFalse(refused["claim"])
            reason, _none_left = refused["reasons"]
            self.assertEqual(
                (reason["code"], reason["message"]),
                ("clearance_missing", "The quiz “Winter range” is not passed yet."),
            )
            self.assertEqual(campaign.contact_ids.state, "queued")
            self.take(self.winter, 4)
            self.assertTrue(self.claim()["claim"])

    def test_other_campaigns_go_on_meanwhile(self):
        with self.at(MONDAY_10):
            self.build_campaign(quiz_ids=[(6, 0, self.winter.ids)], priority="3")
            open_to_all = self.build_campaign()
            claim = self.claim()["claim"]
            handed_out = self.env["callcenter.call.claim"].browse(claim["id"])
            self.assertEqual(handed_out.campaign_id, open_to_all)

    def test_a_quiz_wanted_of_a_running_campaign_holds_from_the_next_client_on(self):
        with self.at(MONDAY_10):
            clients = self.build_client() | self.build_client()
            campaign = self.build_campaign(clients)
            claim = self.claim()["claim"]
            self.desk(self.operator).start_call(claim["id"])
            campaign.quiz_ids = self.winter
            shown = self.desk(self.operator).finish_call(claim["id"], "informed")
            self.assertFalse(shown["claim"])
            codes = [reason["code"] for reason in shown["reasons"]]
            self.assertEqual(codes, ["clearance_missing", "no_campaign"])

    def test_a_quiz_of_the_post_hands_nothing_out_of_any_campaign(self):
        with self.at(MONDAY_10):
            self.build_campaign()
            self.winter._transition({"job_ids": self.job.ids})
            self.assertFalse(self.claim()["claim"])
            self.take(self.winter, 4)
            self.assertTrue(self.claim()["claim"])

from ..calling.common import CallingCase


class TestPace(CallingCase):
    """Nobody leafs through the client base by taking and giving back clients."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        clients = cls.env["res.partner"]
        for number in range(8):
            clients += cls.build_client(f"Client {number}")
        cls.build_campaign(clients)
        cls.company.callcenter_pace = 2

    def look_and_release(self, times=1):
        for _time in range(times):
            claim = self.desk(self.operator).claim_next()["claim"]
            self.desk(self.operator).release(claim["id"], "Not now")

    def reports(self):
        self.env.invalidate_all()
        return self.operator.activity_ids

    def test_the_supervisor_is_told_first(self):
        self.look_and_release(2)
        self.assertFalse(self.reports())
        self.look_and_release(2)
        report = self.reports()
        self.assertEqual(report.user_id, self.users["supervisor"])
        self.assertEqual(report.summary, "Clients pass through too fast")
        self.assertIn("2 clients within five minutes", report.note)

    def test_at_twice_the_pace_nobody_more_is_handed_out(self):
        self.look_and_release(4)
        answer = self.desk(self.operator).claim_next()
        self.assertFalse(answer["claim"])
        self.assertEqual([one["code"] for one in answer["reasons"]], ["pace"])
        self.assertEqual(answer["state"], "ready")
        self.assertFalse(self.env["callcenter.call.claim"].search([]))

    def test_after_five_minutes_the_work_goes_on(self):
        self.look_and_release(4)
        with self.at("2026-03-02 05:05:01"):
            self.assertTrue(self.desk(self.operator).claim_next()["claim"])
        self.assertEqual(len(self.reports()), 1)

    def test_results_saved_in_a_hurry_count_like_clients_given_back(self):
        claim = self.desk(self.operator).claim_next()["claim"]
        for _time in range(4):
            self.desk(self.operator).start_call(claim["id"])
            answer = self.desk(self.operator).finish_call(claim["id"], "no_answer")
            claim = answer["claim"]
        self.assertFalse(claim)
        self.assertEqual([one["code"] for one in answer["reasons"]], ["pace"])

    def test_a_client_in_hand_stays_and_without_a_limit_nobody_is_stopped(self):
        self.company.callcenter_pace = 0
        self.look_and_release(6)
        self.assertTrue(self.desk(self.operator).claim_next()["claim"])
        self.assertFalse(self.reports())

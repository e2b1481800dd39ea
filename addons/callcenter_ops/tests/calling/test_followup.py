from .common import CallingCase


class TestFollowup(CallingCase):
    """What is planned after a call: when, and who does it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client()
        cls.campaign = cls.build_campaign(cls.client)

    def planned(self, result, **values):
        """Day and user of what the result plans."""
        saved = self.call_through(self.operator, result, **values)["saved"]
        activity = self.env["mail.activity"].browse(saved["activity_id"])
        return str(activity.date_deadline), activity.user_id

    def test_an_offer_is_due_the_day_after_by_whoever_has_the_lead(self):
        seller = self.users["supervisor"]
        self.campaign.lead_user_id = seller
        self.assertEqual(self.planned("interested"), ("2026-03-03", seller))

    def test_the_leader_of_the_team_takes_over_the_lead(self):
        leader = self.users["director"]
        team = self.env["crm.team"].create({"name": "Shops", "user_id": leader.id})
        self.campaign.lead_team_id = team
        self.assertEqual(self.planned("interested"), ("2026-03-03", leader))

    def test_without_a_team_the_head_of_the_operator_takes_it_over(self):
        head = self.users["supervisor"]
        self.assertEqual(self.planned("interested"), ("2026-03-03", head))

    def test_an_operator_without_a_head_follows_up_himself(self):
        self.department.manager_id = False
        me = self.operator.user_id
        self.assertEqual(self.planned("interested"), ("2026-03-03", me))

    def test_a_complaint_goes_to_the_supervisor_at_once(self):
        head = self.users["supervisor"]
        self.assertEqual(
            self.planned("complaint", note="Torn tent"), ("2026-03-02", head)
        )

    def test_without_a_head_the_complaint_stays_with_the_operator(self):
        self.department.manager_id = False
        _day, user = self.planned("complaint", note="Torn tent")
        self.assertEqual(user, self.operator.user_id)

    def test_a_common_call_back_waits_with_the_responsible_of_the_campaign(self):
        self.campaign.user_id = self.users["director"]
        day, user = self.planned("callback", callback_at="2026-03-04 06:00:00")
        self.assertEqual((day, user), ("2026-03-04", self.users["director"]))

from unittest.mock import patch

from ..calling.common import CallingCase


class TestCachedBlockers(CallingCase):
    """What is remembered of an operator's clearance never outlives its reasons."""

    def setUp(self):
        super().setUp()
        self.operator = self.build_operator("Anna Primerova")
        self.today = self.company._callcenter_today()

    def codes(self):
        blockers = self.operator._get_cached_callcenter_blockers(self.today)
        return [blocker["code"] for blocker in blockers]

    def test_a_cleared_operator_is_asked_for_in_one_statement(self):
        self.assertEqual(self.codes(), [])
        with self.assertQueryCount(1):
            self.assertEqual(self.codes(), [])

    def test_a_dismissal_is_seen_at_once(self):
        self.assertEqual(self.codes(), [])
        self.operator._transition({"callcenter_status": "dismissed"})
        self.assertEqual(self.codes(), ["not_appointed"])

    def test_a_change_past_the_orm_is_seen_at_once(self):
        self.assertEqual(self.codes(), [])
        self.env.cr.execute(
            "UPDATE hr_employee SET callcenter_status = 'candidate' WHERE id = %s",
            [self.operator.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.codes(), ["not_appointed"])

    def test_a_new_demand_of_the_company_is_seen_at_once(self):
        self.company.callcenter_workplace_policy = "none"
        self.assertEqual(self.codes(), [])
        self.company.callcenter_workplace_policy = "block"
        self.assertEqual(self.codes(), ["no_workplace"])

    def test_a_place_given_and_taken_away_is_seen_at_once(self):
        self.company.callcenter_workplace_policy = "block"
        place = self.env["callcenter.workstation"].create(
            {"name": "7", "employee_id": self.operator.id}
        )
        self.assertEqual(self.codes(), [])
        place.employee_id = False
        self.assertEqual(self.codes(), ["no_workplace"])

    def test_a_new_local_act_is_seen_at_once(self):
        self.assertEqual(self.codes(), [])
        policy = self.env["callcenter.policy"].create(
            {"name": "Internal labour rules", "body": "<p>Be kind.</p>"}
        )
        self.as_("director", policy).action_approve()
        self.assertIn("acknowledgement_pending", self.codes())

    def test_what_a_rollback_undid_is_forgotten(self):
        with self.env.cr.savepoint() as savepoint:
            self.operator._transition({"callcenter_status": "dismissed"})
            self.assertEqual(self.codes(), ["not_appointed"])
            savepoint.rollback()
        self.env.invalidate_all()
        self.assertEqual(self.codes(), [])

    def test_a_room_that_hides_its_sources_is_asked_every_time(self):
        self.assertEqual(self.codes(), [])
        blocker = {"code": "absent", "message": "Absent.", "action": False}
        with patch.object(
            self.registry["hr.employee"],
            "_get_callcenter_blockers",
            lambda people, _day: {one.id: [blocker] for one in people},
        ):
            self.assertEqual(self.codes(), ["absent"])

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError

from ..common import TrainingCase

MONDAY = date(2026, 3, 2)


class TestOverride(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(6)
        cls.quiz = cls.build_quiz(job_ids=[(6, 0, cls.job.ids)])

    def ask(self, role="supervisor", **vals):
        overrides = self.env["callcenter.clearance.override"]
        return overrides.with_user(self.users[role]).create(
            {
                "employee_id": self.operator.id,
                "quiz_id": self.quiz.id,
                "reason": "Half of the room is ill.",
                "date_from": MONDAY,
                "date_to": date(2026, 3, 4),
                **vals,
            }
        )

    def codes(self, day):
        return [b["code"] for b in self.get_blockers(self.operator, day)]

    def test_two_persons_open_the_desk_for_a_few_days(self):
        override = self.ask()
        self.assertEqual(self.codes(MONDAY), ["clearance_missing"])
        override.with_user(self.users["director"]).action_approve()
        self.assertEqual(self.codes(MONDAY), [])
        self.assertEqual(self.codes(date(2026, 3, 4)), [])
        self.assertEqual(self.codes(date(2026, 3, 5)), ["clearance_missing"])
        self.assertEqual(self.codes(date(2026, 3, 1)), ["clearance_missing"])

    def test_nobody_grants_what_he_asked_for(self):
        both = self.users["director"]
        both.group_ids |= self.env.ref("callcenter_ops.group_supervisor")
        override = self.ask("director")
        with self.assertRaises(UserError):
            override.with_user(both).action_approve()
        self.assertEqual(override.state, "requested")

    def test_only_the_director_decides(self):
        override = self.ask()
        for role in ("supervisor", "hr", "operator", "trainer", "manager"):
            for method in ("action_approve", "action_refuse", "action_revoke"):
                with self.subTest(role=role), self.assertRaises(AccessError):
                    getattr(override.with_user(self.users[role]), method)()
        self.assertEqual(override.sudo().state, "requested")

    def test_an_override_cannot_be_forged(self):
        for vals in (
            {"state": "approved"},
            {"requester_id": self.users["hr"].id},
            {"approver_id": self.users["director"].id},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.ask(**vals)
        override = self.ask()
        with self.assertRaises(UserError):
            override.write({"state": "approved"})
        override.with_user(self.users["director"]).action_approve()
        with self.assertRaises(UserError):
            override.write({"date_to": date(2027, 1, 1)})
        self.assertEqual(override.date_to, date(2026, 3, 4))

    def test_an_override_is_short(self):
        with self.assertRaises(ValidationError):
            self.ask(date_to=date(2026, 3, 16))
        self.ask(date_to=date(2026, 3, 15))

    def test_a_granted_override_can_be_revoked(self):
        override = self.ask()
        override.with_user(self.users["director"]).action_approve()
        override.with_user(self.users["director"]).action_revoke()
        self.assertEqual(self.codes(MONDAY), ["clearance_missing"])

    def test_an_operator_and_a_trainer_ask_for_none(self):
        for role in ("operator", "trainer", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.ask(role)

    def test_a_campaign_wants_its_own_quiz(self):
        extra = self.build_quiz(name="Winter")
        campaign = self.env["callcenter.campaign"].create({"name": "Winter"})
        campaign.quiz_ids = extra
        (blocker,) = campaign._get_operator_blockers(self.operator, MONDAY)
        self.assertEqual(blocker["code"], "clearance_missing")
        self.assertIn("Winter", blocker["message"])
        with self.at("2026-03-02 07:00:00"):
            self.take(extra, 4)
        self.assertEqual(campaign._get_operator_blockers(self.operator, MONDAY), [])

from odoo.exceptions import AccessError

from .common import MARCH, WorkstationCase


class TestReadiness(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator(
            "Operator", user=cls.users["operator"], department_id=False, job_id=False
        )

    def codes(self, blockers):
        return [blocker["code"] for blocker in blockers]

    def test_the_setting_says_whether_a_missing_workplace_blocks(self):
        operator = self.as_("operator", self.operator)
        for policy, blockers, warnings in (
            ("none", [], []),
            ("warn", [], ["no_workplace"]),
            ("block", ["no_workplace"], []),
        ):
            self.company.callcenter_workplace_policy = policy
            self.assertEqual(self.codes(self.get_blockers(operator, MARCH)), blockers)
            self.assertEqual(self.codes(self.get_warnings(operator, MARCH)), warnings)

    def test_hr_sets_whether_it_blocks(self):
        settings = self.as_("hr", self.env["callcenter.workplace.settings"])
        self.assertEqual(settings.create({}).policy, "warn")
        settings.create({"policy": "block"}).action_apply()
        self.assertEqual(self.company.callcenter_workplace_policy, "block")
        menus = self.as_("hr", self.env["ir.ui.menu"])._visible_menu_ids()
        self.assertIn(self.env.ref("callcenter_ops.menu_workplace_settings").id, menus)

    def test_no_other_role_sets_it_and_hr_for_no_other_company(self):
        for role in ("operator", "supervisor", "director", "outsider"):
            settings = self.as_(role, self.env["callcenter.workplace.settings"])
            with self.subTest(role=role), self.assertRaises(AccessError):
                settings.create({"policy": "none"}).action_apply()
        other = self.env["res.company"].create({"name": "Another"})
        with self.assertRaises(AccessError):
            self.as_("hr", other)._set_callcenter_workplace_policy("none")
        self.assertEqual(self.company.callcenter_workplace_policy, "warn")
        self.assertEqual(other.callcenter_workplace_policy, "warn")

    def test_a_place_clears_the_blocker_and_a_broken_one_does_not(self):
        self.company.callcenter_workplace_policy = "block"
        place = self.build_place(employee_id=self.operator.id)
        self.assertEqual(self.get_blockers(self.operator, MARCH), [])
        place.out_of_order_reason = "No power"
        self.assertEqual(
            self.codes(self.get_blockers(self.operator, MARCH)),
            ["workplace_out_of_order"],
        )

    def test_an_act_waiting_for_signature_is_offered(self):
        self.company.callcenter_workplace_policy = "block"
        act = self.build_act(self.operator, [], self.build_place())
        self.as_("hr", act).action_issue()
        operator = self.as_("operator", self.operator)
        (blocker,) = self.get_blockers(operator, MARCH)
        self.assertEqual(blocker["code"], "workplace_unsigned")
        self.assertEqual(blocker["action"]["res_id"], act.id)
        self.as_("operator", act).action_accept()
        self.assertEqual(self.get_blockers(self.operator, MARCH), [])

from odoo.exceptions import AccessError, UserError

from .common import WorkstationCase


class TestHandoverAnswer(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_employee(
            "Иванова Анна Петровна", user=cls.users["operator"]
        )
        cls.thing = cls.build_equipment("Headset")
        cls.place = cls.build_place("A-01")

    def issue(self, employee=None):
        act = self.build_act(employee or self.operator, self.thing, self.place)
        self.as_("hr", act).action_issue()
        return act

    def reply(self, act, remark, role="operator"):
        wizard = self.as_(role, self.env["callcenter.handover.reply"])
        return wizard.create({"act_id": act.id, "remark": remark})

    def test_the_operator_signs_with_a_remark_that_hr_and_the_paper_show(self):
        act = self.issue()
        self.reply(act, " No cable ").action_accept()
        self.assertEqual((act.state, act.employee_remark), ("done", "No cable"))
        self.assertEqual(self.thing.employee_id, self.operator)
        self.assertEqual(act._get_paper()["remarks"], "работника: No cable")

    def test_a_remark_without_signature_leaves_everything_and_tells_hr(self):
        act = self.issue()
        self.reply(act, "Not my headset").action_refuse()
        self.assertEqual((act.state, act.employee_remark), ("issued", "Not my headset"))
        self.assertFalse(self.thing.employee_id)
        told = act.activity_ids.filtered(lambda todo: "Remark" in todo.summary)
        self.assertEqual(told.user_id, self.users["hr"])
        self.as_("operator", act).action_accept()
        self.assertEqual(act.state, "done")

    def test_nobody_answers_for_another(self):
        act = self.issue()
        for role in ("hr", "supervisor", "director"):
            with self.assertRaises(AccessError):
                self.as_(role, act)._note_remark("forged")
            with self.assertRaises(AccessError):
                self.as_(role, act).action_answer()
        stranger = self.issue_for_another()
        with self.assertRaises(AccessError):
            self.reply(stranger, "forged").action_refuse()
        self.assertFalse(act.employee_remark or stranger.employee_remark)

    def issue_for_another(self):
        other = self.build_employee("Other operator")
        act = self.build_act(other, self.build_equipment("Mouse"))
        self.as_("hr", act).action_issue()
        return act

    def test_a_signed_act_takes_no_remark_and_nobody_writes_one(self):
        act = self.issue()
        self.as_("operator", act).action_accept()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.reply(act, "Too late").action_refuse()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.as_("hr", act).write({"employee_remark": "forged"})
        self.assertFalse(act.employee_remark)

    def test_his_screens_show_the_operator_his_own(self):
        self.issue_for_another()
        mine = self.as_("operator", self.env["callcenter.my.workplace"])
        self.assertFalse(mine.action_open_place()["res_id"])
        act = self.issue()
        self.as_("operator", act).action_accept()
        self.assertEqual(mine.action_open_place()["res_id"], self.place.id)
        for action, own in (
            (mine.action_open_acts(), act),
            (mine.action_open_equipment(), self.thing),
        ):
            found = self.as_("operator", self.env[own._name]).search(action["domain"])
            self.assertEqual(found.sudo(), own)
        with self.assertRaises(AccessError):
            self.as_("hr", mine).action_open_place()

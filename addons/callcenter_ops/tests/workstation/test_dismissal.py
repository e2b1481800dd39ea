from datetime import date
from types import SimpleNamespace

from .common import WorkstationCase


class TestDismissal(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_employee("Operator", user=cls.users["operator"])
        cls.line = cls.env["callcenter.phone.line"].create(
            {
                "name": "Line 1",
                "package_id": cls.env["callcenter.phone.package"]
                .create({"name": "Ural", "monthly_fee": 6700})
                .id,
            }
        )
        cls.place = cls.build_place(line_id=cls.line.id)
        cls.headset = cls.build_equipment()
        cls.order = SimpleNamespace(
            display_name="Order 7-k",
            name="7-k",
            date_effective=date(2026, 3, 31),
            successor_id=None,
        )

    def dismiss(self):
        return self.operator._hand_over_callcenter_work(
            self.order, self.env["hr.employee"]
        )

    def test_dismissal_frees_the_place_and_issues_the_return_act(self):
        self.hand_over(self.operator, self.headset, self.place)
        report = self.dismiss()
        act = self.env["callcenter.handover"].search(
            [("employee_id", "=", self.operator.id), ("handover_type", "=", "return")]
        )
        self.assertEqual((act.state, act.basis), ("issued", "Order 7-k"))
        self.assertEqual(act.line_ids.equipment_id, self.headset)
        self.assertEqual(act.date, date(2026, 3, 31))
        self.assertEqual(self.place.state, "free")
        self.assertEqual(self.headset.employee_id, self.operator)
        self.assertIn(
            {"what": "Equipment to return", "count": 1, "to": act.name}, report
        )
        self.assertFalse(self.line.custody_ids.filtered(lambda line: not line.date_to))

    def test_the_return_act_can_be_completed_after_the_employee_left(self):
        self.hand_over(self.operator, self.headset, self.place)
        self.dismiss()
        self.operator._in_transition().action_archive()
        act = self.env["callcenter.handover"].search([("handover_type", "=", "return")])
        self.as_("hr", act).action_note_paper()
        self.assertEqual(act.state, "done")
        self.assertFalse(self.headset.employee_id)

    def test_nothing_held_makes_no_act(self):
        self.place.employee_id = self.operator
        self.assertNotIn(
            "Equipment to return", [part["what"] for part in self.dismiss()]
        )
        self.assertEqual(self.place.state, "free")
        self.assertFalse(self.env["callcenter.handover"].search_count([]))

    def test_an_act_waiting_for_signature_is_cancelled(self):
        act = self.build_act(self.operator, self.headset, self.place)
        self.as_("hr", act).action_issue()
        self.dismiss()
        self.assertEqual(act.state, "cancelled")

    def test_equipment_on_a_waiting_return_act_is_not_asked_back_twice(self):
        self.hand_over(self.operator, self.headset)
        act = self.build_act(self.operator, self.headset, kind="return")
        self.as_("hr", act).action_issue()
        self.dismiss()
        self.assertEqual(
            self.env["callcenter.handover"].search([("handover_type", "=", "return")]),
            act,
        )

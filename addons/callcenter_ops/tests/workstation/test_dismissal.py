from datetime import date
from types import SimpleNamespace

from ..personnel.common import PersonnelCase
from .common import WorkstationCase


class TestSharesOfALeaver(PersonnelCase, WorkstationCase):
    """A dismissal ends the shares of a place; its cancellation gives them back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["hr.job"].create({"name": "Оператор"})
        cls.department = cls.env["hr.department"].create({"name": "Колл-центр"})
        cls.place = cls.build_place(share_limit=1)

    def setUp(self):
        super().setUp()
        self.appoint()
        self.now = self.share(self.candidate, date(2026, 3, 2), date(2026, 3, 31))
        self.later = self.share(self.candidate, date(2026, 4, 1), False)
        self.order = self.dismiss(self.candidate)

    def share(self, person, start, end):
        return self.env["callcenter.workstation.share"].create(
            {
                "workstation_id": self.place.id,
                "employee_id": person.id,
                "date_from": start,
                "date_to": end,
            }
        )

    def take_back(self):
        with self.at("2026-03-03 07:00:00"):
            self.cancel(
                self.order, date_order=date(2026, 3, 3), date_effective=date(2026, 3, 3)
            )
        shares = self.env["callcenter.workstation.share"].search(
            [("employee_id", "=", self.candidate.id)], order="date_from"
        )
        return [(share.date_from, share.date_to) for share in shares]

    def test_the_shares_end_with_the_last_day(self):
        self.assertFalse(self.later.exists())
        self.assertEqual(self.now.date_to, date(2026, 3, 2))
        self.assertIn("Shared workplaces", self.order.handover_ids.mapped("what"))

    def test_a_cancelled_dismissal_gives_the_shares_back(self):
        self.assertEqual(
            self.take_back(),
            [
                (date(2026, 3, 2), date(2026, 3, 31)),
                (date(2026, 4, 1), False),
            ],
        )

    def test_a_seat_that_another_has_taken_is_left_to_him_and_named(self):
        other = self.build_operator("Boris Kotov")
        self.share(other, date(2026, 3, 10), date(2026, 3, 20))
        self.assertEqual(
            self.take_back(),
            [
                (date(2026, 3, 2), date(2026, 3, 2)),
                (date(2026, 4, 1), False),
            ],
        )
        lines = " ".join(self.order.message_ids.mapped("body"))
        self.assertIn(f"Others share {self.place.name} now", lines)


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

from base64 import b64encode
from datetime import datetime
from hashlib import sha256

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import WorkstationCase


class TestHandover(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_employee("Operator", user=cls.users["operator"])
        cls.other = cls.build_employee("Other operator")
        cls.place = cls.build_place()
        cls.computer = cls.build_equipment("Computer", price=20000)
        cls.headset = cls.build_equipment("Headset", price=2500)

    def test_hr_issues_and_the_operator_confirms(self):
        act = self.build_act(self.operator, self.computer | self.headset, self.place)
        self.as_("hr", act).action_issue()
        self.assertEqual(act.state, "issued")
        self.assertRegex(act.name, r"^АП-\d{4}/\d{4}$")
        self.assertFalse(self.computer.employee_id)
        self.as_("operator", act).action_accept()
        self.assertEqual(
            (act.state, act.signed_by_id), ("done", self.users["operator"])
        )
        self.assertEqual(self.computer.employee_id, self.operator)
        self.assertEqual(self.headset.workstation_id, self.place)
        self.assertEqual(
            (self.place.employee_id, self.place.state), (self.operator, "occupied")
        )
        self.assertEqual((act.line_count, act.amount_total), (2, 22500.0))

    def test_nobody_else_confirms_for_the_operator(self):
        act = self.build_act(self.operator, self.computer)
        self.as_("hr", act).action_issue()
        for role in ("hr", "supervisor", "director", "manager", "outsider"):
            with self.assertRaises(AccessError):
                self.as_(role, act).action_accept()
        self.assertEqual(act.state, "issued")
        self.assertFalse(self.computer.employee_id)

    def test_only_hr_issues_and_notes_the_paper(self):
        act = self.build_act(self.operator, self.computer)
        for role in ("operator", "supervisor", "director", "manager"):
            for method in ("action_issue", "action_note_paper", "action_cancel"):
                with self.assertRaises(AccessError):
                    getattr(self.as_(role, act), method)()
        self.assertEqual(act.state, "draft")

    def test_history_stays_correct_after_reassignment(self):
        with self.at("2026-03-02 05:00:00"):
            first = self.hand_over(self.operator, self.computer, self.place)
        with self.at("2026-04-01 05:00:00"):
            back = self.hand_over(self.operator, self.computer, self.place, "return")
        with self.at("2026-04-02 05:00:00"):
            second = self.hand_over(self.other, self.computer, self.place)
        history = [
            (
                line.employee_id,
                line.date_from,
                line.date_to,
                line.handover_id,
                line.return_id,
            )
            for line in self.computer.custody_ids.sorted("date_from")
        ]
        none = self.env["callcenter.handover"]
        self.assertEqual(
            history,
            [
                (
                    self.operator,
                    datetime(2026, 3, 2, 5),
                    datetime(2026, 4, 1, 5),
                    first,
                    back,
                ),
                (self.other, datetime(2026, 4, 2, 5), False, second, none),
            ],
        )
        self.assertEqual(
            self.place.custody_ids.sorted("date_from").employee_id,
            self.operator | self.other,
        )

    def test_equipment_is_not_given_to_two_people(self):
        self.hand_over(self.operator, self.headset)
        act = self.build_act(self.other, self.headset)
        with (
            self.assertRaisesRegex(UserError, "Operator holds it"),
            self.cr.savepoint(),
        ):
            self.as_("hr", act).action_issue()
        self.assertEqual(self.headset.employee_id, self.operator)

    def test_two_open_acts_for_one_thing_end_with_one_holder(self):
        acts = [
            self.build_act(who, self.headset) for who in (self.operator, self.other)
        ]
        for act in acts:
            self.as_("hr", act).action_issue()
        self.as_("hr", acts[0]).action_note_paper()
        with self.assertRaises(UserError):
            self.as_("hr", acts[1]).action_note_paper()
        self.assertEqual(acts[1].state, "issued")
        self.assertEqual(self.headset.employee_id, self.operator)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_holder(self):
        self.hand_over(self.operator, self.headset)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["callcenter.custody"].create(
                {
                    "equipment_id": self.headset.id,
                    "employee_id": self.other.id,
                    "date_from": "2026-03-01",
                }
            )

    def test_what_was_not_given_is_not_returned(self):
        act = self.build_act(self.operator, self.headset, kind="return")
        with self.assertRaisesRegex(UserError, "does not hold it"), self.cr.savepoint():
            self.as_("hr", act).action_issue()
        self.assertEqual(act.state, "draft")

    def test_the_holder_cannot_be_changed_past_the_act(self):
        self.hand_over(self.operator, self.headset)
        with self.assertRaisesRegex(UserError, "return act"), self.cr.savepoint():
            self.as_("hr", self.headset).employee_id = self.other
        with self.assertRaisesRegex(UserError, "return act"), self.cr.savepoint():
            self.as_("hr", self.operator).write({"equipment_ids": [Command.clear()]})
        self.env.invalidate_all()
        self.assertEqual(self.headset.employee_id, self.operator)

    def test_without_an_act_the_history_writes_itself(self):
        self.headset.employee_id = self.other
        self.headset.employee_id = self.operator
        self.assertEqual(
            self.headset.custody_ids.filtered(
                lambda line: not line.date_to
            ).employee_id,
            self.operator,
        )
        self.assertEqual(len(self.headset.custody_ids), 2)

    def test_an_issued_act_does_not_change(self):
        act = self.build_act(self.operator, self.computer)
        self.as_("hr", act).action_issue()
        for attack in (
            lambda record: record.write({"employee_id": self.other.id}),
            lambda record: record.write({"state": "done"}),
            lambda record: record.line_ids.write({"condition": "broken"}),
            lambda record: record.line_ids.unlink(),
            lambda record: record.unlink(),
            lambda record: record.line_ids.create(
                {"act_id": record.id, "equipment_id": self.headset.id}
            ),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attack(self.as_("hr", act))
        self.assertEqual(act.line_ids.equipment_id, self.computer)
        self.assertEqual(act.employee_id, self.operator)

    def test_a_place_out_of_order_is_not_handed_over(self):
        self.place.out_of_order_reason = "No power"
        act = self.build_act(self.operator, self.computer, self.place)
        self.as_("hr", act).action_issue()
        with self.assertRaisesRegex(UserError, "No power"), self.cr.savepoint():
            self.as_("hr", act).action_note_paper()
        self.assertFalse(self.computer.employee_id)

    @mute_logger("odoo.sql_db")
    def test_an_operator_has_one_place(self):
        self.place.employee_id = self.operator
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.build_place("A-02", employee_id=self.operator.id).flush_recordset()

    def test_an_empty_act_is_not_issued(self):
        act = self.build_act(self.operator, self.env["maintenance.equipment"])
        with (
            self.assertRaisesRegex(UserError, "neither a place nor any equipment"),
            self.cr.savepoint(),
        ):
            self.as_("hr", act).action_issue()

    def test_filling_in_takes_the_free_equipment_of_the_place(self):
        (self.computer | self.headset).workstation_id = self.place
        self.hand_over(self.other, self.headset)
        act = self.build_act(self.operator, self.headset.browse(), self.place)
        self.as_("hr", act).action_fill()
        self.assertEqual(act.line_ids.equipment_id, self.computer)

    def test_inventory_numbers_are_given_once(self):
        self.assertNotEqual(self.computer.inventory_no, self.headset.inventory_no)
        copy = self.computer.copy()
        self.assertNotEqual(copy.inventory_no, self.computer.inventory_no)

    def test_what_was_held_is_not_deleted(self):
        self.hand_over(self.operator, self.headset, self.place)
        with self.assertRaises(UserError):
            self.as_("hr", self.headset).unlink()
        with self.assertRaises(UserError):
            self.as_("hr", self.place).unlink()
        self.assertTrue(self.headset.exists() and self.place.exists())

    def test_nothing_is_handed_to_who_holds_no_post(self):
        act = self.build_act(self.operator, self.computer)
        for status in ("candidate", "dismissed"):
            self.operator._transition({"callcenter_status": status})
            with (
                self.subTest(status=status),
                self.assertRaisesRegex(UserError, "holds no post here"),
            ):
                self.as_("hr", act).action_issue()
        self.assertEqual(act.state, "draft")

    def test_an_act_of_a_place_names_the_equipment_that_stands_there(self):
        self.computer.workstation_id = self.place
        act = self.build_act(self.operator, self.computer.browse(), self.place)
        with self.assertRaisesRegex(UserError, "names no equipment"):
            self.as_("hr", act).action_issue()
        self.as_("hr", act).action_fill()
        self.as_("hr", act).action_issue()
        self.assertEqual(act.state, "issued")

    def test_hr_attaches_the_scan_and_its_hash_comes_by_itself(self):
        act = self.as_("hr", self.build_act(self.operator, self.computer))
        act.write({"scan": b64encode(b"paper")})
        self.assertEqual(act.scan_hash, sha256(b"paper").hexdigest())
        for vals in ({"scan_hash": "0" * 64}, {"scan": False, "scan_hash": "0" * 64}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                act.write(vals)
        self.assertEqual(act.scan_hash, sha256(b"paper").hexdigest())

    def test_the_form_of_a_new_act_sends_its_empty_scan_along(self):
        acts = self.as_("hr", self.env["callcenter.handover"])
        vals = {
            "handover_type": "handover",
            "employee_id": self.operator.id,
            "scan": False,
        }
        self.assertFalse(acts.create(vals).scan_hash)
        with self.assertRaises(UserError):
            acts.create(vals | {"scan_hash": "0" * 64})

    @mute_logger("odoo.sql_db")
    def test_no_act_bears_an_impossible_date(self):
        for day in ("1900-01-01", "9999-12-31", "0026-03-02"):
            with (
                self.subTest(day=day),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.build_act(self.operator, self.computer, date=day)

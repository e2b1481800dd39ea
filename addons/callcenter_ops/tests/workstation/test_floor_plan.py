from odoo.exceptions import AccessError, UserError
from odoo.tests import warmup
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import WorkstationCase


class TestFloorPlan(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_employee("Operator", user=cls.users["operator"])
        cls.first = cls.build_place("A-01", room="Hall", row_no=1, seat_no=1)
        cls.second = cls.build_place("A-02", room="Hall", row_no=1, seat_no=2)
        cls.second.employee_id = cls.operator

    def plan(self, role="hr"):
        return self.as_(role, self.env["callcenter.floor.plan"])

    def coordinates(self, place):
        return place.room, place.row_no, place.seat_no

    def test_the_plan_draws_rooms_with_the_state_of_each_place(self):
        self.build_place("B-01", out_of_order_reason="No power")
        self.build_equipment(workstation_id=self.first.id)
        hall, outside = self.plan().get_plan()["rooms"][::-1]
        self.assertEqual((hall["name"], hall["rows"], hall["seats"]), ("Hall", 1, 2))
        drawn = [(p["name"], p["state"], p["operator"]) for p in hall["places"]]
        self.assertEqual(
            drawn, [("A-01", "free", ""), ("A-02", "occupied", "Operator")]
        )
        self.assertEqual(hall["places"][0]["equipment"], 1)
        (broken,) = outside["places"]
        self.assertEqual((broken["row"], broken["reason"]), (0, "No power"))

    def test_hr_moves_a_place_and_two_places_change_seats(self):
        self.plan().move(self.first.id, "Hall", 3, 4)
        self.assertEqual(self.coordinates(self.first), ("Hall", 3, 4))
        self.plan().move(self.first.id, "Hall", 1, 2)
        self.assertEqual(self.coordinates(self.first), ("Hall", 1, 2))
        self.assertEqual(self.coordinates(self.second), ("Hall", 3, 4))
        self.assertEqual(self.second.employee_id, self.operator)

    def test_a_place_is_taken_off_the_drawing(self):
        self.plan("manager").move(self.first.id, "Hall", 0, 0)
        self.assertEqual(self.coordinates(self.first), ("Hall", 0, 0))

    def test_others_look_and_do_not_move(self):
        for role in ("supervisor", "director", "operator", "outsider"):
            with self.assertRaises(AccessError):
                self.plan(role).move(self.first.id, "Hall", 5, 5)
        self.assertEqual(self.coordinates(self.first), ("Hall", 1, 1))
        self.assertFalse(self.plan("supervisor").get_plan()["can_edit"])
        own = self.plan("operator").get_plan()["rooms"]
        self.assertEqual([p["name"] for r in own for p in r["places"]], ["A-02"])
        with self.assertRaises(AccessError):
            self.plan("outsider").get_plan()

    def test_impossible_coordinates_are_refused(self):
        for row, seat in ((-1, 1), (1, 201), ("1", 1), (1.5, 1), (True, 1), (1, False)):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.plan().move(self.first.id, "Hall", row, seat)
        with self.assertRaises(UserError):
            self.plan().move(2**31 - 1, "Hall", 1, 1)
        self.assertEqual(self.coordinates(self.first), ("Hall", 1, 1))

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_two_places_on_one_seat(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.build_place("A-03", room="Hall", row_no=1, seat_no=1)
            self.env.flush_all()
        self.assertEqual(self.coordinates(self.build_place("A-03"))[1:], (0, 0))

    @warmup
    def test_the_plan_asks_the_same_for_two_and_for_a_hundred_places(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.plan().get_plan()
            return self.env.cr.sql_log_count - start

        count()
        before = count()
        for number in range(100):
            self.build_place(f"C-{number}", room="Hall", row_no=9, seat_no=number + 1)
        self.assertEqual(count(), before)

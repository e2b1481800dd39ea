from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger
from psycopg2 import Error

from .common import WorkstationCase

MORNING, NEXT = date(2026, 3, 2), date(2026, 4, 1)


class TestShare(WorkstationCase):
    """Several people take turns at one place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.callcenter_workplace_policy = "block"
        cls.place = cls.build_place(share_limit=2)
        cls.anna = cls.build_operator("Anna Sharova", user=cls.users["operator"])
        cls.boris = cls.build_operator("Boris Kotov")
        cls.vera = cls.build_operator("Vera Belova")

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 07:00:00"))

    def share(self, employee, start=MORNING, end=False, place=None, role="hr"):
        shares = self.env["callcenter.workstation.share"].with_user(self.users[role])
        vals = {"workstation_id": (place or self.place).id, "date_from": start}
        return shares.create(vals | {"employee_id": employee.id, "date_to": end})

    def refused(self):
        return self.assertRaises(Error)

    def codes(self, employee, day=MORNING):
        return [one["code"] for one in self.get_blockers(employee, day)]

    def test_a_place_takes_as_many_people_as_it_says(self):
        first, second = self.share(self.anna), self.share(self.boris)
        self.assertEqual((first.seat, second.seat), (1, 2))
        with self.refused(), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.share(self.vera)
        first.date_to = date(2026, 3, 31)
        third = self.share(self.vera, NEXT)
        self.assertEqual(third.seat, 1)

    def test_two_of_one_batch_take_two_seats(self):
        shares = self.env["callcenter.workstation.share"].create(
            [
                {"workstation_id": self.place.id, "employee_id": one.id}
                for one in (self.anna, self.boris)
            ]
        )
        self.assertEqual(shares.mapped("seat"), [1, 2])

    def test_the_database_refuses_a_seat_taken_twice(self):
        first, second = self.share(self.anna), self.share(self.boris)
        self.env.flush_all()
        statement = "UPDATE callcenter_workstation_share SET seat = %s WHERE id = %s"
        with (
            self.assertRaises(Error),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(statement, [first.seat, second.id])

    def test_the_number_is_not_lowered_below_those_who_share(self):
        self.share(self.anna)
        self.share(self.boris)
        with self.refused(), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.place.share_limit = 1
            self.env.flush_all()

    def test_one_person_sits_at_one_place(self):
        self.share(self.anna)
        other = self.build_place("A-02", share_limit=3)
        with self.refused(), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.share(self.anna, place=other)
        own = self.build_place("A-03")
        with self.assertRaisesRegex(ValidationError, "one place"):
            own.employee_id = self.anna
        own.employee_id = self.vera
        with self.assertRaisesRegex(ValidationError, "one place"):
            self.share(self.vera, place=other)

    def test_a_shared_place_has_no_holder(self):
        with self.refused(), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.place.employee_id = self.anna
            self.env.flush_all()
        self.assertEqual(self.place.state, "shared")
        act = self.build_act(self.anna, [], self.place)
        with self.assertRaisesRegex(UserError, "it is shared"):
            self.as_("hr", act).action_issue()
            self.as_("hr", act).action_note_paper()

    def test_a_share_counts_as_the_workplace_on_its_days(self):
        self.assertEqual(self.codes(self.anna), ["no_workplace"])
        self.share(self.anna, end=date(2026, 3, 31))
        self.assertEqual(self.codes(self.anna), [])
        self.assertEqual(self.codes(self.anna, NEXT), ["no_workplace"])
        self.place.out_of_order_reason = "No power"
        self.assertEqual(self.codes(self.anna), ["workplace_out_of_order"])

    def test_what_was_remembered_of_the_clearance_follows_a_share(self):
        share = self.share(self.anna)
        self.assertEqual(self.anna._get_cached_callcenter_blockers(MORNING), [])
        share.unlink()
        (blocker,) = self.anna._get_cached_callcenter_blockers(MORNING)
        self.assertEqual(blocker["code"], "no_workplace")
        self.share(self.anna)
        self.assertEqual(self.anna._get_cached_callcenter_blockers(MORNING), [])
        self.place.out_of_order_reason = "No power"
        (blocker,) = self.anna._get_cached_callcenter_blockers(MORNING)
        self.assertEqual(blocker["code"], "workplace_out_of_order")

    def test_each_role_sees_and_does_what_is_its_own(self):
        mine, other = self.share(self.anna), self.share(self.boris)
        own = self.as_("operator", mine | other)
        self.assertEqual(own.search([]), mine)
        self.assertEqual(self.as_("operator", self.place).name, "A-01")
        action = self.env["callcenter.my.workplace"].with_user(self.users["operator"])
        self.assertEqual(action.action_open_place()["res_id"], self.place.id)
        for role in ("supervisor", "director"):
            self.assertEqual(len(self.as_(role, mine).search([])), 2)
        for role in ("operator", "supervisor", "director"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, mine).write({"date_to": NEXT})
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.share(self.vera, role=role)
        with self.assertRaises(AccessError):
            self.as_("outsider", mine).read(["employee_id"])
        self.as_("manager", mine).write({"date_to": NEXT})
        self.assertEqual(mine.date_to, NEXT)

    def test_a_place_that_is_shared_is_not_archived(self):
        self.share(self.anna, NEXT)
        with self.assertRaisesRegex(UserError, "Anna Sharova"):
            self.as_("hr", self.place).action_archive()
        self.assertTrue(self.place.active)

    def test_shares_end_with_the_last_day_of_the_employee(self):
        now = self.share(self.anna, end=date(2026, 3, 31))
        later = self.share(self.anna, NEXT)
        (now | later)._end_after(date(2026, 3, 10))
        self.assertFalse(later.exists())
        self.assertEqual(now.date_to, date(2026, 3, 10))

    def test_the_floor_plan_names_those_who_share_today(self):
        self.share(self.anna)
        self.share(self.boris, NEXT)
        plan = self.env["callcenter.floor.plan"].with_user(self.users["hr"]).get_plan()
        (place,) = plan["rooms"][0]["places"]
        self.assertEqual(
            (place["state"], place["operator"]), ("shared", "Anna Sharova")
        )

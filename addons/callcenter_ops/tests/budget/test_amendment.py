from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..workstation.common import MARCH, WorkstationCase

JUNE = date(2026, 6, 1)


class TestAmendment(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls.build_budget(seat_count=2)
        cls.budget.with_user(cls.users["director"]).action_approve()

    def build_amendment(self, budget=None, **vals):
        return self.env["callcenter.workstation.amendment"].create(
            {"budget_id": (budget or self.budget).id, "reason": "More calls"} | vals
        )

    def build_change(self, amount, item="Internet", month=JUNE, budget=None):
        line = {"item_id": self.items[item].id, "month": month, "amount": amount}
        return self.build_amendment(budget, line_ids=[Command.create(line)])

    def plan_of(self, budget):
        return {
            (line.month, line.item_id): line.amount_plan
            for line in budget.line_ids
            if line.amount_plan
        }

    def test_five_seats_from_june_cost_three_computers_and_three_times_7400(self):
        amendment = self.build_amendment(month="2026-06-15", seat_count=5)
        self.as_("hr", amendment).action_plan()
        self.assertEqual(amendment.amount_total, 3 * 20000 + 9 * 3 * 7400)
        self.as_("director", amendment).action_approve()
        self.assertEqual((amendment.state, amendment.number), ("approved", 1))
        self.assertEqual(
            self.plan_of(self.budget),
            self.plan_of(
                self.build_budget(
                    seat_count=2,
                    seat_step_ids=[Command.create({"month": JUNE, "seat_count": 5})],
                )
            ),
        )
        self.assertEqual(sum(self.budget.line_ids.mapped("amount_initial")), 217600.0)
        self.assertEqual(self.budget.amount_total, 217600 + 60000 + 27 * 7400)

    def test_a_dearer_kit_from_june_changes_the_later_months_only(self):
        dearer = self.build_kit("Dearer", telephone=7000)
        amendment = self.build_amendment(month=JUNE, seat_count=2, kit_id=dearer.id)
        self.as_("hr", amendment).action_plan()
        self.as_("director", amendment).action_approve()
        self.assertEqual(amendment.amount_total, 9 * 2 * 300)
        phone = self.items["Telephone service"]
        plan = self.plan_of(self.budget)
        self.assertEqual(plan[date(2026, 5, 1), phone], 13400.0)
        self.assertEqual(plan[JUNE, phone], 14000.0)

    def test_who_changes_the_kit_alone_keeps_the_planned_seats(self):
        growing = self.build_budget(
            seat_count=2,
            seat_step_ids=[Command.create({"month": JUNE, "seat_count": 5})],
        )
        may = self.build_amendment(growing, month="2026-05-20")
        june = self.build_amendment(growing, month="2026-06-20")
        self.assertEqual((may.seat_count, june.seat_count), (2, 5))

    def test_an_amendment_that_cuts_the_plan_warns_of_what_is_spent(self):
        self.env["callcenter.workstation.actual"].create(
            {
                "budget_id": self.budget.id,
                "item_id": self.items["Computer"].id,
                "date": MARCH,
                "amount": 100000,
            }
        )
        self.assertEqual(self.budget.warned_percent, 0)
        amendment = self.build_amendment(month="2026-04-01", seat_count=0)
        amendment.action_plan()
        self.as_("director", amendment).action_approve()
        # 100 000 of 2 × 27 400
        self.assertEqual(self.budget.amount_total, 54800.0)
        self.assertEqual(self.budget.warned_percent, 100)

    def test_two_amendments_are_one_of_both(self):
        other = self.build_budget(seat_count=2)
        self.approve(other)
        for amendment in (self.build_change(100.10), self.build_change(-50.05)):
            self.as_("director", amendment).action_approve()
        both = self.build_change(50.05, budget=other)
        self.as_("director", both).action_approve()
        self.assertEqual(self.plan_of(self.budget), self.plan_of(other))
        self.assertEqual(self.budget.amount_total, 217650.05)

    def test_what_was_worked_out_before_another_approval_is_refused(self):
        first = self.build_amendment(month=JUNE, seat_count=5)
        second = self.build_amendment(month=JUNE, seat_count=4)
        (first | second).action_plan()
        self.as_("director", first).action_approve()
        before = self.budget.amount_total
        with (
            self.assertRaisesRegex(UserError, "approved meanwhile"),
            self.cr.savepoint(),
        ):
            self.as_("director", second).action_approve()
        self.assertEqual((second.state, self.budget.amount_total), ("draft", before))
        second.action_plan()
        self.as_("director", second).action_approve()
        self.assertEqual(second.number, 2)
        may = date(2026, 5, 1)
        plan = self.plan_of(self.budget)
        self.assertEqual(plan[JUNE, self.items["Internet"]], 2400.0)
        self.assertEqual(plan[may, self.items["Internet"]], 1200.0)

    def test_a_plan_does_not_fall_below_zero(self):
        amendment = self.build_change(-5000)
        with self.assertRaisesRegex(UserError, "below zero"), self.cr.savepoint():
            self.as_("director", amendment).action_approve()
        self.assertEqual(self.budget.amount_total, 217600.0)

    @mute_logger("odoo.sql_db")
    def test_a_change_of_zero_and_an_item_named_twice_are_refused(self):
        amendment = self.build_change(100)
        twice = {"item_id": self.items["Internet"].id, "month": JUNE, "amount": 5}
        zero = twice | {"month": MARCH, "amount": 0}
        for vals in (twice, zero):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                amendment.line_ids = [Command.create(vals)]
        amendment.invalidate_recordset()
        self.assertEqual(amendment.line_ids.mapped("amount"), [100.0])

    def test_planned_and_approved_at_one_go_the_sum_is_in_the_database(self):
        amendment = self.build_amendment(month="2026-06-15", seat_count=3)
        self.as_("hr", amendment).action_plan()
        self.as_("director", amendment).action_approve()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(amendment.amount_total, 20000 + 9 * 7400)

    def test_only_the_director_approves_and_nothing_changes_after(self):
        amendment = self.build_change(100)
        for role in ("hr", "supervisor", "manager"):
            with self.assertRaises(AccessError):
                self.as_(role, amendment).action_approve()
        self.as_("director", amendment).action_approve()
        for attack in (
            lambda record: record.write({"reason": "x"}),
            lambda record: record.write({"number": 7}),
            lambda record: record.line_ids.write({"amount": 9}),
            lambda record: record.line_ids.unlink(),
            lambda record: record.unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attack(self.as_("director", amendment))
        self.assertEqual(self.budget.amount_total, 217700.0)

    def test_months_outside_the_budget_are_refused(self):
        with self.assertRaises(UserError), self.cr.savepoint():
            self.build_change(100, month="2026-02-01")
        amendment = self.build_amendment(month="2027-03-01", seat_count=3)
        with self.assertRaises(UserError), self.cr.savepoint():
            amendment.action_plan()
        self.assertFalse(amendment.line_ids)

    def test_an_amendment_that_changes_nothing_is_refused(self):
        amendment = self.build_amendment(month=MARCH, seat_count=2)
        amendment.action_plan()
        with self.assertRaisesRegex(UserError, "changes nothing"), self.cr.savepoint():
            self.as_("director", amendment).action_approve()
        self.assertEqual(amendment.state, "draft")

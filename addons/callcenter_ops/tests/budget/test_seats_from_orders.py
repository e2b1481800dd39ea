from datetime import date

from odoo.exceptions import AccessError, UserError

from ..workstation.common import WorkstationCase


class TestSeatsFromOrders(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.department.write({"company_id": cls.company.id, "manager_id": False})
        cls.job.company_id = cls.company

    def order(self, employee, day, state="signed", **vals):
        order = self.env["callcenter.personnel.order"].create(
            {
                "order_type": "appointment",
                "employee_id": employee.id,
                "company_id": self.company.id,
                "job_id": self.job.id,
                "department_id": self.department.id,
                "date_order": "2026-02-01",
                "date_effective": day,
                "wage": 40000,
            }
            | vals
        )
        if state != "draft":
            self.as_("hr", order).action_submit()
        if state == "signed":
            self.as_("director", order).action_sign()
        return order

    def test_the_plan_follows_who_works_and_who_is_to_come(self):
        with self.at("2026-03-02 07:00:00"):
            self.check_plan_follows_orders()

    def check_plan_follows_orders(self):
        working = self.build_employee("Working", job_id=self.job.id)
        working._transition({"callcenter_status": "appointed"})
        for number, state in enumerate(("signed", "submitted", "draft")):
            candidate = self.build_employee(f"Candidate {number}")
            self.order(candidate, "2026-05-10", state)
        budget = self.build_budget(seat_count=40)
        self.as_("supervisor", budget).action_seats_from_orders()
        self.assertEqual(budget.seat_count, 1)
        self.assertEqual(
            [(step.month, step.seat_count) for step in budget.seat_step_ids],
            [(date(2026, 5, 1), 3)],
        )
        # March and April one seat, from May three
        self.assertEqual(budget.amount_total, 3 * 20000 + 7400 * (2 * 1 + 10 * 3))

    def test_an_approved_budget_and_a_foreign_role_are_refused(self):
        budget = self.build_budget()
        with self.assertRaises(AccessError):
            self.as_("operator", budget).action_seats_from_orders()
        self.approve(budget)
        with self.assertRaises(UserError):
            self.as_("hr", budget).action_seats_from_orders()
        self.assertEqual(budget.amount_total, 108800.0)

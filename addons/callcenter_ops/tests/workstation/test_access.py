from odoo.exceptions import AccessError, UserError

from .common import WorkstationCase

FORBIDDEN_TO_OPERATORS = [
    "callcenter.cost.item",
    "callcenter.workstation.kit",
    "callcenter.workstation.kit.line",
    "callcenter.workstation.budget",
    "callcenter.workstation.budget.line",
    "callcenter.workstation.budget.seat",
    "callcenter.workstation.actual",
    "callcenter.phone.package",
    "callcenter.phone.line",
]


class TestAccess(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_employee("Operator", user=cls.users["operator"])
        cls.other = cls.build_employee("Other operator")

    def test_operators_see_nothing_of_the_money(self):
        for model in FORBIDDEN_TO_OPERATORS:
            for role in ("operator", "outsider"):
                with self.assertRaises(AccessError, msg=model):
                    self.as_(role, self.env[model]).search([])

    def test_an_operator_sees_only_his_own_place_act_and_equipment(self):
        places = self.build_place("A-01") | self.build_place("A-02")
        things = self.build_equipment("One") | self.build_equipment("Two")
        own = self.hand_over(self.operator, things[0], places[0])
        self.hand_over(self.other, things[1], places[1])
        self.build_act(self.operator, self.build_equipment("Draft"))

        def seen(model):
            return self.as_("operator", self.env[model]).search([]).ids

        self.assertEqual(seen("callcenter.workstation"), places[0].ids)
        self.assertEqual(seen("callcenter.handover"), own.ids)
        self.assertEqual(seen("callcenter.handover.line"), own.line_ids.ids)
        self.assertEqual(seen("maintenance.equipment"), things[0].ids)
        self.assertEqual(
            self.as_("operator", self.env["callcenter.custody"]).search([]).employee_id,
            self.operator,
        )

    def test_an_operator_writes_nothing_here(self):
        place = self.build_place(employee_id=self.operator.id)
        act = self.hand_over(self.operator, self.build_equipment())
        for record, vals in (
            (place, {"out_of_order_reason": "tired"}),
            (act, {"remark": "forged"}),
            (act.line_ids, {"remark": "forged"}),
        ):
            with self.assertRaises(UserError):
                self.as_("operator", record).write(vals)
        with self.assertRaises(AccessError):
            self.as_("operator", place).action_free()
        self.assertEqual(place.state, "occupied")

    def test_nobody_writes_the_history(self):
        place = self.build_place(employee_id=self.operator.id)
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            history = self.as_(role, place.custody_ids)
            for attack in (
                lambda line: line.write({"employee_id": self.other.id}),
                lambda line: line.unlink(),
                lambda line: line.create(
                    {
                        "workstation_id": place.id,
                        "employee_id": self.other.id,
                        "date_from": "2026-01-01",
                    }
                ),
            ):
                with self.assertRaises(AccessError):
                    attack(history)
        self.assertEqual(place.custody_ids.employee_id, self.operator)

    def test_an_act_in_the_context_of_a_client_is_ignored(self):
        act = self.build_act(self.other, self.build_equipment())
        thing = self.build_equipment()
        self.as_("hr", thing).with_context(callcenter_act=act.id).write(
            {"employee_id": self.operator.id}
        )
        self.assertFalse(thing.custody_ids.handover_id)

    def test_the_supervisor_plans_budgets_but_enters_no_expenses(self):
        budget = self.as_("supervisor", self.env["callcenter.workstation.budget"])
        budget = budget.create({"kit_id": self.kit.id})
        self.assertEqual(budget.amount_total, 108800.0)
        self.approve(budget.sudo())
        with self.assertRaises(AccessError):
            self.as_("supervisor", self.env["callcenter.workstation.actual"]).create(
                {
                    "budget_id": budget.id,
                    "item_id": self.items["Internet"].id,
                    "amount": 600,
                    "date": budget.date_from,
                }
            )
        self.assertEqual(budget.amount_actual, 0.0)

    def test_another_company_sees_nothing(self):
        foreign = self.env["res.company"].create({"name": "Foreign"})
        place, budget = self.build_place(), self.build_budget()
        package = self.env["callcenter.phone.package"].create(
            {"name": "P", "monthly_fee": 1}
        )
        hr = self.users["hr"]
        hr.write({"company_ids": [(6, 0, foreign.ids)], "company_id": foreign.id})
        for record in (place, budget, budget.line_ids[0], package, self.kit):
            self.env.flush_all()
            with self.assertRaises(AccessError):
                self.env(user=hr, context={"allowed_company_ids": foreign.ids})[
                    record._name
                ].browse(record.id).read(["display_name"])

from contextlib import contextmanager
from datetime import date

from odoo.exceptions import AccessError, UserError

from .common import PersonnelCase

FORGED = {
    "state": "signed",
    "name": "1-П/2026",
    "number": 1,
    "year": 2026,
    "signed_on": "2026-03-02 00:00:00",
    "executed_on": "2026-03-02 00:00:00",
}


class TestOrderSecurity(PersonnelCase):
    def setUp(self):
        super().setUp()
        self.draft = self.build_order()

    @contextmanager
    def refused(self):
        """Refused, and there are the same orders in the same states as before."""
        before = self.snapshot()
        with self.assertRaises(UserError):  # AccessError included
            yield
        self.assertEqual(self.snapshot(), before)

    def snapshot(self):
        orders = self.Order.sudo().with_context(active_test=False).search([])
        return orders.mapped(lambda order: (order.id, order.state, order.name))

    def test_only_hr_prepares_orders(self):
        for role in ("operator", "supervisor", "director", "manager", "outsider"):
            with self.subTest(role=role), self.refused(), self.env.cr.savepoint():
                self.build_order(role=role)

    def test_only_hr_submits(self):
        for role in ("operator", "supervisor", "director", "manager", "outsider"):
            with self.subTest(role=role), self.refused():
                self.as_(role, self.draft).action_submit()
        self.assertEqual(self.draft.state, "draft")

    def test_only_the_director_signs(self):
        self.as_("hr", self.draft).action_submit()
        for role in ("operator", "supervisor", "hr", "manager", "outsider"):
            with self.subTest(role=role), self.refused():
                self.as_(role, self.draft).action_sign()
        self.assertEqual((self.draft.state, self.draft.name), ("submitted", False))

    def test_a_draft_cannot_be_signed_past_hr(self):
        with self.refused():
            self.as_("director", self.draft).action_sign()
        self.assertEqual(self.draft.state, "draft")

    def test_only_hr_and_director_execute(self):
        order = self.appoint(date_effective=date(2026, 3, 9))
        with self.at("2026-03-09 07:00:00"):
            for role in ("operator", "supervisor", "manager", "outsider"):
                with self.subTest(role=role), self.refused():
                    self.as_(role, order).action_execute()
            self.assertEqual(order.state, "signed")
            self.as_("hr", order).action_execute()
        self.assertEqual(order.state, "executed")

    def test_state_and_number_cannot_be_written_by_any_role(self):
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            for name, value in FORGED.items():
                with self.subTest(role=role, field=name), self.refused():
                    self.as_(role, self.draft).write({name: value})
        self.assertEqual((self.draft.state, self.draft.name), ("draft", False))

    def test_state_and_number_cannot_be_created(self):
        for name, value in FORGED.items():
            with self.subTest(field=name), self.refused(), self.env.cr.savepoint():
                self.build_order(**{name: value})

    def test_a_default_in_the_context_forges_nothing(self):
        order = self.Order.with_user(self.users["hr"]).with_context(
            default_state="signed", callcenter_transition=True
        )
        with self.refused(), self.env.cr.savepoint():
            order.create({"employee_id": self.candidate.id})

    def test_a_default_of_the_user_forges_nothing(self):
        self.env["ir.default"].with_user(self.users["hr"]).set(
            "callcenter.personnel.order", "state", "signed", user_id=True
        )
        order = self.build_order()
        self.assertEqual(order.state, "draft")

    def test_an_import_forges_nothing(self):
        result = self.Order.with_user(self.users["hr"]).load(
            ["employee_id/.id", "order_type", "state"],
            [[str(self.candidate.id), "appointment", "signed"]],
        )
        self.assertFalse(result["ids"])
        self.assertIn("cannot be set by hand", result["messages"][0]["message"])

    def test_a_copy_is_an_unsigned_draft(self):
        order = self.appoint()
        copy = self.as_("hr", order).copy()
        self.assertEqual((copy.state, copy.name, copy.number), ("draft", False, 0))
        with self.refused(), self.env.cr.savepoint():
            self.as_("hr", order).copy({"state": "signed"})

    def test_a_signed_order_cannot_be_changed_or_deleted(self):
        order = self.appoint(date_effective=date(2026, 3, 9))
        changes = ({"date_effective": date(2026, 3, 3)}, {"wage": 1}, {"basis": "x"})
        for role in ("hr", "director", "manager", "supervisor", "operator"):
            for vals in changes:
                with self.subTest(role=role, vals=vals), self.refused():
                    self.as_(role, order).write(vals)
            with self.refused():
                self.as_(role, order).unlink()
        self.assertTrue(order.exists())
        self.assertEqual((order.date_effective, order.wage), (date(2026, 3, 9), 40000))

    def test_a_submitted_order_is_returned_before_it_is_changed(self):
        self.as_("hr", self.draft).action_submit()
        for action in (lambda o: o.write({"wage": 1}), lambda o: o.unlink()):
            with self.refused():
                action(self.as_("hr", self.draft))
        self.as_("hr", self.draft).action_return_to_draft()
        self.as_("hr", self.draft).write({"wage": 1})
        self.assertEqual(self.draft.wage, 1)

    def test_the_operator_reads_his_own_signed_orders_only(self):
        mine = self.appoint(self.build_employee("Mine", user=self.users["operator"]))
        visible = self.Order.with_user(self.users["operator"]).search([])
        self.assertEqual(visible, mine)
        with self.assertRaises(AccessError):
            self.as_("operator", self.draft).read(["basis"])
        with self.assertRaises(AccessError):
            self.as_("operator", mine).read(["wage"])

    def test_the_supervisor_reads_the_signed_orders_of_his_department(self):
        mine = self.appoint()
        other = self.env["hr.department"].create({"name": "Warehouse"})
        self.appoint(self.build_employee("Other"), department_id=other.id)
        self.build_order(self.build_employee("Draft"))
        visible = self.Order.with_user(self.users["supervisor"]).search([])
        self.assertEqual(visible, mine)

    def test_outsiders_read_nothing(self):
        with self.assertRaises(AccessError):
            self.Order.with_user(self.users["outsider"]).search([])

    def test_another_companys_director_neither_reads_nor_signs(self):
        self.as_("hr", self.draft).action_submit()
        company = self.env["res.company"].create({"name": "Other"})
        self.users["director"].write(
            {"company_ids": [(6, 0, company.ids)], "company_id": company.id}
        )
        with self.assertRaises(AccessError):
            self.as_("director", self.draft).action_sign()
        self.assertEqual(self.draft.state, "submitted")

    def test_the_status_of_an_employee_follows_from_orders_alone(self):
        for role in ("hr", "director", "manager", "supervisor", "operator"):
            with self.subTest(role=role), self.refused():
                self.as_(role, self.candidate).write({"callcenter_status": "appointed"})
        self.assertEqual(self.candidate.callcenter_status, "candidate")

    def test_nobody_touches_the_counter_or_the_handover_report(self):
        order = self.dismiss(self.appoint().employee_id)
        register = self.env["callcenter.order.register"].search([], limit=1)
        for role in ("hr", "director", "manager", "supervisor"):
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    self.as_(role, register).write({"last_number": 0})
                with self.assertRaises(AccessError):
                    self.env["callcenter.order.handover"].with_user(
                        self.users[role]
                    ).create({"order_id": order.id, "what": "x", "count": 1})

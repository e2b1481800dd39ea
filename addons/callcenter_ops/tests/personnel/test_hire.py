from datetime import date

from odoo.exceptions import AccessError, UserError

from .common import TODAY, PersonnelCase


class TestHire(PersonnelCase):
    """One form takes a new person to the Director's desk."""

    def build_hire(self, role="hr", **vals):
        values = {
            "name": "Новикова Дарья Сергеевна",
            "work_email": "d.novikova@example.com",
            "job_id": self.job.id,
            "department_id": self.department.id,
            "wage": 40000,
            "contract_number": "15",
        }
        model = self.env["callcenter.hire"].with_user(self.users[role])
        return model.create(values | vals)

    def test_the_card_the_contract_and_the_submitted_order_come_at_once(self):
        action = self.build_hire().action_hire()
        order = self.Order.browse(action["res_id"])
        self.assertEqual(order.state, "submitted")
        self.assertEqual(order.employee_id.name, "Новикова Дарья Сергеевна")
        self.as_("director", order).action_sign()
        person = order.sudo().employee_id
        self.assertEqual(person.callcenter_status, "appointed")
        self.assertEqual(order.sudo().contract_id.number, "15")

    def test_a_coming_first_day_is_ordered_today(self):
        first = date(2026, 3, 16)
        action = self.build_hire(date_effective=first).action_hire()
        order = self.Order.browse(action["res_id"])
        self.assertEqual((order.date_order, order.date_effective), (TODAY, first))

    def test_a_namesake_is_asked_about_and_not_doubled(self):
        hire = self.build_hire(name="СИНИЦЫНА Вера Олеговна")
        with self.assertRaisesRegex(UserError, "another person"):
            hire.action_hire()
        count = self.env["hr.employee"].search_count([("name", "ilike", "Синицына")])
        self.assertEqual(count, 1)
        hire.is_another = True
        hire.action_hire()
        count = self.env["hr.employee"].search_count([("name", "ilike", "Синицына")])
        self.assertEqual(count, 2)

    def test_who_comes_back_keeps_his_card(self):
        self.appoint()
        self.dismiss(self.candidate)
        with self.at("2026-03-03 07:00:00"):
            hire = self.build_hire(
                employee_id=self.candidate.id,
                name=self.candidate.name,
                date_effective=date(2026, 3, 3),
            )
            order = self.Order.browse(hire.action_hire()["res_id"])
        self.assertEqual(order.employee_id, self.candidate)

    def test_only_hr_hires(self):
        for role in ("operator", "supervisor", "director", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.build_hire(role=role)

    def test_buttons_of_the_card_fill_in_what_is_known(self):
        self.appoint(contract_number="15")
        card = self.candidate.with_user(self.users["hr"])
        for button, kind in (
            (card.action_callcenter_transfer, "transfer"),
            (card.action_callcenter_dismiss, "dismissal"),
            (card.action_callcenter_pay, "pay"),
        ):
            context = button()["context"]
            self.assertEqual(context["default_order_type"], kind)
            self.assertEqual(context["default_employee_id"], self.candidate.id)
        context = card.action_callcenter_acting()["context"]
        self.assertEqual(context["default_absent_employee_id"], self.candidate.id)
        self.assertFalse(context["default_employee_id"])

    def test_the_director_reads_the_paper_before_he_signs_it(self):
        order = self.build_order(trial_months=3)
        self.as_("hr", order).action_submit()
        signing = self.env["callcenter.order.signing"].with_user(self.users["director"])
        signing = signing.create({"order_ids": order.ids})
        for words in ("Принять на работу", "Синицыну Веру Олеговну", "40\u00a0000"):
            self.assertIn(words, signing.paper_html)
        self.assertEqual(order.state, "submitted")
        signing.action_sign()
        order.invalidate_recordset()
        self.assertEqual(order.sudo().state, "executed")

    def test_ticked_orders_are_read_together_before_they_are_signed(self):
        other = self.build_employee("Ёлкина Анна Львовна")
        orders = self.build_order() | self.build_order(other)
        self.as_("hr", orders).action_submit()
        chosen = {"active_model": orders._name, "active_ids": orders.ids}
        model = self.env["callcenter.order.signing"].with_user(self.users["director"])
        signing = model.with_context(**chosen).create({})
        self.assertEqual((signing.order_count, signing.order_ids.ids), (2, orders.ids))
        for name in ("Синицыну Веру Олеговну", "Ёлкину Анну Львовну"):
            self.assertIn(name, signing.paper_html)
        signing.action_sign()
        orders.invalidate_recordset()
        self.assertEqual(orders.sudo().mapped("state"), ["executed"] * 2)

    def test_the_list_signs_nothing_that_was_not_shown(self):
        view = self.env.ref("callcenter_ops.personnel_order_view_list")
        self.assertNotIn("action_sign", view.arch)

    def test_only_the_director_is_shown_the_signing(self):
        order = self.build_order()
        self.as_("hr", order).action_submit()
        for role in ("hr", "operator", "supervisor", "manager", "outsider"):
            model = self.env["callcenter.order.signing"].with_user(self.users[role])
            with self.subTest(role=role), self.assertRaises(AccessError):
                model.create({"order_ids": order.ids}).action_sign()
        self.assertEqual(order.state, "submitted")

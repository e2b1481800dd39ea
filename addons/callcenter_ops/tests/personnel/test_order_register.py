from datetime import date

from odoo.exceptions import UserError

from .common import PersonnelCase


class TestOrderRegister(PersonnelCase):
    def sign_some(self, count, **vals):
        return [
            self.appoint(self.build_employee(f"Person {number}"), **vals)
            for number in range(count)
        ]

    def test_numbers_of_a_series_have_no_gaps(self):
        orders = self.sign_some(3)
        self.assertEqual([order.number for order in orders], [1, 2, 3])
        self.assertEqual(orders[2].name, "3-П/2026")

    def test_a_draft_has_no_number_and_a_refused_signature_takes_none(self):
        order = self.build_order()
        self.assertFalse(order.name)
        self.as_("hr", order).action_submit()
        order.employee_id.sudo()._transition({"callcenter_status": "appointed"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.as_("director", order).action_sign()
        self.assertFalse(order.name)
        self.assertEqual(self.appoint(self.build_employee("Next")).number, 1)

    def test_each_kind_and_each_year_has_its_own_series(self):
        self.sign_some(2)
        dismissal = self.dismiss(self.appoint().employee_id)
        self.assertEqual(dismissal.name, "1-У/2026")
        with self.at("2027-01-11 07:00:00"):
            day = date(2027, 1, 11)
            order = self.sign_some(1, date_order=day, date_effective=day)[0]
        self.assertEqual(order.name, "1-П/2027")

    def test_the_number_of_a_cancelled_order_is_not_given_again(self):
        first = self.appoint()
        self.cancel(first)
        self.assertEqual(self.sign_some(1)[0].number, 2)
        self.assertEqual(first.name, "1-П/2026")

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..figures.common import SupervisionCase


@tagged("post_install", "-at_install")
class TestFinder(SupervisionCase):
    """From anywhere an order, a person, a client or a call is found."""

    def find(self, role, text):
        finder = self.as_(role, self.env["callcenter.finder"])
        return {(one["model"], one["id"]) for one in finder.find(text)}

    def test_a_client_and_his_call_are_found_by_name_and_number(self):
        call = self.build_call()
        partner = call.partner_id
        partner.phone = call.phone
        sought = {("res.partner", partner.id), ("callcenter.call", call.id)}
        self.assertLessEqual(sought, self.find("supervisor", partner.name))
        digits = call.phone[-10:]
        written = f"8 ({digits[:3]}) {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
        self.assertLessEqual(sought, self.find("supervisor", written))

    def test_a_person_and_his_order_are_found_by_name(self):
        person = self.build_employee("Журавлёва Инга Львовна")
        order = self.env["callcenter.personnel.order"].create(
            {"order_type": "dismissal", "employee_id": person.id}
        )
        found = self.find("hr", "Журавлёва")
        sought = {("hr.employee", person.id), (order._name, order.id)}
        self.assertLessEqual(sought, found)

    def test_nobody_finds_what_he_may_not_read(self):
        call = self.build_call()
        for role in ("hr", "manager"):
            found = self.find(role, call.partner_id.name)
            self.assertNotIn(("callcenter.call", call.id), found)
        with self.assertRaises(AccessError):
            self.find("outsider", call.partner_id.name)

    def test_a_single_letter_finds_nothing(self):
        self.assertEqual(self.find("supervisor", "a"), set())

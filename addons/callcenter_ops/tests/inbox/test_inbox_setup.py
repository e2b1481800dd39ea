from odoo.exceptions import AccessError

from ..cases import CallcenterCase


class TestInboxSetup(CallcenterCase):
    """A supervisor has the inboxes of his departments set up by himself."""

    def inboxes(self, role="supervisor"):
        return self.as_(role, self.env["callcenter.inbox"])

    def test_a_supervisor_makes_an_inbox_with_its_address(self):
        inbox = self.inboxes().create(
            {"name": "Orders", "alias_name": "orders", "answer_hours": 4}
        )
        self.assertEqual(inbox.company_id, self.company)
        self.assertEqual(inbox.sudo().alias_id.alias_name, "orders")
        inbox.write({"answer_hours": 8, "alias_name": "sales"})
        self.assertEqual(inbox.sudo().alias_id.alias_name, "sales")

    def test_those_of_other_departments_and_companies_are_not_his(self):
        far = self.env["hr.department"].create({"name": "Other city"})
        inbox = self.env["callcenter.inbox"].create(
            {"name": "Far", "department_id": far.id}
        )
        with self.assertRaises(AccessError):
            self.as_("supervisor", inbox).name = "Mine"
        with self.assertRaises(AccessError):
            self.inboxes().create({"name": "Far too", "department_id": far.id})
        other = self.env["res.company"].create({"name": "Another"})
        with self.assertRaises(AccessError):
            self.inboxes().create({"name": "Theirs", "company_id": other.id})

    def test_other_roles_set_up_none(self):
        for role in ("operator", "hr", "director", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.inboxes(role).create({"name": "Mine"})

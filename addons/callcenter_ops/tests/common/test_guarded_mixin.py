from odoo.exceptions import UserError
from odoo.tests import tagged

from ..cases import CallcenterCase


@tagged("post_install", "-at_install")
class TestGuardedMixin(CallcenterCase):
    """The guard is seen through the status that only orders may move."""

    def setUp(self):
        super().setUp()
        self.candidate = self.build_employee("Candidate")
        self.as_hr = self.as_("hr", self.candidate)

    def assertStillCandidate(self):
        self.env.invalidate_all()
        self.assertEqual(self.candidate.callcenter_status, "candidate")

    def test_writing_the_state_is_refused(self):
        with self.assertRaisesRegex(UserError, "cannot be set by hand"):
            self.as_hr.write({"callcenter_status": "appointed"})
        self.assertStillCandidate()

    def test_the_superuser_does_not_write_the_state_either(self):
        with self.assertRaises(UserError):
            self.candidate.write({"callcenter_status": "appointed"})
        self.assertStillCandidate()

    def test_a_context_key_sent_by_a_client_opens_nothing(self):
        forged = self.as_hr.with_context(callcenter_transition=True)
        with self.assertRaises(UserError):
            forged.write({"callcenter_status": "appointed"})
        self.assertStillCandidate()

    def test_creation_with_a_state_is_refused(self):
        Employee = self.as_hr.env["hr.employee"]
        before = Employee.search_count([])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            Employee.create({"name": "Forged", "callcenter_status": "appointed"})
        self.assertEqual(Employee.search_count([]), before)

    def test_a_default_in_the_context_is_refused(self):
        Employee = self.as_hr.env["hr.employee"].with_context(
            default_callcenter_status="appointed"
        )
        with self.assertRaises(UserError):
            Employee.create({"name": "Forged"})

    def test_a_default_that_a_user_stored_forges_nothing(self):
        self.as_hr.env["ir.default"].set(
            "hr.employee", "callcenter_status", "appointed", user_id=True
        )
        Employee = self.as_hr.env["hr.employee"]
        self.assertEqual(
            Employee.create({"name": "Plain"}).callcenter_status, "candidate"
        )
        with self.assertRaises(UserError):
            Employee.create({"name": "Forged", "callcenter_status": "appointed"})

    def test_creation_with_the_initial_state_is_accepted(self):
        employee = self.as_hr.env["hr.employee"].create(
            {"name": "Plain", "callcenter_status": "candidate"}
        )
        self.assertEqual(employee.callcenter_status, "candidate")

    def test_an_import_with_a_state_is_refused(self):
        result = self.as_hr.env["hr.employee"].load(
            ["name", "callcenter_status"], [["Forged", "appointed"]]
        )
        self.assertFalse(result["ids"])
        self.assertFalse(self.env["hr.employee"].search([("name", "=", "Forged")]))

    def test_transition_is_the_way(self):
        self.candidate._transition({"callcenter_status": "appointed"})
        self.assertEqual(self.candidate.callcenter_status, "appointed")

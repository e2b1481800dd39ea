from odoo.exceptions import AccessError, UserError
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


@tagged("post_install", "-at_install")
class TestChecksOfTransitions(CallcenterCase):
    """State and role are asked in one way, seen here through a workplace kit."""

    def setUp(self):
        super().setUp()
        self.kits = self.env["callcenter.workstation.kit"].create(
            [
                {"name": name, "company_id": self.company.id, "date_from": day}
                for name, day in (("First", "2026-01-01"), ("Second", "2026-02-01"))
            ]
        )
        self.kits[1]._transition({"state": "approved"})

    def test_a_record_in_one_of_the_states_passes(self):
        self.kits._check_in_state("draft", "approved")
        self.assertEqual(self.kits.mapped("state"), ["draft", "approved"])

    def test_the_first_record_in_another_state_is_named_with_what_it_needs(self):
        needed = "Second.* is in the state “In force”; this needs “Draft / Superseded”"
        with self.assertRaisesRegex(UserError, needed):
            self.kits._check_in_state("draft", "superseded")

    def test_one_of_the_roles_is_enough(self):
        kits = self.as_("hr", self.kits)
        kits._check_role("callcenter_ops.group_director", "callcenter_ops.group_hr")
        self.assertFalse(kits.env.su)

    def test_without_the_role_the_refusal_names_it(self):
        kits = self.as_("hr", self.kits)
        with self.assertRaisesRegex(AccessError, "roles may do this: Director"):
            kits._check_role("callcenter_ops.group_director")

    def test_the_role_alone_does_not_open_records_of_others(self):
        kits = self.as_("operator", self.kits)
        with self.assertRaises(AccessError):
            kits._check_role("callcenter_ops.group_operator")

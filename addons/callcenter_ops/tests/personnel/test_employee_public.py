from odoo.exceptions import AccessError

from .common import PersonnelCase


class TestEmployeePublic(PersonnelCase):
    """Supervisors are not of HR: they read employees by the public profile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator Seen")
        cls.env["callcenter.workstation"].create(
            {"name": "A-1", "employee_id": cls.operator.id}
        )

    def read_as(self, role, model, name):
        employee = self.as_(role, self.env[model].browse(self.operator.id))
        return employee.read([name])[0][name]

    def test_a_supervisor_reads_the_status_by_either_model(self):
        for model in ("hr.employee", "hr.employee.public"):
            with self.subTest(model=model):
                status = self.read_as("supervisor", model, "callcenter_status")
                self.assertEqual(status, "appointed")

    def test_a_supervisor_finds_the_appointed(self):
        everybody = self.operator | self.candidate
        for model in ("hr.employee", "hr.employee.public"):
            found = self.as_("supervisor", self.env[model]).search(
                [
                    ("callcenter_status", "=", "appointed"),
                    ("id", "in", everybody.ids),
                ]
            )
            self.assertEqual(found.ids, self.operator.ids, model)

    def test_a_supervisor_sees_who_sits_where(self):
        profile = self.env["hr.employee.public"].browse(self.operator.id)
        seen = self.as_("supervisor", profile).callcenter_workstation_ids
        self.assertEqual(seen.mapped("name"), ["A-1"])

    def test_operators_and_outsiders_do_not_see_the_status(self):
        for role in ("operator", "outsider"):
            for model in ("hr.employee", "hr.employee.public"):
                with self.subTest(role=role, model=model):
                    with self.assertRaises(AccessError):
                        self.read_as(role, model, "callcenter_status")
                    with self.assertRaises(AccessError):
                        self.as_(role, self.env[model]).search(
                            [("callcenter_status", "=", "appointed")]
                        )

    def test_every_field_open_to_a_supervisor_stands_on_the_profile(self):
        supervisor = self.users["supervisor"]
        private = self.env["hr.employee"].with_user(supervisor)
        public = self.env["hr.employee.public"].with_user(supervisor)
        readable = set(private.fields_get(attributes=["type"]))
        ours = {name for name in readable if name.startswith("callcenter_")}
        self.assertIn("callcenter_status", ours)
        self.assertEqual(ours - set(public.fields_get(attributes=["type"])), set())

    def test_the_profile_opens_for_every_role(self):
        for role in ("operator", "supervisor", "director", "outsider"):
            profile = self.as_(role, self.env["hr.employee.public"])
            arch = profile.get_view(view_type="form")["arch"]
            shown = role in ("supervisor", "director")
            self.assertEqual("callcenter_status" in arch, shown, role)

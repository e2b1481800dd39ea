from odoo.exceptions import AccessError

from .common import PersonnelCase

# The status on the card and on the profile.
STATUS = {
    "hr.employee": "callcenter_status",
    "hr.employee.public": "callcenter_shown_status",
}


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
        for model, name in STATUS.items():
            with self.subTest(model=model):
                status = self.read_as("supervisor", model, name)
                self.assertEqual(status, "appointed")

    def test_a_supervisor_finds_the_appointed(self):
        everybody = self.operator | self.candidate
        for model, name in STATUS.items():
            found = self.as_("supervisor", self.env[model]).search(
                [
                    (name, "=", "appointed"),
                    ("id", "in", everybody.ids),
                ]
            )
            self.assertEqual(found.ids, self.operator.ids, model)

    def test_a_supervisor_sees_who_sits_where(self):
        profile = self.env["hr.employee.public"].browse(self.operator.id)
        seen = self.as_("supervisor", profile).callcenter_shown_workstation_ids
        self.assertEqual(seen.mapped("name"), ["A-1"])
        card = self.as_("supervisor", self.operator)
        self.assertEqual(card.callcenter_workstation_ids, seen)

    def test_operators_and_outsiders_do_not_see_the_status(self):
        for role in ("operator", "outsider"):
            for model, name in STATUS.items():
                with self.subTest(role=role, model=model):
                    with self.assertRaises(AccessError):
                        self.read_as(role, model, name)
                    with self.assertRaises(AccessError):
                        self.as_(role, self.env[model]).search(
                            [(name, "=", "appointed")]
                        )

    def test_a_supervisor_reads_of_the_card_what_is_open_to_him(self):
        """And of one card together with what stands on the profile."""
        card = self.as_("supervisor", self.operator)
        ours = {
            name
            for name in card.fields_get(attributes=["type"])
            if name.startswith("callcenter_")
        }
        self.assertIn("callcenter_status", ours)
        [read] = card.read(["name", *sorted(ours)])
        self.assertEqual(read["callcenter_status"], "appointed")
        self.assertEqual(read["name"], "Operator Seen")

    def test_nobody_reads_of_a_card_that_he_may_not_see(self):
        elsewhere = self.env["res.company"].create({"name": "Another"})
        stranger = self.env["hr.employee"].create(
            {"name": "Stranger", "company_id": elsewhere.id}
        )
        with self.assertRaises(AccessError):
            self.as_("supervisor", stranger).read(["callcenter_status"])

    def test_what_lies_behind_a_field_of_the_card_is_found_by_ones_own_rights(self):
        self.operator.private_email = "secret@own.example.com"
        cards = self.as_("supervisor", self.env["hr.employee"])
        seats = "callcenter_workstation_ids"
        by_name = [("name", "=", "A-1")]
        for domain in (
            [(f"{seats}.name", "=", "A-1")],
            [(seats, "any", by_name)],
        ):
            self.assertEqual(cards.search(domain).ids, self.operator.ids)
        everybody = cards.search([(seats, "not any", by_name)])
        self.assertNotIn(self.operator.id, everybody.ids)
        secret = ("private_email", "=", "secret@own.example.com")
        for domain in (
            [(f"{seats}.employee_id.{secret[0]}", *secret[1:])],
            [(seats, "any", [("employee_id", "any", [secret])])],
            [(seats, "not any", [("employee_id", "any", [secret])])],
        ):
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                cards.search(domain)

    def test_everybody_reads_every_field_that_a_profile_shares_with_the_card(self):
        """As Odoo has it."""
        names = set(self.env["hr.employee.public"]._fields)
        names &= set(self.env["hr.employee"]._fields)
        [read] = self.as_("outsider", self.operator).read(sorted(names))
        self.assertEqual(names - set(read), set())

    def test_the_profile_opens_for_every_role(self):
        for role in ("operator", "supervisor", "director", "outsider"):
            profile = self.as_(role, self.env["hr.employee.public"])
            arch = profile.get_view(view_type="form")["arch"]
            shown = role in ("supervisor", "director")
            self.assertEqual("callcenter_shown_status" in arch, shown, role)

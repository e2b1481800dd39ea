"""Equipment in the hands of people who have no role of the call centre."""

import base64
import io

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user
from PIL import Image

from .common import WorkstationCase


class TestEquipment(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for role, groups in (
            ("keeper", "base.group_user,maintenance.group_equipment_manager"),
            ("staff", "base.group_user,hr.group_hr_user"),
        ):
            cls.users[role] = new_test_user(
                cls.env,
                f"cc_{role}",
                groups=groups,
                company_id=cls.company.id,
                company_ids=cls.company.ids,
            )

    def test_a_maintenance_manager_registers_equipment_and_its_user_opens_it(self):
        for role in ("keeper", "staff"):
            form = Form(self.as_(role, self.env["maintenance.equipment"]))
            form.name = f"Drill of {role}"
            thing = form.save()
            self.assertTrue(thing.inventory_no)
            thing.sudo().owner_user_id = self.users["outsider"]
            opened = Form(self.as_("outsider", thing.sudo(False)))
            self.assertEqual(opened.name, f"Drill of {role}")

    def test_he_hands_it_out_and_the_history_knows_it_but_he_does_not(self):
        person = self.build_employee("Ann")
        form = Form(self.as_("staff", self.env["maintenance.equipment"]))
        form.name = "Drill"
        form.equipment_assign_to = "employee"
        form.employee_id = person
        thing = form.save()
        history = self.env["callcenter.custody"].search(
            [("equipment_id", "=", thing.id)]
        )
        self.assertEqual(history.employee_id, person)
        for role in ("keeper", "staff", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, thing).read(["custody_ids"])

    def test_what_an_act_handed_over_he_cannot_take_away(self):
        thing = self.build_equipment()
        person = self.build_employee("Ann")
        self.hand_over(person, thing)
        form = Form(self.as_("staff", thing))
        form.employee_id = self.build_employee("Bob")
        with self.assertRaisesRegex(Exception, "by a return act"), self.cr.savepoint():
            form.save()
        self.assertEqual(thing.employee_id, person)

    def test_the_label_carries_a_picture_of_its_code(self):
        thing = self.build_equipment()
        head, data = thing._get_label_qr().split(",")
        self.assertEqual(head, "data:image/png;base64")
        picture = Image.open(io.BytesIO(base64.b64decode(data)))
        self.assertEqual((picture.format, picture.width % 6), ("PNG", 0))

from odoo.exceptions import AccessError, UserError

from ..calling.common import CallingCase


class TestCleaning(CallingCase):
    """The client base is cleaned after a look at what would change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.file = cls.env["callcenter.data.import"].create(
            {"kind": "clients", "filename": "fair.csv", "file": b"eA=="}
        )
        cls.two = cls.build("Two", phone="8 (343) 012-91-05, 012-91-06")
        cls.lost = cls.build("Lost", phone="322-11-00")
        cls.town = cls.build(
            "Town", phone="8-800-555-00-00", state_id=False, city="Самара"
        )
        cls.first = cls.build("Twin")
        cls.second = cls.build("Twin", phone=cls.first.phone, ref="C-2")
        cls.third = cls.build("Neighbour", phone=cls.first.phone)

    @classmethod
    def build(cls, name, **vals):
        return cls.build_client(name, callcenter_import_id=cls.file.id, **vals)

    def look(self, role="supervisor"):
        cleanings = self.as_(role, self.env["callcenter.client.cleaning"])
        cleaning = cleanings.create({"import_ids": [(6, 0, self.file.ids)]})
        cleaning.action_look()
        return cleaning

    def told(self, cleaning):
        return [
            (row.kind, row.partner_id.name, row.proposal, row.is_chosen)
            for row in cleaning.row_ids
        ]

    def test_a_look_tells_all_and_changes_nothing(self):
        before = (self.two + self.lost + self.town).mapped("phone")
        cleaning = self.look()
        self.assertEqual(
            self.told(cleaning),
            [
                ("number", "Two", "+7 343 012-91-05, +73430129106", True),
                ("number", "Lost", False, False),
                ("zone", "Town", self.env.ref("base.state_ru_sam").display_name, True),
                ("double", "Twin", "Twin", True),
                ("double", "Neighbour", "Twin", False),
            ],
        )
        self.assertEqual(
            (cleaning.bad_count, cleaning.zone_count, cleaning.double_count), (2, 1, 2)
        )
        self.assertEqual((self.two + self.lost + self.town).mapped("phone"), before)
        self.assertTrue(self.second.exists())

    def test_what_is_ticked_is_mended_and_the_rest_stays(self):
        cleaning = self.look()
        cleaning.action_clean()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            (self.two.phone_sanitized, self.two.callcenter_other_phones),
            ("+73430129105", "+73430129106"),
        )
        self.assertEqual(self.town.state_id.code, "SAM")
        self.assertFalse(self.second.exists())
        self.assertEqual(self.first.ref, "C-2")
        self.assertTrue(self.third.exists())
        self.assertEqual(self.lost.phone, "322-11-00")
        self.assertEqual(set(cleaning.row_ids.mapped("outcome")), {"Mended", False})

    def test_nothing_ticked_mends_nothing(self):
        cleaning = self.look()
        cleaning.row_ids.is_chosen = False
        with self.assertRaises(UserError):
            cleaning.action_clean()
        self.assertTrue(self.second.exists())

    def test_a_card_that_changed_since_the_look_is_left_as_it_is(self):
        cleaning = self.look()
        (self.first + self.second).phone = False
        north = self.env.ref("base.state_ru_mur")
        self.town.state_id = north
        cleaning.action_clean()
        self.env.invalidate_all()
        self.assertTrue(self.first.exists() and self.second.exists())
        self.assertEqual(self.town.state_id, north)
        changed = cleaning.row_ids.filtered(lambda one: one.kind != "number")
        self.assertEqual(
            set(changed.filtered("is_chosen").mapped("outcome")),
            {"The card has changed: look again."},
        )

    def test_a_card_of_the_house_is_never_joined(self):
        own = self.users["hr"].partner_id
        own.phone = self.first.phone
        cleaning = self.look()
        row = cleaning.row_ids.filtered(lambda one: one.kind == "double")[0]
        row.partner_id = own
        cleaning.row_ids.is_chosen = False
        row.is_chosen = True
        cleaning.action_clean()
        self.env.invalidate_all()
        self.assertTrue(own.exists() and self.first.exists())
        self.assertIn("Only cards of clients", row.outcome)

    def test_only_supervisors_clean(self):
        for role in ("operator", "hr", "director", "manager"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.look(role)

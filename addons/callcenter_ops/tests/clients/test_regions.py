from odoo.tests import Form

from ..calling.common import CallingCase


class TestRegions(CallingCase):
    """A region is called as the user's own language calls it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.region = cls.env.ref("base.state_ru_sve")
        cls.region.registry_name = "Свердловская область"

    def _as_operator(self, lang):
        region = self.region.with_user(self.users["operator"])
        return region.with_context(lang=lang)

    def test_russian_users_read_the_registrys_name(self):
        self.assertEqual(
            self._as_operator("ru_RU").display_name, "Свердловская область"
        )

    def test_everybody_else_reads_odoos_name(self):
        self.assertEqual(
            self._as_operator("en_US").display_name, f"{self.region.name} (RU)"
        )

    def test_a_region_without_such_a_name_keeps_odoos(self):
        self.region.registry_name = False
        self.assertEqual(
            self._as_operator("ru_RU").display_name, f"{self.region.name} (RU)"
        )

    def test_a_new_name_is_shown_at_once(self):
        shown = self._as_operator("ru_RU")
        self.assertEqual(shown.display_name, "Свердловская область")
        self.region.registry_name = "Средний Урал"
        self.assertEqual(shown.display_name, "Средний Урал")

    def test_a_region_is_found_by_either_name_and_by_its_code(self):
        for words in ("Свердловская", self.region.name, "SVE"):
            with self.subTest(words):
                found = self._as_operator("ru_RU").name_search(words)
                self.assertIn((self.region.id, "Свердловская область"), found)


class TestLandlineCodes(CallingCase):
    """Codes of towns tell the region where a library's words would mislead."""

    def test_codes_of_towns_lead_to_region_district_and_zone(self):
        ural, volga = "Asia/Yekaterinburg", "Europe/Samara"
        places = {
            "3435000000": ("SVE", "ural", ural),
            "3439000000": ("SVE", "ural", ural),
            "3519000000": ("CHE", "ural", ural),
            "3452000000": ("TYU", "ural", ural),
            "3466000000": ("KHM", "ural", ural),
            "3494000000": ("YAN", "ural", ural),
            "3522000000": ("KGN", "ural", ural),
            # Ural by speech, another district by law
            "3422000000": ("PER", "volga", ural),
            "3472000000": ("BA", "volga", ural),
            "3532000000": ("ORE", "volga", ural),
            # zones that common tables get wrong
            "4012000000": ("KGD", "northwestern", "Europe/Kaliningrad"),
            "8452000000": ("SAR", "volga", "Europe/Saratov"),
            "8462000000": ("SAM", "volga", volga),
            "4951000000": ("MOW", "central", "Europe/Moscow"),
            "4961000000": ("MOS", "central", "Europe/Moscow"),
            "8562000000": ("93", "southern", "Europe/Moscow"),
            "8572000000": ("94", "southern", "Europe/Moscow"),
        }
        ranges = self.env["callcenter.number.range"]
        states = self.env["res.country.state"]
        for number, place in places.items():
            found = ranges._get_region(f"+7{number}")
            code = states.browse(found["state_id"]).code
            told = (code, found["federal_district"], found["timezone"])
            self.assertEqual(told, place, number)

    def test_every_region_but_two_has_a_code_of_its_own(self):
        regions = self.env["res.country.state"].search(
            [("country_id.code", "=", "RU"), ("callcenter_tz", "!=", False)]
        )
        landlines = [("number_from", "<", "9")]
        covered = self.env["callcenter.number.range"].search(landlines).state_id
        # The plan has no landline codes for these, mobile ranges alone.
        self.assertEqual((regions - covered).mapped("code"), ["90", "95"])

    def test_numbers_of_no_region_tell_nothing(self):
        for number in ("+78005550000", "+77272000000", "+74400000000"):
            with self.subTest(number):
                found = self.env["callcenter.number.range"]._get_region(number)
                self.assertEqual(found, {})


class TestPartnerForm(CallingCase):
    def test_the_clients_form_shows_numbers_and_calls_alike(self):
        with Form(self.build_client().with_user(self.users["supervisor"])) as form:
            form.callcenter_phone_extension = "12"
            self.assertEqual(form.callcenter_call_count, 0)

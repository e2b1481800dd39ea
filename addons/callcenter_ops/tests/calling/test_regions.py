from odoo.tests import Form

from .common import CallingCase


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


class TestPartnerForm(CallingCase):
    def test_the_clients_form_shows_numbers_and_calls_alike(self):
        with Form(self.build_client().with_user(self.users["supervisor"])) as form:
            form.callcenter_phone_extension = "12"
            self.assertEqual(form.callcenter_call_count, 0)

import base64

from odoo.exceptions import AccessError, UserError

from ..calling.common import CallingCase

REGISTRY = """АВС/ DEF;От;До;Емкость;Оператор;Регион
912;2000000;2099999;100000;Invented Telecom;Свердловская обл.
912;3000000;3099999;100000;Invented Telecom;г. Пермь|Пермский край
912;3050000;3060000;10001;Invented Telecom;Пермский край
912;5000000;4000000;1;Invented Telecom;Пермский край
912;x;7;1;Invented Telecom;Пермский край
912;6000000;6000009;10;Invented Telecom;Атлантида
"""


# The same registry with the columns that were added to it later.
NEWER = """АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН
343;2000000;2099999;100000;ООО "Выдумка";г. Екатеринбург|Свердловская обл.;г.о. Х;0000
912;4000000;4099999;100000;ООО "Выдумка";Республика Удмуртская;;
"""


class TestNumberRegistry(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr.execute("DELETE FROM callcenter_number_range")

    def _import(self, text, encoding="utf-8", **vals):
        wizard = (
            self.env["callcenter.number.range.import"]
            .with_user(self.users["manager"])
            .create({"file": base64.b64encode(text.encode(encoding)), **vals})
        )
        wizard.action_import()
        return wizard.report

    def _region(self, phone):
        region = self.env["callcenter.number.range"]._get_region(phone)
        return self.env["res.country.state"].browse(region.get("state_id")).code

    def test_good_lines_are_loaded_and_each_bad_one_is_named(self):
        report = self._import(REGISTRY)
        self.assertIn("2 of 6 ranges loaded", report)
        self.assertIn("Line 4: overlaps another line", report)
        self.assertIn("Line 5: the end lies before", report)
        self.assertIn("Line 6: not ten digits", report)
        self.assertIn("Line 7: unknown region Атлантида", report)
        self.assertEqual(self._region("+79122000005"), "SVE")
        self.assertEqual(self._region("+79123099999"), "PER")
        self.assertFalse(self._region("+79124000000"))

    def test_a_file_in_the_old_encoding_is_read_too(self):
        self.assertIn("2 of 6", self._import(REGISTRY, "cp1251"))

    def test_the_newer_layout_with_more_columns_is_read_too(self):
        self.assertIn("2 of 2 ranges loaded", self._import(NEWER))
        self.assertEqual(self._region("+73432000005"), "SVE")
        self.assertEqual(self._region("+79124000005"), "UD")

    def test_regions_that_odoo_lacks_are_found_as_the_registry_writes_them(self):
        places = {
            "+79491000005": ("ООО «Выдумка»;Донецкая Народная Республика", "93"),
            "+79591000005": ("ООО «Выдумка»;Луганская Народная Республика", "94"),
            "+79901000005": ("ООО «Выдумка»;Запорожская область", "90"),
            "+79902000005": ("ООО «Выдумка»;Херсонская обл.", "95"),
            "+79780000005": ("ООО «Выдумка»;Республика Крым", "CR"),
            "+79144000005": ("ООО «Выдумка»;Забайкальский край", "ZAB"),
        }
        lines = [
            f"{phone[2:5]};{phone[5:-1]}0;{phone[5:-1]}9;10;{words}"
            for phone, (words, _code) in places.items()
        ]
        header = REGISTRY.splitlines()[0]
        self.assertIn("6 of 6 ranges loaded", self._import("\n".join([header, *lines])))
        for phone, (_words, code) in places.items():
            self.assertEqual(self._region(phone), code, phone)

    def test_a_region_that_is_added_is_known_at_once(self):
        self.assertIn("unknown region Атлантида", self._import(REGISTRY))
        self.env["res.country.state"].create(
            {
                "name": "Atlantis",
                "code": "ATL",
                "country_id": self.env.ref("base.ru").id,
                "registry_name": "Атлантида",
                "federal_district": "ural",
                "callcenter_tz": "Asia/Yekaterinburg",
            }
        )
        self.assertIn("3 of 6 ranges loaded", self._import(REGISTRY))
        self.assertEqual(self._region("+79126000005"), "ATL")

    def test_a_newer_registry_replaces_what_it_overlaps(self):
        self._import(REGISTRY)
        header, *_rest = REGISTRY.splitlines()
        moved = f"{header}\n912;2000000;2099999;1;Other;Челябинская область"
        self.assertIn("overlaps a range", self._import(moved, replace=False))
        self.assertEqual(self._region("+79122000005"), "SVE")
        self._import(moved)
        self.assertEqual(self._region("+79122000005"), "CHE")

    def test_a_file_without_the_columns_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "регион"):
            self._import("a;b\n1;2")

    def test_every_region_is_known_by_its_name_in_the_registry(self):
        keys = self.env["res.country.state"]._get_region_keys()
        self.assertEqual(len(set(keys.values())), 89)

    def test_only_the_administrator_loads_ranges(self):
        for role in ("operator", "supervisor", "hr"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, self.env["callcenter.number.range.import"]).create(
                    {"file": b"eA=="}
                )


class TestClientBase(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Sports Shop", email="shop@example.com")

    def test_chosen_results_are_called_once_more(self):
        other = self.build_client("Other")
        campaign = self.build_campaign(self.client)
        self.call_through(self.operator, "informed")
        campaign.partner_domain = repr([("id", "in", (self.client + other).ids)])
        campaign.action_load_contacts()
        stop = self.env.ref("callcenter_ops.disposition_do_not_call")
        self.call_through(self.operator, "do_not_call")
        informed = self.env.ref("callcenter_ops.disposition_informed")
        wizard = self.as_("supervisor", self.env["callcenter.campaign.recycle"]).create(
            {
                "campaign_id": campaign.id,
                "disposition_ids": [(6, 0, (informed + stop).ids)],
            }
        )
        self.assertEqual(wizard.contact_count, 1)
        wizard.action_recycle()
        contact = self.contact(campaign, self.client)
        self.assertEqual((contact.state, contact.attempt_count), ("queued", 0))
        self.assertEqual(self.contact(campaign, other).state, "done")
        with self.assertRaises(AccessError):
            campaign.with_user(self.operator.user_id)._recycle(informed, True)

    def test_a_forgotten_client_leaves_figures_but_no_person(self):
        campaign = self.build_campaign(self.client)
        answer = self.call_through(self.operator, "interested", note="His secret")
        phone = self.client.phone_sanitized
        self.as_("supervisor", self.client)._forget_client("Letter No. 17")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.client.name, f"Forgotten client {self.client.id}")
        self.assertFalse(self.client.phone or self.client.email or self.client.active)
        self.assertFalse(self.client.message_ids)
        call = self.env["callcenter.call"].browse(answer["saved"]["call_id"])
        self.assertTrue(call.is_target)
        self.assertFalse(call.note or call.phone)
        self.assertFalse(call.lead_id.description)
        contact = self.contact(campaign, self.client)
        self.assertEqual(contact.exclusion_reason, "forgotten")
        again = self.build_client("Same number", phone=phone)
        later = self.build_campaign(again, name="Later", priority="3")
        self.desk(self.operator).claim_next()
        self.assertEqual(self.contact(later, again).exclusion_reason, "stop_list")

    def test_only_supervisors_forget_and_only_clients(self):
        for role in ("operator", "hr", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, self.client)._forget_client("No")
        for partner in (self.operator.user_id.partner_id, self.company.partner_id):
            with self.assertRaisesRegex(UserError, "Only clients"):
                self.as_("supervisor", partner)._forget_client("No")
        self.assertEqual(self.client.name, "Sports Shop")

    def test_a_client_in_a_call_is_released_before_he_is_forgotten(self):
        self.build_campaign(self.client)
        self.desk(self.operator).claim_next()
        with self.assertRaisesRegex(UserError, "in a call now"):
            self.as_("supervisor", self.client)._forget_client("Letter")

    def test_merging_duplicates_keeps_the_history_of_both(self):
        twin = self.build_client("Sports shop, twin")
        campaign = self.build_campaign(self.client + twin)
        self.call_through(self.operator, "informed")
        self.call_through(self.operator, "informed")
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.client + twin).ids, self.client, extra_checks=False)
        self.env.invalidate_all()
        calls = self.env["callcenter.call"].search([("campaign_id", "=", campaign.id)])
        self.assertEqual(len(calls), 2)
        self.assertEqual(calls.partner_id, self.client)
        self.assertEqual(len(campaign.contact_ids), 1)

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from ..calling.common import CallingCase


class TestEvidence(CallingCase):
    """Consents, stop list and rules: dated, separate, never rewritten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client = cls.build_client()

    def _consent(self, kind="advertising", **vals):
        values = {"partner_id": self.client.id, "kind": kind, "text_version": "2026-01"}
        consents = self.env["callcenter.consent"].with_user(self.users["supervisor"])
        return consents.create(values | vals)

    def test_a_consent_is_withdrawn_and_given_anew_never_changed(self):
        consent = self._consent()
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            consent.write({"date": "2020-01-01"})
        with self.assertRaises(UserError):
            consent.sudo().unlink()
        consent.action_withdraw()
        self.assertEqual(consent.withdrawn_by_id, self.users["supervisor"])
        self.assertTrue(self._consent())

    def test_a_withdrawal_is_noted_by_the_button_alone(self):
        forged = {
            "withdrawn_at": "2026-01-01 00:00:00",
            "withdrawn_by_id": self.users["hr"].id,
        }
        for name, value in forged.items():
            with self.subTest(name), self.assertRaisesRegex(UserError, "by hand"):
                self._consent(**{name: value})
        self.assertFalse(self.client.callcenter_consent_ids)

    @mute_logger("odoo.sql_db")
    def test_one_live_consent_of_a_kind(self):
        self._consent()
        self._consent("personal_data")
        with self.assertRaises(Exception), self.cr.savepoint():  # noqa: B017
            self._consent()

    def test_only_supervisors_withdraw(self):
        consent = self._consent()
        for role in ("operator", "manager", "hr", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, consent).action_withdraw()
        self.assertFalse(consent.withdrawn_at)

    def test_the_stop_list_knows_a_number_in_every_spelling(self):
        entries = self.env["callcenter.stop.entry"]
        numbers = ("8 (343) 300-00-05", "+7 343 3000005", "83433000005")
        hashes = {
            entries.create({"phone": phone, "reason": "Asked"}).phone_hash
            for phone in numbers
        }
        self.assertEqual(len(hashes), 1)
        with self.assertRaisesRegex(ValidationError, "city or operator code"):
            entries.create({"phone": "300-00-05", "reason": "Asked"})

    def test_a_forgotten_number_stays_refused_without_being_known(self):
        campaign = self.build_campaign(self.client)
        entry = self.env["callcenter.stop.entry"].create(
            {"phone": self.client.phone, "reason": "Asked"}
        )
        entry._forget_number()
        self.assertFalse(entry.phone)
        operator = self.build_operator("Operator One")
        self.assertFalse(self.desk(operator).claim_next()["claim"])
        contact = self.contact(campaign, self.client)
        self.assertEqual(contact.exclusion_reason, "stop_list")

    def test_the_number_of_a_stop_entry_cannot_be_swapped(self):
        entry = self.env["callcenter.stop.entry"].create(
            {"phone": self.client.phone, "reason": "Asked"}
        )
        with self.assertRaises(UserError):
            self.as_("supervisor", entry).write({"phone": "+73433000009"})
        with self.assertRaises(AccessError):
            self.as_("supervisor", entry).unlink()

    def test_the_version_in_force_on_the_day_counts(self):
        rules = self.build_rules(date_from="2026-01-01", limit_day=1)
        self.env["callcenter.rule.set.version"].create(
            {"rule_set_id": rules.id, "date_from": "2026-06-01", "limit_day": 5}
        )
        day = self.env["callcenter.rule.set.version"]._fields["date_from"].to_date
        self.assertEqual(rules._get_version(day("2026-05-31")).limit_day, 1)
        self.assertEqual(rules._get_version(day("2026-06-01")).limit_day, 5)
        with self.assertRaisesRegex(UserError, "no version in force"):
            rules._get_version(day("2025-12-31"))

    def test_the_ready_sets_carry_the_limits_of_the_law(self):
        debt = self.env.ref("callcenter_ops.rule_set_debt").version_ids
        self.assertEqual((debt.workday_from, debt.workday_to), (8, 22))
        self.assertEqual((debt.dayoff_from, debt.dayoff_to), (9, 20))
        self.assertEqual((debt.limit_day, debt.limit_week, debt.limit_month), (1, 2, 8))
        messages = ("message_limit_day", "message_limit_week", "message_limit_month")
        self.assertEqual([debt[name] for name in messages], [2, 4, 16])
        self.assertEqual(debt.meeting_limit_week, 1)
        advertising = self.env.ref("callcenter_ops.rule_set_advertising").version_ids
        self.assertEqual(advertising.consent_kind, "advertising")

    def test_the_default_results_have_one_key_each(self):
        by_key = [("is_system", "=", False), ("direction", "!=", "written")]
        shown = self.env["callcenter.disposition"].search(by_key)
        self.assertEqual(len(shown), 22)
        self.assertEqual(len(set(shown.mapped("hotkey"))), 22)

    def test_configuration_belongs_to_the_administrator(self):
        disposition = self.env.ref("callcenter_ops.disposition_informed")
        with self.assertRaises(AccessError):
            self.as_("operator", disposition).write({"name": "Sold"})
        with self.assertRaises(AccessError):
            self.as_("supervisor", disposition).write({"name": "Sold"})
        self.as_("manager", disposition).write({"name": "Told"})
        self.assertEqual(disposition.name, "Told")

    def test_every_region_has_a_district_and_a_zone(self):
        regions = self.env["res.country.state"].search([("country_id.code", "=", "RU")])
        self.assertEqual(len(regions), 89)
        self.assertFalse(regions.filtered(lambda r: not r.federal_district))
        self.assertFalse(regions.filtered(lambda r: not r.callcenter_tz))
        ural = regions.filtered(lambda r: r.federal_district == "ural")
        self.assertEqual(
            sorted(ural.mapped("code")), ["CHE", "KGN", "KHM", "SVE", "TYU", "YAN"]
        )

    @mute_logger("odoo.sql_db")
    def test_ranges_of_the_number_plan_never_overlap(self):
        with self.assertRaises(Exception), self.cr.savepoint():  # noqa: B017
            self.env["callcenter.number.range"].create(
                {
                    "number_from": "3435000000",
                    "number_to": "3435999999",
                    "state_id": self.sverdlovsk.id,
                }
            )

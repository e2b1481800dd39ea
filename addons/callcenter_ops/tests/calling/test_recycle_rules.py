from odoo.exceptions import AccessError, ValidationError

from .common import CallingCase


class TestRecycleRules(CallingCase):
    """Contacts come back by themselves, by result and time; the law is asked anew."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Shop")
        cls.campaign = cls.build_campaign(cls.client)

    def build_rule(self, *codes, role="supervisor", **vals):
        results = [self.env.ref(f"callcenter_ops.disposition_{code}") for code in codes]
        rules = self.as_(role, self.env["callcenter.recycle.rule"])
        return rules.create(
            {
                "campaign_id": self.campaign.id,
                "disposition_ids": [(6, 0, [one.id for one in results])],
                "date_from": "2026-03-01",
                **vals,
            }
        ).sudo()

    def run_at(self, moment):
        with self.at(moment), self.enter_registry_test_mode():
            self.env.ref("callcenter_ops.ir_cron_recycle").method_direct_trigger()
        self.env.invalidate_all()

    @property
    def queued(self):
        return self.contact(self.campaign, self.client)

    def test_a_contact_comes_back_when_its_time_has_come_and_not_before(self):
        rule = self.build_rule("informed", after_hours=48)
        self.call_through(self.operator, "informed")
        self.run_at("2026-03-04 04:00:00")
        self.assertEqual(self.queued.state, "done")
        self.run_at("2026-03-04 06:00:00")
        contact = self.queued
        self.assertEqual(
            (contact.state, contact.recycle_count, contact.attempt_count),
            ("queued", 1, 0),
        )
        self.assertEqual(
            (rule.returned_count, str(rule.last_run_at)), (1, "2026-03-04 06:00:00")
        )
        self.assertIn("1 contacts came back", self.campaign.message_ids[0].body)

    def test_it_comes_back_so_often_and_no_more(self):
        self.build_rule("informed", after_hours=1)
        self.call_through(self.operator, "informed")
        self.run_at("2026-03-03 05:00:00")
        with self.at("2026-03-03 05:00:00"):
            self.call_through(self.operator, "informed")
        self.run_at("2026-03-04 07:00:00")
        self.assertEqual((self.queued.state, self.queued.recycle_count), ("done", 1))

    def test_other_results_stay_out(self):
        self.build_rule("refusal", after_hours=1)
        self.call_through(self.operator, "informed")
        self.run_at("2026-03-03 07:00:00")
        self.assertEqual(self.queued.state, "done")

    def test_a_rule_works_between_its_days_and_in_a_running_campaign_alone(self):
        rule = self.build_rule("informed", after_hours=1, date_to="2026-03-02")
        self.call_through(self.operator, "informed")
        self.run_at("2026-03-03 07:00:00")
        self.assertEqual(self.queued.state, "done")
        rule.date_to = False
        self.campaign.action_pause()
        self.run_at("2026-03-03 07:00:00")
        self.assertEqual(self.queued.state, "done")

    def test_who_is_stopped_meanwhile_comes_back_and_is_not_handed_out(self):
        self.build_rule("informed", after_hours=1)
        self.call_through(self.operator, "informed")
        self.env["callcenter.stop.entry"].create(
            {
                "phone": self.client.phone,
                "partner_id": self.client.id,
                "reason": "Letter",
            }
        )
        self.run_at("2026-03-03 07:00:00")
        with self.at("2026-03-03 07:00:00"):
            self.assertFalse(self.desk(self.operator).claim_next()["claim"])

    def test_nobody_is_called_again_who_said_no_or_whose_number_is_wrong(self):
        for code in ("do_not_call", "wrong_number"):
            with self.subTest(code), self.assertRaises(ValidationError):
                self.build_rule(code)

    def test_only_supervisors_of_the_campaign_set_rules(self):
        for role in ("operator", "hr", "director", "manager"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.build_rule("informed", role=role)
        self.campaign.department_id = self.env["hr.department"].create(
            {"name": "Other city"}
        )
        with self.assertRaises(AccessError):
            self.build_rule("informed")
        self.assertFalse(self.campaign.recycle_rule_ids)

from odoo.exceptions import AccessError, UserError, ValidationError

from .common import CallingCase


class TestPurpose(CallingCase):
    """The purpose of a campaign decides by which rules its clients are called."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.advertising = cls.env.ref("callcenter_ops.rule_set_advertising")
        cls.debt = cls.env.ref("callcenter_ops.rule_set_debt")

    def campaigns(self):
        return self.as_("supervisor", self.env["callcenter.campaign"])

    def rule_set(self, **vals):
        vals = {"name": "Our own", "company_id": self.company.id, **vals}
        sets = self.as_("supervisor", self.env["callcenter.rule.set"])
        return sets.create(vals)

    def version(self, **vals):
        return [(0, 0, {"date_from": "2026-01-01", **vals})]

    def test_each_purpose_begins_with_rules_of_its_own(self):
        for purpose, rules in (
            ("informative", self.rules),
            ("telemarketing", self.advertising),
            ("debt", self.debt),
        ):
            campaign = self.campaigns().create({"name": "X", "purpose": purpose})
            self.assertEqual(campaign.rule_set_id, rules)

    def test_advertising_and_debts_never_go_by_the_informative_rules(self):
        for purpose in ("telemarketing", "debt"):
            vals = {"name": "X", "purpose": purpose, "rule_set_id": self.rules.id}
            with self.assertRaisesRegex(ValidationError, "not for campaigns"):
                self.campaigns().create(vals)

    def test_another_purpose_of_a_running_campaign_brings_its_rules(self):
        client = self.build_client()
        campaign = self.as_("supervisor", self.build_campaign(client))
        campaign.purpose = "telemarketing"
        self.assertEqual(campaign.rule_set_id, self.advertising)
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        contact = self.contact(campaign.sudo(), client)
        self.assertEqual(contact.exclusion_reason, "no_consent")

    def test_a_campaign_that_has_the_wrong_rules_already_does_not_start(self):
        campaign = self.build_campaign(start=False)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE callcenter_campaign SET purpose = 'debt' WHERE id = %s",
            [campaign.id],
        )
        campaign = self.as_("supervisor", campaign)
        with self.assertRaisesRegex(ValidationError, "not for campaigns"):
            campaign.action_start()
        self.assertEqual(campaign.state, "draft")

    def test_a_set_keeps_the_purposes_of_the_campaigns_that_use_it(self):
        rules = self.rule_set(for_informative=True, version_ids=self.version())
        self.build_campaign(rule_set_id=rules.id)
        with self.assertRaisesRegex(ValidationError, "not for campaigns"):
            rules.for_informative = False

    def test_a_supervisor_makes_a_set_of_his_company(self):
        rules = self.rule_set(
            for_survey=True, version_ids=self.version(limit_week=5, source="Our order")
        )
        campaign = self.campaigns().create({"name": "X", "purpose": "survey"})
        self.assertEqual(campaign.rule_set_id, rules)
        self.assertIn(self.rules, campaign.possible_rule_set_ids)

    def test_he_changes_none_that_all_companies_share(self):
        for rules in (self.rules, self.debt):
            with self.assertRaises(AccessError):
                self.as_("supervisor", rules).for_telemarketing = True
            with self.assertRaises(AccessError):
                self.as_("supervisor", rules.version_ids).limit_day = 9
        with self.assertRaises(AccessError):
            self.rule_set(company_id=False)
        own = self.rule_set(for_informative=True)
        with self.assertRaises(UserError):
            own.company_id = False

    def test_a_set_of_a_company_is_no_looser_than_the_law(self):
        with self.assertRaisesRegex(ValidationError, "38-FZ.*consent"):
            self.rule_set(for_telemarketing=True, version_ids=self.version())
        with self.assertRaisesRegex(ValidationError, "230-FZ.*protected debtors"):
            self.rule_set(for_debt=True, version_ids=self.version())
        vals = {"spares_protected": True, "limit_week": 1, "message_limit_day": 1}
        vals |= {"message_limit_week": 1, "message_limit_month": 1}
        rules = self.rule_set(
            for_debt=True, version_ids=self.version(meeting_limit_week=1, **vals)
        )
        with self.assertRaisesRegex(ValidationError, "calls a week"):
            rules.version_ids.limit_week = 3
        self.env.invalidate_all(flush=False)
        self.assertEqual(rules.version_ids.limit_week, 1)

    def test_no_date_takes_a_set_of_a_company_out_of_the_law(self):
        for day in ("1990-01-01", "2025-08-31"):
            with self.assertRaisesRegex(ValidationError, "38-FZ.*consent"):
                self.rule_set(
                    for_telemarketing=True,
                    version_ids=[(0, 0, {"date_from": day})],
                )
        until_the_law = [(0, 0, {"date_from": "1990-01-01"})]
        lawful = self.version(date_from="2025-09-01", consent_kind="advertising")
        rules = self.rule_set(
            for_telemarketing=True, version_ids=until_the_law + lawful
        )
        with self.assertRaisesRegex(ValidationError, "38-FZ.*consent"):
            rules.version_ids.sorted("date_from")[1].date_from = "2026-02-01"

    def test_mass_calls_need_their_own_consent_where_the_switch_is_on(self):
        client = self.build_client()
        rules = self.rule_set(
            for_informative=True, version_ids=self.version(mass_consent=True)
        )
        campaign = self.build_campaign(client, rule_set_id=rules.id)
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        contact = self.contact(campaign, client)
        self.assertEqual(contact.exclusion_reason, "no_consent")
        self.env["callcenter.consent"].create(
            {"partner_id": client.id, "kind": "mass_calls", "text_version": "1"}
        )
        contact._transition({"state": "queued", "exclusion_reason": False})
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(claim["partner"]["id"], client.id)

    def test_the_ready_set_says_why_the_switch_is_off(self):
        version = self.rules.version_ids
        self.assertFalse(version.mass_consent)
        self.assertIn("41-FZ", version.mass_consent_basis)


class TestClosedCampaign(CallingCase):
    """Whom an operator looks at is dialled only while the campaign is his."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.build_client()
        cls.campaign = cls.build_campaign(cls.client)

    def start_after(self, step):
        claim = self.desk(self.operator).claim_next()["claim"]
        step(self.as_("supervisor", self.campaign))
        return self.desk(self.operator).start_call(claim["id"])

    def test_a_closed_campaign_lets_nobody_be_dialled(self):
        for step in (
            lambda campaign: campaign.action_pause(),
            lambda campaign: campaign.action_finish(),
            lambda campaign: campaign.write({"date_end": "2026-03-01"}),
            lambda campaign: campaign.write(
                {"operator_ids": [(6, 0, self.colleague.ids)]}
            ),
        ):
            with self.env.cr.savepoint() as savepoint:
                answer = self.start_after(step)
                self.assertEqual(
                    [reason["code"] for reason in answer["reasons"]],
                    ["campaign_closed"],
                )
                self.assertFalse(answer["claim"])
                self.assertEqual(answer["state"], "ready")
                contact = self.contact(self.campaign, self.client)
                self.assertEqual(
                    (contact.state, contact.attempt_count, contact.wait_reason),
                    ("queued", 0, False),
                )
                savepoint.rollback()
            self.env.invalidate_all()
            self.env.registry.clear_cache("assets")

    def test_a_call_that_has_begun_is_ended_as_ever(self):
        claim = self.desk(self.operator).claim_next()["claim"]
        self.desk(self.operator).start_call(claim["id"])
        self.as_("supervisor", self.campaign).action_pause()
        answer = self.desk(self.operator).finish_call(claim["id"], "informed")
        self.assertTrue(answer["saved"]["call_id"])

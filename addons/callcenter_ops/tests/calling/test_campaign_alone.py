"""A sales director brings a campaign from nothing to its first call, with no help."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import CallingCase


@tagged("post_install", "-at_install")
class TestCampaignAlone(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Shop")

    def my(self, name):
        return self.as_("supervisor", self.env[name])

    def people(self, employees):
        return self.env["hr.employee.public"].browse(employees.ids)

    def test_from_nothing_to_the_first_call(self):
        with Form(self.my("callcenter.rule.set")) as form:
            form.name = "Our surveys"
            form.for_survey = True
            with form.version_ids.new() as version:
                version.date_from = "2026-01-01"
                version.limit_week = 2
        rules = form.record
        with Form(self.my("callcenter.disposition")) as form:
            form.name = "Answered all questions"
            form.code = "survey_done"
            form.hotkey = "s"
            form.is_contact = form.is_target = form.is_final = True
        done = form.record
        with Form(self.my("callcenter.script")) as form:
            form.name = "Five questions"
        script = form.record
        step = {"script_id": script.id, "name": "1", "text": "<p>How are you?</p>"}
        self.my("callcenter.script.step").create(step)
        with Form(self.my("callcenter.campaign")) as form:
            form.name = "Autumn survey"
            form.purpose = "survey"
            form.rule_set_id = rules
            form.partner_domain = repr([("id", "=", self.client.id)])
            form.disposition_ids.add(done)
            form.script_id = script
            form.operator_ids.add(self.people(self.operator))
        campaign = form.record
        campaign.action_load_contacts()
        campaign.action_start()
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(claim["partner"]["id"], self.client.id)
        self.assertEqual(claim["steps"][0]["text"], "<p>How are you?</p>")
        self.assertEqual([one["code"] for one in claim["dispositions"]], [done.code])
        self.desk(self.operator).start_call(claim["id"])
        answer = self.desk(self.operator).finish_call(claim["id"], "survey_done")
        self.assertTrue(answer["saved"]["call_id"])

    def test_a_copy_is_his_with_the_operators_whom_he_leads(self):
        far = self.env["hr.department"].create({"name": "Other city"})
        stranger = self.build_operator("Operator Far", department_id=far.id)
        campaign = self.build_campaign(self.client, plan_contacts=50)
        campaign.write(
            {"date_end": "2026-03-31", "employee_ids": (self.operator + stranger).ids}
        )
        copy = self.as_("supervisor", campaign).copy()
        self.assertEqual(copy.operator_ids, self.people(self.operator))
        self.assertEqual(
            (copy.state, copy.plan_contacts, copy.date_end, copy.partner_domain),
            ("draft", 50, False, campaign.partner_domain),
        )
        copy.action_load_contacts()
        copy.action_start()
        self.assertEqual(copy.state, "running")

    def test_a_finished_campaign_is_reopened_on_hold_with_its_queue(self):
        campaign = self.as_("supervisor", self.build_campaign(self.client))
        campaign.action_finish()
        campaign.action_reopen()
        self.assertEqual(campaign.state, "paused")
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        campaign.action_start()
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(claim["partner"]["id"], self.client.id)

    def test_only_a_finished_one_is_reopened_and_only_by_a_supervisor(self):
        campaign = self.build_campaign(self.client)
        with self.assertRaises(UserError):
            self.as_("supervisor", campaign).action_reopen()
        campaign.action_finish()
        for role in ("operator", "hr", "director", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, campaign).action_reopen()
        self.assertEqual(campaign.state, "done")

    def test_his_results_stand_on_the_desks_of_his_company_alone(self):
        own = {"name": "Ours", "code": "ours", "hotkey": "o"}
        result = self.my("callcenter.disposition").create(own)
        self.assertEqual(result.company_id, self.company)
        other = self.env["res.company"].create({"name": "Another"})
        codes = {
            company: [
                one["code"]
                for one in self.env["callcenter.disposition"]
                .with_company(company)
                ._get_offered(False, "out", False)
            ]
            for company in (self.company, other)
        }
        self.assertIn("ours", codes[self.company])
        self.assertNotIn("ours", codes[other])
        self.assertIn("informed", codes[other])
        theirs = {"name": "Theirs", "code": "ours", "hotkey": "o"}
        theirs["company_id"] = other.id
        self.assertTrue(self.env["callcenter.disposition"].create(theirs))

    def test_no_two_results_of_a_desk_have_one_key(self):
        results = self.my("callcenter.disposition")
        for own in ({"code": "informed"}, {"code": "ours", "hotkey": "1"}):
            with self.assertRaisesRegex(ValidationError, "Informed"):
                results.create({"name": "Ours", **own})

    def test_the_results_that_all_companies_share_are_not_his(self):
        informed = self.env.ref("callcenter_ops.disposition_informed")
        with self.assertRaises(AccessError):
            self.as_("supervisor", informed).name = "Ours"
        with self.assertRaises(AccessError):
            self.my("callcenter.disposition").create(
                {"name": "Ours", "code": "ours", "company_id": False}
            )

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from ..cases import GROUPS
from .common import PositionCase


@tagged("post_install", "-at_install")
class TestPositionRights(PositionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))
        self.anna = self.build_operator("Anna Sharova")

    def test_only_hr_drafts(self):
        values = {"job_id": self.job.id, "date_from": "2026-03-02"}
        model = self.env["callcenter.job.description"]
        for role in ("operator", "supervisor", "director", "manager", "outsider"):
            with self.assertRaises(AccessError):
                model.with_user(self.users[role]).create(values)
        self.assertEqual(model.with_user(self.users["hr"]).create(values).version, 1)

    def test_an_operator_reads_what_he_is_asked_to_sign_and_nothing_else(self):
        other_job = self.env["hr.job"].create({"name": "Trainer"})
        own = self.approve(self.build_description())
        foreign = self.approve(self.build_description(job=other_job))
        draft = self.build_description()
        model = self.env["callcenter.job.description"].with_user(self.anna.user_id)
        self.assertEqual(model.search([("id", "in", (own | foreign | draft).ids)]), own)
        with self.assertRaises(AccessError):
            foreign.with_user(self.anna.user_id).read(["title"])
        with self.assertRaises(AccessError):
            own.section_ids.with_user(self.anna.user_id).write({"name": "Mine"})

    def test_a_supervisor_sees_the_people_of_his_departments_only(self):
        elsewhere = self.env["hr.department"].create({"name": "Warehouse"})
        self.build_operator("Boris Kotov", department_id=elsewhere.id)
        self.approve(self.build_description())
        seen = (
            self.env["callcenter.acknowledgement"]
            .with_user(self.users["supervisor"])
            .search([])
        )
        self.assertEqual(seen.employee_id.ids, self.anna.ids)

    def test_hr_drafts_through_the_form(self):
        with Form(
            self.env["callcenter.job.description"].with_user(self.users["hr"])
        ) as form:
            form.job_id = self.job
            form.number = "JD-1"
            with form.section_ids.new() as section:
                section.name = "Duties"
                with section.clause_ids.new() as clause:
                    clause.text = "Calls clients."
        description = form.record
        self.assertEqual(
            description._get_numbered_clauses(),
            [("1.", "Duties"), ("1.1", "Calls clients.")],
        )
        with Form(self.env["callcenter.policy"].with_user(self.users["hr"])) as form:
            form.name = "Fire drill"
            form.kind = "briefing"
            form.briefing_field = "fire_safety"
            form.briefing_type = "repeated"
            form.body = "<p>Run.</p>"
        self.assertEqual((form.record.state, form.record.version), ("draft", 1))

    def test_another_company_sees_nothing(self):
        self.approve(self.build_description())
        self.approve(self.build_policy())
        company = self.env["res.company"].create({"name": "Other company"})
        stranger = new_test_user(
            self.env,
            "cc_stranger",
            groups=f"base.group_user,{GROUPS['hr']},{GROUPS['director']}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        for name in (
            "callcenter.job.description",
            "callcenter.job.description.section",
            "callcenter.job.description.clause",
            "callcenter.policy",
            "callcenter.acknowledgement",
        ):
            self.assertFalse(self.env[name].with_user(stranger).search([]), name)

    def test_a_description_of_another_companys_post_is_refused(self):
        company = self.env["res.company"].create({"name": "Other company"})
        foreign_job = self.env["hr.job"].create(
            {"name": "Operator", "company_id": company.id}
        )
        with self.assertRaises(Exception) as refusal:
            self.build_description(job=foreign_job)
        self.assertIn("company", str(refusal.exception).lower())
        self.assertFalse(
            self.env["callcenter.job.description"].search(
                [("job_id", "=", foreign_job.id)]
            )
        )

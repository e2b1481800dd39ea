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


@tagged("post_install", "-at_install")
class TestOwnDocuments(PositionCase):
    """Whoever is asked to sign finds his papers, whatever he is to the call centre."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls.build_employee("Deputy", user=cls.users["outsider"])
        cls.by_order(cls.deputy).job_id = cls.job
        cls.other = cls.build_operator("Operator One", user=cls.users["operator"])

    def ask_everybody(self):
        policy = self.approve(self.build_policy())
        requests = self.env["callcenter.acknowledgement"]
        for employee in self.deputy | self.other:
            requests._request(policy, employee)
        return (
            self.get_acknowledgement(self.deputy, policy),
            self.get_acknowledgement(self.other, policy),
        )

    def test_an_employee_without_a_role_signs_his_own_paper(self):
        own, others = self.ask_everybody()
        requests = self.as_("outsider", self.env["callcenter.acknowledgement"])
        self.assertEqual(requests.search([]), own)
        action = self.as_("outsider", own).action_open()
        self.assertEqual(action["res_model"], "callcenter.acknowledgement.sign")
        self.as_("outsider", own).action_acknowledge("Deputy")
        self.assertEqual((own.state, others.state), ("signed", "pending"))

    def test_nobody_elses_paper_is_open_to_him(self):
        _own, others = self.ask_everybody()
        for method in ("action_open", "action_acknowledge", "action_register_paper"):
            with self.assertRaises(AccessError):
                getattr(self.as_("outsider", others), method)()
        with self.assertRaises(AccessError):
            self.as_("outsider", others).read(["document_html"])
        self.assertEqual(others.state, "pending")

    def test_his_menu_holds_his_documents_and_nothing_else(self):
        menus = self.env["ir.ui.menu"].with_user(self.users["outsider"])
        shown = [
            menu["xmlid"]
            for menu in menus.load_menus(False).values()
            if (menu.get("xmlid") or "").startswith("callcenter_")
        ]
        self.assertEqual(
            sorted(shown),
            ["callcenter_ops.menu_acknowledgement_own", "callcenter_ops.menu_root"],
        )

"""A new version of the job description, from HR's draft to the operator's signature."""

from browser import PHONE
from odoo.tests import new_test_user, tagged
from olsport import OlsportCase
from playwright.sync_api import expect


@tagged("post_install", "-at_install")
class TestDocuments(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.build_description()
        user = new_test_user(
            cls.env,
            "journey_signer",
            groups="callcenter_ops.group_operator",
            lang="ru_RU",
            name="Зимина Алла Петровна",
        )
        cls.operator = cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "job_id": cls.job.id,
                "department_id": cls.department.id,
            }
        )
        cls.operator._transition({"callcenter_status": "appointed"})

    def test_a_new_version_is_drafted_approved_and_signed(self):
        self._hr_drafts_the_next_version()
        self._director_approves_it()
        self._operator_signs_in_two_clicks_on_a_phone()
        self._hr_sees_who_has_signed()

    def _hr_drafts_the_next_version(self):
        with self.window("journey_hr") as page:
            self.open_record(page, self.first)
            page.click("button[name=action_new_version]")
            expect(page.locator("button[name=action_compare]")).to_be_visible()
        self.second = self.env["callcenter.job.description"].search(
            [("job_id", "=", self.job.id), ("version", "=", 2)]
        )
        self.assertEqual(self.second.state, "draft")
        self.second.section_ids[0].clause_ids[0].text = "Новая редакция пункта."
        self.env.flush_all()

    def _director_approves_it(self):
        with self.window("journey_director") as page:
            self.open_record(page, self.second)
            page.click("button[name=action_compare]")
            comparison = page.locator(".o_callcenter_comparison")
            expect(comparison).to_contain_text("Новая редакция пункта.")
            self.picture(page, "comparison")
            page.click(".modal footer button")
            page.click("button[name=action_approve]")
            page.click(".modal footer .btn-primary")
            expect(page.locator("button[name=action_verify_hash]")).to_be_visible()
        self.env.invalidate_all()
        states = (self.first.state, self.second.state)
        self.assertEqual(states, ("superseded", "approved"))

    def _operator_signs_in_two_clicks_on_a_phone(self):
        with self.window("journey_signer", PHONE) as page:
            self.open_action(page, "callcenter_ops.acknowledgement_action_own")
            page.click(".o_kanban_record:has-text('2')")
            expect(page.locator(".o_callcenter_document")).to_contain_text(
                "Новая редакция пункта."
            )
            self.picture(page, "sign-on-a-phone")
            page.click("button[name=action_sign]")
            expect(page.locator("button[name=action_sign]")).to_be_hidden()
        self.env.invalidate_all()
        signed = self.second.acknowledgement_ids
        self.assertEqual(
            (signed.state, signed.signature), ("signed", self.operator.name)
        )
        self.assertEqual(signed.content_hash, self.second.content_hash)

    def _hr_sees_who_has_signed(self):
        name = self.operator.name
        with self.window("journey_hr") as page:
            self.open_record(page, self.second)
            page.click("button[name=action_view_acknowledgements]")
            expect(page.locator(".o_data_row")).to_contain_text(name)
            self.open_action(page, "callcenter_ops.readiness_action")
            row = page.locator(".o_data_row", has_text=name)
            expect(row).to_be_visible()
            self.picture(page, "who-may-call")

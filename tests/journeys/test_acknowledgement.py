"""Documents signed by hand, refused before witnesses, printed and verified."""

from odoo.tests import tagged
from olsport import OlsportCase
from playwright.sync_api import expect

PERSONS = {
    "journey_alla": "Зимина Алла Петровна",
    "journey_boris": "Зуев Борис Ильич",
}


@tagged("post_install", "-at_install")
class TestAcknowledgement(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alla, cls.boris = (
            cls.build_operator(*person) for person in PERSONS.items()
        )
        cls.description = cls.build_description()

    def test_a_document_is_signed_refused_printed_and_verified(self):
        self._the_operator_draws_her_signature()
        self._hr_records_a_refusal_before_two_witnesses()
        self._hr_prints_the_sheet()
        self._a_changed_text_is_found()

    def _the_operator_draws_her_signature(self):
        with self.window("journey_alla") as page:
            self.open_action(page, "callcenter_ops.acknowledgement_action_own")
            page.click(".o_data_row button[name=action_open]")
            expect(page.locator(".modal .o_callcenter_document")).to_be_visible()
            self.assert_accessible(page, ".modal .o_callcenter_document")
            page.click(".modal .o_signature_empty")
            page.click(".o_web_sign_draw_button")
            pad = page.locator("canvas.o_web_sign_signature")
            expect(pad).to_be_visible()
            self._draw(page, pad)
            self.picture(page, "drawn-signature")
            page.locator(".modal footer .btn-primary").last.click()
            expect(pad).to_have_count(0)
            self.picture(page, "sign-by-hand")
            page.click("button[name=action_sign]")
            expect(page.locator("button[name=action_sign]")).to_be_hidden()
        signed = self._get_acknowledgement(self.alla)
        self.assertEqual((signed.state, signed.signature), ("signed", self.alla.name))
        self.assertTrue(signed.signature_image, "the drawing is kept")
        self.assertEqual(signed.ip_address, "127.0.0.1")
        self.assertEqual(signed.content_hash, self.description.content_hash)

    def _draw(self, page, canvas):
        box = canvas.bounding_box()
        left, top = box["x"], box["y"]
        width, height = box["width"], box["height"]
        page.mouse.move(left + width * 0.2, top + height * 0.6)
        page.mouse.down()
        for step in range(1, 9):
            rise = 0.3 if step % 2 else 0.7
            page.mouse.move(
                left + width * (0.2 + 0.06 * step), top + height * rise, steps=4
            )
        page.mouse.up()

    def _hr_records_a_refusal_before_two_witnesses(self):
        pending = self._get_acknowledgement(self.boris)
        witnesses = [self.people["hr"].employee_id.name, self.alla.name]
        with self.window("journey_hr") as page:
            self.open_record(page, pending)
            page.click("button[name=action_register_refusal]")
            page.fill(".modal [name=reason] input", "Без объяснения причин")
            for name in witnesses:
                self.choose_record(page, ".modal [name=witness_ids] input", name)
            self.picture(page, "refusal")
            page.click("button[name=action_confirm]")
            expect(page.locator("button[name=action_ask_again]")).to_be_visible()
        refused = self._get_acknowledgement(self.boris)
        self.assertEqual(refused.state, "refused")
        self.assertEqual(refused.refusal_reason, "Без объяснения причин")
        both = refused.witness_id | refused.second_witness_id
        self.assertEqual(set(both.mapped("name")), set(witnesses))

    def _hr_prints_the_sheet(self):
        with self.window("journey_hr") as page:
            self.open_record(page, self.description)
            with page.expect_download() as download:
                page.click("button[name=action_print_sheet]")
            # Odoo hands out the page before it becomes a PDF while tests run.
            sheet = download.value.path().read_text()
        for text in ("Лист ознакомления", self.alla.name, self.boris.name):
            self.assertIn(text, sheet)

    def _a_changed_text_is_found(self):
        signed = self._get_acknowledgement(self.alla)
        self._verify("success", signed, "action_verify")
        self._verify("success", self.description, "action_verify_hash")
        with self.database():
            self.env.cr.execute(
                "UPDATE callcenter_job_description_clause SET text = 'Подделка.'"
                " WHERE id = %s",
                self.description.section_ids.clause_ids[:1].ids,
            )
        self._verify("danger", signed, "action_verify")
        self._verify("danger", self.description, "action_verify_hash")

    def _verify(self, kind, record, button):
        with self.window("journey_hr") as page:
            self.open_record(page, record)
            page.click(f"button[name={button}]")
            bar = f".o_notification_bar.bg-{kind}"
            expect(page.locator(bar)).to_be_visible()
            self.picture(page, f"verify-{record._table}-{kind}")

    def _get_acknowledgement(self, employee):
        self.env.invalidate_all()
        return self.env["callcenter.acknowledgement"].search(
            [
                ("employee_id", "=", employee.id),
                ("description_id", "=", self.description.id),
            ]
        )

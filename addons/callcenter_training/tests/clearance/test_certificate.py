from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..common import TrainingCase

NOON = "2026-03-02 07:00:00"


@tagged("post_install", "-at_install")
class TestCertificate(TrainingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(12)
        cls.quiz = cls.build_quiz(name="Winter range")

    def pass_quiz(self):
        self.take(self.quiz, 4)
        return self.env["callcenter.certificate"].search(
            [("quiz_id", "=", self.quiz.id)], limit=1
        )

    def page(self, token):
        self.env.flush_all()
        return self.url_open(f"/callcenter/certificate/{token}")

    def test_a_pass_gives_a_numbered_certificate(self):
        with self.at(NOON):
            first = self.pass_quiz()
            second = self.pass_quiz()
        self.assertRegex(first.name, r"^C-2026-\d{5}$")
        self.assertEqual(int(second.name[-5:]), int(first.name[-5:]) + 1)
        self.assertEqual(first.holder_name, self.operator.name)
        self.assertEqual((first.scope, first.percent), ("Winter range", 100.0))

    def test_a_failure_gives_none(self):
        self.take(self.quiz, 0)
        self.assertFalse(
            self.env["callcenter.certificate"].search([("quiz_id", "=", self.quiz.id)])
        )

    def test_a_certificate_keeps_its_words_when_others_change(self):
        certificate = self.pass_quiz()
        self.quiz.name = "Summer range"
        self.by_order(self.operator).name = "Somebody Else"
        company = self.company.name
        self.company.name = "Another Company"
        self.assertEqual(certificate.company_name, company)
        self.assertNotIn("Another Company", self.page(certificate.token).text)
        self.assertEqual(certificate.scope, "Winter range")
        self.assertNotEqual(certificate.holder_name, "Somebody Else")
        with self.assertRaises(UserError):
            certificate.write({"holder_name": "Somebody Else"})

    def test_the_public_page_tells_the_state_and_no_person(self):
        certificate = self.pass_quiz()
        answer = self.page(certificate.token)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Genuine and in force", answer.text)
        self.assertIn(certificate.name, answer.text)
        self.assertNotIn(self.operator.name, answer.text)
        self.assertNotIn("100.0", answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_a_wrong_code_is_told_as_such(self):
        for token in ("x", "' OR 1=1 --", "0", "%25"):
            answer = self.page(token)
            self.assertEqual(answer.status_code, 404)
            self.assertIn("No such certificate", answer.text)

    def test_a_suspended_clearance_shows_on_the_page(self):
        certificate = self.pass_quiz()
        clearance = self.operator.callcenter_clearance_ids
        clearance._transition({"state": "suspended"})
        self.assertIn("suspended", self.page(certificate.token).text)
        self.pass_quiz()
        self.assertIn("replaced", self.page(certificate.token).text)

    def test_the_paper_names_holder_scope_and_number(self):
        certificate = self.pass_quiz()
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html(
                "callcenter_training.certificate_action_report", certificate.ids
            )[0]
            .decode()
        )
        for text in (certificate.name, self.operator.name, "Winter range", "100 %"):
            self.assertIn(text, html)
        self.assertIn(certificate.token, html)
        self.assertIn("data:image/png;base64,", html)

    def test_two_certificates_are_printed_as_one_document(self):
        certificates = self.pass_quiz() | self.pass_quiz()
        report = self.env["ir.actions.report"]
        html = report._render_qweb_html(
            "callcenter_training.certificate_action_report", certificates.ids
        )[0]
        bodies = report._prepare_html(html, report_model="callcenter.certificate")[0]
        self.assertEqual(len(bodies), 1)
        for certificate in certificates:
            self.assertIn(certificate.name, bodies[0])

    def test_an_operator_sees_his_own_certificate_only(self):
        certificate = self.pass_quiz()
        other = self.build_operator("Operator Two").user_id
        model = self.env["callcenter.certificate"]
        own = model.with_user(self.users["operator"]).search([])
        self.assertEqual(own, certificate)
        self.assertFalse(model.with_user(other).search([]))
        with self.assertRaises(AccessError):
            certificate.with_user(other).action_print()
        with self.assertRaises(AccessError):
            own.read(["token"])

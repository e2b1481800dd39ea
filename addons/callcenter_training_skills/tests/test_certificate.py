from odoo.addons.callcenter_training.tests.common import TrainingCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCertificate(TrainingCase):
    """Certificates on the resume: shown there, never read from there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(12)
        cls.quiz = cls.build_quiz(name="Winter range")

    def lines(self):
        return self.env["hr.resume.line"].search(
            [("employee_id", "=", self.operator.id), ("name", "like", "Winter range")]
        )

    def test_the_resume_shows_the_certificate_once(self):
        self.take(self.quiz, 4)
        certificate = self.env["callcenter.certificate"].search(
            [("quiz_id", "=", self.quiz.id)]
        )
        certificate._show_on_resume()
        self.assertEqual(
            self.lines().mapped("name"), [f"Winter range ({certificate.name})"]
        )
        self.assertEqual(self.lines().date_start, certificate.issued_on)
        self.assertEqual(self.lines().date_end, certificate.valid_until)

    def test_a_failure_leaves_the_resume_as_it_was(self):
        self.take(self.quiz, 0)
        self.assertFalse(self.lines())

    def test_a_clearance_cannot_be_forged_by_the_resume(self):
        """Everybody may write his own resume; nothing but a closed attempt clears."""
        self.quiz._transition({"job_ids": self.job.ids})
        self.as_("operator", self.env["hr.resume.line"]).create(
            {
                "name": self.quiz.name,
                "employee_id": self.operator.id,
                "date_start": "2026-03-01",
                "date_end": "2099-01-01",
            }
        )
        day = self.company._callcenter_today()
        self.assertEqual(
            [b["code"] for b in self.get_blockers(self.operator, day)],
            ["clearance_missing"],
        )

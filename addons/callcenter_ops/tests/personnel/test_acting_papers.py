import io

from odoo.tests import tagged
from pypdf import PdfReader

from .common import TODAY, PersonnelCase

ACTING = "И. о. директора"


@tagged("post_install", "-at_install")
class TestActingPapers(PersonnelCase):
    """Every paper that the acting Director signs says that he acts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        director = cls.build_employee("Громов Павел", user=cls.users["director"])
        deputy = cls.build_operator("Зимина Алла Петровна")
        cls.user = deputy.user_id
        cls.pair = deputy, director

    def setUp(self):
        super().setUp()
        self.stand_in(*self.pair, start=TODAY)
        # Signed before the deputy is asked for anything: he alone signs from now on.
        self.users = self.users | {"director": self.user}

    def read_pdf(self, report, record):
        """Text of the PDF that HR prints, blanks made one."""
        self.env.flush_all()
        reports = self.env["ir.actions.report"].with_user(self.users["hr"])
        with self.allow_pdf_render():
            content, kind = reports.with_context(
                force_report_rendering=True
            )._render_qweb_pdf(f"callcenter_ops.{report}", record.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def test_the_order(self):
        text = self.read_pdf("personnel_order_action_report", self.appoint())
        self.assertIn(ACTING, text)
        self.assertIn("А. П. Зимина", text)

    def test_the_register(self):
        self.appoint()
        register = self.env["callcenter.order.register.print"]
        wizard = register.with_user(self.users["hr"]).create({})
        text = self.read_pdf("order_register_print_action_report", wizard)
        self.assertEqual(text.count(ACTING), 1, "the Director signed the acting order")

    def test_the_job_description_and_its_sheet(self):
        description = (
            self.env["callcenter.job.description"]
            .with_user(self.users["hr"])
            .create(
                {
                    "job_id": self.job.id,
                    "section_ids": [
                        (
                            0,
                            0,
                            {
                                "name": "Duties",
                                "clause_ids": [(0, 0, {"text": "Call"})],
                            },
                        )
                    ],
                }
            )
        )
        self.as_("director", description).action_approve()
        for report in (
            "job_description_action_report",
            "job_description_action_report_sheet",
        ):
            with self.subTest(report=report):
                text = self.read_pdf(report, description)
                self.assertIn(f"{ACTING} ", text)
                self.assertIn("А. П. Зимина", text)

    def test_the_local_act_and_its_sheet(self):
        policies = self.env["callcenter.policy"].with_user(self.users["hr"])
        policy = policies.create({"name": "House rules", "body": "<p>Be polite.</p>"})
        self.as_("director", policy).action_approve()
        for report in ("policy_action_report", "policy_action_report_sheet"):
            with self.subTest(report=report):
                self.assertIn(ACTING, self.read_pdf(report, policy))

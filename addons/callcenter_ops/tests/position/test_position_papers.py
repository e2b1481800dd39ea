import base64
import subprocess

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PositionCase

# A drawn signature: one pixel will do.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA"
    "60e6kgAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPositionPapers(PositionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))
        self.anna = self.build_operator("Anna Sharova", birthday="1990-05-01")

    def read_pdf(self, report, record, role="hr"):
        """Text of the PDF that the role prints, blanks made one."""
        self.env.flush_all()
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(self.users[role])
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(report, record.ids)
        )
        self.assertEqual(kind, "pdf")
        text = subprocess.run(
            ["pdftotext", "-layout", "-", "-"],
            input=content,
            capture_output=True,
            check=True,
        ).stdout.decode()
        return " ".join(text.split())

    def test_the_description_is_printed_with_stamp_text_and_sheet(self):
        self.users["director"].name = "Test Director"
        description = self.approve(
            self.build_description(
                texts=("Calls clients.", "Keeps the sheet."), number="JD-7"
            )
        )
        boris = self.build_operator("Boris Kotov")
        boris._request_missing_documents(description.date_from)
        self.sign(self.get_acknowledgement(self.anna, description), image=PIXEL)
        report = "callcenter_ops.job_description_action_report"
        text = self.read_pdf(report, description)
        for part in (
            self.company.name,
            "УТВЕРЖДАЮ",
            "D. Test",
            "ДОЛЖНОСТНАЯ ИНСТРУКЦИЯ",
            "№ JD-7, редакция 1",
            "1. Duties",
            "1.1. Calls clients.",
            "1.2. Keeps the sheet.",
            description.content_hash,
            "Лист ознакомления",
            "1 Anna Sharova Operator 02.03.2026 Anna Sharova",
            "2 Boris Kotov Operator",
        ):
            self.assertIn(part, text)

    def test_a_local_act_is_printed_with_its_sheet(self):
        policy = self.approve(self.build_policy(number="LA-1"))
        text = self.read_pdf("callcenter_ops.policy_action_report", policy, "director")
        for part in ("УТВЕРЖДАЮ", "House rules", "Be polite.", "1 Anna Sharova"):
            self.assertIn(part, text)

    def test_the_sheet_is_printed_alone_for_those_whom_the_printer_may_see(self):
        description = self.approve(self.build_description())
        elsewhere = self.env["hr.department"].create({"name": "Warehouse"})
        boris = self.build_operator("Boris Kotov", department_id=elsewhere.id)
        boris._request_missing_documents(description.date_from)
        self.sign(self.get_acknowledgement(self.anna, description))
        report = "callcenter_ops.job_description_action_report_sheet"
        whole = self.read_pdf(report, description)
        self.assertIn("Лист ознакомления", whole)
        self.assertIn("1 Anna Sharova Operator 02.03.2026 Anna Sharova", whole)
        self.assertIn("2 Boris Kotov", whole)
        self.assertNotIn("Calls clients.", whole)
        self.users["anna"] = self.anna.user_id
        own = self.read_pdf(report, description, "anna")
        self.assertIn("1 Anna Sharova", own)
        self.assertNotIn("Boris", own)
        action = self.as_("hr", description).action_print_sheet()
        self.assertEqual(
            action["report_name"], "callcenter_ops.acknowledgement_sheet_paper"
        )

    def test_each_report_has_a_name_of_its_own(self):
        """Reports are found by their names: else another model's paper is printed."""
        reports = self.env["ir.actions.report"]
        names = reports.search([("model", "=like", "callcenter.%")]).mapped(
            "report_name"
        )
        self.assertEqual(sorted(names), sorted(set(names)))

    def test_a_briefing_is_not_headed_as_a_local_act(self):
        briefing = self.approve(
            self.build_policy(
                kind="briefing",
                briefing_field="fire_safety",
                briefing_type="repeated",
            )
        )
        text = self.read_pdf("callcenter_ops.policy_action_report", briefing)
        self.assertIn("ИНСТРУКТАЖ", text.upper())
        self.assertNotIn("ЛОКАЛЬНЫЙ НОРМАТИВНЫЙ АКТ", text.upper())

    def test_the_journal_lists_the_briefings_held_in_the_period(self):
        instructor = self.build_employee("Instructor Pavel")
        fire, safety = (
            self.approve(
                self.build_policy(
                    name=f"About {field}",
                    number=number,
                    kind="briefing",
                    briefing_field=field,
                    briefing_type="repeated",
                    instructor_id=instructor.id,
                )
            )
            for field, number in (("fire_safety", "F-1"), ("labour_safety", "S-1"))
        )
        act = self.approve(self.build_policy())
        held = self.sign_sheet(self.get_acknowledgement(self.anna, fire))
        self.sign_sheet(self.get_acknowledgement(self.anna, safety))
        self.sign(self.get_acknowledgement(self.anna, act))
        journal = (
            self.env["callcenter.briefing.journal"]
            .with_user(self.users["hr"])
            .create({"briefing_field": "fire_safety"})
        )
        self.assertEqual(
            journal._get_lines(),
            [
                {
                    "date": "02.03.2026",
                    "name": "Anna Sharova",
                    "birth_year": "1990",
                    "post": "Operator",
                    "department": "Call centre",
                    "kind": "Пожарная безопасность, Первичный",
                    "reason": "",
                    "instruction": "F-1",
                    "instructor": "Instructor Pavel",
                    "instructor_post": "",
                    "document": self.on_paper(fire),
                    "kept": "",
                    "signature": held._get_paper_signature(),
                    "image": False,
                }
            ],
        )
        text = self.read_pdf("callcenter_ops.briefing_journal_action_report", journal)
        for part in ("Журнал инструктажей", "Anna Sharova", "F-1", "1990"):
            self.assertIn(part, text)
        journal.date_to = "2026-03-01"
        self.assertEqual(journal._get_lines(), [])

    def test_only_hr_and_the_director_print_the_journal(self):
        for role in ("operator", "supervisor", "outsider"):
            with self.assertRaises(AccessError):
                self.env["callcenter.briefing.journal"].with_user(
                    self.users[role]
                ).create({})

    def test_the_drawn_signature_is_kept_with_the_typed_one(self):
        description = self.approve(self.build_description())
        signed = self.sign(
            self.get_acknowledgement(self.anna, description),
            signature="  A. Sharova ",
            image=PIXEL,
        )
        self.assertEqual(signed.signature, "A. Sharova")
        self.assertEqual(base64.b64decode(signed.signature_image)[1:4], b"PNG")

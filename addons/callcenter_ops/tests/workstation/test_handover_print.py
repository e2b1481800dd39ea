import base64
import io
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from pypdf import PdfReader, PdfWriter

from ...models.workstation import handover_print
from .common import WorkstationCase


class TestHandoverPrint(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        operator = cls.build_employee("Иванова Анна Петровна")
        cls.acts = cls.env["callcenter.handover"]
        for number in range(5):
            cls.acts |= cls.build_act(operator, cls.build_equipment(f"Мышь {number}"))

    def setUp(self):
        super().setUp()
        self.patch(handover_print, "BATCH_ACTS", 2)
        self.commits = []

    def start(self, role="hr"):
        action = self.as_(role, self.acts).action_print_all()
        return self.env["callcenter.handover.print"].browse(action["res_id"])

    def run_job(self, time_left=lambda *_args, **_kwargs: 60):
        def commit(_self, *args, **kwargs):
            self.env.flush_all()
            self.commits.append(args[0] if args else None)
            return time_left()

        with (
            self.allow_pdf_render(),
            patch.object(self.registry["ir.cron"], "_commit_progress", commit),
        ):
            jobs = self.env["callcenter.handover.print"]
            jobs.with_context(force_report_rendering=True)._cron_run()

    def read_pages(self, job):
        pages = PdfReader(io.BytesIO(base64.b64decode(job.file))).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    def test_batches_become_one_file_in_the_order_of_the_acts(self):
        job = self.start()
        self.assertEqual((job.state, job.progress), ("queued", 0))
        self.run_job()
        self.assertEqual((job.state, job.done_count, job.progress), ("done", 5, 100))
        self.assertEqual(self.commits, [2, 2, 1])
        pages = self.read_pages(job)
        self.assertEqual(len(pages), 5)
        for number, page in enumerate(pages):
            self.assertIn(f"Мышь {number}", page)
        self.assertFalse(job._get_parts())

    def test_a_run_goes_on_where_the_last_one_ended(self):
        job = self.start()
        self.run_job(time_left=lambda: 0)
        self.assertEqual((job.state, job.done_count), ("running", 2))
        self.assertEqual(job.progress, 40)
        self.run_job()
        self.assertEqual((job.state, len(self.read_pages(job))), ("done", 5))

    def test_it_can_be_cancelled_before_and_between_batches(self):
        waiting = self.start()
        self.as_("hr", waiting).action_cancel()
        self.assertEqual(waiting.state, "cancelled")
        job = self.start()
        self.run_job(time_left=lambda: 0)
        self.as_("hr", job).action_cancel()
        self.run_job()
        self.assertEqual((job.state, job.done_count), ("cancelled", 2))
        self.assertFalse(job.file or job._get_parts())
        with self.assertRaises(UserError):
            self.as_("hr", job).action_cancel()

    def test_a_fault_is_told_and_stops_nobody_else(self):
        broken, fine = self.start(), self.start("supervisor")
        stream = io.BytesIO()
        blank = PdfWriter()
        blank.add_blank_page(100, 100)
        blank.write(stream)

        def fail(job, _acts):
            if job == broken:
                raise ValueError("no paper")
            return stream.getvalue()

        with (
            patch.object(handover_print.HandoverPrint, "_render", fail),
            patch.object(self.env.cr, "rollback"),
            self.assertLogs("odoo.addons.callcenter_ops", "ERROR"),
        ):
            self.run_job()
        self.assertEqual((broken.state, fine.state), ("failed", "done"))
        self.assertIn("server's log", broken.failure)

    def test_everyone_sees_his_own_printing_alone(self):
        job = self.start()
        for role in ("supervisor", "director", "operator", "outsider"):
            with self.assertRaises(AccessError):
                self.as_(role, job).action_cancel()
            with self.assertRaises(AccessError):
                self.as_(role, job).read(["file"])
        with self.assertRaises(AccessError):
            self.start("operator")
        with self.assertRaises(UserError):
            self.as_("hr", job).write({"state": "done"})
        with self.assertRaises(AccessError):
            self.as_("hr", job).unlink()
        self.assertEqual(job.state, "queued")

    def test_nothing_chosen_is_said(self):
        with self.assertRaisesRegex(UserError, "Choose the acts"):
            self.as_("hr", self.acts.browse()).action_print_all()

    def test_files_of_last_week_go(self):
        job = self.start()
        self.as_("hr", job).action_cancel()
        job.flush_recordset()
        self.env.cr.execute(
            "UPDATE callcenter_handover_print SET create_date = '2026-01-01'"
        )
        job.invalidate_recordset()
        self.env["callcenter.handover.print"]._gc_old()
        self.assertFalse(job.exists())
        self.assertEqual(len(self.acts.exists()), 5)

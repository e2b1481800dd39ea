from unittest.mock import patch

from odoo.exceptions import UserError

from ...models.imports import data_import_runner
from .common import CLIENT_HEADER, ImportCase


def lines(count):
    body = "".join(f"Клиент {n};8343{n:07};;;;\n" for n in range(count))
    return f"{CLIENT_HEADER}\n{body}"


class TestRun(ImportCase):
    def setUp(self):
        super().setUp()
        self.runner = self.env["callcenter.data.import.runner"]
        self.startPatcher(patch.object(data_import_runner, "BATCH_ROWS", 10))

    def run_batches(self, record, time_left):
        """Run while the clock answers what ``time_left`` lists."""
        acting = self.runner._act_for_starter(record.sudo())
        progress = patch.object(
            self.registry["ir.cron"], "_commit_progress", side_effect=time_left
        )
        with progress:
            self.runner._run(acting)
        record.invalidate_recordset()

    def start(self, count):
        record = self.read(lines(count))
        record.action_start()
        return record

    def test_a_run_goes_on_where_the_last_one_ended(self):
        record = self.start(35)
        self.run_batches(record, [60, 0])
        self.assertEqual((record.state, record.position), ("running", 20))
        self.assertEqual(record.created_count, 20)
        self.assertAlmostEqual(record.progress, 57.14, 2)
        self.run_batches(record, [60, 60, 60])
        self.assertEqual((record.state, record.created_count), ("done", 35))
        self.assertEqual(len(self.rows(record)), 35)
        self.assertEqual(record.progress, 100)

    def test_cancelling_keeps_what_is_loaded_and_stops(self):
        record = self.start(35)
        self.run_batches(record, [0])
        record.action_cancel()
        self.run_batches(record, [60, 60])
        self.assertEqual((record.state, record.created_count), ("cancelled", 10))
        self.assertTrue(record.finished_at)

    def test_a_waiting_import_is_cancelled_at_once(self):
        record = self.start(5)
        record.action_cancel()
        self.assertEqual(record.state, "cancelled")
        self.run_imports()
        self.assertEqual(record.created_count, 0)
        with self.assertRaises(UserError):
            record.action_start()

    def test_starting_twice_is_refused(self):
        record = self.start(5)
        with self.assertRaises(UserError):
            record.action_start()
        self.run_imports()
        self.assertEqual(record.created_count, 5)

    def test_a_fault_stops_one_file_and_not_the_next(self):
        first, second = self.start(5), self.start(6)
        loader = self.registry["callcenter.data.import.clients"]
        original = loader._load_rows

        def break_first(model, record, rows, dry_run=False):
            if record.id == first.id:
                raise ZeroDivisionError
            return original(model, record, rows, dry_run)

        with (
            patch.object(loader, "_load_rows", break_first),
            self.assertLogs(data_import_runner.__name__, "ERROR"),
        ):
            self.run_imports()
        self.assertEqual(first.state, "failed")
        self.assertTrue(first.failure)
        self.assertEqual(second.state, "done")

    def test_a_line_that_the_base_refuses_does_not_stop_the_batch(self):
        partner = self.registry["res.partner"]
        original = partner.create

        def refuse_one(model, vals_list):
            if any(vals.get("name") == "Клиент 7" for vals in vals_list):
                raise UserError("not him")
            return original(model, vals_list)

        record = self.start(20)
        with patch.object(partner, "create", refuse_one):
            self.run_batches(record, [60, 60, 60])
        self.assertEqual((record.created_count, record.error_count), (19, 1))
        self.assertIn("not him", self.fault(record, 9))

    def test_the_records_are_made_in_the_name_of_who_started(self):
        record = self.start(1)
        self.run_imports()
        client = self.find_client("Клиент 0")
        self.assertEqual(client.create_uid, self.users["supervisor"])
        self.assertEqual(record.user_id, self.users["supervisor"])

    def test_a_batch_costs_few_queries(self):
        record = self.start(10)
        acting = self.runner._act_for_starter(record.sudo())
        rows = list(self.read_rows(acting))
        acting._get_loader()._load_rows(acting, rows, True)
        with self.assertQueryCount(40):
            acting._get_loader()._load_rows(acting, rows)
            self.env.flush_all()

    def read_rows(self, record):
        with record._open_path() as path:
            yield from record._iter_data_rows(path)

    def test_old_fates_of_lines_are_forgotten(self):
        with self.at("2026-01-01 08:00:00"):
            old = self.start(3)
            self.run_imports()
        new = self.start(2)
        self.run_imports()
        old._transition({"finished_at": "2026-01-01 08:00:00"})
        self.env["callcenter.data.import.row"].sudo()._gc_rows()
        self.assertFalse(self.rows(old))
        self.assertEqual(len(self.rows(new)), 2)

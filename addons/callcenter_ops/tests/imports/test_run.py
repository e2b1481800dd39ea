from unittest.mock import patch

from odoo.exceptions import UserError
from psycopg2.errors import SerializationFailure

from ...models.imports import import_run
from ...models.imports.batch_loader import BatchLoader
from ...models.imports.import_run import ImportRun
from .common import CLIENT_HEADER, ImportCase


def lines(count):
    body = "".join(f"Клиент {n};8343{n:07};;;;\n" for n in range(count))
    return f"{CLIENT_HEADER}\n{body}"


class TestRun(ImportCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(import_run, "BATCH_ROWS", 10))

    def run_batches(self, record, time_left):
        """Run while the clock answers what ``time_left`` lists."""
        progress = patch.object(
            self.registry["ir.cron"], "_commit_progress", side_effect=time_left
        )
        with progress:
            ImportRun(record.sudo()).go_on()
        record.invalidate_recordset()

    def start(self, count):
        record = self.read(lines(count))
        record.action_start()
        return record

    def test_a_run_goes_on_where_the_last_one_ended(self):
        record = self.start(35)
        self.run_batches(record, [60, 60, 0])
        self.assertEqual((record.state, record.position), ("running", 20))
        self.assertEqual(record.created_count, 20)
        self.assertAlmostEqual(record.progress, 57.14, 2)
        self.run_batches(record, [60, 60, 60, 60])
        self.assertEqual((record.state, record.created_count), ("done", 35))
        self.assertEqual(len(self.rows(record)), 35)
        self.assertEqual(record.progress, 100)

    def test_cancelling_stops_at_once_and_keeps_what_is_loaded(self):
        record = self.start(35)
        self.run_batches(record, [60, 0])
        record.action_cancel()
        self.assertEqual((record.state, record.created_count), ("cancelled", 10))
        self.assertTrue(record.finished_at)
        self.run_batches(record, [60, 60])
        self.assertEqual((record.state, record.created_count), ("cancelled", 10))

    def test_a_batch_that_somebody_has_cancelled_meanwhile_is_given_up(self):
        record = self.start(35)
        self.run_batches(record, [60, 0])

        def cancel_and_fail(*_details):
            record.action_cancel()
            raise SerializationFailure

        with (
            patch.object(BatchLoader, "load", cancel_and_fail),
            patch.object(self.env.cr, "rollback"),
        ):
            self.run_batches(record, [60, 60])
        self.assertEqual((record.state, record.created_count), ("cancelled", 10))

    def test_until_an_import_is_finished_something_remains_to_be_done(self):
        record = self.start(20)
        cron = self.registry["ir.cron"]
        with patch.object(cron, "_commit_progress", return_value=60) as progress:
            ImportRun(record.sudo()).go_on()
        remaining = [call.kwargs["remaining"] for call in progress.call_args_list]
        self.assertEqual(remaining, [20, 10, 1, 0])

    def test_a_run_whose_worker_was_killed_is_taken_up_where_it_ended(self):
        record = self.start(35)
        self.run_batches(record, [60, 60, 0])
        killed = patch.object(BatchLoader, "load", side_effect=SystemExit)
        with killed, self.assertRaises(SystemExit), self.env.cr.savepoint():
            self.run_batches(record, [60])
        self.run_batches(record, [60] * 4)
        self.assertEqual((record.state, record.created_count), ("done", 35))
        self.assertEqual(len(self.rows(record)), 35)

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
        original = BatchLoader.load

        def break_first(loader, rows, dry_run=False):
            if loader.record.id == first.id:
                raise ZeroDivisionError
            return original(loader, rows, dry_run)

        with (
            patch.object(BatchLoader, "load", break_first),
            self.assertLogs(import_run.__name__, "ERROR"),
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
            self.run_batches(record, [60, 60, 60, 60])
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
        loader = BatchLoader(ImportRun(record.sudo()).record)
        rows = list(self.read_rows(loader.record))
        loader.load(rows, dry_run=True)
        with self.assertQueryCount(40):
            loader.load(rows)
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

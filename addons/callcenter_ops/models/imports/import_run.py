import logging
from collections import Counter
from itertools import islice

from odoo import fields
from psycopg2 import OperationalError

from ...tools.imports.table_error import TableError
from .batch_loader import BatchLoader
from .table_faults import describe_table_error

_logger = logging.getLogger(__name__)

BATCH_ROWS = 500
_COUNTERS = {
    "created": "created_count",
    "updated": "updated_count",
    "unchanged": "unchanged_count",
    "duplicate": "duplicate_count",
    "error": "error_count",
}
_QUIET = {
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
}


class ImportRun:
    """Takes a started import through its batches, one scheduled run after another.

    A batch, its lines' fates and the position in the file are one transaction: a run
    that is killed goes on where the last batch ended.
    """

    def __init__(self, record):
        """Act in the name, the language and the company of who started the import.

        :param record: a ``callcenter.data.import`` that was started
        """
        # sudo: being allowed to import is the right; it was checked at the start
        acting = record.with_user(record.user_id).sudo()
        acting = acting.with_company(record.company_id)
        self.record = acting.with_context(lang=record.user_id.lang, **_QUIET)
        self.env = self.record.env

    def go_on(self):
        """Go on with the import; whether there is time left for another."""
        try:
            if self.record.state == "reading":
                return self._read_file()
            return self._run_batches()
        except TableError as error:
            self.env.cr.rollback()
            self._fail(describe_table_error(self.env, error))
        except OperationalError:
            raise  # the scheduler runs the batch again
        except Exception:
            record = self.record
            _logger.exception("Import %s stopped at %s", record.id, record.position)
            self.env.cr.rollback()
            self._fail(self.env._("An unexpected fault, see the server's log."))
        return True

    def load_at_once(self):
        """Load the whole file in this transaction: all of it or nothing."""
        if self._has_work():
            self._load_whole()

    def iter_batches(self, path):
        """Batches of lines from the position on."""
        start = self.record.position
        rows = islice(self.record._iter_data_rows(path), start, None)
        while batch := list(islice(rows, BATCH_ROWS)):
            yield batch

    def process(self, rows, dry_run=False):
        """Load a batch, keep the fates of its lines and return them."""
        outcomes = BatchLoader(self.record).load(rows, dry_run)
        if dry_run:
            outcomes = [item for item in outcomes if item["outcome"] == "error"]
        self._store(outcomes, len(rows))
        return outcomes

    def _read_file(self):
        """Read a large file that nobody waits for; whether there is time left."""
        record = self.record
        if record.try_lock_for_update() and record.state == "reading":
            with record._open_table() as (path, table_format):
                record._map_columns(path, table_format)
            self._tell("success", self.env._("Read: check the columns and load it."))
        return bool(self.env["ir.cron"]._commit_progress(1))

    def _run_batches(self):
        time_left = True
        with self.record._open_path() as path:
            batches = self.iter_batches(path)
            while time_left and self._has_work():
                time_left = self._run_batch(next(batches, []))
        return bool(time_left)

    def _has_work(self):
        """Lock the import for a batch; a cancelled or finished one has no work."""
        record = self.record
        if not record.try_lock_for_update():
            return False
        if record.state == "queued":
            record._transition(
                {"state": "running", "started_at": fields.Datetime.now()}
            )
        if record.cancel_requested and record.state == "running":
            self._finish("cancelled")
        return record.state == "running"

    def _run_batch(self, rows):
        """One batch and its commit; the seconds left of the run, 0 for none."""
        record = self.record
        if rows:
            self.process(rows, record.stage == "check")
        elif record.stage == "check" and not record.error_count:
            self._load_whole()
        else:
            self._finish("rejected" if record.stage == "check" else "done")
        remaining = max(record.row_count - record.position, 0)
        self.env.invalidate_all()
        return self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining)

    def _load_whole(self):
        """Load a checked file in one transaction: all of it or nothing."""
        self.record._transition({"stage": "load", "position": 0})
        try:
            with self.env.cr.savepoint(), self.record._open_path() as path:
                for rows in self.iter_batches(path):
                    _refuse_bad(self.process(rows))
                    self.env.flush_all()
                    self.env.invalidate_all()
        except _LinesRefused as refusal:
            self._store(refusal.outcomes, 0)
            self._finish("rejected")
        else:
            self._finish("done")

    def _store(self, outcomes, row_count):
        """Keep the fates of lines and count them."""
        record = self.record
        self.env["callcenter.data.import.row"]._store(record, outcomes)
        counts = Counter(item["outcome"] for item in outcomes)
        values = {
            field: record[field] + counts[outcome]
            for outcome, field in _COUNTERS.items()
        }
        remarks = sum(
            bool(item["message"]) for item in outcomes if item["outcome"] != "error"
        )
        values["position"] = record.position + row_count
        values["warning_count"] = record.warning_count + remarks
        record._transition(values)

    def _fail(self, message):
        self.record._transition({"failure": message})
        self._finish("failed")
        self.env["ir.cron"]._commit_progress()

    def _finish(self, state):
        """Close the import and tell who started it."""
        record = self.record
        values = {"state": state, "finished_at": fields.Datetime.now()}
        if state == "done":
            values["row_count"] = record.position
        record._transition(values)
        kind = "success" if state == "done" else "warning"
        self._tell(kind, record._describe_result())

    def _tell(self, kind, message):
        self.record.user_id._bus_send(
            "simple_notification",
            {"type": kind, "title": self.record.filename, "message": message},
        )


class _LinesRefused(Exception):
    """Lines that the base refused while all or nothing was loaded."""

    def __init__(self, outcomes):
        super().__init__(len(outcomes))
        self.outcomes = outcomes


def _refuse_bad(outcomes):
    bad = [item for item in outcomes if item["outcome"] == "error"]
    if bad:
        raise _LinesRefused(bad)

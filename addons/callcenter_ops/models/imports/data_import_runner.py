import logging
from collections import Counter
from itertools import islice

from odoo import api, fields, models
from psycopg2 import OperationalError

from ...tools.imports.table_format import TableError

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


class DataImportRunner(models.AbstractModel):
    """Takes started imports through their batches, one scheduled run after another.

    A batch, its lines' fates and the position in the file are one transaction: a run
    that is killed goes on where the last batch ended.
    """

    _name = "callcenter.data.import.runner"
    _description = "Background run of imports"

    @api.model
    def _cron_run(self):
        """Run what waits, the oldest first, until the time of the run is over."""
        waiting = self.env["callcenter.data.import"].search(
            [("state", "in", ("queued", "running"))], order="id"
        )
        for record in waiting:
            if not self._run(self._act_for_starter(record)):
                return

    def _act_for_starter(self, record):
        """The import in the name, the language and the company of who started it."""
        # sudo: being allowed to import is the right; it was checked at the start
        acting = record.with_user(record.user_id).sudo()
        acting = acting.with_company(record.company_id)
        return acting.with_context(lang=record.user_id.lang, **_QUIET)

    def _run(self, record):
        """Go on with one import; whether there is time left for another."""
        try:
            return self._run_batches(record)
        except TableError as error:
            self.env.cr.rollback()
            self._fail(record, record._describe_table_error(error))
        except OperationalError:
            raise  # the scheduler runs the batch again
        except Exception:
            _logger.exception("Import %s stopped at %s", record.id, record.position)
            self.env.cr.rollback()
            self._fail(
                record,
                self.env._("An unexpected fault, see the server's log."),
            )
        return True

    def _run_batches(self, record):
        time_left = True
        with record._open_path() as path:
            batches = self._iter_batches(record, path)
            while time_left and self._has_work(record):
                time_left = self._run_batch(record, next(batches, []))
        return bool(time_left)

    def _has_work(self, record):
        """Lock the import for a batch; a cancelled or finished one has no work."""
        if not record.try_lock_for_update():
            return False
        if record.state == "queued":
            record._transition(
                {"state": "running", "started_at": fields.Datetime.now()}
            )
        if record.cancel_requested and record.state == "running":
            self._finish(record, "cancelled")
        return record.state == "running"

    def _iter_batches(self, record, path):
        """Batches from the position on; the check is followed by the loading."""
        rows = islice(record._iter_data_rows(path), record.position, None)
        while batch := list(islice(rows, BATCH_ROWS)):
            yield batch

    def _run_batch(self, record, rows):
        """One batch and its commit; the seconds left of the run, 0 for none."""
        if rows:
            self._process(record, rows, record.stage == "check")
        elif record.stage == "check" and not record.error_count:
            self._load_whole(record)
        else:
            self._finish(record, "rejected" if record.stage == "check" else "done")
        remaining = max(record.row_count - record.position, 0)
        self.env.invalidate_all()
        return self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining)

    def _load_whole(self, record):
        """Load a checked file in one transaction: all of it or nothing."""
        record._transition({"stage": "load", "position": 0})
        try:
            with self.env.cr.savepoint(), record._open_path() as path:
                for rows in self._iter_batches(record, path):
                    self._refuse_bad(self._process(record, rows, dry_run=False))
                    self.env.flush_all()
                    self.env.invalidate_all()
        except _LinesRefused as refusal:
            self._store(record, refusal.outcomes, 0)
            self._finish(record, "rejected")
        else:
            self._finish(record, "done")

    def _refuse_bad(self, outcomes):
        bad = [item for item in outcomes if item["outcome"] == "error"]
        if bad:
            raise _LinesRefused(bad)

    def _process(self, record, rows, dry_run):
        outcomes = record._get_loader()._load_rows(record, rows, dry_run)
        if dry_run:
            outcomes = [item for item in outcomes if item["outcome"] == "error"]
        self._store(record, outcomes, len(rows))
        return outcomes

    def _store(self, record, outcomes, row_count):
        """Keep the fates of lines and count them."""
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

    def _fail(self, record, message):
        record._transition({"failure": message})
        self._finish(record, "failed")
        self.env["ir.cron"]._commit_progress()

    def _finish(self, record, state):
        """Close the import and tell who started it."""
        values = {"state": state, "finished_at": fields.Datetime.now()}
        if state == "done":
            values["row_count"] = record.position
        record._transition(values)
        record.user_id._bus_send(
            "simple_notification",
            {
                "type": "success" if state == "done" else "warning",
                "title": record.filename,
                "message": record._describe_result(),
            },
        )


class _LinesRefused(Exception):
    """Lines that the base refused while all or nothing was loaded."""

    def __init__(self, outcomes):
        super().__init__(len(outcomes))
        self.outcomes = outcomes

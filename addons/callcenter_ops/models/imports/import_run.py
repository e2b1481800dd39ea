import logging
from collections import Counter
from itertools import islice

from odoo import fields
from odoo.exceptions import UserError
from psycopg2 import IntegrityError, OperationalError
from psycopg2.errors import SerializationFailure

from ...tools.imports.table_error import TableError
from .batch_loader import BatchLoader
from .import_undo import ImportUndo
from .table_faults import describe_table_error

_logger = logging.getLogger(__name__)

BATCH_ROWS = 500
_COUNTERS = {
    "created": "created_count",
    "updated": "updated_count",
    "unchanged": "unchanged_count",
    "duplicate": "duplicate_count",
    "doubtful": "doubtful_count",
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
        self.record = acting._told_to(record.user_id).with_context(**_QUIET)
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
        except SerializationFailure:
            self.env.cr.rollback()
            self.env.invalidate_all()
            if self._has_work():
                raise  # the scheduler runs the batch again
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
            self.record._transition({"started_at": fields.Datetime.now()})
            self._load_whole()

    def iter_batches(self, path, start=None):
        """Batches of lines from ``start`` on, by default the position."""
        start = self.record.position if start is None else start
        rows = islice(self.record._iter_data_rows(path), start, None)
        while batch := list(islice(rows, BATCH_ROWS)):
            yield batch

    def process(self, rows, dry_run=False):
        """Load a batch, keep the fates of its lines and return them."""
        outcomes = BatchLoader(self.record).load(rows, dry_run)
        if dry_run:
            outcomes = self._get_bad(outcomes)
        self._store(outcomes, len(rows))
        return outcomes

    def _foretell(self, rows):
        """Load a batch and take it back: what will happen is what happened."""
        with self.env.registry.cursor() as cursor:
            acting = self.record.with_env(self.env(cr=cursor))
            outcomes = BatchLoader(acting, is_preview=True).load(rows)
            cursor.rollback()
        self._store(list(map(_forget_new, outcomes)), len(rows))

    def _read_file(self):
        """Read a large file that nobody waits for; whether there is time left."""
        record = self.record
        if record.state == "reading":
            with record._open_table() as (path, table_format):
                record._map_columns(path, table_format)
            self._tell("success", self.env._("Read: check the columns and load it."))
        return bool(self.env["ir.cron"]._commit_progress(1))

    def _run_batches(self):
        """Batch after batch, each with its commit; whether there is time left.

        The import itself is written at the end of a batch alone: who cancels it waits
        for nothing, and the batch that has lost the race is rolled back.
        """
        time_left = self._start()
        with self.record._open_path() as path:
            batches = self.iter_batches(path)
            while time_left and self._has_work():
                time_left = self._run_batch(batches)
        return bool(time_left)

    def _start(self):
        """Show that the import runs; the seconds left."""
        if self.record.state == "queued":
            self.record._transition(
                {"state": "running", "started_at": fields.Datetime.now()}
            )
        return self._commit(0)

    def _has_work(self):
        """Whether the import is still to go on: somebody may have cancelled it."""
        return self.record.state in ("queued", "running")

    def _run_batch(self, batches):
        """One batch and its commit; the seconds left of the run, 0 for none."""
        record = self.record
        aside = {"decided": self._load_decided, "undo": self._undo}
        rows = [] if record.stage in aside else next(batches, [])
        if record.stage in aside:
            aside[record.stage]()
        elif rows and record.stage == "preview":
            self._foretell(rows)
        elif rows:
            self.process(rows, record.stage == "check")
        else:
            self._end_stage()
        return self._commit(len(rows))

    def _end_stage(self):
        """All lines of the file are through."""
        record = self.record
        if record.stage == "preview":
            record._transition({"state": "checked", "row_count": record.position})
            self._tell("success", record._describe_result())
        elif record.stage == "check" and not self._found_bad():
            self._load_whole()
        else:
            self._finish("rejected" if record.stage == "check" else "done")

    def _commit(self, count):
        """Commit; until the import is finished something remains to be done."""
        record = self.record
        is_open = self._has_work()
        remaining = max(record.row_count - record.position, 1) if is_open else 0
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["ir.cron"]._commit_progress(count, remaining=remaining)

    def _get_bad(self, outcomes):
        """The fates that keep a whole file out, when it is to be loaded as a whole.

        So does a doubt, as long as somebody is to be asked about it.
        """
        bad = {"error"}
        if self.record.doubt_policy == "ask":
            bad.add("doubtful")
        return [item for item in outcomes if item["outcome"] in bad]

    def _found_bad(self):
        return bool(self.record.error_count or self.record.doubtful_count)

    def _load_whole(self):
        """Load a checked file in one transaction: all of it or nothing."""
        outcomes = []
        try:
            with self.env.cr.savepoint(), self.record._open_path() as path:
                for rows in self.iter_batches(path, 0):
                    fates = BatchLoader(self.record).load(rows)
                    if bad := self._get_bad(fates):
                        raise _LinesRefused(bad)
                    self._keep(fates)
                    outcomes += fates
        except _LinesRefused as refusal:
            self._store(refusal.outcomes, 0)
            self._finish("rejected")
        else:
            self.record._transition({"stage": "load", "position": 0})
            self._count(outcomes, len(outcomes))
            self._finish("done")

    def _load_decided(self):
        """Load the doubtful lines on which somebody has decided."""
        record = self.record
        lines = record._get_decided_lines()
        with record._open_path() as path:
            rows = [row for row in record._iter_data_rows(path) if row.line in lines]
        outcomes = BatchLoader(record).load(rows)
        left = sum(item["outcome"] == "doubtful" for item in outcomes)
        record._transition({"doubtful_count": record.doubtful_count - len(outcomes)})
        self._store(outcomes, 0)
        record._transition({"state": "done"})
        self._tell("warning" if left else "success", record._describe_result())

    def _undo(self):
        """Take the next records back; before the first one all are looked at.

        What comes between the batches stops it: the state says that it is done in
        part, and whoever has cleared the obstacle goes on.
        """
        record = self.record
        undo = ImportUndo(record)
        try:
            with self.env.cr.savepoint():
                if not record.undone_count:
                    undo.check()
                count = undo.take_back()
        except UserError as error:
            self._stop_undo(str(error))
        except IntegrityError as error:
            _logger.info("Import %s is not taken back: %s", record.id, error)
            self._stop_undo(self.env._("Something was built on its records meanwhile."))
        else:
            record._transition({"undone_count": record.undone_count + count})
            if not count:
                self._finish("undone")

    def _stop_undo(self, message):
        record = self.record
        state = record._get_state_without_undo()
        record._transition({"state": state, "failure": message})
        self._tell("warning", message)

    def _store(self, outcomes, row_count):
        """Keep the fates of lines and count them."""
        self._keep(outcomes)
        self._count(outcomes, row_count)

    def _keep(self, outcomes):
        self.env["callcenter.data.import.row"]._store(self.record, outcomes)

    def _count(self, outcomes, row_count):
        record = self.record
        counts = Counter(item["outcome"] for item in outcomes)
        values = {
            field: record[field] + counts[outcome]
            for outcome, field in _COUNTERS.items()
        }
        remarks = sum(
            bool(item["message"])
            for item in outcomes
            if item["outcome"] not in ("error", "doubtful")
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


def _forget_new(outcome):
    """A fate without the id of a record that was taken back again."""
    is_new = outcome["outcome"] in ("created", "duplicate")
    return outcome | {"res_id": None} if is_new else outcome

"""Import of a client base: speed against COPY, and memory against the file's size."""

import base64
import resource
import sys
import tempfile
import time
from pathlib import Path

from registry import bench

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "sample"))

from make_sample import write_samples
from odoo.addons.callcenter_ops.models.imports.import_run import ImportRun

ROWS = 50_000
COPY = "COPY of 50 000 rows, no index"


def _import_file(env, path, after_batch=lambda record: None):
    """Load a file batch by batch as the scheduled run does; the import."""
    record = env["callcenter.data.import"].create(
        {
            "kind": "clients",
            "filename": path.name,
            "file": base64.b64encode(path.read_bytes()),
        }
    )
    with record._open_table() as (table, table_format):
        record._map_columns(table, table_format)
    record.action_start()
    run = ImportRun(record)
    with record._open_path() as source:
        for rows in run.iter_batches(source):
            run.process(rows)
            env.flush_all()
            env.invalidate_all()
            after_batch(record)
    return record


def _rate(context, name, clients=ROWS):
    with tempfile.TemporaryDirectory() as folder, context.env() as env:
        write_samples(folder, clients, 1)
        start = time.perf_counter()
        record = _import_file(env, Path(folder, name))
        return record.position / (time.perf_counter() - start)


@bench("import of 50 000 clients, CSV", unit="rows/s", reference=COPY)
def import_csv(context):
    return _rate(context, "clients.csv")


@bench("import of 50 000 clients, XLSX", unit="rows/s", reference=COPY)
def import_xlsx(context):
    return _rate(context, "clients.xlsx")


@bench("import's memory: at line 50 000 to line 10 000", unit="times the peak")
def import_memory(context):
    """Peak of the process at the end to that after a fifth; 1 = it does not grow."""
    peaks = {}

    def note_peak(record):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        peaks[record.position] = usage.ru_maxrss

    with tempfile.TemporaryDirectory() as folder, context.env() as env:
        write_samples(folder, ROWS, 1)
        _import_file(env, Path(folder, "clients.csv"), note_peak)
    return max(peaks.values()) / peaks[ROWS // 5]

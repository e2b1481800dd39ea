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
from odoo.addons.callcenter_ops.tools.imports.table_format import detect_format
from odoo.addons.callcenter_ops.tools.imports.table_reader import open_table
from openpyxl import load_workbook

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


def _read_all(path):
    """Read a table and nothing else; how many rows it has."""
    with open_table(str(path), detect_format(str(path))) as table:
        return sum(1 for _row in table.iter_rows())


def _read_by_openpyxl(path):
    book = load_workbook(path, read_only=True, data_only=True)
    return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))


def _reading_rate(read):
    with tempfile.TemporaryDirectory() as folder:
        write_samples(folder, ROWS, 1)
        start = time.perf_counter()
        count = read(Path(folder, "clients.xlsx"))
        return count / (time.perf_counter() - start)


@bench("reading a workbook by openpyxl", unit="rows/s")
def read_by_openpyxl(context):
    return _reading_rate(_read_by_openpyxl)


@bench("reading a workbook", unit="rows/s", reference="reading a workbook by openpyxl")
def read_workbook(context):
    return _reading_rate(_read_all)


@bench("memory of reading a CSV of 2 000 000 rows", unit="MB more than before")
def read_large_csv(context):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.csv")
        with path.open("w") as stream:
            stream.write("Имя;Телефон;Город\n")
            for number in range(2_000_000):
                stream.write(f"Клиент {number};8343{number:07};Пермь\n")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _read_all(path)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


@bench("first look at a workbook of 100 000 rows", unit="s")
def look_at_workbook(context):
    with tempfile.TemporaryDirectory() as folder, context.env() as env:
        write_samples(folder, 100_000, 1)
        path = Path(folder, "clients.xlsx")
        vals = {"kind": "clients", "filename": path.name}
        vals["file"] = base64.b64encode(path.read_bytes())
        record = env["callcenter.data.import"].create(vals)
        start = time.perf_counter()
        with record._open_table() as (table, table_format):
            record._map_columns(table, table_format)
        return time.perf_counter() - start


@bench("res.partner.create in batches of 1 000", unit="rows/s")
def create_partners(context):
    with context.env() as env:
        vals = [
            {
                "name": f"Client {number}",
                "phone": f"+7 343 {number:07}",
                "city": "Пермь",
                "country_id": env.ref("base.ru").id,
            }
            for number in range(ROWS)
        ]
        start = time.perf_counter()
        for first in range(0, ROWS, 1000):
            env["res.partner"].create(vals[first : first + 1000])
            env.flush_all()
            env.invalidate_all()
        return ROWS / (time.perf_counter() - start)


@bench(
    "import of 50 000 clients beside create",
    unit="rows/s",
    reference="res.partner.create in batches of 1 000",
)
def import_beside_create(context):
    return _rate(context, "clients.csv")

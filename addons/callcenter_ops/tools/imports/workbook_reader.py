"""Sheets and rows of a workbook: XLSX, XLS or ODS, read by a process of its own."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from .archive_limits import measure_archive
from .number_text import NumberText
from .table_error import TableError

_PROCESS = str(Path(__file__).with_name("workbook_process.py"))
# A spreadsheet program keeps no more rows.
MAX_ROWS = 1 << 20
MAX_CELLS = 30_000_000
# Bytes of memory that reading may take: the more, the more there is to read. A small
# file that asks for much has a cell in a far corner.
_MEMORY, _MEMORY_A_BYTE, _MOST_MEMORY = 256 << 20, 60, 2 << 30


class WorkbookReader:
    """One sheet of a workbook, read once from its top.

    ``sheets``, ``hidden`` (names), ``sheet`` (the chosen one) and ``row_count`` are
    known from the beginning; ``peak``, the most kB that reading took, at the end.
    """

    def __init__(self, process):
        self._process = process
        head = self._read()
        self.sheets = head["sheets"]
        self.hidden = head["hidden"]
        self.sheet = head["sheet"]
        self.row_count = head["rows"]
        self.peak = 0

    def iter_rows(self):
        """``(row number, list of texts)`` of the rows that are not empty.

        :raises TableError: too_many_rows, too_many_cells, too_large, damaged_archive
        """
        while True:
            value = self._read()
            if isinstance(value, dict):
                self.peak = value["peak"]
                return
            for line, cells in value:
                yield line, [_as_cell(cell) for cell in cells]

    def _read(self):
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise TableError(_why_ended(self._process.wait()))
        value = json.loads(line)
        if isinstance(value, dict) and "error" in value:
            raise TableError(value.pop("error"), **value)
        return value


@contextmanager
def open_workbook(path, kind, sheet=""):
    """``WorkbookReader`` of a sheet, by default the first that is shown and has rows.

    :param kind: xlsx, xls or ods
    :raises TableError: archive_bomb, damaged_archive, locked, no_sheet, too_large
    """
    size = os.path.getsize(path) if kind == "xls" else measure_archive(path)
    memory = min(_MEMORY + _MEMORY_A_BYTE * size, _MOST_MEMORY)
    arguments = [str(memory), path, kind, sheet, str(MAX_ROWS), str(MAX_CELLS)]
    process = subprocess.Popen(
        [sys.executable, "-I", _PROCESS, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"},
    )
    try:
        yield WorkbookReader(process)
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def _as_cell(cell):
    return cell if isinstance(cell, str) else NumberText(cell[0])


def _why_ended(status):
    """The fault behind a process that ended before it had told everything."""
    # Rust aborts where memory is refused; the kernel kills.
    if status in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV):
        return "too_large"
    return "too_slow" if status == -signal.SIGXCPU else "damaged_archive"

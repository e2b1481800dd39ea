"""Rows of an uploaded table, one after another: memory does not grow with it."""

import csv
import os
from contextlib import closing
from dataclasses import dataclass

from .table_format import TableError
from .xlsx_stream import estimate_xlsx_rows, measure_xlsx, read_xlsx_rows

MAX_COLUMNS = 200
# A record of a table is some lines of text; more is a file that never ends one.
MAX_RECORD = 4 << 20
# Bytes that are read while somebody waits: a second or two.
_AT_ONCE = {"xlsx": 1 << 20, "csv": 4 << 20}


@dataclass(frozen=True)
class TableRow:
    """``line`` is the line of the file (the row of the sheet), counted from 1."""

    line: int
    cells: tuple


def is_quick(path, table_format):
    """Whether the file is read so fast that a person may wait for it.

    :raises TableError: damaged_archive
    """
    is_xlsx = table_format.kind == "xlsx"
    size = measure_xlsx(path) if is_xlsx else os.path.getsize(path)
    return size <= _AT_ONCE[table_format.kind]


def estimate_rows(path, table_format, sheet=""):
    """About how many rows a large file has; its last row tells it exactly.

    :raises TableError: damaged_archive, archive_bomb, no_sheet
    """
    if table_format.kind == "xlsx":
        return estimate_xlsx_rows(path, sheet)
    with open(path, "rb") as stream:
        return sum(
            chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b"")
        )


def iter_rows(path, table_format, sheet=""):
    """All rows that have a filled cell.

    :raises TableError: while iterating, where the file cannot be read further
    """
    if table_format.kind == "xlsx":
        rows = read_xlsx_rows(path, sheet)
    else:
        rows = _read_csv_rows(path, table_format)
    with closing(rows):
        for line, cells in rows:
            if len(cells) > MAX_COLUMNS:
                raise TableError("too_many_columns", line=line, limit=MAX_COLUMNS)
            if any(cell.strip() for cell in cells):
                yield TableRow(line, tuple(cells))


def _read_csv_rows(path, table_format):
    """``(line, cells)``; a character that cannot be decoded becomes U+FFFD."""
    with open(
        path, encoding=table_format.encoding, errors="replace", newline=""
    ) as stream:
        lines = _Lines(stream)
        reader = csv.reader(lines, delimiter=table_format.delimiter, strict=True)
        line = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise TableError("broken_quotes", line=line) from error
            yield line, cells
            lines.length = 0
            line = reader.line_num + 1


class _Lines:
    """The lines of a text without NUL bytes, which would stop the reader.

    ``length`` is that of the record so far, the caller starts it anew.
    """

    def __init__(self, stream):
        self._stream = stream
        self.length = 0

    def __iter__(self):
        return self

    def __next__(self):
        line = next(self._stream)
        self.length += len(line)
        if self.length > MAX_RECORD:
            raise TableError("too_long", limit=MAX_RECORD)
        return line.replace("\x00", "\ufffd")

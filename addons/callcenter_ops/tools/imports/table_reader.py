"""Rows of an uploaded table, one after another: memory does not grow with it."""

import csv
import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from .archive_limits import measure_archive
from .table_error import TableError
from .table_format import detect_format
from .workbook_reader import open_workbook

MAX_COLUMNS = 200
# A record of a table is some lines of text; more is a file that never ends one.
MAX_RECORD = 4 << 20
# Bytes that are read while somebody waits: a second or two.
_AT_ONCE = {"xlsx": 4 << 20, "ods": 4 << 20, "xls": 4 << 20, "csv": 4 << 20}
# How programs that take every number for a broken one write a long number.
_FLOAT_TAIL = re.compile(r"\s*(\d{5,})\.0+\s*")


@dataclass(frozen=True)
class TableRow:
    """``line`` is the line of the file (the row of the sheet), counted from 1."""

    line: int
    cells: tuple


class Table:
    """An open table: its format, and of a workbook its sheets.

    ``row_count`` is that of a workbook's sheet, 0 where it is not known; ``peak`` the
    most kB that a workbook took, known when all rows were read.
    """

    def __init__(self, table_format, rows, book=None):
        self.format = table_format
        self._rows = rows
        self._book = book
        self.sheets = book.sheets if book else []
        self.hidden = book.hidden if book else []
        self.sheet = book.sheet if book else ""
        self.row_count = book.row_count if book else 0

    @property
    def peak(self):
        return self._book.peak if self._book else 0

    def iter_rows(self):
        """``TableRow`` of all rows that have a filled cell.

        :raises TableError: where the file cannot be read further
        """
        for line, cells in self._rows:
            cells = _drop_empty_tail(cells)
            if len(cells) > MAX_COLUMNS:
                raise TableError("too_many_columns", line=line, limit=MAX_COLUMNS)
            if cells:
                yield TableRow(line, tuple(cells))


@contextmanager
def open_table(path, table_format, sheet=""):
    """The ``Table`` at ``path``; of a workbook the named sheet, else the first filled.

    :raises TableError: where it cannot be opened
    """
    if not table_format.is_workbook:
        yield Table(table_format, _read_csv_rows(path, table_format))
        return
    with open_workbook(path, table_format.kind, sheet) as book:
        yield Table(table_format, book.iter_rows(), book)


def read_content(content, max_unpacked, max_rows):
    """All rows of a small table, whatever its format.

    :param content: bytes of the file
    :param max_unpacked: bytes that it may unpack to
    :return: list of ``TableRow``
    :raises TableError: among others ``too_large`` and ``too_many_rows``
    """
    with tempfile.NamedTemporaryFile() as stream:
        stream.write(content)
        stream.flush()
        table_format = detect_format(stream.name)
        if measure(stream.name, table_format) > max_unpacked:
            raise TableError("too_large")
        with open_table(stream.name, table_format) as table:
            rows = list(islice(table.iter_rows(), max_rows + 1))
    if len(rows) > max_rows:
        raise TableError("too_many_rows", limit=max_rows)
    return rows


def measure(path, table_format):
    """Bytes that reading the file means to parse: of an archive, unpacked.

    :raises TableError: damaged_archive, archive_bomb
    """
    if table_format.kind in ("xlsx", "ods"):
        return measure_archive(path)
    return os.path.getsize(path)


def is_quick(path, table_format):
    """Whether the file is read so fast that a person may wait for it.

    :raises TableError: damaged_archive
    """
    return measure(path, table_format) <= _AT_ONCE[table_format.kind]


def count_lines(path):
    """Lines of a text: about how many rows it has."""
    with open(path, "rb") as stream:
        return sum(
            chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b"")
        )


def _drop_empty_tail(cells):
    """Without the empty cells at the end: borders, not values, put them there."""
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return cells[:width]


def _read_csv_rows(path, table_format):
    """``(line, cells)``; a character that cannot be decoded becomes U+FFFD."""
    with open(
        path, encoding=table_format.encoding, errors="replace", newline=""
    ) as stream:
        lines = _Lines(stream)
        reader = csv.reader(lines, delimiter=table_format.delimiter, strict=True)
        line = 1
        if table_format.is_delimiter_named:
            next(lines)
            line = 2
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise TableError("broken_quotes", line=line) from error
            yield line, [_drop_float_tail(cell) for cell in cells]
            lines.length = 0
            line = reader.line_num + 1 + table_format.is_delimiter_named


def _drop_float_tail(cell):
    match = ".0" in cell and _FLOAT_TAIL.fullmatch(cell)
    return match[1] if match else cell


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
        try:
            line = next(self._stream)
        except UnicodeError as error:
            raise TableError("bad_encoding", encoding=self._stream.encoding) from error
        self.length += len(line)
        if self.length > MAX_RECORD:
            raise TableError("too_long", limit=MAX_RECORD)
        return line.replace("\x00", "\ufffd")

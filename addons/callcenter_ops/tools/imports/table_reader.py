"""Rows of an uploaded table, one after another: memory does not grow with it."""

import csv
import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from .archive_limits import measure_archive
from .loose_quotes import split_loosely
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
    """``line`` is the line of the file (the row of the sheet), counted from 1.

    ``fault``: the code of what is wrong with the line as a whole.
    """

    line: int
    cells: tuple
    fault: str = ""


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
        for line, cells, *fault in self._rows:
            cells = _drop_empty_tail(cells)
            if len(cells) > MAX_COLUMNS:
                raise TableError("too_many_columns", line=line, limit=MAX_COLUMNS)
            if cells:
                yield TableRow(line, tuple(cells), *fault)


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
    for row in rows:
        if row.fault:
            raise TableError(row.fault, line=row.line)
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
    """``(line, cells)``; a character that cannot be decoded becomes U+FFFD.

    Of a line that opens a quotation mark and never closes it, its fault as well.
    """
    with open(
        path, encoding=table_format.encoding, errors="replace", newline=""
    ) as stream:
        lines = _Lines(stream)
        reader = csv.reader(lines, delimiter=table_format.delimiter, strict=True)
        if table_format.is_delimiter_named:
            next(lines)
        while True:
            line = lines.begin_record()
            fault = ()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                text = lines.give_back()
                cells = split_loosely(text, table_format.delimiter)
                fault = () if cells else ("broken_quotes",)
                cells = cells or text.split(table_format.delimiter)
            yield line, [_drop_float_tail(cell) for cell in cells], *fault


def _drop_float_tail(cell):
    match = ".0" in cell and _FLOAT_TAIL.fullmatch(cell)
    return match[1] if match else cell


class _Lines:
    """The lines of a text without NUL bytes, which would stop the reader.

    Those that a record has taken by a mark that was never closed can be given back.
    """

    def __init__(self, stream):
        self._stream = stream
        self._given_back = []
        self._record = []
        self._length = 0
        self._count = 0

    def begin_record(self):
        """The number of the line that comes next."""
        self._record, self._length = [], 0
        return self._count + 1

    def give_back(self):
        """All lines of the record but the first, which is returned, come again."""
        first, *others = self._record
        self._given_back += reversed(others)
        self._count -= len(others)
        return first

    def __iter__(self):
        return self

    def __next__(self):
        line = self._given_back.pop() if self._given_back else self._read()
        self._record.append(line)
        self._length += len(line)
        self._count += 1
        if self._length > MAX_RECORD:
            raise TableError("too_long", limit=MAX_RECORD)
        return line

    def _read(self):
        try:
            return next(self._stream).replace("\x00", "\ufffd")
        except UnicodeError as error:
            raise TableError("bad_encoding", encoding=self._stream.encoding) from error

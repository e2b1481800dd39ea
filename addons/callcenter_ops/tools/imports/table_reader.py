"""Rows of an uploaded table, one after another: memory does not grow with it."""

import csv
from contextlib import closing
from dataclasses import dataclass

from .table_format import TableError
from .xlsx_stream import read_xlsx_rows

MAX_COLUMNS = 200


@dataclass(frozen=True)
class TableRow:
    """``line`` is the line of the file (the row of the sheet), counted from 1."""

    line: int
    cells: tuple


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
        reader = csv.reader(
            _without_zeros(stream), delimiter=table_format.delimiter, strict=True
        )
        line = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise TableError("broken_quotes", line=line) from error
            yield line, cells
            line = reader.line_num + 1


def _without_zeros(stream):
    """NUL bytes would stop the reader at a line that is otherwise readable."""
    return (line.replace("\x00", "\ufffd") for line in stream)

"""What an uploaded table is: text or workbook, its encoding and delimiter."""

import codecs
import csv
import io
import mmap
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from .archive_limits import list_parts
from .encoding_guess import guess_encoding
from .table_error import TableError

_SAMPLE_BYTES = 1 << 16
_SAMPLE_ROWS = 50
_DELIMITERS = (";", "\t", ",", "|")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")
# How a spreadsheet program names the delimiter in the first line.
_NAMED_DELIMITER = re.compile(r"^\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)


@dataclass(frozen=True)
class TableFormat:
    """``kind`` is csv, or what a workbook is: xlsx, xls or ods.

    ``is_delimiter_named``: the first line of the file names its delimiter.
    """

    kind: str
    encoding: str = ""
    delimiter: str = ""
    is_delimiter_named: bool = False

    @property
    def is_workbook(self):
        return self.kind != "csv"


def detect_format(path, encoding="", delimiter=""):
    """The format of the file at ``path``; what the caller states is not guessed.

    :raises TableError: empty, locked, not_a_table, damaged_archive, archive_bomb,
        bad_encoding
    """
    with open(path, "rb") as stream:
        head = stream.read(_SAMPLE_BYTES)
    if not head.strip():
        raise TableError("empty")
    if head.startswith(_OLD_OFFICE):
        return _detect_old_office(path)
    if head.startswith(b"PK\x03\x04"):
        return _detect_archive(path)
    encoding = encoding or guess_encoding(path, head)
    if not encoding:
        raise TableError("not_a_table")
    return _detect_text(_decode_sample(head, encoding), encoding, delimiter)


def _detect_old_office(path):
    """A workbook of Excel 97, or one of today that a password locks."""
    with (
        open(path, "rb") as stream,
        mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        if content.find(_LOCKED) >= 0:
            raise TableError("locked")
    return TableFormat("xls")


def _detect_archive(path):
    parts = list_parts(path)
    if "xl/workbook.xml" in parts or "xl/workbook.bin" in parts:
        return TableFormat("xlsx")
    if "content.xml" in parts:
        return TableFormat("ods")
    raise TableError("not_a_table")


def _detect_text(text, encoding, delimiter):
    named = _NAMED_DELIMITER.match(text)
    if not delimiter:
        delimiter = named[1] if named else _detect_delimiter(text)
    return TableFormat("csv", encoding, delimiter, bool(named))


def _decode_sample(head, encoding):
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    try:
        text = decoder.decode(head)
    except UnicodeError as error:
        raise TableError("bad_encoding", encoding=encoding) from error
    if text.count("\ufffd") > len(text) // 4:
        raise TableError("bad_encoding", encoding=encoding)
    if len(_CONTROL.findall(text)) > len(text) // 50:
        raise TableError("not_a_table")
    return text


def _detect_delimiter(text):
    """The delimiter that cuts most rows of the sample into equally many cells."""
    return max(_DELIMITERS, key=lambda mark: _agreement(text, mark))


def _agreement(text, delimiter):
    lines = io.StringIO(text, newline="")
    try:
        rows = list(islice(csv.reader(lines, delimiter=delimiter), _SAMPLE_ROWS))
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in rows if row)
    width, votes = widths.most_common(1)[0] if widths else (1, 0)
    return votes * min(width, 20) if width > 1 else 0

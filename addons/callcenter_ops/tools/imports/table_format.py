"""What an uploaded table is: CSV or XLSX, its encoding, delimiter and header."""

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from itertools import islice

_SAMPLE_BYTES = 1 << 16
_SAMPLE_ROWS = 50
_DELIMITERS = (";", "\t", ",", "|")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")
_STRAY = re.compile(rb"[\x80-\xff]")
# So many good two-byte letters for one bad byte say: UTF-8 with a damaged line.
_DAMAGE_RATIO = 20


class TableError(ValueError):
    """The file as a whole cannot be read; ``code`` and ``values`` say why."""

    def __init__(self, code, **values):
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values


@dataclass(frozen=True)
class TableFormat:
    kind: str
    encoding: str = ""
    delimiter: str = ""


def detect_format(path, encoding="", delimiter=""):
    """The format of the file at ``path``; what the caller states is not guessed.

    :raises TableError: empty, old_excel, not_a_table, bad_encoding
    """
    with open(path, "rb") as stream:
        head = stream.read(_SAMPLE_BYTES)
    if not head.strip():
        raise TableError("empty")
    if head.startswith(_OLD_EXCEL):
        raise TableError("old_excel")
    if head.startswith(b"PK\x03\x04"):
        return _detect_archive(path)
    encoding = encoding or _detect_encoding(path, head)
    text = _decode_sample(head, encoding)
    return TableFormat("csv", encoding, delimiter or _detect_delimiter(text))


def _detect_archive(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise TableError("damaged_archive") from error
    if "xl/workbook.xml" not in names:
        raise TableError("not_a_table")
    return TableFormat("xlsx")


def _detect_encoding(path, head):
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if b"\x00" in head:
        return _detect_bare_utf16(head)
    good, bad = _count_utf8(path)
    if not bad or good > bad * _DAMAGE_RATIO:
        return "utf-8"
    return "cp1251"


def _detect_bare_utf16(head):
    """UTF-16 without its mark: every other byte of plain text is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        raise TableError("not_a_table")
    return "utf-16-be" if even > odd else "utf-16-le"


def _count_utf8(path):
    """``(letters, stray bytes)`` of the whole file read as UTF-8, by chunks."""
    good = bad = 0
    with open(path, "rb") as stream:
        for line in iter(lambda: stream.readline(_SAMPLE_BYTES), b""):
            if line.isascii():
                continue
            good += len(_MULTIBYTE.findall(line))
            bad += len(_STRAY.findall(_MULTIBYTE.sub(b"", line)))
    return good, bad


def _decode_sample(head, encoding):
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    text = decoder.decode(head)
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

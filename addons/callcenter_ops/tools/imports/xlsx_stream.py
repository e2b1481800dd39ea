"""Rows of an XLSX sheet in constant memory, with archive bombs refused.

The cells are understood by openpyxl. Its own read-only mode keeps every text of the
workbook in memory; here the texts lie in a temporary file.
"""

import functools
import struct
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from .table_format import TableError

_STRING_TAG = f"{{{SHEET_MAIN_NS}}}si"
_DATA_TAG = f"{{{SHEET_MAIN_NS}}}sheetData"
# An honest sheet of a million rows unpacks to less; parts that are parsed as one
# tree (styles, workbook) are small in honest files.
MAX_UNPACKED = 2 << 30
MAX_TREE_PART = 8 << 20
MAX_RATIO = 150
MIN_BOMB = 16 << 20
# A spreadsheet program keeps no more rows; a row of its most columns, a few elements
# a cell, has no more elements.
MAX_ROWS = 1 << 20
MAX_CELLS = 30_000_000
MAX_ROW_ELEMENTS = 4 * 16384
_CHUNK = 1 << 20
_STREAMED = ("xl/worksheets/", "xl/sharedStrings")
_DAMAGE = (
    ParseError,
    DefusedXmlException,
    zipfile.BadZipFile,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
)


class DiskStrings:
    """A sequence of texts kept in two temporary files."""

    def __init__(self):
        self._texts = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        self._offsets = tempfile.TemporaryFile()  # noqa: SIM115
        self._end = 0
        self._get = functools.lru_cache(maxsize=4096)(self._read)

    def append(self, text):
        data = text.encode("utf-8", "replace")
        self._offsets.write(struct.pack("<QI", self._end, len(data)))
        self._texts.write(data)
        self._end += len(data)

    def __getitem__(self, index):
        return self._get(index)

    def _read(self, index):
        self._offsets.seek(index * 12)
        entry = self._offsets.read(12)
        if index < 0 or len(entry) < 12:
            raise TableError("damaged_archive")
        start, length = struct.unpack("<QI", entry)
        self._texts.seek(start)
        return self._texts.read(length).decode()

    def close(self):
        self._texts.close()
        self._offsets.close()


class _StreamReader(ExcelReader):
    """openpyxl's reader of a package, the shared texts kept on disk."""

    def __init__(self, stream):
        super().__init__(stream, read_only=True, data_only=True, keep_links=False)
        self.shared_strings = DiskStrings()

    def open_package(self):
        self.read_manifest()
        self.read_workbook()
        apply_stylesheet(self.archive, self.wb)
        self.read_strings()

    def read_strings(self):
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for text in _iter_strings(source):
                self.shared_strings.append(text)

    def get_sheet_path(self, name):
        sheets = [
            (sheet.name, relation.target)
            for sheet, relation in self.parser.find_sheets()
            if "chartsheet" not in relation.Type
        ]
        for title, target in sheets:
            if not name or title == name:
                return target
        raise TableError("no_sheet", name=name)

    def get_parser(self, source):
        return WorkSheetParser(
            source,
            self.shared_strings,
            data_only=True,
            epoch=self.wb.epoch,
            date_formats=self.wb._date_formats,
            timedelta_formats=self.wb._timedelta_formats,
        )


def read_xlsx_rows(path, sheet=""):
    """``(row number, cells as texts)`` of a sheet, the first one by default.

    :raises TableError: damaged_archive, archive_bomb, no_sheet
    """
    with _open_reader(path) as reader, _telling_damage():
        reader.open_package()
        target = reader.get_sheet_path(sheet)
        with reader.archive.open(target) as source:
            yield from _iter_sheet(reader.get_parser(source))


def estimate_xlsx_rows(path, sheet=""):
    """About how many rows a sheet has, without understanding any.

    :raises TableError: damaged_archive, archive_bomb, no_sheet
    """
    with _open_reader(path) as reader, _telling_damage():
        reader.read_manifest()
        reader.read_workbook()
        with reader.archive.open(reader.get_sheet_path(sheet)) as source:
            return sum(
                chunk.count(b"</row>")
                for chunk in iter(lambda: source.read(_CHUNK), b"")
            )


@contextmanager
def _telling_damage():
    """Whatever the readers of a damaged archive raise, as one fault."""
    try:
        yield
    except TableError:
        raise
    except _DAMAGE as error:
        raise TableError("damaged_archive") from error


@contextmanager
def _open_reader(path):
    """The reader of a checked archive, its files closed at the end."""
    _list_parts(path)
    with open(path, "rb") as stream:
        try:
            reader = _StreamReader(stream)
        except (zipfile.BadZipFile, OSError) as error:
            raise TableError("damaged_archive") from error
        try:
            yield reader
        finally:
            reader.shared_strings.close()
            reader.archive.close()


def measure_xlsx(path):
    """Bytes that reading the file means to unpack and parse.

    :raises TableError: damaged_archive, archive_bomb
    """
    parts = _list_parts(path)
    return sum(part.file_size for part in parts if "/media/" not in part.filename)


def _list_parts(path):
    """The parts of an archive that is no bomb.

    The sizes it states are the most that is ever unpacked from it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise TableError("damaged_archive") from error
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise TableError("archive_bomb")
    for part in parts:
        streamed = part.filename.startswith(_STREAMED)
        if not streamed and part.file_size > MAX_TREE_PART:
            raise TableError("archive_bomb")
        if part.file_size > max(MIN_BOMB, part.compress_size * MAX_RATIO):
            raise TableError("archive_bomb")
    return parts


def _iter_strings(source):
    """Texts of the shared table; what was read is dropped from the tree at once."""
    root, count = None, 0
    for event, node in iterparse(source, events=("start", "end")):
        if root is None:
            root = node
        if event == "end" and node.tag == _STRING_TAG:
            count += 1
            _check_size(0, count)
            yield Text.from_tree(node).content.replace("x005F_", "")
            root.clear()


def _iter_sheet(parser):
    data, elements, rows, cells = None, 0, 0, 0
    for event, node in iterparse(parser.source, events=("start", "end")):
        if event == "start":
            data = node if node.tag == _DATA_TAG else data
            elements += 1
            if elements > MAX_ROW_ELEMENTS:
                raise TableError("archive_bomb")
        elif node.tag == ROW_TAG:
            rows, cells, elements = rows + 1, cells + len(node), 0
            _check_size(rows, cells)
            yield _read_row(parser, node)
            data.clear()
            parser.row_dimensions.clear()
        elif node is data:
            return  # what follows the rows is drawing


def _check_size(rows, cells):
    if rows > MAX_ROWS:
        raise TableError("too_many_rows", limit=MAX_ROWS)
    if cells > MAX_CELLS:
        raise TableError("too_many_cells", limit=MAX_CELLS)


def _read_row(parser, node):
    if not any(map(len, node)):
        # A row of formats and no value: as quick as there may be a million of them.
        parser.row_counter = int(node.get("r") or parser.row_counter + 1)
        return parser.row_counter, []
    line, cells = parser.parse_row(node)
    width = max((cell["column"] for cell in cells), default=0)
    texts = [""] * width
    for cell in cells:
        texts[cell["column"] - 1] = _as_text(cell["value"])
    return line, texts


def _as_text(value):
    """A cell as a person reads it: no ``.0``, no time at midnight."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, (date, datetime)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
    return str(value)

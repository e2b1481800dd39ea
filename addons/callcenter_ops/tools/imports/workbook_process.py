"""Reads one sheet of a workbook; run as a process of its own, with limits.

    python -I workbook_process.py MEMORY PATH KIND SHEET MAX_ROWS MAX_CELLS

A workbook is held in memory while it is read: what it takes is given back with the
process, and a workbook that asks for too much ends the process alone. Written to
stdout, a JSON value a line: what the sheet is (``sheets``, ``sheet``, ``rows``), then
lists of ``[row number, cells]`` of the rows that are not empty, then ``peak`` in kB;
or ``error`` with its values. A text is a string; a number is a list of its text; an
error such as ``#REF!`` comes as its text.
"""

import json
import posixpath
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

import defusedxml.ElementTree
import python_calamine

_CPU_SECONDS = 120
_CHUNK = 1 << 20
_ERROR_CELL = (b't="e"', b"t='e'")
_RELATION = re.compile(r"\{.*\}id$")
_LETTERS = re.compile("[A-Z]+")
# What a spreadsheet shows of a number; the digits after are noise of the binary form.
_DIGITS = ".15g"
_HEAD = 4096
_MAX_MERGE = 10_000
_ROWS_AT_ONCE = 200
_DAMAGE = (
    python_calamine.CalamineError,
    expat.ExpatError,
    defusedxml.common.DefusedXmlException,
    zipfile.BadZipFile,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    SyntaxError,
    zipfile.zlib.error,
)


class _Refusal(Exception):
    """The sheet cannot be read; ``values`` has its code and what belongs to it."""

    def __init__(self, error, **values):
        super().__init__(error)
        self.values = {"error": error, **values}


def main(path, kind, name, max_rows, max_cells):
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            _write_sheet(path, kind, book, name, (int(max_rows), int(max_cells)))
    except _Refusal as refusal:
        _write(refusal.values)
    except python_calamine.PasswordError:
        _write({"error": "locked"})
    except MemoryError:
        _write({"error": "too_large"})
    except _DAMAGE:
        _write({"error": "damaged_archive"})


def _write_sheet(path, kind, book, name, limits):
    errors = {}
    if kind == "xlsx":
        # Before the sheet itself is read: it tells how large that would be.
        _check_sheets(path, limits)
    sheet = _choose_sheet(book, name)
    if sheet and kind in _ERROR_FINDERS:
        errors = _ERROR_FINDERS[kind](path, sheet.name)
    _write(
        {
            "sheets": [one.name for one in book.sheets_metadata if _is_table(one)],
            "hidden": [one.name for one in book.sheets_metadata if not _is_shown(one)],
            "sheet": sheet.name if sheet else "",
            "rows": sheet.end[0] + 1 if sheet and sheet.end else 0,
        }
    )
    if sheet:
        _write_rows(sheet, errors, *limits)
    _write({"peak": _get_peak()})


def _get_peak():
    """The most kB that this process took; what it was started from does not count."""
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\s*(\d+)", status.read())[1])


def _write(value):
    sys.stdout.write(json.dumps(value))
    sys.stdout.write("\n")


# -- which sheet


def _is_table(sheet):
    return sheet.typ == python_calamine.SheetTypeEnum.WorkSheet


def _is_shown(sheet):
    return sheet.visible == python_calamine.SheetVisibleEnum.Visible


def _choose_sheet(book, name):
    """The sheet by its name, else the first that is shown and has rows."""
    if name:
        if name not in book.sheet_names:
            raise _Refusal("no_sheet", name=name)
        return book.get_sheet_by_name(name)
    for one in book.sheets_metadata:
        if _is_table(one) and _is_shown(one):
            sheet = book.get_sheet_by_name(one.name)
            if sheet.height:
                return sheet
    return None


# -- rows


def _write_rows(sheet, errors, max_rows, max_cells):
    batch = []
    cells = 0
    for number, texts in _iter_rows(sheet, errors):
        cells += len(texts)
        if number > max_rows:
            raise _Refusal("too_many_rows", limit=max_rows)
        if cells > max_cells:
            raise _Refusal("too_many_cells", limit=max_cells)
        if any(texts):
            batch.append([number, texts])
        if len(batch) == _ROWS_AT_ONCE:
            _write(batch)
            batch = []
    _write(batch)


def _iter_rows(sheet, errors):
    """``(row number, texts)``, the cells with an error and the merged ones filled."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    merged = _get_vertical_merges(sheet)
    kept = {}
    last = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = left + [_as_text(value) for value in row]
        _put_errors(texts, errors.pop(number, {}))
        _fill_merged(texts, merged.get(number, ()), kept)
        yield number, texts
        last = number
    for number in sorted(row for row in errors if row > last):
        texts = []
        _put_errors(texts, errors[number])
        yield number, texts


def _put_errors(texts, found):
    for column, text in found.items():
        texts += [""] * (column + 1 - len(texts))
        texts[column] = text


def _as_text(value):
    """A cell as a person reads it: no ``.0``, no time at midnight."""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int)):
        return [str(int(value))]
    if isinstance(value, float):
        return [_as_number(value)]
    if isinstance(value, datetime):
        return _as_moment(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)


def _as_number(value):
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, _DIGITS)


def _as_moment(value):
    if value.time() == time.min:
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="seconds")


def _get_vertical_merges(sheet):
    """``{row: [(column, first row)]}`` of cells merged down one column."""
    found = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and bottom - top < _MAX_MERGE:
            for row in range(top, bottom + 1):
                found.setdefault(row + 1, []).append((left, top + 1))
    return found


def _fill_merged(texts, merges, kept):
    """What stands in a cell that is merged over several rows stands in each."""
    for column, first in merges:
        if column < len(texts):
            if texts[column]:
                kept[column, first] = texts[column]
            texts[column] = kept.get((column, first), "")


# -- cells with an error, which the reader gives as empty


def _check_sheets(path, limits):
    """Refuse a document type in a part: honest workbooks have none."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.lower().endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    if b"<!DOCTYPE" in part.read(_HEAD):
                        raise _Refusal("damaged_archive")


def _find_xlsx_errors(path, name):
    """``{row: {column: text}}`` by one pass over the sheet's XML."""
    with zipfile.ZipFile(path) as archive:
        parts = {_plain(part): part for part in archive.namelist()}
        part = parts.get(_find_part(archive, parts, name))
        if part is None or not _has_errors(archive, part):
            return {}
        scan = _ErrorScan()
        with archive.open(part) as source:
            return scan.read(source)


def _plain(name):
    return name.replace("\\", "/").lower().lstrip("/")


def _find_part(archive, parts, name):
    """The part that holds a sheet, by the book's own list of sheets."""
    if "xl/workbook.xml" not in parts:
        return None
    book = defusedxml.ElementTree.fromstring(archive.read(parts["xl/workbook.xml"]))
    links = parts.get("xl/_rels/workbook.xml.rels")
    links = defusedxml.ElementTree.fromstring(archive.read(links))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == name:
            for attribute, value in sheet.attrib.items():
                if _RELATION.match(attribute):
                    target = targets.get(value, "").replace("\\", "/")
                    return _plain(posixpath.normpath(posixpath.join("/xl", target)))
    return None


def _has_errors(archive, part):
    """Whether it is worth while to understand the part."""
    tail = b""
    with archive.open(part) as source:
        for chunk in iter(lambda: source.read(_CHUNK), b""):
            chunk = tail + chunk
            if any(mark in chunk for mark in _ERROR_CELL):
                return True
            tail = chunk[-8:]
    return False


class _ErrorScan:
    """Where the cells with an error stand; cells and rows may lack their numbers."""

    def __init__(self):
        self.errors = {}
        self.row = self.column = 0
        self.is_error = self.is_value = False
        self.text = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.add
        self.parser.EntityDeclHandler = self.refuse

    def read(self, source):
        for chunk in iter(lambda: source.read(_CHUNK), b""):
            self.parser.Parse(chunk)
        return self.errors

    def start(self, name, attributes):
        name = name.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif name == "c":
            self.column = self._get_column(attributes.get("r"))
            self.is_error = attributes.get("t") == "e"
            self.text = ""
        self.is_value = self.is_error and name == "v"

    def _get_column(self, reference):
        if not reference:
            return self.column + 1
        number = 0
        for letter in _LETTERS.match(reference)[0]:
            number = number * 26 + ord(letter) - 64
        return number

    def add(self, text):
        if self.is_value:
            self.text += text

    def end(self, name):
        if self.is_error and name.rpartition(":")[2] == "c":
            row = self.errors.setdefault(self.row, {})
            row[self.column - 1] = self.text.strip() or "#ERROR!"
            self.is_error = False
        self.is_value = False

    def refuse(self, *_details):
        raise _Refusal("damaged_archive")


def _find_xls_errors(path, name):
    """The same of a workbook of Excel 97."""
    import xlrd

    try:
        with xlrd.open_workbook(path, on_demand=True, logfile=sys.stderr) as book:
            sheet = book.sheet_by_name(name)
            return {
                row + 1: found
                for row in range(sheet.nrows)
                if (found := _get_xls_errors(xlrd, sheet, row))
            }
    except (xlrd.XLRDError, AssertionError, *_DAMAGE):
        # What one reader opens and the other does not is read without names of errors.
        return {}


def _get_xls_errors(xlrd, sheet, row):
    words = xlrd.error_text_from_code
    return {
        column: words.get(cell.value, "#ERROR!")
        for column, cell in enumerate(sheet.row(row))
        if cell.ctype == xlrd.XL_CELL_ERROR
    }


_ERROR_FINDERS = {"xlsx": _find_xlsx_errors, "xls": _find_xls_errors}


def _limit(memory):
    """A workbook that asks for more ends this process and nothing else."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit(int(sys.argv[1]))
    main(*sys.argv[2:])

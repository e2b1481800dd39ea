"""Tables as programs write them, made for tests."""

import io
import zipfile
from pathlib import Path

import xlwt
from openpyxl import Workbook

_FOLDER = Path(__file__).parent / "data"
_STRICT = (
    (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    ),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)
_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="Лист1">{rows}
</table:table></office:spreadsheet></office:body></office:document-content>"""
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/>
</manifest:manifest>"""


def open_case(name):
    """The bytes of a file that a program wrote."""
    return (_FOLDER / f"{name}.xlsx").read_bytes()


def make_xlsx(*sheets, hidden=()):
    """A workbook; a sheet is a list of rows, the names are Лист1, Лист2…"""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Лист{number}")
        for row in rows:
            sheet.append(row)
        if number in hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewrite(content, rename=lambda name: name, change=lambda name, part: part):
    """The archive with its parts renamed and changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(rename(name), change(name, source.read(name)))
    return stream.getvalue()


def make_strict(content):
    """The workbook as Excel saves “Strict Open XML”."""

    def change(_name, part):
        for usual, strict in _STRICT:
            part = part.replace(usual, strict)
        return part

    return rewrite(content, change=change)


def make_backslashes(content):
    """The workbook as some programs of Windows pack it."""
    return rewrite(content, rename=lambda name: name.replace("/", "\\"))


def make_xls(rows, errors=()):
    """A workbook of Excel 97; ``errors`` are ``(row, column, text)``."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Лист1")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    for number, column, text in errors:
        sheet.row(number).set_cell_error(column, text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def make_ods(rows):
    """A sheet of OpenDocument, of texts alone."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", _ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", _MANIFEST % _ODS_TYPE)
        archive.writestr("content.xml", _ODS.format(rows=lines))
    return stream.getvalue()


def make_locked():
    """How a workbook begins that a password locks."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 1016
        + "EncryptionInfo".encode("utf-16-le")
        + b"\0" * 100
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 900
    )

"""A file of questions in any of the formats: read into plain questions, or written."""

from pathlib import Path

from . import aiken, gift, moodle_xml, question_table
from .question_file import LineError, check_count, check_size, decode

_TABLES = (".xlsx", ".xls", ".ods", ".csv")


def read(filename, content, read_rows=None):
    """``(questions, errors)`` of a GIFT, Aiken or Moodle XML file, or of a table.

    :param filename: its ending tells a table; may be empty
    :param content: bytes
    :param read_rows: the reader of tables, see ``question_table.parse_table``
    :return: lists of ``FileQuestion`` and of ``LineError``
    """
    suffix = Path(filename or "").suffix.lower()
    try:
        check_size(content)
        if read_rows and suffix in _TABLES:
            return question_table.parse_table(content, read_rows)
        text = decode(content)
        is_xml = suffix == ".xml" or text.lstrip().startswith("<")
        check_count(text.count("<question" if is_xml else "{"))
    except LineError as error:
        return [], [error]
    except UnicodeDecodeError:
        return [], [LineError(1, "The file is cut off: it is no whole text.")]
    if is_xml:
        return moodle_xml.parse(text)
    return aiken.parse(text) if aiken.is_aiken(text) else gift.parse(text)


def measure(filename, content):
    """Bytes that reading the file means to parse: of a workbook, unpacked."""
    unpacked = question_table.measure(content) if content[:2] == b"PK" else 0
    return max(len(content), unpacked)


def write(questions, file_format):
    """``(file name, content)`` of a list of ``FileQuestion`` as gift, xml or xlsx."""
    if file_format == "xlsx":
        return "questions.xlsx", question_table.dump_xlsx(questions)
    if file_format == "xml":
        return "questions.xml", moodle_xml.dump(questions).encode()
    return "questions.gift", gift.dump(questions).encode()

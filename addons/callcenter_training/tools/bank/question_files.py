"""A file of questions in any of the formats: read into plain questions, or written."""

from pathlib import Path

from . import gift, moodle_xml, question_table
from .question_file import LineError, check_count, check_size, decode


def read(filename, content):
    """``(questions, errors)`` of a GIFT, Moodle XML or XLSX file.

    :param filename: its ending tells a workbook; may be empty
    :param content: bytes
    :return: lists of ``FileQuestion`` and of ``LineError``
    """
    suffix = Path(filename or "").suffix.lower()
    try:
        check_size(content)
        if suffix == ".xlsx":
            return question_table.parse_xlsx(content)
        text = decode(content)
        is_xml = suffix == ".xml" or text.lstrip().startswith("<")
        check_count(text.count("<question" if is_xml else "{"))
    except LineError as error:
        return [], [error]
    except UnicodeDecodeError:
        return [], [LineError(1, "The file is cut off: it is no whole text.")]
    return moodle_xml.parse(text) if is_xml else gift.parse(text)


def measure(filename, content):
    """Bytes that reading the file means to parse: of a workbook, unpacked."""
    if Path(filename or "").suffix.lower() == ".xlsx":
        return question_table.measure(content)
    return len(content)


def write(questions, file_format):
    """``(file name, content)`` of a list of ``FileQuestion`` as gift, xml or xlsx."""
    if file_format == "xlsx":
        return "questions.xlsx", question_table.dump_xlsx(questions)
    if file_format == "xml":
        return "questions.xml", moodle_xml.dump(questions).encode()
    return "questions.gift", gift.dump(questions).encode()

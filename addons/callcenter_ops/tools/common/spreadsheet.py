"""Files for spreadsheets: what people typed stays text and never becomes a formula."""

from xlsxwriter import Workbook

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What a workbook's writer takes for a formula.
_WRITTEN_FORMULA = ("=", "{=")


def open_workbook(stream):
    """A workbook in memory whose cells are as they were given: no text is a formula.

    :param stream: binary stream that receives the file at ``close``
    """
    plain = {"strings_to_formulas": False, "strings_to_urls": False}
    return Workbook(stream, {"in_memory": True, **plain})


def guard_for_spreadsheet(text):
    """``text`` of a CSV file as a spreadsheet shows it, never run as a formula.

    ``clean_text`` of imports takes the guard off again.
    """
    text = str(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def guard_for_workbook(value):
    """A cell that Odoo writes into a workbook; texts alone are changed."""
    is_formula = isinstance(value, str) and value.startswith(_WRITTEN_FORMULA)
    return f"'{value}" if is_formula else value

def describe_table_error(env, error):
    """Why a whole file cannot be read, with what to do about it.

    :param error: ``tools.imports.table_error.TableError``
    """
    return _get_messages(env).get(error.code, error.code) % {
        "line": 0,
        "limit": 0,
        "name": "",
        "encoding": "",
        **error.values,
    }


def _get_messages(env):
    return {
        "empty": env._("The file is empty: choose the one with the data."),
        "locked": env._(
            "The workbook is locked by a password: open it, remove the password and"
            " save it again."
        ),
        "not_a_table": env._("This is no table: give a CSV, XLSX, XLS or ODS file."),
        "damaged_archive": env._(
            "The workbook is damaged: open it in a spreadsheet program and save it"
            " again."
        ),
        "too_large": env._(
            "The workbook takes too much memory: save the sheet as CSV or split it."
        ),
        "too_slow": env._(
            "Reading the workbook takes too long: save the sheet as CSV or split it."
        ),
        "no_header_line": env._("The table has no line %(line)s."),
        "archive_bomb": env._(
            "The file unpacks to far more than an honest table: it is refused."
        ),
        "no_sheet": env._("The workbook has no sheet “%(name)s”."),
        "bad_encoding": env._(
            "The text is not in %(encoding)s: leave the encoding empty or choose"
            " another one."
        ),
        "broken_quotes": env._(
            "The record that starts on line %(line)s opens a quotation mark and"
            " never closes it: correct the line and load the file again."
        ),
        "too_long": env._(
            "A line holds more than %(limit)s characters: this is no table."
        ),
        "too_many_rows": env._("The sheet has more than %(limit)s rows: split it."),
        "too_many_cells": env._("The sheet has more than %(limit)s cells: split it."),
        "too_many_columns": env._(
            "Line %(line)s has more than %(limit)s columns: is the delimiter right?"
        ),
    }

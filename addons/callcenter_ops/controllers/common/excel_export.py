from odoo.addons.web.controllers import export

from ...tools.common.spreadsheet import guard_for_workbook


class ExcelExport(export.ExcelExport):
    """Lists that leave as workbooks: what clients wrote runs on nobody's computer."""

    def from_data(self, fields, columns_headers, rows):
        """Odoo's writer makes a formula of every text that looks like one."""
        return super().from_data(fields, _guard(columns_headers), _guard_rows(rows))

    def from_group_data(self, fields, columns_headers, groups):
        _guard_group(groups)
        return super().from_group_data(fields, _guard(columns_headers), groups)


def _guard_rows(rows):
    return [_guard(row) for row in rows]


def _guard(row):
    return [guard_for_workbook(value) for value in row]


def _guard_group(group):
    """A group's rows and the names of its subgroups, all the way down."""
    group.data = _guard_rows(group.data)
    group.children = {
        _guard_name(name): child for name, child in group.children.items()
    }
    for child in group.children.values():
        _guard_group(child)


def _guard_name(name):
    """Of a link, ``(id, name)``; else the value itself."""
    return (
        tuple(map(guard_for_workbook, name))
        if isinstance(name, tuple)
        else (guard_for_workbook(name))
    )

from odoo.addons.web.controllers import export

from ...tools.common.spreadsheet import guard_for_spreadsheet


class CSVExport(export.CSVExport):
    """Lists that leave as files: what clients wrote runs on nobody's computer."""

    def from_data(self, fields, columns_headers, rows):
        """Odoo guards three of the signs that make a formula, and no heading."""
        headings = [guard_for_spreadsheet(heading) for heading in columns_headers]
        return super().from_data(fields, headings, map(_guard, rows))


def _guard(row):
    return [guard_for_spreadsheet(c) if isinstance(c, str) else c for c in row]

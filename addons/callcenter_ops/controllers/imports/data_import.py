import csv
import io

from odoo.http import Controller, content_disposition, request, route

from ...tools.common.spreadsheet import guard_for_spreadsheet


class DataImportController(Controller):
    """Hands out the report of an import's bad lines."""

    @route(
        "/callcenter/import/<callcenter_id:import_id>/report.csv",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def report(self, import_id):
        """The bad lines as CSV: line, fault, then the cells as they came."""
        record = request.env["callcenter.data.import"].browse(import_id)
        record.check_access("read")
        name = f"{record.filename.rsplit('.', 1)[0]}-report.csv"
        headers = [
            ("Content-Type", "text/csv; charset=utf-8"),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(self._write_report(record), headers)

    def _write_report(self, record):
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, delimiter=";")
        bad_rows = record._get_bad_rows()
        columns = record.column_ids.mapped("header")
        width = max((len(row.cells or ()) for row in bad_rows), default=0)
        # Cells beyond the header get names: the report is a table that can be loaded.
        columns += record._name_columns(width)[len(columns) :]
        line = record.env["callcenter.data.import.row"]._fields["line"]
        label = line._description_string(record.env)
        lines = [[label, record.env._("Fault"), *columns]]
        for row in bad_rows:
            lines.append([row.line, row.message.replace("\n", " "), *(row.cells or [])])
        writer.writerows([map(guard_for_spreadsheet, cells) for cells in lines])
        return stream.getvalue().encode("utf-8-sig")

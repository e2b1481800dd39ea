import csv
import io

from odoo.exceptions import AccessError
from odoo.http import Controller, content_disposition, request, route
from werkzeug.exceptions import NotFound

from ...tools.common.spreadsheet import guard_for_spreadsheet, open_workbook


class DataImportController(Controller):
    """Hands out the report of an import's bad lines, and tables to fill in."""

    @route(
        "/callcenter/import/template/<callcenter_code:name>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def template(self, name):
        """An empty table of a kind, its columns named as its fields are."""
        imports = request.env["callcenter.data.import"]
        if name not in imports._get_kinds():
            raise NotFound()
        if name not in request.env.user._get_importable_kinds():
            raise AccessError(request.env._("You may not import this."))
        kind = imports._get_kinds()[name](imports)
        media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        headers = [
            ("Content-Type", media),
            ("Content-Disposition", content_disposition(f"{name}.xlsx")),
        ]
        return request.make_response(write_template(kind), headers)

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
        columns = record._get_file_columns().mapped("header")
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


def write_template(kind):
    """The bytes of a workbook with the columns of a kind, what is needed in bold.

    Cells are texts: a spreadsheet program rounds no number in them.

    :param kind: ``ImportKind``
    """
    stream = io.BytesIO()
    book = open_workbook(stream)
    sheet = book.add_worksheet()
    as_text = book.add_format({"num_format": "@"})
    needed = {target for choice in kind.required for target in choice}
    labels = kind.get_targets()
    if kind.repeated_words:
        del labels[kind.repeated_words[0]]
    for place, (target, label) in enumerate(labels.items()):
        sheet.set_column(place, place, max(len(label) + 2, 14), as_text)
        look = {"num_format": "@", "bold": target in needed}
        sheet.write_string(0, place, label, book.add_format(look))
    book.close()
    return stream.getvalue()

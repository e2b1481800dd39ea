from odoo.http import Controller, content_disposition, request, route

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReportSheetController(Controller):
    @route(
        "/callcenter_ops/report_sheet/<int:sheet_id>/xlsx", auth="user", readonly=True
    )
    def download_xlsx(self, sheet_id):
        """One sheet as a workbook, for whoever may read it."""
        sheet = request.env["callcenter.report.sheet"].browse(sheet_id)
        sheet.check_access("read")
        return request.make_response(
            sheet._get_xlsx(),
            headers=[
                ("Content-Type", _XLSX),
                ("Content-Disposition", content_disposition(f"{sheet.name}.xlsx")),
            ],
        )

from odoo.http import Controller, content_disposition, request, route

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReportSheetController(Controller):
    @route(
        "/callcenter_ops/report_sheet/<callcenter_id:sheet_id>/xlsx",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download_xlsx(self, sheet_id):
        """One sheet as a workbook, for whoever may read it."""
        sheet = request.env["callcenter.report.sheet"].browse(sheet_id)
        sheet.check_access("read")
        return self._answer(sheet._get_xlsx(), sheet.name)

    @route(
        "/callcenter_ops/report_sheet_period/<callcenter_id:period_id>/xlsx",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download_period_xlsx(self, period_id):
        """A week or month as a workbook, for whoever asked for it."""
        period = request.env["callcenter.report.sheet.period"].browse(period_id)
        period.check_access("read")
        paper = period._get_paper()
        return self._answer(paper.make_xlsx(), paper.get_title())

    def _answer(self, content, name):
        return request.make_response(
            content,
            headers=[
                ("Content-Type", _XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ],
        )

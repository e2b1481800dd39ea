from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route

from ...models.figures.dashboard_paper import DashboardPaper

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DashboardController(Controller):
    @route("/callcenter_ops/dashboard/xlsx", auth="user", readonly=True)
    def download_xlsx(self, date_from=None, date_to=None, campaign_id=None):
        """The dashboard of a period as a workbook."""
        paper = self._get_paper(date_from, date_to, campaign_id)
        return self._answer(paper.make_xlsx(), _XLSX, "xlsx")

    @route("/callcenter_ops/dashboard/pdf", auth="user", readonly=True)
    def download_pdf(self, date_from=None, date_to=None, campaign_id=None):
        """The dashboard of a period as a PDF."""
        paper = self._get_paper(date_from, date_to, campaign_id)
        return self._answer(paper.make_pdf(), "application/pdf", "pdf")

    def _get_paper(self, date_from, date_to, campaign_id):
        try:
            campaign = int(campaign_id or 0) or None
        except ValueError as error:
            raise UserError(request.env._("No such campaign.")) from error
        return DashboardPaper(
            request.env, date_from=date_from, date_to=date_to, campaign_id=campaign
        )

    def _answer(self, content, kind, suffix):
        name = request.env._("Calls dashboard")
        return request.make_response(
            content,
            headers=[
                ("Content-Type", kind),
                ("Content-Disposition", content_disposition(f"{name}.{suffix}")),
            ],
        )

from odoo.http import Controller, content_disposition, request, route
from werkzeug.exceptions import NotFound

from ...models.figures.dashboard_paper import DashboardPaper
from ...models.figures.dashboard_scope import FILTERS

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DashboardController(Controller):
    @route(
        "/callcenter_ops/dashboard/xlsx", auth="user", methods=["GET"], readonly=True
    )
    def download_xlsx(self, date_from=None, date_to=None, compare="before", **filters):
        """The dashboard of a period and choice as a workbook."""
        paper = self._get_paper(date_from, date_to, compare, filters)
        return self._answer(paper.make_xlsx(), _XLSX, "xlsx")

    @route("/callcenter_ops/dashboard/pdf", auth="user", methods=["GET"], readonly=True)
    def download_pdf(self, date_from=None, date_to=None, compare="before", **filters):
        """The dashboard of a period and choice as a PDF."""
        paper = self._get_paper(date_from, date_to, compare, filters)
        return self._answer(paper.make_pdf(), "application/pdf", "pdf")

    @route("/callcenter_ops/dashboard/csv", auth="user", methods=["GET"], readonly=True)
    def download_csv(
        self, table, date_from=None, date_to=None, compare="before", **filters
    ):
        """One table of the dashboard as CSV; ``table`` is its place among them."""
        paper = self._get_paper(date_from, date_to, compare, filters)
        if not (table.isdecimal() and int(table) < len(paper.tables)):
            raise NotFound
        name = paper.tables[int(table)]["title"]
        return self._answer(paper.make_csv(int(table)), "text/csv", "csv", name)

    @route(
        "/callcenter_ops/figure_compare/<callcenter_id:compare_id>/xlsx",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download_comparison(self, compare_id):
        """A comparison as a workbook, for whoever asked for it."""
        compared = request.env["callcenter.figure.compare"].browse(compare_id)
        compared.check_access("read")
        name = request.env._("Comparison")
        return self._answer(compared._make_xlsx(), _XLSX, "xlsx", name)

    def _get_paper(self, date_from, date_to, compare, filters):
        chosen = {name: filters.get(name) for name in FILTERS}
        return DashboardPaper(
            request.env,
            date_from=date_from,
            date_to=date_to,
            campaign_id=chosen.pop("campaign_id"),
            filters=chosen,
            compare=compare,
        )

    def _answer(self, content, kind, suffix, name=None):
        name = name or request.env._("Calls dashboard")
        return request.make_response(
            content,
            headers=[
                ("Content-Type", kind),
                ("Content-Disposition", content_disposition(f"{name}.{suffix}")),
            ],
        )

from odoo.http import Controller, content_disposition, request, route

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WorkstationBudgetController(Controller):
    @route(
        "/callcenter_ops/workstation_budget/<callcenter_id:budget_id>/xlsx",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download_xlsx(self, budget_id):
        """One budget as a workbook, for whoever may read it."""
        budget = request.env["callcenter.workstation.budget"].browse(budget_id)
        budget.check_access("read")
        name = budget.name.replace("/", "-")
        return request.make_response(
            budget._get_xlsx(),
            headers=[
                ("Content-Type", _XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ],
        )

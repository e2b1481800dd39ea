from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.tools import formatLang


class Today(models.AbstractModel):
    """The Director's money and seats against the approved budgets of workplaces."""

    _inherit = "callcenter.today"

    @api.model
    def _get_figures(self, role):
        figures = super()._get_figures(role)
        if role == "director":
            figures += [self._get_seats_figure(), self._get_expenses_figure()]
        return figures

    @api.model
    def _get_risks(self, role):
        risks = super()._get_risks(role)
        if role == "director":
            risks.append(
                self._count(
                    "overspent",
                    self.env._("Budgets overspent"),
                    "callcenter.workstation.budget",
                    [("state", "=", "approved"), ("usage_percent", ">", 100)],
                    hint=self.env._("More was spent than was planned"),
                    is_urgent=True,
                )
            )
        return risks

    @api.model
    def _get_expenses_figure(self):
        first = self.env.company._callcenter_today().replace(day=1)
        [(plan, actual)] = self.env["callcenter.workstation.budget.line"]._read_group(
            [
                ("state", "in", ("approved", "closed")),
                ("company_id", "=", self.env.company.id),
                ("month", ">=", first),
                ("month", "<", first + relativedelta(months=1)),
            ],
            [],
            ["amount_plan:sum", "amount_actual:sum"],
        )
        return self._prepare_figure(
            "expenses",
            self.env._("Workplaces this month"),
            self._money_text(actual),
            self._money_text(plan) if plan else "",
            is_good=not plan or actual <= plan,
            action="callcenter_ops.workstation_budget_line_action",
        )

    @api.model
    def _money_text(self, amount):
        number = formatLang(self.env, amount or 0, digits=0)
        return f"{number}\N{NO-BREAK SPACE}{self.env.company.currency_id.symbol}"

    @api.model
    def _get_seats_figure(self):
        """Operators in office against the seats of the budgets in force."""
        today, company = self.env.company._callcenter_today(), self.env.company
        [(seats,)] = self.env["callcenter.workstation.budget"]._read_group(
            [
                ("state", "=", "approved"),
                ("company_id", "=", company.id),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
            ],
            [],
            ["seat_count:sum"],
        )
        count = self.env["hr.employee"].search_count(
            [
                ("callcenter_status", "=", "appointed"),
                ("company_id", "=", company.id),
                ("job_id.is_callcenter_operator", "=", True),
            ]
        )
        return self._prepare_figure(
            "operators",
            self.env._("Operators"),
            str(count),
            str(seats) if seats else "",
            is_good=count >= (seats or 0),
            action="callcenter_ops.hr_employee_action_org_chart",
        )

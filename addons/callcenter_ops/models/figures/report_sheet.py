from odoo import api, models


class ReportSheet(models.Model):
    """The plan of a day comes from the operator's goals of the month."""

    _inherit = "callcenter.report.sheet"

    @api.model
    def _prepare_values(self, keys):
        """Where he has a goal, its part of that day; else the company's usual plan."""
        values = super()._prepare_values(keys)
        employees = self.env["hr.employee"].browse({one[0] for one in keys})
        months = {one["date"].replace(day=1) for one in values}
        # sudo: whoever saves a call need not read goals
        goals = self.env["callcenter.goal"].sudo()
        plans = {month: goals._find_plans(employees, month) for month in months}
        for one in values:
            own = plans[one["date"].replace(day=1)].get(one["employee_id"], {})
            for name in ("attempts", "contacts"):
                if name in own:
                    one[f"plan_{name}"] = own[name]._get_day_plan(one["date"])
        return values

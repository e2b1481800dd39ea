from odoo import api, models

from ...tools.common.period import last_of_month


class BonusSheet(models.Model):
    """A formula may speak of the evaluations of the month's calls."""

    _inherit = "callcenter.bonus.sheet"

    @api.model
    def _get_name_words(self):
        return super()._get_name_words() | {
            "quality": self.env._("Mean score of evaluated calls, %")
        }

    @api.model
    def _get_month_values(self, company, operators, month):
        values = super()._get_month_values(company, operators, month)
        start, _end = company._callcenter_day_bounds(month)
        _start, end = company._callcenter_day_bounds(last_of_month(month))
        scores = self.env["callcenter.evaluation"]._read_group(
            [
                ("employee_id", "in", operators.ids),
                ("state", "in", ("done", "confirmed")),
                ("call_id.started_at", ">=", start),
                ("call_id.started_at", "<", end),
            ],
            ["employee_id"],
            ["score:avg"],
        )
        means = {employee.id: mean for employee, mean in scores}
        return {id_: one | {"quality": means.get(id_)} for id_, one in values.items()}

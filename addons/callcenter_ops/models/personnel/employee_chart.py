from odoo import api, fields, models
from odoo.fields import Domain

_READERS = "hr.group_hr_user"


class EmployeeChart(models.AbstractModel):
    """The place of a person in the organisation chart of the call centre."""

    _name = "callcenter.employee.chart"
    _description = "Place in the organisation chart"

    callcenter_in_chart = fields.Boolean(
        string="In the chart",
        compute="_compute_callcenter_in_chart",
        search="_search_callcenter_in_chart",
        groups=_READERS,
        help="Appointed by an order, or above somebody who was.",
    )
    callcenter_chart_note = fields.Char(
        string="Stands in or is replaced",
        compute="_compute_callcenter_chart_note",
        groups=_READERS,
    )

    @api.depends("callcenter_status", "child_ids.callcenter_status")
    def _compute_callcenter_in_chart(self):
        shown = self.search(
            Domain("id", "in", self.ids) & Domain("callcenter_in_chart", "=", True)
        )
        for employee in self:
            employee.callcenter_in_chart = employee in shown

    @api.model
    def _search_callcenter_in_chart(self, operator, value):
        if operator != "in":
            return NotImplemented
        appointed = self._search([("callcenter_status", "=", "appointed")])
        # Managers are found by the ORM, so that it needs no stored path.
        shown = Domain("id", "parent_of", list(appointed))
        return shown if True in value else ~shown

    @api.depends_context("allowed_company_ids")
    def _compute_callcenter_chart_note(self):
        today = self.env.company._callcenter_today()
        deputies = self.env["callcenter.substitution"]._get_deputies(today)
        absent = {deputy.id: absent for absent, deputy in deputies.items()}
        for employee in self:
            note = False
            if deputy := deputies.get(employee.id):
                note = self.env._("Absent: %(name)s acts", name=deputy.name)
            elif employee.id in absent:
                head = self.browse(absent[employee.id])
                note = self.env._("Acts for %(name)s", name=head.name)
            employee.callcenter_chart_note = note

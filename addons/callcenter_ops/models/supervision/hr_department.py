from odoo import api, fields, models
from odoo.fields import Domain


class HrDepartment(models.Model):
    _inherit = "hr.department"

    callcenter_is_supervised = fields.Boolean(
        string="My department",
        compute="_compute_callcenter_is_supervised",
        search="_search_callcenter_is_supervised",
        help="The user heads the department, or one above it, today.",
    )

    @api.depends("manager_id.user_id", "parent_id")
    @api.depends_context("uid")
    def _compute_callcenter_is_supervised(self):
        mine = self._get_supervised()
        for department in self:
            department.callcenter_is_supervised = department in mine

    @api.model
    def _search_callcenter_is_supervised(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = self._get_supervised().ids
        return Domain("id", "in", ids) if True in value else Domain("id", "not in", ids)

    @api.model
    def _get_supervised(self):
        """Departments the current user heads or is standing in for, with all below."""
        # sudo: whose department it is decides what else the user may read
        departments = self.sudo()
        headed = departments.search([("manager_id.user_id", "=", self.env.uid)])
        headed |= departments._get_deputised()
        return departments.search([("id", "child_of", headed.ids)])

    @api.model
    def _get_deputised(self):
        """Departments that the current user heads today in place of their manager."""
        departments = self.search([("manager_id", "!=", False)])
        heads = departments._get_acting_managers(self.env.company._callcenter_today())
        return departments.filtered(
            lambda department: heads[department.id].user_id.id == self.env.uid
        )

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "callcenter.headship.source.mixin"]

    _headship_fields = frozenset(("manager_id", "parent_id", "active"))

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
        """Departments the current user heads or is standing in for, with all below.

        The head keeps his rights while somebody stands in for him.
        """
        # sudo: which departments are his is asked of the user's own record.
        user = self.env.user.sudo().with_context(active_test=False)
        return self.browse(user.callcenter_supervised_department_ids.ids)

    @api.model
    def _find_supervised(self, user):
        """``_get_supervised`` of any user, asked of the database.

        :return: ids
        """
        rows = self.env.execute_query(self._get_supervised_query(user))
        return [department for (department,) in rows]

    @api.model
    def _get_supervised_query(self, user):
        stand_ins = self.env["callcenter.substitution"]._get_stand_ins_query(
            SQL("SELECT DISTINCT manager_id FROM hr_department WHERE active"),
            self.env.company._callcenter_today(),
        )
        names = ("manager_id", "parent_id", "parent_path", "active")
        return SQL(
            """
            SELECT DISTINCT below.id
              FROM (%(stand_ins)s) AS stand_in (head_id, acting_id)
              JOIN hr_employee AS acting ON acting.id = stand_in.acting_id
             RIGHT JOIN hr_department AS headed ON headed.manager_id = stand_in.head_id
              JOIN hr_employee AS manager ON manager.id = headed.manager_id
              JOIN hr_department AS below
                ON starts_with(below.parent_path, headed.parent_path)
             WHERE headed.active AND below.active
               AND %(user)s IN (acting.user_id, manager.user_id)
            """,
            stand_ins=stand_ins,
            user=user.id,
            to_flush=[self._fields[name] for name in names],
        )

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["hr.department", "callcenter.headship.source.mixin"]

    _headship_fields = frozenset(("manager_id", "parent_id", "active"))

    callcenter_acting_manager_id = fields.Many2one(
        "hr.employee",
        string="Heads the department today",
        compute="_compute_callcenter_acting_manager_id",
    )
    callcenter_is_headless = fields.Boolean(
        string="Nobody acts",
        compute="_compute_callcenter_acting_manager_id",
        search="_search_callcenter_is_headless",
        help="Operators work here today, and nobody heads them.",
    )
    callcenter_acting_note = fields.Char(
        string="Substitution", compute="_compute_callcenter_acting_manager_id"
    )

    callcenter_is_supervised = fields.Boolean(
        string="My department",
        compute="_compute_callcenter_is_supervised",
        search="_search_callcenter_is_supervised",
        help="The user heads the department, or one above it, today.",
    )

    @api.depends("manager_id", "parent_id")
    def _compute_callcenter_acting_manager_id(self):
        for company, departments in self.grouped("company_id").items():
            today = (company or self.env.company)._callcenter_today()
            heads = departments._get_acting_managers(today)
            away = self._get_away(self.env["hr.employee"].union(*heads.values()), today)
            for department in departments:
                head = heads[department.id]
                department.callcenter_acting_manager_id = head
                department.callcenter_is_headless = not head - away
                department.callcenter_acting_note = department._describe_head(
                    head, away
                )

    @api.model
    def _search_callcenter_is_headless(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: who has operators is no secret, their files are
        employees = self.env["hr.employee"].sudo()
        groups = employees._read_group(
            [("callcenter_status", "=", "appointed"), ("department_id", "!=", False)],
            ["department_id"],
        )
        headless = self.browse(department.id for (department,) in groups).filtered(
            "callcenter_is_headless"
        )
        return Domain("id", "in" if True in value else "not in", headless.ids)

    def _describe_head(self, head, away):
        """What the screens say about the substitution; empty when there is none.

        :param head: who heads the department today
        :param away: those among the heads who are on leave
        """
        manager = self.sudo().manager_id  # sudo: every role asks whom to turn to
        if not head:
            return self.env._("Nobody heads the department today.")
        if head in away:
            return self.env._(
                "%(name)s is on leave today, and nobody acts for the head of the "
                "department: an acting order is needed.",
                name=head.name,
            )
        if not manager or head == manager:
            return False
        return self.env._(
            "%(deputy)s acts for %(absent)s.", deputy=head.name, absent=manager.name
        )

    @api.model
    def _get_away(self, employees, on_date):
        """Those among ``employees`` who are on leave that day, which an app tells."""
        return employees.browse()

    def _get_acting_manager(self, on_date):
        """Who heads the department on ``on_date``.

        The manager, or the deputy named by an acting order for that day, or the
        deputy's own deputy. A department without a manager is headed by whoever
        heads the one above it.

        :param on_date: date in the call centre's time zone
        :return: ``hr.employee``; empty when nobody heads the department that day
        """
        self.ensure_one()
        return self._get_acting_managers(on_date)[self.id]

    def _get_acting_managers(self, on_date):
        """``{department id: hr.employee}`` for all of ``self`` in one look-up."""
        departments = self.sudo()  # sudo: every role asks whom to turn to
        managers = {one.id: one._find_manager() for one in departments}
        heads = departments.env["hr.employee"].union(*managers.values())
        acting = self.env["callcenter.substitution"]._get_stand_ins(heads, on_date)
        nobody = heads.browse()
        return {one: acting.get(head.id, nobody) for one, head in managers.items()}

    def _find_manager(self):
        """The manager of the department or of the nearest one above that has one."""
        department = self
        while department and not department.manager_id:
            department = department.parent_id
        return department.manager_id

    # the head of appointed people changes by orders, not by hand

    def _update_employee_manager(self, manager_id):
        """Odoo puts the people of a department under its new head."""
        people = self.env["hr.employee"]
        if not (self.env.su or people._is_in_transition()):
            self._refuse_moving_people()
        moving = self.with_env(people._in_transition().env)
        return super(HrDepartment, moving)._update_employee_manager(manager_id)

    def _refuse_moving_people(self):
        # sudo: the status is shown to few, the rule holds for all
        led = self.sudo().member_ids.filtered(
            lambda one: one.callcenter_status == "appointed"
        )
        if led:
            raise UserError(
                self.env._(
                    "%(department)s: people appointed by orders work here, so its head "
                    "changes by an order: appoint or transfer the new head and mark "
                    "“Heads the department” on the order.",
                    department=led[0].department_id.name,
                )
            )

    # whose departments are whose

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

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError

from ..common.guarded_mixin import is_in_transition


class ResUsers(models.Model):
    _inherit = "res.users"

    callcenter_supervised_department_ids = fields.Many2many(
        "hr.department",
        compute="_compute_callcenter_supervised_department_ids",
        groups=fields.NO_ACCESS,
        help="Kept for the record rules: see the mixin of what decides it.",
    )

    @api.depends_context("company")
    def _compute_callcenter_supervised_department_ids(self):
        departments = self.env["hr.department"]
        for user in self:
            user.callcenter_supervised_department_ids = departments.browse(
                departments._find_supervised(user)
            )

    def _check_may_link_callcenter_card(self):
        """An order, an administrator or the system gives a card its user."""
        if self.env.uid == SUPERUSER_ID or is_in_transition(self.env):
            return
        if not self.env.user.has_group("base.group_erp_manager"):
            raise AccessError(
                self.env._(
                    "An order of appointment or an administrator gives a card its user."
                )
            )

    def _get_callcenter_acting_for(self):
        """Employees whom this user stands in for today, as ``hr.employee``."""
        self.ensure_one()
        # sudo: a deputy may not read the orders of his head
        employee = self.sudo().employee_id
        today = (employee.company_id or self.env.company)._callcenter_today()
        deputies = self.env["callcenter.substitution"]._get_deputies(today)
        absent = [who for who, deputy in deputies.items() if deputy == employee]
        return employee.browse(absent if employee else [])

    def _get_callcenter_acting_note(self, absent=None):
        """``acting for …`` to be added to what a deputy does; empty otherwise.

        :param absent: ``hr.employee`` in whose place it is done; by default
            everybody whom the user stands in for today
        """
        if absent is None:
            absent = self._get_callcenter_acting_for()
        if not absent:
            return ""
        return self.env._(
            "acting for %(names)s", names=", ".join(absent.mapped("name"))
        )

    def _get_callcenter_represented(self):
        """The user and those whose place he takes today, as ``res.users``."""
        return self | self._get_callcenter_acting_for().user_id

    def _get_callcenter_stand_in(self):
        """Whoever acts for the user today, as ``res.users``: himself as a rule."""
        self.ensure_one()
        employee = self.sudo().employee_id  # sudo: every role asks whom to turn to
        today = (employee.company_id or self.env.company)._callcenter_today()
        acting = self.env["callcenter.substitution"]._get_stand_ins(employee, today)
        return acting[employee.id].user_id or self if employee else self

    def _get_callcenter_signing_deputy(self):
        """Who signs in this absent Director's place today, as ``hr.employee``.

        Empty where nobody stands in with an account of his own, and where the company
        lets the absent one sign on.
        """
        self.ensure_one()
        employee = self.sudo().employee_id  # sudo: nobody may read all cards
        company = employee.company_id or self.env.company
        # sudo: settings are read by every role
        if not employee or not company.sudo().callcenter_absent_right_rests:
            return employee.browse()
        today = company._callcenter_today()
        acting = self.env["callcenter.substitution"]._get_stand_ins(employee, today)
        return (acting[employee.id] - employee).filtered("user_id.active")

    def _check_callcenter_right_awake(self):
        """Refuse a Director who is absent while a deputy acts for him.

        :raise AccessError: names the deputy
        """
        if deputy := self._get_callcenter_signing_deputy():
            self._refuse_resting_right(deputy)

    def _refuse_resting_right(self, deputy):
        raise AccessError(
            self.env._(
                "%(deputy)s acts for you today, so your right to sign rests: cancel "
                "the acting order to take it back.",
                deputy=deputy.name,
            )
        )

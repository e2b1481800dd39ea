from odoo import api, fields, models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    callcenter_acting_manager_id = fields.Many2one(
        "hr.employee",
        string="Heads the department today",
        compute="_compute_callcenter_acting_manager_id",
    )
    callcenter_acting_note = fields.Char(
        string="Substitution", compute="_compute_callcenter_acting_manager_id"
    )

    @api.depends("manager_id", "parent_id")
    def _compute_callcenter_acting_manager_id(self):
        for company, departments in self.grouped("company_id").items():
            today = (company or self.env.company)._callcenter_today()
            heads = departments._get_acting_managers(today)
            for department in departments:
                head = heads[department.id]
                department.callcenter_acting_manager_id = head
                department.callcenter_acting_note = department._describe_head(head)

    def _describe_head(self, head):
        """What the screens say about the substitution; empty when there is none."""
        manager = self.sudo().manager_id  # sudo: every role asks whom to turn to
        if not head:
            return self.env._("Nobody heads the department today.")
        if not manager or head == manager:
            return False
        return self.env._(
            "%(deputy)s acts for %(absent)s.", deputy=head.name, absent=manager.name
        )

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
        deputies = self.env["callcenter.substitution"]._get_deputies(on_date)
        departments = self.sudo()  # sudo: every role asks whom to turn to
        return {
            department.id: department._find_head(deputies) for department in departments
        }

    def _find_head(self, deputies):
        department = self
        while department and not department.manager_id:
            department = department.parent_id
        return self._follow_deputies(department.manager_id, deputies)

    def _follow_deputies(self, head, deputies):
        """The end of the chain of deputies; empty when it ends with nobody at work."""
        seen = set()
        while head.id in deputies:
            if head.id in seen:  # they stand in for one another: nobody is here
                return head.browse()
            seen.add(head.id)
            head = deputies[head.id]
        return head.filtered("active")

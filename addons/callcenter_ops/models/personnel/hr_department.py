from odoo import models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _get_acting_manager(self, on_date):
        """Who heads the department on ``on_date``.

        :param on_date: date in the call centre's time zone
        :return: ``hr.employee``: the manager; empty when nobody heads it that day
        """
        self.ensure_one()
        return self.sudo().manager_id  # sudo: every role asks whom to turn to

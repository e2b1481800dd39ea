from odoo import fields, models

from .hr_employee import READERS


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    callcenter_shown_clearance_ids = fields.One2many(
        "callcenter.clearance", "employee_id", readonly=True, groups=READERS
    )

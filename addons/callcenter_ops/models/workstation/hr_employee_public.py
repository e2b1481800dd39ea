from odoo import fields, models


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    callcenter_shown_workstation_ids = fields.One2many(
        "callcenter.workstation",
        "employee_id",
        string="Workplace",
        readonly=True,
        groups="hr.group_hr_user,callcenter_ops.group_supervisor",
    )
    callcenter_shown_share_ids = fields.One2many(
        "callcenter.workstation.share",
        "employee_id",
        string="Shared workplaces",
        readonly=True,
        groups="hr.group_hr_user,callcenter_ops.group_supervisor",
    )

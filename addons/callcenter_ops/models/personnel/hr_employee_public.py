from odoo import fields, models


class HrEmployeePublic(models.Model):
    """What supervisors, who are not of HR, may know of an employee.

    Everybody reads every field that stands here under the name of the card's; so what
    is for some roles alone has a name of its own.
    """

    _inherit = "hr.employee.public"

    callcenter_shown_status = fields.Selection(
        related="employee_id.callcenter_status",
        string="Call centre status",
        groups="hr.group_hr_user,callcenter_ops.group_director,"
        "callcenter_ops.group_supervisor",
    )

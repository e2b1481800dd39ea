from odoo import fields, models


class HrEmployeePublic(models.Model):
    """What supervisors, who are not of HR, may know of an employee.

    A reader without HR's rights reads ``hr.employee`` through this profile: a field
    that is open to him there must stand here too.
    """

    _inherit = "hr.employee.public"

    callcenter_status = fields.Selection(
        selection=lambda self: (
            self.env["hr.employee"]
            ._fields["callcenter_status"]
            ._description_selection(self.env)
        ),
        string="Call centre status",
        readonly=True,
        groups="hr.group_hr_user,callcenter_ops.group_director,"
        "callcenter_ops.group_supervisor",
    )

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_missed_hours = fields.Float(
        string="Missed callers are called back within, hours",
        default=1,
        help="Hours of service.",
    )
    callcenter_missed_department_id = fields.Many2one(
        "hr.department",
        string="Who calls them back",
        help="Its operators see the call-backs in common. Empty: the department with "
        "most operators.",
    )

    _callcenter_missed_hours_positive = models.Constraint(
        "CHECK (callcenter_missed_hours > 0)",
        "The time to call back must be positive.",
    )

    def _get_missed_department(self):
        """The department whose operators call missed callers back."""
        # sudo: where most operators work is asked, nothing of them is shown
        company = self.sudo()
        chosen = company.callcenter_missed_department_id
        if chosen:
            return chosen
        groups = (
            self.env["hr.employee"]
            .sudo()
            ._read_group(  # sudo: their number alone
                [
                    ("company_id", "=", self.id),
                    ("callcenter_status", "=", "appointed"),
                    ("department_id", "!=", False),
                    (
                        "user_id.all_group_ids",
                        "in",
                        self.env.ref("callcenter_ops.group_operator").ids,
                    ),
                ],
                ["department_id"],
                order="__count DESC, department_id",
                limit=1,
            )
        )
        return groups[0][0] if groups else self.env["hr.department"]

from odoo import fields, models
from odoo.exceptions import AccessError


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_workplace_policy = fields.Selection(
        [
            ("none", "Do not check"),
            ("warn", "Warn"),
            ("block", "Block"),
        ],
        string="Operator without a workplace",
        default="warn",
        required=True,
        help="Whether an operator to whom no workplace was handed over is only "
        "warned or is handed no clients.",
    )
    callcenter_life_months = fields.Integer(
        string="Life of one-time items, months",
        default=36,
        required=True,
        help="Over so many months the cost of a one-time item is spread when its cost "
        "item names no replacement period.",
    )

    _callcenter_life_positive = models.Constraint(
        "CHECK(callcenter_life_months BETWEEN 1 AND 600)",
        "One-time items live between one month and fifty years.",
    )

    def _set_callcenter_workplace_policy(self, policy):
        """HR decides what an operator without a workplace may do.

        :raise AccessError: for any other role, and for a company that is not the user's
        """
        self.ensure_one()
        user = self.env.user
        may = user.has_group("callcenter_ops.group_hr") or user.has_group(
            "callcenter_ops.group_manager"
        )
        if not may or self not in user.company_ids:
            raise AccessError(
                self.env._("HR of the company decides about its workplaces.")
            )
        # sudo: the one setting of the company that HR sets; the role was asked above
        self.sudo().callcenter_workplace_policy = policy

from odoo import api, fields, models

# They read the whole client base: so say the record rules of res.partner.
_READERS = (
    "callcenter_ops.group_supervisor",
    "callcenter_ops.group_manager",
    "sales_team.group_sale_salesman",
    "base.group_erp_manager",
)


class ResUsers(models.Model):
    _inherit = "res.users"

    callcenter_sees_clients = fields.Boolean(
        compute="_compute_callcenter_sees_clients",
        help="Whether the user reads the whole client base.",
    )

    @api.depends("all_group_ids")
    def _compute_callcenter_sees_clients(self):
        for user in self:
            user.callcenter_sees_clients = not user._has_closed_client_base()

    def _has_closed_client_base(self):
        """Whether the user reads those clients alone that he was granted."""
        return not any(map(self.has_group, _READERS))

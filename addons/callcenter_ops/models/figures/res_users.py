from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    callcenter_digest = fields.Boolean(
        string="Weekly figures of calls",
        default=True,
        help="A letter with the figures of the last week, for those who lead.",
    )

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

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "callcenter_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "callcenter_digest"]

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._set_desk_as_home()
        return users

    def write(self, vals):
        result = super().write(vals)
        if "group_ids" in vals:
            self._set_desk_as_home()
        return result

    def _set_desk_as_home(self):
        """Operators start at their desk, unless they have chosen another page."""
        desk = self.env.ref("callcenter_ops.desk_action", raise_if_not_found=False)
        operators = self.filtered(
            lambda user: (
                not user.action_id
                and user.has_group("callcenter_ops.group_operator")
                and not user.has_group("callcenter_ops.group_supervisor")
            )
        )
        if desk and operators:
            # sudo: the home page follows from the role, whoever gave the role
            operators.sudo().action_id = desk.sudo().id

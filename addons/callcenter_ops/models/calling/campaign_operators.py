from odoo import api, fields, models
from odoo.exceptions import AccessError


class CampaignOperators(models.AbstractModel):
    """Choosing a campaign's operators without the right to personnel records."""

    _name = "callcenter.campaign.operators"
    _description = "Operators of a campaign"

    # Personnel records are closed to supervisors: they see the public side of them.
    operator_ids = fields.Many2many(
        "hr.employee.public",
        string="Chosen operators",
        compute="_compute_operator_ids",
        inverse="_inverse_operator_ids",
        domain=[("department_id.callcenter_is_supervised", "=", True)],
        help="Empty, as the teams = every cleared operator.",
    )

    @api.depends("employee_ids")
    def _compute_operator_ids(self):
        people = self.env["hr.employee.public"]
        for record in self:
            # sudo: who works in a campaign is no secret to whoever reads it
            record.operator_ids = people.browse(record.sudo().employee_ids.ids)

    def _inverse_operator_ids(self):
        """Whoever runs the campaign puts in and takes out operators of his own.

        :raise AccessError: one of them is of a department that he does not lead
        """
        self.check_access("write")
        for record in self:
            # sudo: as above
            before = set(record.sudo().employee_ids.ids)
            chosen = record.operator_ids
            record._check_own(before ^ set(chosen.ids))
            # sudo: the link alone is written; the right to it was checked above
            record.sudo().employee_ids = [(6, 0, chosen.ids)]

    def _check_own(self, employee_ids):
        people = self.env["hr.employee.public"].browse(employee_ids)
        foreign = people.filtered(
            lambda person: not person.department_id.callcenter_is_supervised
        )
        if foreign:
            raise AccessError(
                self.env._(
                    "%(people)s: operators of other departments are chosen by those "
                    "who lead them.",
                    people=", ".join(foreign.mapped("name")),
                )
            )

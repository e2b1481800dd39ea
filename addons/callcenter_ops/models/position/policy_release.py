from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class PolicyRelease(models.Model):
    """A post released from an act or a briefing, all its versions alike."""

    _name = "callcenter.policy.release"
    _description = "Post released from a briefing"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    policy_id = fields.Many2one(
        "callcenter.policy", required=True, ondelete="restrict", index=True
    )
    root_id = fields.Many2one(related="policy_id.root_id", store=True, index=True)
    company_id = fields.Many2one(related="policy_id.company_id", store=True, index=True)
    job_id = fields.Many2one(
        "hr.job", string="Post", required=True, check_company=True, index=True
    )
    basis = fields.Char(
        required=True,
        tracking=True,
        help="The order or the list that releases the post: number and date.",
    )
    date_from = fields.Date(required=True, default=fields.Date.context_today)
    date_to = fields.Date(help="Empty while the release is in force.")

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A release cannot end before it starts.",
    )
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(root_id, root_id, '[]') WITH &&,
            int4range(job_id, job_id, '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        )""",
        "This post is released from this briefing in these days already.",
    )

    @api.constrains("basis")
    def _check_basis(self):
        for release in self:
            if not release.basis.strip():
                raise ValidationError(
                    self.env._("A release needs its basis: an order or a list.")
                )

    @api.depends_context("lang")
    @api.depends("job_id", "policy_id")
    def _compute_display_name(self):
        for release in self:
            release.display_name = f"{release.job_id.name}: {release.policy_id.name}"

    @api.model
    def _get_valid_domain(self, on_date):
        return Domain("date_from", "<=", on_date) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", on_date)
        )

from odoo import api, fields, models


class DismissalGround(models.Model):
    """Catalogue of the reasons for which a labour contract may end."""

    _name = "callcenter.dismissal.ground"
    _description = "Dismissal ground"
    _order = "sequence, code"
    _rec_names_search = ["name", "code", "article"]

    name = fields.Char(
        string="Wording", required=True, help="Printed in the order of dismissal."
    )
    code = fields.Char(required=True, copy=False)
    article = fields.Char(
        required=True, help="Article, part and point of the Labour Code."
    )
    initiative = fields.Selection(
        [
            ("employee", "Employee"),
            ("employer", "Employer"),
            ("agreement", "Agreement of the parties"),
            ("other", "Circumstances beyond the parties"),
        ],
        required=True,
        default="other",
    )
    notice_days = fields.Integer(
        help="Calendar days of notice that the law asks for; 0 when it asks for none."
    )
    departure_reason_id = fields.Many2one(
        "hr.departure.reason",
        required=True,
        ondelete="restrict",
        help="Reason written on the employee's card.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "unique (code)", "Another dismissal ground has this code already."
    )
    _notice_positive = models.Constraint(
        "CHECK (notice_days >= 0)", "The days of notice cannot be negative."
    )

    @api.depends_context("lang")
    @api.depends("name", "article")
    def _compute_display_name(self):
        for ground in self:
            ground.display_name = ", ".join(filter(None, [ground.article, ground.name]))

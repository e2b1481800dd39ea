from odoo import api, fields, models

from ...tools.common.federal_districts import FEDERAL_DISTRICTS


class PhonePackage(models.Model):
    _name = "callcenter.phone.package"
    _inherit = ["mail.thread"]
    _description = "Telephone package"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    provider_id = fields.Many2one("res.partner", check_company=True)
    monthly_fee = fields.Monetary(
        required=True, tracking=True, help="Fee of one line a month."
    )
    free_district = fields.Selection(
        FEDERAL_DISTRICTS,
        string="Free federal district",
        tracking=True,
        help="Calls to this federal district are unlimited.",
    )
    included_minutes = fields.Integer(
        default=0,
        tracking=True,
        help="Minutes a month to the rest of the country that the fee covers.",
    )
    price_beyond = fields.Monetary(
        string="Price of a further minute",
        tracking=True,
        help="Price of a minute beyond the included ones.",
    )
    rounding_seconds = fields.Integer(
        string="Rounding, seconds",
        default=60,
        required=True,
        help="Every call is rounded up to this many seconds: 60 for whole minutes, "
        "1 for seconds.",
    )
    is_pooled = fields.Boolean(
        string="Minutes are pooled",
        help="The included minutes of all lines of the package make one common pot.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        help="Is told when 80 % of the included minutes of a line are used.",
    )
    line_ids = fields.One2many(
        "callcenter.phone.line", "package_id", string="Phone lines", readonly=True
    )
    line_count = fields.Integer(compute="_compute_line_count")

    _amounts_positive = models.Constraint(
        "CHECK(monthly_fee >= 0 AND COALESCE(price_beyond, 0) >= 0)",
        "The prices of a package cannot be negative.",
    )
    _minutes_positive = models.Constraint(
        "CHECK(COALESCE(included_minutes, 0) >= 0)",
        "The included minutes cannot be negative.",
    )
    _rounding_positive = models.Constraint(
        "CHECK(rounding_seconds BETWEEN 1 AND 3600)",
        "Calls are rounded up to between one second and one hour.",
    )

    @api.depends("line_ids")
    def _compute_line_count(self):
        counts = dict(
            self.env["callcenter.phone.line"]._read_group(
                [("package_id", "in", self.ids)], ["package_id"], ["__count"]
            )
        )
        for package in self:
            package.line_count = counts.get(package, 0)

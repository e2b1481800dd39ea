from odoo import api, fields, models
from odoo.addons.phone_validation.tools import phone_validation
from odoo.exceptions import ValidationError

# Government Decree 1300 of 28.08.2025: what the network passes on to the called phone.
LABEL_LENGTH = 32


class PhoneLine(models.Model):
    _name = "callcenter.phone.line"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Telephone line"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(string="Line", required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    phone = fields.Char(
        string="Number", copy=False, tracking=True, help="The number clients see."
    )
    package_id = fields.Many2one(
        "callcenter.phone.package",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    monthly_fee = fields.Monetary(related="package_id.monthly_fee")
    free_district = fields.Selection(related="package_id.free_district")
    included_minutes = fields.Integer(related="package_id.included_minutes")
    price_beyond = fields.Monetary(related="package_id.price_beyond")
    provider_id = fields.Many2one(
        related="package_id.provider_id", string="Operator of communications"
    )
    label_text = fields.Char(
        string="Call label",
        size=LABEL_LENGTH,
        tracking=True,
        help="What the called phone shows: category and name of who calls, at most 32 "
        "characters.",
    )
    label_contract = fields.Char(
        string="Marking contract",
        tracking=True,
        help="Number of the contract with the operator of communications on showing "
        "who calls.",
    )
    label_contract_date = fields.Date(string="Contract of", tracking=True)
    is_marked = fields.Boolean(
        string="Marked",
        compute="_compute_is_marked",
        help="Has the label and the contract on showing it, with number and date.",
    )
    workstation_ids = fields.One2many(
        "callcenter.workstation", "line_id", string="Workplace", readonly=True
    )
    workstation_id = fields.Many2one(
        "callcenter.workstation",
        string="Serves the place",
        compute="_compute_workstation_id",
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Operator", compute="_compute_workstation_id"
    )
    custody_ids = fields.One2many(
        "callcenter.custody", "line_id", string="Who used it", readonly=True
    )

    _label_length = models.Constraint(
        f"CHECK (char_length(label_text) <= {LABEL_LENGTH})",
        "The label of calls has at most 32 characters.",
    )
    _phone_unique = models.UniqueIndex(
        "(company_id, phone) WHERE phone IS NOT NULL",
        "Another line already has this number.",
    )

    @api.depends("label_text", "label_contract", "label_contract_date")
    def _compute_is_marked(self):
        for line in self:
            contract = line.label_contract and line.label_contract_date
            line.is_marked = bool(contract and line.label_text)

    @api.depends("workstation_ids.employee_id")
    def _compute_workstation_id(self):
        for line in self:
            line.workstation_id = line.workstation_ids[:1]
            line.employee_id = line.workstation_ids[:1].employee_id

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalise_phone(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalise_phone(vals))

    @api.model
    def _normalise_phone(self, vals):
        """``vals`` with the number in the international form, "+7..."."""
        if not vals.get("phone"):
            return vals | ({"phone": False} if "phone" in vals else {})
        country = self.env.company.country_id
        phone = phone_validation.phone_format(
            vals["phone"],
            country.code or "RU",
            country.phone_code or 7,
            force_format="E164",
            raise_exception=False,
        )
        if not phone.startswith("+"):
            raise ValidationError(
                self.env._(
                    "%(phone)s is not a telephone number: give it with the city code.",
                    phone=vals["phone"],
                )
            )
        return vals | {"phone": phone}

from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("clients", "Clients"),
    ("products", "Goods"),
    ("debts", "Debts"),
    ("payments", "Payments of debts"),
    ("exchange", "Incoming calls of the exchange"),
]
CLIENT_TARGETS = [
    ("name", "Name"),
    ("contact_name", "Contact person"),
    ("function", "Job position"),
    ("phone", "Phone"),
    ("phone_other", "Other phone"),
    ("email", "Email"),
    ("vat", "Tax number"),
    ("ref", "External code"),
    ("country", "Country"),
    ("region", "Region"),
    ("city", "City"),
    ("street", "Street"),
    ("zip", "ZIP"),
    ("website", "Website"),
    ("tag", "Tag"),
    ("comment", "Comment"),
]
PRODUCT_TARGETS = [
    ("default_code", "Article code"),
    ("name", "Name"),
    ("category", "Category path"),
    ("list_price", "Sales price"),
    ("standard_price", "Cost"),
    ("barcode", "Barcode"),
    ("description_sale", "Sales description"),
    ("attribute", "Attribute named by the header"),
]

DEBT_TARGETS = [
    ("number", "Document"),
    ("amount", "Amount"),
    ("date_due", "Due on"),
    ("ref", "External code"),
    ("vat", "Tax number"),
    ("phone", "Phone"),
    ("name", "Name"),
    ("comment", "Comment"),
]
PAYMENT_TARGETS = [
    ("number", "Document of the debt"),
    ("payment", "Payment document"),
    ("amount", "Amount"),
    ("date_paid", "Paid on"),
    ("comment", "Comment"),
]
EXCHANGE_TARGETS = [
    ("started", "Day and time"),
    ("phone", "Phone"),
    ("line", "Line called"),
    ("wait", "Waited"),
    ("talk", "Talk"),
    ("total", "Whole duration"),
    ("answered", "Answered"),
    ("ident", "Identifier"),
]
# Kind of an import -> (field that holds the choice, its list).
TARGETS = {
    "clients": ("client_target", CLIENT_TARGETS),
    "products": ("product_target", PRODUCT_TARGETS),
    "debts": ("debt_target", DEBT_TARGETS),
    "payments": ("payment_target", PAYMENT_TARGETS),
    "exchange": ("exchange_target", EXCHANGE_TARGETS),
}


class DataImportColumn(models.Model):
    """Which field a column of the file goes to; empty: the column is left out."""

    _name = "callcenter.data.import.column"
    _description = "Column of an import"
    _order = "import_id, position"
    _rec_name = "header"

    import_id = fields.Many2one(
        "callcenter.data.import", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="import_id.company_id")
    kind = fields.Selection(related="import_id.kind")
    position = fields.Integer(required=True, readonly=True)
    header = fields.Char(string="Column of the file", required=True, readonly=True)
    sample = fields.Text(string="First values", readonly=True)
    client_target = fields.Selection(CLIENT_TARGETS, string="Goes to")
    product_target = fields.Selection(PRODUCT_TARGETS, string="Goes to (goods)")
    debt_target = fields.Selection(DEBT_TARGETS, string="Goes to (debts)")
    payment_target = fields.Selection(PAYMENT_TARGETS, string="Goes to (payments)")
    exchange_target = fields.Selection(EXCHANGE_TARGETS, string="Goes to (exchange)")
    target = fields.Char(compute="_compute_target")

    _position_unique = models.UniqueIndex("(import_id, position)")

    @api.depends(*(field for field, _targets in TARGETS.values()), "kind")
    def _compute_target(self):
        for column in self:
            field, _targets = TARGETS[column.kind]
            column.target = column[field] or False

    @api.model_create_multi
    def create(self, vals_list):
        columns = super().create(vals_list)
        columns._refuse_started()
        return columns

    def write(self, vals):
        self._refuse_started()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        self._refuse_started()

    def _refuse_started(self):
        """Columns of a started import are evidence of how it was read."""
        started = self.import_id.filtered(lambda record: record._is_frozen())
        if started and not self.import_id._is_in_transition():
            raise UserError(
                self.env._(
                    "%(file)s is started: its columns cannot be changed.",
                    file=started[0].filename,
                )
            )

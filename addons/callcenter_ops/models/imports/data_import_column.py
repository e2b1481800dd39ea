from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class DataImportColumn(models.Model):
    """Which field a column of the file goes to; empty: the column is left out."""

    _name = "callcenter.data.import.column"
    _description = "Column of an import"
    _settled_fields = ("import_id",)
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
    is_fixed = fields.Boolean(
        readonly=True, help="No column of the file: every line gets one value."
    )
    fixed_value = fields.Char(string="Value of every line")
    target = fields.Selection("_get_target_selection", string="Goes to")
    allowed_targets = fields.Json(
        compute="_compute_allowed_targets", help="What a column of this kind may be."
    )

    _position_unique = models.UniqueIndex("(import_id, position)")

    @api.model
    def _get_target_selection(self):
        """The targets of all kinds; those of the column's own are allowed."""
        imports = self.env["callcenter.data.import"]
        labels = {}
        for kind in imports._get_kinds().values():
            labels = kind(imports).get_targets() | labels
        return list(labels.items())

    @api.depends("kind")
    def _compute_allowed_targets(self):
        for column in self:
            targets = column.kind and column.import_id._get_kind().get_targets()
            column.allowed_targets = list(targets or ())

    @api.constrains("target")
    def _check_target(self):
        for column in self:
            if column.target and column.target not in column.allowed_targets:
                raise ValidationError(
                    self.env._(
                        "The column “%(column)s” cannot go there in this kind of"
                        " import.",
                        column=column.header,
                    )
                )

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

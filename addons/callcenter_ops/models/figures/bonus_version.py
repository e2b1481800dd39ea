from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools.common.period import first_of_month
from ...tools.figures.formula import Formula, FormulaError


class BonusVersion(models.Model):
    """A formula of a scheme, from a month on; what it was stays what it was."""

    _name = "callcenter.bonus.version"
    _description = "Formula of a bonus"
    _order = "scheme_id, date_from desc"
    _text_limits = {"formula": 4_000}
    _settled_fields = ("scheme_id", "date_from", "formula")

    scheme_id = fields.Many2one(
        "callcenter.bonus.scheme", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    date_from = fields.Date(
        string="From the month of",
        required=True,
        default=lambda self: first_of_month(self.env.company._callcenter_today()),
    )
    formula = fields.Text(
        required=True,
        help="Lines “name = expression”; the last line is the bonus. + - * /, min, "
        "max, round, comparisons, and, or, not, “a if condition else b”. What has no "
        "value counts as 0.",
    )
    basis = fields.Char(help="By what it was decided.")

    _month_unique = models.UniqueIndex(
        "(scheme_id, date_from)", "A formula begins in that month already."
    )
    _whole_month = models.Constraint(
        "CHECK (EXTRACT(day FROM date_from) = 1)", "A formula holds for whole months."
    )

    @api.depends("date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = version.date_from and format_date(
                self.env, version.date_from, date_format="LLLL y"
            )

    @api.constrains("formula")
    def _check_formula(self):
        for version in self:
            version._read_formula()

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_with_first_day(vals) for vals in vals_list])

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_used(self):
        sheets = self.env["callcenter.bonus.sheet"]
        # sudo: whether any sheet was worked out by it, nothing of the sheets
        if sheets.sudo().search_count([("version_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("Bonuses were worked out by this formula."))

    def _read_formula(self):
        """
        :return: ``Formula``
        :raise ValidationError: says what is wrong, and in which line
        """
        names = self.env["callcenter.bonus.sheet"]._get_name_words()
        try:
            return Formula(self.formula or "", names)
        except FormulaError as error:
            raise ValidationError(self._describe(error)) from error

    @api.model
    def _describe(self, error):
        """A fault of a formula in words of the reader."""
        words = {
            "syntax": self.env._("this cannot be read"),
            "long": self.env._("the formula is too long"),
            "name": self.env._("“%s” is no name of a figure", error.word),
            "taken": self.env._("“%s” is the name of something else", error.word),
            "forbidden": self.env._("“%s” may not stand in a formula", error.word),
            "arguments": self.env._("“%s” takes other values", error.word),
            "no_result": self.env._("each line but the last begins with “name =”"),
            "zero": self.env._("nothing can be divided by 0: %s", error.word),
            "large": self.env._("the number is too large: %s", error.word),
        }
        if not error.line:
            return words[error.code]
        return self.env._(
            "Line %(line)s: %(fault)s.", line=error.line, fault=words[error.code]
        )


def _with_first_day(vals):
    day = fields.Date.to_date(vals.get("date_from"))
    return vals | {"date_from": first_of_month(day)} if day else vals

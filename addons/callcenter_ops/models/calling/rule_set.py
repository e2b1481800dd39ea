from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.common.date_words import date_in_digits


class RuleSet(models.Model):
    _name = "callcenter.rule.set"
    _inherit = ["callcenter.cached.settings"]
    _description = "Rule set of calls"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty = every company.")
    version_ids = fields.One2many(
        "callcenter.rule.set.version", "rule_set_id", string="Versions", copy=True
    )
    current_version_id = fields.Many2one(
        "callcenter.rule.set.version",
        string="In force today",
        compute="_compute_current_version_id",
    )

    @api.depends("version_ids.date_from")
    def _compute_current_version_id(self):
        today = self.env.company._callcenter_today()
        for record in self:
            record.current_version_id = record._find_version(today)

    def _get_version(self, on_date):
        """The version in force on ``on_date``.

        :raise UserError: no version has begun by that day
        """
        version = self._find_version(on_date)
        if not version:
            raise UserError(
                self.env._(
                    "The rule set %(name)s has no version in force on %(day)s: "
                    "add one to it.",
                    name=self.name,
                    day=date_in_digits(on_date),
                )
            )
        return version

    def _find_version(self, on_date):
        self.ensure_one()
        begun = self.version_ids.filtered(lambda version: version.date_from <= on_date)
        return begun.sorted("date_from")[-1:]

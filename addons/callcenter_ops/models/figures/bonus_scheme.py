from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.common.period import add_months, first_of_month, last_of_month

_NAME_ROW = Markup("<tr><td><code>{}</code></td><td>{}</td></tr>")
_NAME_TABLE = Markup('<table class="table table-sm"><tbody>{}</tbody></table>')


class BonusScheme(models.Model):
    """For whom bonuses are worked out, by formulas that hold from a month on."""

    _name = "callcenter.bonus.scheme"
    _description = "Bonus scheme"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Team",
        index="btree_not_null",
        help="Its operators and those of the teams below it. Empty: all operators.",
    )
    version_ids = fields.One2many("callcenter.bonus.version", "scheme_id")
    month = fields.Date(
        string="Month to work out",
        required=True,
        default=lambda self: self._default_month(),
        help="Any day of it.",
    )
    names = fields.Html(string="Names that a formula may use", compute="_compute_names")

    @api.model
    def _default_month(self):
        return add_months(first_of_month(self.env.company._callcenter_today()), -1)

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_names(self):
        words = self.env["callcenter.bonus.sheet"]._get_name_words()
        rows = Markup("").join(_NAME_ROW.format(*one) for one in words.items())
        self.names = _NAME_TABLE.format(rows)

    def action_work_out(self):
        """Draft sheets of the month for all its operators, or those drafts anew.

        :return: the sheets of the month on a screen
        :raise UserError: no formula holds in that month
        """
        self.ensure_one()
        self.check_access("write")
        month = first_of_month(self.month)
        version = self._get_version(month)
        if not version:
            raise UserError(self.env._("No formula holds in that month yet."))
        # sudo: sheets are made by this method alone; the Director was checked above
        self.env["callcenter.bonus.sheet"].sudo()._work_out(version, month)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "callcenter_ops.bonus_sheet_action"
        )
        own = [("scheme_id", "=", self.id), ("month", "=", month)]
        return action | {"domain": own, "context": {}}

    def _get_version(self, month):
        """The formula that holds in a month."""
        begun = self.version_ids.filtered(lambda one: one.date_from <= month)
        return begun.sorted("date_from")[-1:]

    def _get_operators(self, month):
        """Who was an operator of its team in the month: by his calls, or now."""
        domain = [("company_id", "=", self.company_id.id)]
        if self.department_id:
            domain.append(("department_id", "child_of", self.department_id.id))
        days = [("day", ">=", month), ("day", "<=", last_of_month(month))]
        called = self.env["callcenter.call.stat"]._read_group(
            [("facet", "=", "operator"), *domain, *days], ["employee_id"], []
        )
        group = self.env.ref("callcenter_ops.group_operator")
        appointed = [
            ("callcenter_status", "=", "appointed"),
            ("user_id.all_group_ids", "in", group.ids),
        ]
        operators = self.env["hr.employee"].search([*domain, *appointed])
        return operators.union(*(employee for (employee,) in called)).sorted("name")

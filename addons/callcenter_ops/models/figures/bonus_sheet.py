from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.common.period import last_of_month
from ...tools.common.row_guard import frozen
from ...tools.figures.formula import RESULT, FormulaError, show
from ..common.signed_paper_mixin import PAPER_COLUMNS, PAPER_FIELDS, PAPER_MARKS
from .bonus_names import MEASURES, BonusNames
from .bonus_paper import BonusPaper

_DIRECTOR = "callcenter_ops.group_director"
_TIMES = ("ready_seconds", "preview_seconds", "pause_seconds")
_VALUE_ROW = Markup("<tr><td>{}</td><td><code>{}</code></td><td>{}</td></tr>")
_STEP_ROW = Markup("<tr><td><code>{} = {}</code><br/>= {}</td><td>{}</td></tr>")
_TABLE = Markup('<table class="table table-sm"><tbody>{}</tbody></table>')
_OWN = (
    "employee_id",
    "department_id",
    "company_id",
    "scheme_id",
    "version_id",
    "month",
    "formula",
    "figures",
    "steps",
    "amount",
    "fault",
)


class BonusSheet(models.Model):
    """An operator's bonus of a month, worked out before his eyes.

    It is no payroll: what is paid, and when, is the accountants' business. Confirmed by
    the Director, figures, formula and steps stay as they are.
    """

    _name = "callcenter.bonus.sheet"
    _description = "Bonus sheet"
    _inherit = [
        "callcenter.row.guard.mixin",
        "callcenter.signed.paper.mixin",
    ]
    _order = "month desc, employee_id, id"

    _guarded_fields = (
        *_OWN,
        "state",
        "confirmed_by_id",
        "confirmed_on",
        *PAPER_FIELDS,
    )
    _frozen_states = ("confirmed",)
    _guard_update, _guard_delete = frozen(
        "callcenter.bonus.sheet",
        ("confirmed",),
        free=PAPER_MARKS,
        once=PAPER_COLUMNS,
        stays=True,
    )
    _paper_report = "callcenter_ops.bonus_sheet_action_report"

    name = fields.Char(string="Bonus sheet", compute="_compute_name")
    employee_id = fields.Many2one(
        "hr.employee",
        string="Operator",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    department_id = fields.Many2one(
        "hr.department", string="Team", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    scheme_id = fields.Many2one(
        "callcenter.bonus.scheme",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    version_id = fields.Many2one(
        "callcenter.bonus.version",
        string="Formula of",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    month = fields.Date(required=True, readonly=True)
    formula = fields.Text(readonly=True)
    # {name: number as text, or None where there was nothing to divide by}
    figures = fields.Json(readonly=True)
    # [[name, text, text with numbers, value as text]]
    steps = fields.Json(readonly=True)
    amount = fields.Monetary(string="Bonus", readonly=True)
    fault = fields.Char(string="Why it cannot be worked out", readonly=True)
    explanation = fields.Html(string="How it was worked out", compute="_compute_shown")
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True)
    confirmed_on = fields.Datetime(readonly=True)

    _sheet_unique = models.UniqueIndex(
        "(scheme_id, employee_id, month)", "He has a sheet of this month already."
    )

    @api.depends("employee_id", "month")
    @api.depends_context("lang")
    def _compute_name(self):
        for sheet in self:
            month = sheet.month and format_date(
                self.env, sheet.month, date_format="LLLL y"
            )
            # sudo: the name of whom the sheet is about, which its reader may see
            sheet.name = f"{sheet.sudo().employee_id.name}, {month}"

    @api.depends("figures", "steps")
    @api.depends_context("lang")
    def _compute_shown(self):
        words = self._get_name_words()
        for sheet in self:
            values = [
                _VALUE_ROW.format(words.get(name, name), name, _show(value))
                for name, value in (sheet.figures or {}).items()
            ]
            steps = [
                _STEP_ROW.format(
                    self.env._("bonus") if name == RESULT else name, *others
                )
                for name, *others in sheet.steps or ()
            ]
            sheet.explanation = _TABLE.format(Markup("").join(values)) + _TABLE.format(
                Markup("").join(steps)
            )

    # ----------------------------------------------------------------- working out

    @api.model
    def _get_name_words(self):
        """The names of figures that a formula may use: dict name -> meaning."""
        return BonusNames(self.env).get_words()

    @api.model
    def _work_out(self, version, month):
        """Make or refresh the drafts of a month; what is confirmed stays."""
        scheme = version.scheme_id
        operators = scheme._get_operators(month)
        own = [("scheme_id", "=", scheme.id), ("month", "=", month)]
        kept = {sheet.employee_id: sheet for sheet in self.search(own)}
        values = self._get_month_values(scheme.company_id, operators, month)
        formula = version._read_formula()
        for operator in operators:
            vals = self._prepare(version, formula, values[operator.id])
            sheet = kept.get(operator)
            if not sheet:
                self._in_transition().create(
                    vals
                    | {
                        "employee_id": operator.id,
                        "department_id": operator.department_id.id,
                        "company_id": scheme.company_id.id,
                        "scheme_id": scheme.id,
                        "month": month,
                    }
                )
            elif sheet.state == "draft":
                sheet._transition(vals)

    @api.model
    def _prepare(self, version, formula, values):
        used = {name: values.get(name) for name in formula.get_names()}
        vals = {
            "version_id": version.id,
            "formula": version.formula,
            "figures": {
                name: None if value is None else show(value)
                for name, value in used.items()
            },
            "steps": [],
            "amount": 0,
            "fault": False,
        }
        try:
            steps = formula.work_out(vals["figures"])
        except FormulaError as error:
            reader = version._told_to()
            return vals | {"fault": reader._describe(error)}
        shown = [[one.name, one.text, one.numbers, show(one.value)] for one in steps]
        return vals | {"steps": shown, "amount": float(max(steps[-1].value, 0))}

    @api.model
    def _get_month_values(self, company, operators, month):
        """Employee id -> {name of a formula: number} of a month.

        Other rooms add what they know of it.
        """
        last = last_of_month(month)
        totals, worked = self._read_totals(company, operators, month, last)
        plans = self.env["callcenter.goal"]._find_plans(operators, month)
        days = len(company._get_callcenter_working_days(month, last))
        names = BonusNames(self.env)
        return {
            one.id: names.get_values(
                totals.get(one.id, {}),
                {kpi: goal.target for kpi, goal in plans.get(one.id, {}).items()},
                (days, worked.get(one.id, 0)),
            )
            for one in operators
        }

    @api.model
    def _read_totals(self, company, operators, first, last):
        """``({employee id: {sum: number}}, {employee id: days with calls})``."""
        stats = self.env["callcenter.call.stat"]
        own = [("company_id", "=", company.id), ("employee_id", "in", operators.ids)]
        days = [("day", ">=", first), ("day", "<=", last)]
        totals, worked = {}, {}
        counted = [name for name in MEASURES if name not in _TIMES]
        for facet, names in (("operator", counted), ("time", _TIMES)):
            for row in stats._read_group(
                [("facet", "=", facet), *own, *days],
                ["employee_id", "day:day"],
                [f"{name}:sum" for name in names],
            ):
                sums = totals.setdefault(row[0].id, {})
                for name, value in zip(names, row[2:], strict=True):
                    sums[name] = sums.get(name, 0) + (value or 0)
                if facet == "operator" and row[2 + names.index("attempts")]:
                    worked[row[0].id] = worked.get(row[0].id, 0) + 1
        return totals, worked

    # ------------------------------------------------------------------- its life

    def action_confirm(self):
        """The sheets stay as they are (Director).

        :raise UserError: the month is not over, or a sheet could not be worked out
        """
        self._check_role(_DIRECTOR)
        self._check_in_state("draft")
        for sheet in self:
            sheet._check_may_be_confirmed()
        # sudo: nobody writes sheets; role, rights and state were checked above
        sheets = self.sudo()
        sheets._transition(
            {
                "state": "confirmed",
                "confirmed_by_id": self.env.uid,
                "confirmed_on": fields.Datetime.now(),
            }
        )
        sheets._keep_paper()
        return True

    def _check_may_be_confirmed(self):
        if self.fault:
            raise UserError(
                self.env._("%(sheet)s: %(fault)s.", sheet=self.name, fault=self.fault)
            )
        if self.company_id._callcenter_today() <= last_of_month(self.month):
            raise UserError(self.env._("%s: the month is not over.", self.name))
        # sudo: whose sheet it is; nobody confirms his own
        if self.sudo().employee_id.user_id == self.env.user:
            raise UserError(self.env._("Nobody confirms a bonus of his own."))

    def _get_paper_words(self):
        return BonusPaper(self).get_texts()


def _show(value):
    return "—" if value is None else value

from datetime import datetime, time, timezone

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, formatLang

from ...tools.calling.kpi import KPIS
from ...tools.common.period import first_of_month, last_of_month
from ...tools.figures.plan_days import get_due, spread
from .bonus_names import MEASURES, SUMS, is_share, is_time

_SCOPES = ("employee_id", "department_id", "campaign_id")
_TIME_MEASURES = ("ready_seconds", "preview_seconds", "pause_seconds")
_ROW = Markup("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>")
_TABLE = Markup(
    '<table class="table table-sm"><thead><tr><th>{}</th><th>{}</th><th>{}</th>'
    "<th>{}</th></tr></thead><tbody>{}</tbody></table>"
)


class Goal(models.Model):
    """What is to be reached in a month: by an operator, a team, a campaign or all.

    What can be counted is spread over the working days of the month, so that every
    evening says whether it goes well; a share or a time is compared as it is.
    """

    _name = "callcenter.goal"
    _description = "Goal of a month"
    _order = "month desc, kpi, id"
    _check_company_auto = True

    name = fields.Char(string="Goal", compute="_compute_name")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    month = fields.Date(
        required=True,
        index=True,
        default=lambda self: first_of_month(self.env.company._callcenter_today()),
        help="Any day of it.",
    )
    kpi = fields.Selection(
        [
            ("attempts", "Attempts"),
            ("contacts", "Contacts"),
            ("targets", "Target contacts"),
            ("leads", "Interested"),
            ("sales", "Customer orders"),
            ("amount", "Amount of orders"),
            ("connection_rate", "Connection rate, %"),
            ("contact_rate", "Contact rate, %"),
            ("conversion", "Conversion, %"),
            ("aht", "Average handling time, seconds"),
            ("occupancy", "Occupancy, %"),
            ("attempts_per_hour", "Attempts an hour"),
            ("sales_per_hour", "Orders an hour"),
        ],
        string="Figure",
        required=True,
        default="contacts",
    )
    target = fields.Float(string="Plan of the month", required=True, aggregator=None)
    employee_id = fields.Many2one(
        "hr.employee", string="Operator", check_company=True, index="btree_not_null"
    )
    department_id = fields.Many2one(
        "hr.department", string="Team", index="btree_not_null"
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign", check_company=True, index="btree_not_null"
    )
    actual = fields.Float(compute="_compute_actual", compute_sudo=True)
    due = fields.Float(
        string="Due by last evening", compute="_compute_actual", compute_sudo=True
    )
    pace = fields.Float(
        string="Pace, %",
        digits=(16, 1),
        compute="_compute_actual",
        compute_sudo=True,
        help="What is reached of what is due; of a share or a time, of the goal.",
    )
    days = fields.Html(string="Plan by day", compute="_compute_days", compute_sudo=True)

    _target_positive = models.Constraint(
        "CHECK (target > 0)", "A goal is more than nothing."
    )
    _whole_month = models.Constraint(
        "CHECK (EXTRACT(day FROM month) = 1)", "A goal is of a whole month."
    )
    _goal_unique = models.UniqueIndex(
        "(company_id, month, kpi, COALESCE(employee_id, 0),"
        " COALESCE(department_id, 0), COALESCE(campaign_id, 0))",
        "This goal is set already.",
    )

    @api.depends("kpi", *_SCOPES)
    @api.depends_context("lang")
    def _compute_name(self):
        labels = dict(self._fields["kpi"]._description_selection(self.env))
        for goal in self:
            # sudo: the names of whom and what the goal is about
            scopes = [goal.sudo()[name].name for name in _SCOPES]
            goal.name = ": ".join([labels.get(goal.kpi, ""), *filter(None, scopes)])

    @api.constrains("kpi", "campaign_id")
    def _check_kpi(self):
        """Time at the desk belongs to no campaign."""
        timed = {"occupancy", "attempts_per_hour", "sales_per_hour"}
        if self.filtered(lambda goal: goal.campaign_id and goal.kpi in timed):
            raise ValidationError(
                self.env._("Time at the desk cannot be told by campaign.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_with_first_day(vals) for vals in vals_list])

    def write(self, vals):
        result = super().write(_with_first_day(vals))
        # A supervisor's goals stay those of his own people.
        self.check_access("write")
        return result

    # -------------------------------------------------------------------- figures

    @api.depends("month", "kpi", "target", *_SCOPES)
    def _compute_actual(self):
        for (company, month), goals in self.grouped(_get_month).items():
            rows = goals._read_month(company, month) if company and month else []
            for goal in goals:
                goal.actual, goal.due = goal._get_actual(rows), goal._get_due()
                goal.pace = goal._get_pace()

    def _read_month(self, company, month):
        """``(day, employee, department, campaign, {sum: number})`` of a month."""
        keys = ["day:day", *_SCOPES]
        found = []
        for facet, names in (
            ("operator", [one for one in MEASURES if one not in _TIME_MEASURES]),
            ("time", _TIME_MEASURES),
        ):
            groupby = keys if facet == "operator" else keys[:-1]
            for row in self.env["callcenter.call.stat"]._read_group(
                [
                    ("facet", "=", facet),
                    ("company_id", "=", company.id),
                    ("day", ">=", month),
                    ("day", "<=", last_of_month(month)),
                ],
                groupby,
                [f"{name}:sum" for name in names],
            ):
                scope = (*row[1 : len(groupby)], None)[:3]
                sums = dict(zip(names, row[len(groupby) :], strict=True))
                found.append((row[0], *scope, sums))
        return found

    def _choose_rows(self, rows):
        team = self.department_id and self.env["hr.department"].search(
            [("id", "child_of", self.department_id.id)]
        )
        return [
            row
            for row in rows
            if (not self.employee_id or row[1] == self.employee_id)
            and (not team or row[2] in team)
            and (not self.campaign_id or row[3] == self.campaign_id)
        ]

    def _get_actual(self, rows):
        return self._measure(_add_up(sums for *_keys, sums in self._choose_rows(rows)))

    def _measure(self, totals):
        if self.kpi in SUMS or not self.kpi:
            return float(totals.get(self.kpi) or 0)
        value = KPIS[self.kpi].value(totals) or 0
        return float(value) * (100 if is_share(self.kpi) else 1)

    def _get_due(self):
        if self.kpi not in SUMS or not self.month:
            return self.target
        today = self.company_id._callcenter_today()
        return get_due(self._get_plan(), self._get_working_days(), _before(today))

    def _get_pace(self):
        if is_time(self.kpi):
            return 100 * self.target / self.actual if self.actual else 0
        return 100 * self.actual / self.due if self.due else 0

    @api.model
    def _get_targets(self, company, first, last, chosen):
        """What is to be reached from ``first`` to ``last``, by figure.

        :param dict chosen: of whom: a name of ``_SCOPES`` -> id; goals of exactly them
        :return: dict; counts by the working days among those asked, a share 0..1 or a
            time as the latest month has it
        """
        if chosen.keys() - set(_SCOPES):
            return {}
        months = [("month", ">=", first_of_month(first)), ("month", "<=", last)]
        of_whom = [(name, "=", chosen.get(name, False)) for name in _SCOPES]
        own = [("company_id", "=", company.id), *months, *of_whom]
        targets = {}
        # sudo: of goals that he may read; an operator's days stand in his contract
        for goal in self.search(own, order="month, id").sudo():
            before = targets.get(goal.kpi, 0) if goal.kpi in SUMS else 0
            targets[goal.kpi] = before + goal._get_target_within(first, last)
        return targets

    def _get_target_within(self, first, last):
        if self.kpi not in SUMS:
            return self.target / (100 if is_share(self.kpi) else 1)
        plan = spread(self._get_plan(), self._get_working_days())
        return sum(part for day, part in plan.items() if first <= day <= last)

    def _get_plan(self):
        """The plan as what it counts: whole things, or money."""
        return self.target if self.kpi == "amount" else round(self.target)

    def _get_working_days(self):
        """Working days of the month: the operator's own, or the company's."""
        first, last = self.month, last_of_month(self.month)
        schedule = self.employee_id and self.employee_id._get_version(first)
        calendar = schedule and schedule.resource_calendar_id
        if not calendar:
            return self.company_id._get_callcenter_working_days(first, last)
        start, end = (
            datetime.combine(day, moment, tzinfo=timezone.utc)
            for day, moment in ((first, time.min), (last, time.max))
        )
        resource = self.employee_id.resource_id
        batch = calendar._work_intervals_batch(start, end, resource)
        days = {begin.date() for begin, _stop, _meta in batch[resource.id]}
        return sorted(day for day in days if first <= day <= last)

    def _get_day_plan(self, day):
        """What of the plan belongs to a day; 0 on a day off."""
        return spread(self._get_plan(), self._get_working_days()).get(day, 0)

    @api.depends("month", "kpi", "target", *_SCOPES)
    @api.depends_context("lang")
    def _compute_days(self):
        for goal in self:
            is_spread = goal.kpi in SUMS and goal.month and goal.company_id
            goal.days = goal._show_days() if is_spread else False

    def _show_days(self):
        done = {}
        for day, *_scope, sums in self._choose_rows(
            self._read_month(self.company_id, self.month)
        ):
            done[day] = done.get(day, 0) + (sums.get(self.kpi) or 0)
        plan = spread(self._get_plan(), self._get_working_days())
        today = self.company_id._callcenter_today()
        rest, rows = 0, []
        for day in sorted({*plan, *done}):
            rest += done.get(day, 0) - plan.get(day, 0)
            numbers = plan.get(day, 0), done.get(day, 0), rest
            cells = [self._show(one) for one in numbers]
            if day > today:
                cells[1:] = ["", ""]
            rows.append(_ROW.format(format_date(self.env, day), *cells))
        heads = (
            self.env._("Day"),
            self.env._("Plan"),
            self.env._("Actual"),
            self.env._("Ahead of the plan"),
        )
        return _TABLE.format(*heads, Markup("").join(rows))

    def _show(self, value):
        return formatLang(self.env, value, digits=2 if self.kpi == "amount" else 0)

    @api.model
    def _find_plans(self, employees, month):
        """Employee id -> {sum: goal} of a month."""
        plans = {}
        for goal in self.search(
            [
                ("employee_id", "in", employees.ids),
                ("campaign_id", "=", False),
                ("month", "=", first_of_month(month)),
                ("kpi", "in", SUMS),
            ]
        ):
            plans.setdefault(goal.employee_id.id, {})[goal.kpi] = goal
        return plans


def _with_first_day(vals):
    month = fields.Date.to_date(vals.get("month"))
    return vals | {"month": first_of_month(month)} if month else vals


def _get_month(goal):
    return goal.company_id, goal.month


def _before(day):
    return fields.Date.subtract(day, days=1)


def _add_up(parts):
    totals = {}
    for part in parts:
        for name, value in part.items():
            totals[name] = totals.get(name, 0) + (value or 0)
    return totals

from odoo.fields import Domain
from odoo.tools import formatLang

from ...tools.calling.kpi import KPIS
from ..common.figure_text import percent_text

_SERVICE_SUMS = (
    "calls_offered",
    "calls_answered",
    "calls_in_time",
    "calls_abandoned",
)


class DirectorFigures:
    """Calls of the month so far and what was planned for it, of the user's company."""

    def __init__(self, env):
        self.env = env
        self.last = env.company._callcenter_today()
        self.first = self.last.replace(day=1)

    def get_figures(self):
        """``[(name, label, value, plan, whether it is good, action)]``, as texts."""
        attempts, contacts = self._get_done()
        planned_attempts, planned_contacts = self._get_planned()
        return [
            self._make_count(
                "attempts",
                self.env._("Attempts this month"),
                attempts,
                planned_attempts,
            ),
            self._make_count(
                "contacts",
                self.env._("Clients reached"),
                contacts,
                planned_contacts,
            ),
            self._make_results(),
            self._make_service(),
        ]

    def _make_count(self, name, label, value, plan):
        is_good = not plan or value >= plan
        action = "callcenter_ops.dashboard_action"
        return (
            name,
            label,
            self._text(value),
            plan and self._text(plan),
            is_good,
            action,
        )

    def _text(self, number):
        return formatLang(self.env, number or 0, digits=0)

    def _get_done(self):
        company = Domain("company_id", "=", self.env.company.id)
        [row] = self.env["callcenter.call.stat"]._read_period(
            company, self.first, self.last, [], ["attempts:sum", "contacts:sum"]
        )
        return [value or 0 for value in row]

    def _get_planned(self):
        """By the company's goals up to today; else by the plans of report sheets."""
        goals = self.env["callcenter.goal"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("month", "=", self.first),
                ("kpi", "in", ("attempts", "contacts")),
                ("employee_id", "=", False),
                ("department_id", "=", False),
                ("campaign_id", "=", False),
            ]
        )
        due = {goal.kpi: goal.due for goal in goals}
        attempts, contacts = self._get_planned_on_sheets()
        return due.get("attempts", attempts), due.get("contacts", contacts)

    def _get_planned_on_sheets(self):
        [row] = self.env["callcenter.report.sheet"]._read_group(
            [
                ("company_id", "=", self.env.company.id),
                ("date", ">=", self.first),
                ("date", "<=", self.last),
            ],
            [],
            ["plan_attempts:sum", "plan_contacts:sum"],
        )
        return [value or 0 for value in row]

    def _make_results(self):
        """Target contacts of the running campaigns that have a plan of them."""
        campaigns = self.env["callcenter.campaign"].search(
            [
                ("state", "=", "running"),
                ("plan_results", ">", 0),
                ("company_id", "=", self.env.company.id),
            ]
        )
        [(done,)] = self.env["callcenter.call.stat"]._read_group(
            [("campaign_id", "in", campaigns.ids)], [], ["targets:sum"]
        )
        plan = sum(campaigns.mapped("plan_results"))
        label = self.env._("Results of running campaigns")
        figure = self._make_count("results", label, done, plan)
        # A campaign that runs on has time to reach its plan.
        is_good = (done or 0) >= plan or None
        return (*figure[:4], is_good, "callcenter_ops.campaign_action")

    def _make_service(self):
        [sums] = self.env["callcenter.service.day"]._read_group(
            [
                ("company_id", "=", self.env.company.id),
                ("day", ">=", self.first),
                ("day", "<=", self.last),
            ],
            [],
            [f"{name}:sum" for name in _SERVICE_SUMS],
        )
        values = dict(zip(_SERVICE_SUMS, (value or 0 for value in sums), strict=True))
        level = KPIS["service_level"].value(values)
        levels = self.env["callcenter.service.level"]
        goal = levels._get_at(self.env.company, self.last).goal / 100
        return (
            "service_level",
            self.env._("Service level"),
            percent_text(self.env, level),
            percent_text(self.env, goal),
            None if level is None else level >= goal,
            "callcenter_ops.pbx_call_action",
        )

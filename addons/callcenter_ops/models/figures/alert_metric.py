from datetime import timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.common.period import first_of_month
from ...tools.figures.plan_days import count_days
from .sql.counted_calls import counted_calls

SHARE = "share"
COUNT = "count"
WATCHED = [
    ("service_level", "Service level, %"),
    ("letters_late", "Letters late"),
    ("promises_late", "Overdue promises"),
    ("idle_operators", "Idle operators"),
    ("contact_rate_drop", "Drop of the contact rate, points"),
    ("plan_pace", "Pace of the plan, %"),
    ("budget_use", "Budget spent, % of the plan"),
]
SIDES = [("below", "Below"), ("above", "Above")]
# The contact rate that is usual is that of so many days before.
_USUAL_DAYS = 28


class Metric:
    """What an alert rule watches: one statement for the rules of all companies.

    ``read_rows`` gives the sums by company, department and campaign; a rule adds up
    those of its scope and ``measure`` makes one number of them, so that many rules
    cost as much as one. Shares are per cent.

    :cvar worse: on which side of the threshold it is bad, ``below`` or ``above``
    :cvar scopes: what it can be told apart by, beside the company
    :cvar has_window: whether it looks at the last minutes alone
    :cvar action: external id of the screen that explains it
    """

    code = None
    unit = COUNT
    worse = "above"
    scopes = ("department_id",)
    has_window = False
    action = None

    def read_rows(self, env, now, minutes):
        """
        :param now: naive UTC; ``minutes``: length of the window
        :return: tuples ``(company id, department id, campaign id, *sums)``
        """
        query = self._get_query(now, now - timedelta(minutes=minutes))
        return env.execute_query(query)

    def _get_query(self, now, since):
        raise NotImplementedError

    def measure(self, sums):
        """The number of the sums of a scope; None where there is nothing to measure.

        :param sums: list of numbers; empty when no row is of the scope
        """
        return sums[0] if sums else 0

    def count_sample(self, sums):
        """Of how many things ``measure`` speaks; None where that does not matter."""

    def get_domain(self, alert):
        """What the screen shows of an alert, or None for a screen without a domain."""
        raise NotImplementedError


class ServiceLevel(Metric):
    """Share of incoming calls of the last minutes that were answered in time."""

    code, unit, worse = "service_level", SHARE, "below"
    scopes, has_window = (), True
    action = "callcenter_ops.pbx_call_action"

    def _get_query(self, now, since):
        return SQL(
            """
            SELECT company_id, NULL::int, NULL::int,
                   count(*) FILTER (WHERE is_in_time), count(*)
              FROM callcenter_pbx_call
             WHERE started_at > %(since)s AND started_at <= %(now)s
               AND day >= %(day)s
             GROUP BY company_id
            """,
            since=since,
            now=now,
            # The index is by day, and a zone is at most a day away.
            day=(since - timedelta(days=1)).date(),
        )

    def measure(self, sums):
        return 100 * sums[0] / sums[1] if sums and sums[1] else None

    def count_sample(self, sums):
        return sums[1] if sums else 0

    def get_domain(self, alert):
        return alert._get_window_domain("started_at")


class LettersLate(Metric):
    """Letters that wait beyond their deadline."""

    code = "letters_late"
    action = "callcenter_ops.enquiry_action"

    def _get_query(self, now, since):
        return SQL(
            """
            SELECT company_id, department_id, NULL::int, count(*)
              FROM callcenter_enquiry
             WHERE state IN ('new', 'taken') AND deadline_at < %s
             GROUP BY company_id, department_id
            """,
            now,
        )

    def get_domain(self, alert):
        now = fields.Datetime.to_string(fields.Datetime.now())
        late = [("state", "in", ["new", "taken"]), ("deadline_at", "<", now)]
        return alert._get_scope_domain() & Domain(late)


class PromisesLate(Metric):
    """Promises to clients whose deadline is over."""

    code = "promises_late"
    scopes = ("department_id", "campaign_id")
    action = "callcenter_ops.followup_action"

    def _get_query(self, now, since):
        return SQL(
            """
            SELECT company_id, department_id, campaign_id, count(*)
              FROM callcenter_followup
             WHERE state = 'open' AND deadline_at < %s
             GROUP BY company_id, department_id, campaign_id
            """,
            now,
        )

    def get_domain(self, alert):
        late = [("is_overdue", "=", True)]
        return alert._get_scope_domain() & Domain(late)


class IdleOperators(Metric):
    """Operators who have been ready longer than the window and were handed nobody."""

    code, has_window = "idle_operators", True
    action = "callcenter_ops.wallboard_action"

    def _get_query(self, now, since):
        return SQL(
            """
            SELECT company_id, department_id, NULL::int, count(*)
              FROM callcenter_operator_state
             WHERE ended_at IS NULL AND state = 'ready' AND started_at <= %s
             GROUP BY company_id, department_id
            """,
            since,
        )

    def get_domain(self, alert):
        return None


class ContactRateDrop(Metric):
    """By how many points fewer attempts reach somebody now than in the weeks before."""

    code, unit, has_window = "contact_rate_drop", SHARE, True
    scopes = ("department_id", "campaign_id")
    action = "callcenter_ops.call_action"

    def _get_query(self, now, since):
        recent = counted_calls(
            SQL("call.started_at > %s AND call.started_at <= %s", since, now)
        )
        return SQL(
            """
            SELECT company_id, department_id, campaign_id, sum(contacts),
                   sum(attempts), sum(usual_contacts), sum(usual_attempts)
              FROM (SELECT company_id, department_id, campaign_id, contacts, attempts,
                           0 AS usual_contacts, 0 AS usual_attempts
                      FROM (%(recent)s) AS recent
                     UNION ALL
                    SELECT company_id, department_id, campaign_id, 0, 0,
                           sum(contacts), sum(attempts)
                      FROM callcenter_call_stat
                     WHERE facet = 'operator' AND day >= %(first)s AND day < %(today)s
                     GROUP BY company_id, department_id, campaign_id) AS part
             GROUP BY company_id, department_id, campaign_id
            """,
            recent=recent,
            first=now.date() - timedelta(days=_USUAL_DAYS),
            today=now.date(),
        )

    def measure(self, sums):
        if not sums or not sums[1] or not sums[3]:
            return None
        return 100 * (sums[2] / sums[3] - sums[0] / sums[1])

    def count_sample(self, sums):
        return sums[1] if sums else 0

    def get_domain(self, alert):
        return alert._get_window_domain("started_at")


class PlanPace(Metric):
    """Contacts of running campaigns against what their plans expect by last evening.

    Days of a plan are the working days from its first to its last day.
    """

    code, unit, worse = "plan_pace", SHARE, "below"
    scopes = ("department_id", "campaign_id")
    action = "callcenter_ops.campaign_action"

    def read_rows(self, env, now, minutes):
        rows = []
        for *scope, plan, first, last, done in env.execute_query(
            self._get_query(now, None)
        ):
            company = env["res.company"].browse(scope[0])
            today = company._callcenter_local(now).date()
            days = company._get_callcenter_working_days(first, last)
            gone = count_days(days, before=today)
            rows.append((*scope, done, plan * gone / len(days) if days else 0))
        return rows

    def _get_query(self, now, since):
        return SQL(
            """
            SELECT c.company_id, c.department_id, c.id, c.plan_contacts,
                   c.date_start, c.date_end, COALESCE(sum(s.contacts), 0)
              FROM callcenter_campaign c
              JOIN res_company company ON company.id = c.company_id
              LEFT JOIN callcenter_call_stat s
                ON s.facet = 'operator' AND s.company_id = c.company_id
               AND s.campaign_id = c.id AND s.day >= c.date_start
               AND s.day < (%s AT TIME ZONE 'UTC'
                            AT TIME ZONE company.callcenter_tz)::date
             WHERE c.state = 'running' AND c.plan_contacts > 0
               AND c.date_start IS NOT NULL AND c.date_end >= c.date_start
             GROUP BY c.id
            """,
            now,
        )

    def measure(self, sums):
        return 100 * sums[0] / sums[1] if sums and sums[1] else None

    def get_domain(self, alert):
        running = [("state", "=", "running"), ("plan_contacts", ">", 0)]
        if alert.campaign_id:
            return Domain([("id", "=", alert.campaign_id.id)])
        return alert._get_scope_domain() & Domain(running)


class BudgetUse(Metric):
    """What was spent of approved budgets against their plan, this month included."""

    code, unit, scopes = "budget_use", SHARE, ()
    action = "callcenter_ops.workstation_budget_action"

    def _get_query(self, now, since):
        return SQL(
            """
            SELECT line.company_id, NULL::int, NULL::int,
                   sum(line.amount_actual), sum(line.amount_plan)
              FROM callcenter_workstation_budget_line line
              JOIN callcenter_workstation_budget budget ON budget.id = line.budget_id
             WHERE budget.state = 'approved' AND budget.date_to >= %(month)s
               AND line.month <= %(month)s
             GROUP BY line.company_id
            """,
            month=first_of_month(now.date()),
        )

    def measure(self, sums):
        return float(100 * sums[0] / sums[1]) if sums and sums[1] else None

    def get_domain(self, alert):
        return alert._get_scope_domain() & Domain([("state", "=", "approved")])


METRICS = {
    metric.code: metric
    for metric in (
        ServiceLevel(),
        LettersLate(),
        PromisesLate(),
        IdleOperators(),
        ContactRateDrop(),
        PlanPace(),
        BudgetUse(),
    )
}

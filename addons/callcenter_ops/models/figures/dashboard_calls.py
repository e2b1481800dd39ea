from odoo import fields
from odoo.fields import Domain

from ...tools.calling.kpi import BANDS, KPIS, change, place_in_band
from ...tools.common.period import list_steps
from .dashboard_panel import DashboardPanel, table
from .sql.call_stat import MEASURES, TIME_MEASURES

_COUNTS = ("attempts", "contacts", "targets", "leads", "sales", "amount")
_QUOTIENTS = ("connection_rate", "contact_rate", "conversion", "aht", "occupancy")
_TIMES = ("talk_seconds", "wrap_seconds")
_OF_DAYS = ("attempts", "contacts", "sales")
# The lines beside the head figures need these of each day too.
_READ_DAYS = (*_OF_DAYS, "targets", "amount")
_STEPS = ("attempts", "contacts", "targets", "leads", "sales")


class CallsPanel(DashboardPanel):
    """The calls themselves: head figures, days, funnel, operators, results."""

    def get_data(self):
        totals = self._get_totals(self.scope)
        return {
            "tiles": self._get_tiles(totals),
            "days": self._get_days(),
            "funnel": self._get_funnel(totals),
            "operators": self._get_operators(),
            "results": self._get_reasons("disposition_id", "attempts"),
            "refusals": self._get_reasons("refusal_reason_id", "refusals"),
        }

    def _get_totals(self, scope):
        [sums] = scope.read_stats("operator", [])
        totals = _fill(MEASURES, sums)
        if scope.has_time:
            [seconds] = scope.read_time([], TIME_MEASURES)
            totals |= _fill(TIME_MEASURES, seconds)
        return totals

    def _get_tiles(self, totals):
        """The head figures, each with its change against the period before."""
        before = self._get_totals(self.scope.get_before())
        names = (*_COUNTS, *_QUOTIENTS, *_TIMES)
        tiles = [self._prepare_tile(name, totals, before) for name in names]
        plan = self._get_plan()
        return [tile | {"target": plan.get(tile["name"])} for tile in tiles]

    def _get_plan(self):
        """Goals of exactly whom is chosen; without one, what the sheets plan."""
        scope, goals = self.scope, self.env["callcenter.goal"]
        return self._get_plan_of_sheets() | goals._get_targets(
            self.env.company, scope.first, scope.last, scope.filters
        )

    def _get_plan_of_sheets(self):
        """What the sheets of the period plan, as far as the reader may see them."""
        sheets = self.env["callcenter.report.sheet"]
        if not (self.scope.has_time and sheets.has_access("read")):
            return {}
        sums = ["plan_attempts:sum", "plan_contacts:sum"]
        [(attempts, contacts)] = sheets._read_group(self.scope.sheet_domain, [], sums)
        return {"attempts": attempts or None, "contacts": contacts or None}

    def _prepare_tile(self, name, totals, before):
        kpi = KPIS.get(name)
        value, previous = (
            kpi.value(sums) if kpi else sums[name] for sums in (totals, before)
        )
        units = {"amount": "money"} | dict.fromkeys(_TIMES, "seconds")
        unit = kpi.unit if kpi else units.get(name, "count")
        return {
            "name": name,
            "unit": unit,
            "value": value,
            "previous": previous,
            "change": change(value, previous, unit),
            "base": min(_get_base(name, sums) for sums in (totals, before)),
            "band": BANDS.get(name),
            "band_state": place_in_band(name, value),
            "formula": self.scope.words.get_formula(name),
            "source": self.scope.words.get_source(name),
        }

    def _get_days(self):
        """A row a day, or a row a month where days would be too many; none left out."""
        scope = self.scope
        rows = scope.read_stats("operator", [f"day:{scope.step}"], _READ_DAYS)
        found = {day: sums for day, *sums in rows}
        nothing = (0,) * len(_READ_DAYS)
        return [
            {"day": fields.Date.to_string(day)}
            | _fill(_READ_DAYS, found.get(day, nothing))
            for day in list_steps(scope.first, scope.last, scope.step)
        ]

    def _get_funnel(self, totals):
        funnel = [{"name": name, "value": totals[name]} for name in _STEPS]
        return [*funnel, {"name": "won", "value": self._count_won()}]

    def _count_won(self):
        """Opportunities won that had a call in the period."""
        # The reader's own calls: a supervisor counts what his departments won.
        asked = self.scope.call_domain & Domain("lead_id", "!=", False)
        calls = self.env["callcenter.call"]._search(asked)
        domain = Domain("id", "in", calls.subselect("lead_id"))
        domain &= Domain("won_status", "=", "won")
        domain &= Domain("company_id", "in", [False, *self.env.companies.ids])
        # sudo: the Director counts what only salespeople may open
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        return leads.search_count(domain)

    def _get_operators(self):
        rows = self.scope.read_stats("operator", ["employee_id"])
        seconds = self._get_seconds() if self.scope.has_time else {}
        names = self.scope.get_names(employee.id for employee, *_sums in rows)
        operators = []
        for employee, *sums in rows:
            totals = dict(zip(MEASURES, sums, strict=True))
            totals |= seconds.get(employee.id, {})
            operators.append(
                {"id": employee.id, "name": names[employee.id], **totals}
                | {code: kpi.value(totals) for code, kpi in KPIS.items()}
            )
        return sorted(operators, key=lambda row: -row["attempts"])

    def _get_seconds(self):
        """Time at the desk by employee, of the intervals that ended.

        Talk and wrap-up are counted by the calls themselves.
        """
        rows = self.scope.read_time(["employee_id"], TIME_MEASURES)
        return {employee.id: _fill(TIME_MEASURES, sums) for employee, *sums in rows}

    def _get_reasons(self, field, measure):
        """Calls by result, or by reason of refusal; the most frequent first."""
        rows = self.scope.read_stats("result", [field], [measure])
        found = [
            {"id": reason.id, "name": reason.name, "value": value}
            for reason, value in rows
            if value
        ]
        return sorted(found, key=lambda row: -row["value"])

    # ------------------------------------------------------------------- on paper

    def get_tables(self, data):
        words = data["words"]
        name = ("name", self.env._("Name"), "text")
        calls = ("value", self.env._("Calls"), "count")
        steps = [
            {"name": words[step["name"]], "value": step["value"]}
            for step in data["funnel"]
        ]
        return [
            table(
                self.env._("Calls by day"),
                data["days"],
                ("day", *self._get_step_column()),
                *((figure, words[figure], "count") for figure in _OF_DAYS),
            ),
            table(
                self.env._("From call to won"),
                steps,
                ("name", self.env._("Step"), "text"),
                calls,
            ),
            self._get_operators_table(data["operators"], words),
            table(self.env._("Results"), data["results"], name, calls),
            table(self.env._("Reasons of refusal"), data["refusals"], name, calls),
        ]

    def _get_step_column(self):
        """Heading and unit of the first column of the days."""
        if self.scope.step == "month":
            return self.env._("Month"), "month"
        return self.env._("Day"), "day"

    def _get_operators_table(self, operators, words):
        return table(
            self.env._("Operators side by side"),
            operators,
            ("name", self.env._("Operator"), "text"),
            ("attempts", words["attempts"], "count"),
            ("contacts", words["contacts"], "count"),
            ("contact_rate", words["contact_rate"], "share"),
            ("leads", words["leads"], "count"),
            ("sales", words["sales"], "count"),
            ("conversion", words["conversion"], "share"),
            ("amount", words["amount"], "money"),
            ("aht", words["aht"], "seconds"),
            ("occupancy", words["occupancy"], "share"),
        )


def _get_base(name, sums):
    """Of how many a figure tells: what stands below the line, or the number itself."""
    kpi = KPIS.get(name)
    counted = {"amount": "sales"} | dict.fromkeys(_TIMES, "contacts")
    names = kpi.below if kpi else (counted.get(name, name),)
    return sum(sums.get(one) or 0 for one in names)


def _fill(names, sums):
    """Sums by name; nothing counted is nought."""
    return dict(zip(names, (value or 0 for value in sums), strict=True))

from odoo import fields
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from ...tools.figures.result_cost import formula, per_result
from .dashboard_panel import DashboardPanel, table

_COUNTS = ("attempts", "contacts", "leads", "sales")
_PARTS = ("wage", "workplace", "overrun")
_FILTERS = {"campaign_id", "employee_id"}
_SUMS = [f"{name}:sum" for name in (*(f"amount_{part}" for part in _PARTS), *_COUNTS)]


class CostPanel(DashboardPanel):
    """What the results cost: whole months, for those who may see wages."""

    def get_data(self):
        """``costs``: what a call, a contact, an interested client and an order cost.

        Read in the reader's own rights: who may not see wages gets None, and so does
        a choice by which no cost is told; others a dict: ``first`` and ``last`` day of
        the months read, ``formula`` in words, ``counted_at``, ``total`` and lists
        ``months``, ``campaigns``, ``operators`` of rows as of ``_prepare_cost``; money
        in the company's currency.
        """
        costs = self.env["callcenter.result.cost"]
        is_told = costs.has_access("read") and self.scope.filters.keys() <= _FILTERS
        return {"costs": self._get_costs() if is_told else None}

    def _get_costs(self):
        return {
            "first": fields.Date.to_string(self._first),
            "last": fields.Date.to_string(self._last),
            "formula": self._get_formula(),
            "counted_at": self._get_counted_at(),
            "total": self._prepare_cost("", "", *self._read([])),
            "months": self._get_months(),
            "campaigns": self._get_campaigns(),
            "operators": self._get_operators(),
        }

    @property
    def _first(self):
        return fields.Date.start_of(self.scope.first, "month")

    @property
    def _last(self):
        return fields.Date.end_of(self.scope.last, "month")

    def _read(self, groupby, **kwargs):
        costs = self.env["callcenter.result.cost"]
        return costs._read_group(self._get_domain(), groupby, _SUMS, **kwargs)

    def _get_domain(self):
        # Amounts of different currencies are not added up.
        currency = self.env.company.currency_id
        companies = self.env.companies.filtered(lambda one: one.currency_id == currency)
        domain = Domain("company_id", "in", companies.ids)
        domain &= Domain("month", ">=", self._first)
        domain &= Domain("month", "<=", self._last)
        for name, value in self.scope.filters.items():
            domain &= Domain(name, "=", value)
        return domain

    def _get_counted_at(self):
        """When the rows were made last, in UTC; False where there is none."""
        [[moment]] = self.env["callcenter.result.cost"]._read_group(
            self._get_domain(), [], ["create_date:max"]
        )
        return fields.Datetime.to_string(moment)

    def _get_months(self):
        return [
            self._prepare_cost(fields.Date.to_string(month), "", sums)
            for month, *sums in self._read(["month:month"], order="month:month")
        ]

    def _get_campaigns(self):
        nameless = self.env._("Without a campaign")
        found = [
            self._prepare_cost(campaign.id, campaign.name or nameless, sums)
            for campaign, *sums in self._read(["campaign_id"])
        ]
        return sorted(found, key=lambda row: -row["amount"])

    def _get_operators(self):
        rows = self._read(["employee_id"])
        names = self.scope.get_names(employee.id for employee, *_sums in rows)
        found = [
            self._prepare_cost(employee.id, names[employee.id], sums)
            for employee, *sums in rows
        ]
        return sorted(found, key=lambda row: -row["amount"])

    def _prepare_cost(self, key, name, sums):
        """A row: its cost, its results and the cost of one of each, None for none."""
        amounts = [value or 0 for value in sums[: len(_PARTS)]]
        counts = dict(zip(_COUNTS, (n or 0 for n in sums[len(_PARTS) :]), strict=True))
        amount = self.env.company.currency_id.round(sum(amounts))
        costs = {name: per_result(amount, count) for name, count in counts.items()}
        return (
            {"id": key, "name": name, "amount": amount}
            | dict(zip(_PARTS, amounts, strict=True))
            | counts
            | {f"per_{name}": cost and float(cost) for name, cost in costs.items()}
            | {"formula": formula(*amounts, counts["attempts"])}
        )

    def _get_formula(self):
        """The definition of every cost per result in the reader's language."""
        words = self.scope.words.get_sum_words()
        return self.env._(
            "(wage + workplace + telephone overrun) / %(results)s",
            results=", ".join(words[name] for name in _COUNTS),
        )

    # ------------------------------------------------------------------- on paper

    def get_tables(self, data):
        """By month, campaign and operator; none without the right."""
        costs = data["costs"]
        if not costs:
            return []
        months = [
            row | {"name": format_date(self.env, row["id"], date_format="LLLL y")}
            for row in costs["months"]
        ]
        return [
            self._get_table(title, heading, rows, data)
            for title, heading, rows in (
                (self.env._("Cost by month"), self.env._("Month"), months),
                (
                    self.env._("Cost by campaign"),
                    self.env._("Campaign"),
                    costs["campaigns"],
                ),
                (
                    self.env._("Cost by operator"),
                    self.env._("Operator"),
                    costs["operators"],
                ),
            )
        ]

    def _get_table(self, title, heading, rows, data):
        words = data["words"]
        return table(
            title,
            rows,
            ("name", heading, "text"),
            ("amount", self.env._("Cost"), "price"),
            *((name, words[name], "count") for name in _COUNTS),
            ("per_attempts", self.env._("Per call"), "price"),
            ("per_contacts", self.env._("Per contact"), "price"),
            ("per_leads", self.env._("Per interested client"), "price"),
            ("per_sales", self.env._("Per order"), "price"),
            note=self._get_note(data["costs"]),
        )

    def _get_note(self, costs):
        note = self.env._(
            "%(formula)s; whole months, %(first)s to %(last)s",
            formula=costs["formula"],
            first=format_date(self.env, fields.Date.to_date(costs["first"])),
            last=format_date(self.env, fields.Date.to_date(costs["last"])),
        )
        if not costs["counted_at"]:
            return note
        moment = format_datetime(self.env, costs["counted_at"], dt_format="short")
        return self.env._("%(note)s; counted on %(moment)s", note=note, moment=moment)

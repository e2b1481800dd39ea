from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.figures.result_cost import formula, per_result

_COUNTS = ("attempts", "contacts", "leads", "sales")
_PARTS = ("wage", "workplace", "overrun")
_SUMS = [f"{name}:sum" for name in (*(f"amount_{part}" for part in _PARTS), *_COUNTS)]


class DashboardCost(models.AbstractModel):
    """What the results cost: whole months, for those who may see wages."""

    _name = "callcenter.dashboard.cost"
    _description = "Cost of results on the dashboard"
    _inherit = ["callcenter.kpi.words"]

    @api.model
    def _get_costs(self, first, last, campaign_id):
        """Cost of a call, a contact, a lead and a sale in the months of a period.

        Read in the reader's own rights: who may not see wages gets None.

        :return: dict: ``first`` and ``last`` day of the months read, ``formula`` in
            words, ``total`` and lists ``months``, ``campaigns``, ``operators`` of
            rows as of ``_prepare_cost``; money in the company's currency
        """
        costs = self.env["callcenter.result.cost"]
        if not costs.has_access("read"):
            return None
        first = fields.Date.start_of(first, "month")
        last = fields.Date.end_of(last, "month")
        domain = self._get_cost_domain(first, last, campaign_id)
        return {
            "first": fields.Date.to_string(first),
            "last": fields.Date.to_string(last),
            "formula": self._get_cost_formula(),
            "total": self._prepare_cost("", "", *costs._read_group(domain, [], _SUMS)),
            "months": self._get_month_costs(domain),
            "campaigns": self._get_campaign_costs(domain),
            "operators": self._get_operator_costs(domain),
        }

    @api.model
    def _get_cost_domain(self, first, last, campaign_id):
        # Amounts of different currencies are not added up.
        currency = self.env.company.currency_id
        companies = self.env.companies.filtered(lambda one: one.currency_id == currency)
        domain = Domain("company_id", "in", companies.ids)
        domain &= Domain("month", ">=", first) & Domain("month", "<=", last)
        if campaign_id:
            domain &= Domain("campaign_id", "=", campaign_id)
        return domain

    @api.model
    def _get_month_costs(self, domain):
        rows = self.env["callcenter.result.cost"]._read_group(
            domain, ["month:month"], _SUMS, order="month:month"
        )
        return [
            self._prepare_cost(fields.Date.to_string(month), "", sums)
            for month, *sums in rows
        ]

    @api.model
    def _get_campaign_costs(self, domain):
        rows = self.env["callcenter.result.cost"]._read_group(
            domain, ["campaign_id"], _SUMS
        )
        found = [
            self._prepare_cost(
                campaign.id, campaign.name or self.env._("Without a campaign"), sums
            )
            for campaign, *sums in rows
        ]
        return sorted(found, key=lambda row: -row["amount"])

    @api.model
    def _get_operator_costs(self, domain):
        rows = self.env["callcenter.result.cost"]._read_group(
            domain, ["employee_id"], _SUMS
        )
        names = self._get_names(employee.id for employee, *_sums in rows)
        found = [
            self._prepare_cost(employee.id, names[employee.id], sums)
            for employee, *sums in rows
        ]
        return sorted(found, key=lambda row: -row["amount"])

    @api.model
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

    @api.model
    def _get_cost_formula(self):
        """The definition of every cost per result in the reader's language."""
        words = self._get_sum_words()
        return self.env._(
            "(wage + workplace + telephone overrun) / %(results)s",
            results=", ".join(words[name] for name in _COUNTS),
        )

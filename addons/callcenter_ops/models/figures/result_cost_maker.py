from collections import defaultdict
from decimal import Decimal

from odoo import fields

from ...tools.common.exact_money import exact_sum
from ...tools.common.period import add_months
from ...tools.figures.result_cost import (
    days_share,
    per_result,
    prorate,
    workplace_month,
)
from ...tools.workstation.phone_bill import share_amount

_FIGURES = ("attempts", "contacts", "leads", "sales")


class ResultCostMaker:
    """Works the rows of ``callcenter.result.cost`` out, of a company's month.

    A wage is that of the version in force; a workplace and the overrun of a line
    belong to whoever held them; all is shared by the time given to each campaign.
    """

    def __init__(self, company, month):
        """:param company: with the rights to read wages; :param month: its first day"""
        self.env, self.company, self.month = company.env, company, month
        self.last = fields.Date.end_of(month, "month")

    def get_rows(self):
        """Values of the month's rows."""
        figures = self._get_figures()
        return [
            vals | {"company_id": self.company.id, "month": self.month}
            for employee, parts in self._get_costs(figures).items()
            for vals in self._split(employee, parts, figures.get(employee, {}))
        ]

    def _split(self, employee, parts, by_campaign):
        """Rows of one operator: his cost by the time he gave to each campaign."""
        by_campaign = by_campaign or {False: dict.fromkeys((*_FIGURES, "seconds"), 0)}
        weights = {key: Decimal(row["seconds"]) for key, row in by_campaign.items()}
        shares = {name: share_amount(part, weights) for name, part in parts.items()}
        return [
            self._prepare_row(
                employee,
                campaign,
                {name: shares[name][campaign] for name in parts},
                row,
            )
            for campaign, row in by_campaign.items()
        ]

    def _prepare_row(self, employee, campaign, parts, figures):
        total = exact_sum(parts.values())
        results = {
            f"cost_per_{name}": float(per_result(total, figures[count]) or 0)
            for name, count in zip(
                ("call", "contact", "lead", "sale"), _FIGURES, strict=True
            )
        }
        return (
            {"employee_id": employee, "campaign_id": campaign}
            | {f"amount_{name}": float(part) for name, part in parts.items()}
            | {name: figures[name] for name in _FIGURES}
            | {"amount_total": float(total)}
            | results
        )

    def _get_costs(self, figures):
        """``{employee id: {"wage", "workplace", "overrun"}}`` of the month."""
        workplaces = self._get_workplace_costs()
        people = set(workplaces) | set(figures)
        wages = self._get_wages(people)
        overruns = self._get_overruns()
        return {
            employee: {
                "wage": wages.get(employee, Decimal(0)),
                "workplace": workplaces.get(employee, Decimal(0)),
                "overrun": overruns.get(employee, Decimal(0)),
            }
            for employee in sorted(people | set(overruns))
        }

    def _get_figures(self):
        """``{employee id: {campaign id or False: figures}}`` from the daily figures."""
        groups = self.env["callcenter.call.stat"]._read_group(
            [
                ("facet", "=", "operator"),
                ("employee_id", "!=", False),  # calls that no operator answered
                ("company_id", "=", self.company.id),
                ("day", ">=", self.month),
                ("day", "<", add_months(self.month, 1)),
            ],
            ["employee_id", "campaign_id"],
            [f"{name}:sum" for name in (*_FIGURES, "talk_seconds", "wrap_seconds")],
        )
        figures = defaultdict(dict)
        for employee, campaign, *sums, talk, wrap in groups:
            row = dict(zip(_FIGURES, sums, strict=True)) | {"seconds": talk + wrap}
            figures[employee.id][campaign.id] = row
        return figures

    def _get_wages(self, employee_ids):
        versions = self.env["hr.version"].search(
            [
                ("employee_id", "in", list(employee_ids)),
                ("date_version", "<=", self.last),
            ],
            order="date_version",
        )
        in_force = {version.employee_id.id: version for version in versions}
        return {
            employee: prorate(
                version.wage,
                days_share(
                    [(version.contract_date_start, version.contract_date_end or None)],
                    self.month,
                    self.last,
                ),
            )
            for employee, version in in_force.items()
        }

    def _get_workplace_costs(self):
        costs = defaultdict(Decimal)
        for (place, employee), share in self._get_held_shares("workstation_id").items():
            costs[employee] += prorate(self._get_place_cost(place), share)
        for place, parts in self._get_shared_parts().items():
            cost = self._get_place_cost(place)
            whole = max(sum(parts.values()), Decimal(1))
            for employee, share in parts.items():
                costs[employee] += prorate(cost, share / whole)
        return costs

    def _get_shared_parts(self):
        """``{place: {employee id: part of the month's days}}`` of shared places."""
        shares = self.env["callcenter.workstation.share"].search(
            [
                ("company_id", "=", self.company.id),
                ("date_from", "<=", self.last),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", self.month),
            ]
        )
        return {
            place: {
                employee.id: days_share(
                    [(one.date_from, one.date_to or None) for one in own],
                    self.month,
                    self.last,
                )
                for employee, own in shared.grouped("employee_id").items()
            }
            for place, shared in shares.grouped("workstation_id").items()
        }

    def _get_place_cost(self, place):
        norms = place.kit_id._get_norms(place.kit_id.line_ids.browse(), self.month)
        default = place.company_id.callcenter_life_months
        lives = {
            line.item_id.id: line.item_id.replacement_months or default
            for line in place.kit_id.line_ids
        }
        return workplace_month(norms, lives)

    def _get_overruns(self):
        lines = self.env["callcenter.phone.line"].search(
            [("company_id", "=", self.company.id)]
        )
        bills = lines._get_bills(self.month)
        held = defaultdict(dict)
        for (line, employee), share in self._get_held_shares("line_id").items():
            held[line][employee] = share
        overruns = defaultdict(Decimal)
        for line, shares in held.items():
            overrun = bills[line].overrun if line in bills else Decimal(0)
            for employee, part in share_amount(overrun, shares).items():
                overruns[employee] += part
        return overruns

    def _get_held_shares(self, field):
        """``{(thing, employee id): part of the month's days}`` from the history."""
        start, _end = self.company._callcenter_day_bounds(self.month)
        _start, end = self.company._callcenter_day_bounds(self.last)
        history = self.env["callcenter.custody"].search(
            [
                (field, "!=", False),
                ("company_id", "=", self.company.id),
                ("date_from", "<", end),
                "|",
                ("date_to", "=", False),
                ("date_to", ">", start),
            ]
        )
        intervals = defaultdict(list)
        for held in history:
            first = self.company._callcenter_local(held.date_from).date()
            until = held.date_to and self.company._callcenter_local(held.date_to).date()
            intervals[held[field], held.employee_id.id].append((first, until or None))
        return {
            key: days_share(periods, self.month, self.last)
            for key, periods in intervals.items()
        }

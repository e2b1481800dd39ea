from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models

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


class ResultCostMaker(models.AbstractModel):
    """Works the rows of a month out; see ``callcenter.result.cost``."""

    _name = "callcenter.result.cost.maker"
    _description = "Calculation of the cost of results"

    @api.model
    def _refresh(self, company, month):
        """Make the rows of a month anew; ``month`` is its first day."""
        # sudo: the system reads wages here; only Director and HR read the rows
        rows = self.sudo()
        costs = rows._get_costs(company, month)
        figures = rows._get_figures(company, month)
        rows.search([("company_id", "=", company.id), ("month", "=", month)]).unlink()
        rows.create(
            [
                vals | {"company_id": company.id, "month": month}
                for employee, parts in costs.items()
                for vals in rows._split(employee, parts, figures.get(employee, {}))
            ]
        )

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

    def _get_costs(self, company, month):
        """``{employee id: {"wage", "workplace", "overrun"}}`` of the month."""
        last = fields.Date.end_of(month, "month")
        workplaces = self._get_workplace_costs(company, month, last)
        people = set(workplaces) | set(self._get_figures(company, month))
        wages = self._get_wages(people, month, last)
        overruns = self._get_overruns(company, month, last)
        return {
            employee: {
                "wage": wages.get(employee, Decimal(0)),
                "workplace": workplaces.get(employee, Decimal(0)),
                "overrun": overruns.get(employee, Decimal(0)),
            }
            for employee in sorted(people | set(overruns))
        }

    def _get_figures(self, company, month):
        """``{employee id: {campaign id or False: figures}}`` from the daily figures."""
        groups = self.env["callcenter.call.stat"]._read_group(
            [
                ("facet", "=", "operator"),
                ("employee_id", "!=", False),  # calls that no operator answered
                ("company_id", "=", company.id),
                ("day", ">=", month),
                ("day", "<", add_months(month, 1)),
            ],
            ["employee_id", "campaign_id"],
            [f"{name}:sum" for name in (*_FIGURES, "talk_seconds", "wrap_seconds")],
        )
        figures = defaultdict(dict)
        for employee, campaign, *sums, talk, wrap in groups:
            row = dict(zip(_FIGURES, sums, strict=True)) | {"seconds": talk + wrap}
            figures[employee.id][campaign.id] = row
        return figures

    def _get_wages(self, employee_ids, month, last):
        versions = self.env["hr.version"].search(
            [("employee_id", "in", list(employee_ids)), ("date_version", "<=", last)],
            order="date_version",
        )
        in_force = {version.employee_id.id: version for version in versions}
        return {
            employee: prorate(
                version.wage,
                days_share(
                    [(version.contract_date_start, version.contract_date_end or None)],
                    month,
                    last,
                ),
            )
            for employee, version in in_force.items()
        }

    def _get_workplace_costs(self, company, month, last):
        costs = defaultdict(Decimal)
        for (place, employee), share in self._get_held_shares(
            "workstation_id", company, month, last
        ).items():
            costs[employee] += prorate(self._get_seat_cost(place, month), share)
        return costs

    def _get_seat_cost(self, place, month):
        norms = place.kit_id._get_norms(place.kit_id.line_ids.browse(), month)
        default = place.company_id.callcenter_life_months
        lives = {
            line.item_id.id: line.item_id.replacement_months or default
            for line in place.kit_id.line_ids
        }
        return workplace_month(norms, lives)

    def _get_overruns(self, company, month, last):
        lines = self.env["callcenter.phone.line"].search(
            [("company_id", "=", company.id)]
        )
        bills = lines._get_bills(lines, month)
        held = defaultdict(dict)
        for (line, employee), share in self._get_held_shares(
            "line_id", company, month, last
        ).items():
            held[line][employee] = share
        overruns = defaultdict(Decimal)
        for line, shares in held.items():
            overrun = bills[line].overrun if line in bills else Decimal(0)
            for employee, part in share_amount(overrun, shares).items():
                overruns[employee] += part
        return overruns

    def _get_held_shares(self, field, company, month, last):
        """``{(thing, employee id): part of the month's days}`` from the history."""
        start, _end = company._callcenter_day_bounds(month)
        _start, end = company._callcenter_day_bounds(last)
        history = self.env["callcenter.custody"].search(
            [
                (field, "!=", False),
                ("company_id", "=", company.id),
                ("date_from", "<", end),
                "|",
                ("date_to", "=", False),
                ("date_to", ">", start),
            ]
        )
        intervals = defaultdict(list)
        for held in history:
            first = company._callcenter_local(held.date_from).date()
            until = held.date_to and company._callcenter_local(held.date_to).date()
            intervals[held[field], held.employee_id.id].append((first, until or None))
        return {
            key: days_share(periods, month, last) for key, periods in intervals.items()
        }

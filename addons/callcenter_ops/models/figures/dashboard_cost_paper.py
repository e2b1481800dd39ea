from odoo import api, fields, models
from odoo.tools import format_date


class DashboardCostPaper(models.AbstractModel):
    """The cost of results on paper, for those who see it on the screen."""

    _name = "callcenter.dashboard.cost.paper"
    _description = "Printed cost of results"

    @api.model
    def _get_cost_panels(self, data, words):
        """Panels by month, campaign and operator; none without the right."""
        costs = data["costs"]
        if not costs:
            return []
        months = [
            row | {"name": format_date(self.env, row["id"], date_format="LLLL y")}
            for row in costs["months"]
        ]
        note = self._get_cost_note(costs)
        return [
            self._get_cost_panel(title, heading, rows, note, words)
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

    @api.model
    def _get_cost_panel(self, title, heading, rows, note, words):
        panel = self._panel(
            title,
            rows,
            ("name", heading, "text"),
            ("amount", self.env._("Cost"), "price"),
            ("attempts", words["attempts"], "count"),
            ("contacts", words["contacts"], "count"),
            ("leads", words["leads"], "count"),
            ("sales", words["sales"], "count"),
            ("per_attempts", self.env._("Per call"), "price"),
            ("per_contacts", self.env._("Per contact"), "price"),
            ("per_leads", self.env._("Per lead"), "price"),
            ("per_sales", self.env._("Per sale"), "price"),
        )
        return panel | {"note": note}

    @api.model
    def _get_cost_note(self, costs):
        return self.env._(
            "%(formula)s; whole months, %(first)s to %(last)s",
            formula=costs["formula"],
            first=format_date(self.env, fields.Date.to_date(costs["first"])),
            last=format_date(self.env, fields.Date.to_date(costs["last"])),
        )

from collections import Counter

from odoo import api, models

from .director_figures import DirectorFigures

# The order in which a look runs over a team.
_STATES = ("talk", "preview", "wrap", "ready", "pause", "offline")


class Today(models.AbstractModel):
    """The Director's figures of calls, and the supervisor's team as it works now."""

    _inherit = "callcenter.today"

    @api.model
    def _get_figures(self, role):
        figures = super()._get_figures(role)
        if role == "director":
            calls = DirectorFigures(self.env).get_figures()
            figures = [
                *(
                    self._prepare_figure(name, label, value, plan, good, action)
                    for name, label, value, plan, good, action in calls
                ),
                *figures,
            ]
        return figures

    @api.model
    def _get_risks(self, role):
        risks = super()._get_risks(role)
        if role == "director":
            risks.append(self._count_alerts())
            risks.append(
                self._count(
                    "not_cleared",
                    self.env._("Operators who may not call"),
                    "callcenter.readiness",
                    [("is_cleared", "=", False)],
                    hint=self.env._("With the reasons"),
                    modes=("list",),
                    is_urgent=True,
                )
            )
        return risks

    @api.model
    def _get_counts(self, role):
        counts = super()._get_counts(role)
        if role == "supervisor":
            counts.insert(0, self._count_alerts())
        return counts

    @api.model
    def _count_alerts(self):
        return self._count(
            "alerts",
            self.env._("Alerts"),
            "callcenter.alert",
            [("state", "=", "open")],
            hint=self.env._("They ring until somebody takes note"),
            is_urgent=True,
        )

    @api.model
    def _get_team(self, role):
        if role != "supervisor":
            return super()._get_team(role)
        board = self.env["callcenter.wallboard"].get_data()
        labels = self._get_state_labels()
        counts = Counter(row["state"] for row in board["operators"])
        return {
            "states": [
                {"state": state, "label": labels[state], "count": counts[state]}
                for state in _STATES
            ],
            "rows": [
                {**row, "label": row["pause_reason"] or labels[row["state"]]}
                for row in sorted(board["operators"], key=self._get_place)
            ],
        }

    @api.model
    def _get_state_labels(self):
        states = self.env["callcenter.operator.state"]._fields["state"]
        return dict(states._description_selection(self.env))

    @api.model
    def _get_place(self, row):
        return _STATES.index(row["state"]), row["since"] or "", row["name"]

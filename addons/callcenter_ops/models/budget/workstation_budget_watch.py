from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.budget.cost_plan import exact_sum, warning_level


class WorkstationBudgetWatch(models.AbstractModel):
    """Where a budget is heading, and who is told when it runs out."""

    _name = "callcenter.workstation.budget.watch"
    _description = "Watch over a workplace budget"

    has_documents = fields.Boolean(
        compute="_compute_has_documents", help="Bills or orders can be read here."
    )

    @api.depends("amount_total", "scenario_of_id.amount_total")
    def _compute_scenario_difference(self):
        for budget in self:
            amounts = (budget.amount_total, -budget.scenario_of_id.amount_total)
            difference = exact_sum(amounts, budget._get_rounding())
            budget.scenario_difference = (
                float(difference) if budget.scenario_of_id else 0.0
            )

    @api.depends("amount_total", "amount_actual")
    def _compute_usage_percent(self):
        for budget in self:
            plan = budget.amount_total
            budget.usage_percent = plan and budget.amount_actual / plan * 100

    @api.depends("line_ids.amount_forecast", "amount_total")
    def _compute_amount_forecast(self):
        for budget in self:
            rounding = budget._get_rounding()
            total = exact_sum(budget.line_ids.mapped("amount_forecast"), rounding)
            deviation = exact_sum([total, -budget.amount_total], rounding)
            budget.amount_forecast = float(total)
            budget.forecast_deviation = float(deviation)

    @api.depends("company_id")
    def _compute_has_documents(self):
        sources = self.env["callcenter.workstation.bill.reader"]._get_sources()
        self.has_documents = bool(sources)

    def action_new_scenario(self):
        """Open a draft variant of the budget: change its seats, kit or period."""
        self.ensure_one()
        self.check_access("read")
        base = self.scenario_of_id or self
        scenario = self.copy({"scenario_of_id": base.id})
        return scenario._get_form_action()

    def action_compare_scenarios(self):
        """Show the plans of the budget and its variants side by side."""
        self.ensure_one()
        self.check_access("read")
        base = self.scenario_of_id or self
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.workstation_budget_compare_action"
        )
        return action | {
            "domain": [("budget_id", "in", (base | base.scenario_ids).ids)]
        }

    def action_open_lines(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.workstation_budget_line_action"
        )
        return action | {"domain": [("budget_id", "=", self.id)], "context": {}}

    def action_open_actuals(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.workstation_actual_action"
        )
        return action | {
            "domain": [("budget_id", "=", self.id)],
            "context": {"default_budget_id": self.id},
        }

    def _check_plan(self):
        if not self.line_ids or not self.amount_total:
            raise UserError(
                self.env._(
                    "%(budget)s plans nothing: choose a kit and a number of seats.",
                    budget=self.name,
                )
            )

    def _check_explained(self):
        """Nothing over the plan is closed without a reason."""
        silent = self.line_ids.filtered(
            lambda line: line.deviation > 0 and not line.deviation_reason
        )
        if silent:
            raise UserError(
                self.env._(
                    "%(count)s lines are over the plan without a reason, for instance "
                    "%(line)s: write the reasons first.",
                    count=len(silent),
                    line=silent[0].display_name,
                )
            )

    def _warn_usage(self):
        """Tell the responsible user once when 90 and once when 100 % are spent.

        Money that comes back takes the warning back: the next one is given again.
        """
        for budget in self:
            level = warning_level(budget.amount_actual, budget.amount_total)
            if level > budget.warned_percent:
                budget._post_usage_warning(level)
            if level != budget.warned_percent:
                # sudo: who enters an expense may not write the budget otherwise
                budget.sudo()._transition({"warned_percent": level})

    def _post_usage_warning(self, level):
        summary = self.env._(
            "%(level)s %% of the budget %(budget)s are spent",
            level=level,
            budget=self.name,
        )
        self.message_post(body=summary)
        # sudo: the warning belongs to the responsible user, whoever entered the expense
        self.sudo().activity_schedule(
            "mail.mail_activity_data_warning",
            user_id=(self.user_id or self.create_uid).id,
            summary=summary,
        )

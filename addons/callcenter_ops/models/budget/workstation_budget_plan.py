from odoo import Command, models

from ...tools.budget.cost_plan import (
    QUANTITY_UNIT,
    month_range,
    plan_by_norms,
    seats_by_month,
    steps_from_moves,
)


class WorkstationBudgetPlan(models.AbstractModel):
    """How a budget gets its lines from kits and seats."""

    _name = "callcenter.workstation.budget.plan"
    _description = "Planning of a workplace budget"

    def action_seats_from_orders(self):
        """Take the seats of draft budgets from who works and from coming orders.

        Seats: operators appointed today; submitted and signed orders of appointment
        add one from the month they take effect, orders of dismissal free one from
        the month after.
        """
        self.check_access("write")
        self._check_in_state("draft")
        for budget in self:
            seats, steps = steps_from_moves(
                budget._count_operators(), budget._get_moves(), budget._get_months()
            )
            budget.write(
                {
                    "seat_count": seats,
                    "seat_step_ids": [Command.clear()]
                    + [
                        Command.create({"month": month, "seat_count": count})
                        for month, count in steps.items()
                    ],
                }
            )

    def _count_operators(self):
        # sudo: only their number is told, the budget's right was checked
        people = self.env["hr.employee"].sudo()
        return people.search_count(
            [
                ("callcenter_status", "=", "appointed"),
                ("job_id.is_callcenter_operator", "=", True),
                ("company_id", "=", self.company_id.id),
                *self._get_department_domain(),
            ]
        )

    def _get_moves(self):
        """``(day, +1 or -1)`` of the orders that have not been executed yet."""
        # sudo: only days are told, the budget's right was checked
        orders = self.env["callcenter.personnel.order"].sudo()
        waiting = orders.search(
            [
                ("order_type", "in", ["appointment", "dismissal"]),
                ("state", "in", ["submitted", "signed"]),
                ("date_execution", "<=", self.date_to),
                ("company_id", "=", self.company_id.id),
                *self._get_department_domain(),
            ]
        )
        moves = []
        for order in waiting:
            comes = order.order_type == "appointment"
            job = order.job_id if comes else order.employee_id.job_id
            if job.is_callcenter_operator:
                moves.append((order.date_execution, 1 if comes else -1))
        return moves

    def _get_department_domain(self):
        if not self.department_id:
            return []
        return [("department_id", "child_of", self.department_id.id)]

    def _generate_lines(self):
        """Replace the plan of the budgets that have a kit."""
        for budget in self.filtered("kit_id"):
            budget.line_ids = [Command.clear()] + [
                Command.create(budget._prepare_line_values(cell))
                for cell in budget._plan_cells()
            ]

    def _plan_cells(self, steps=None):
        """Cells of the plan, see ``tools.cost_plan.plan_by_norms``.

        :param steps: other steps than the budget's own, see ``_get_steps``
        """
        self.ensure_one()
        steps = self._get_steps() if steps is None else steps
        months = self._get_months()
        counts = {month: seats for month, seats, _kit in steps}
        return plan_by_norms(
            self._get_norms_by_month(months, steps),
            seats_by_month(self.seat_count, counts, months),
            months,
            self._get_rounding(),
        )

    def _get_steps(self):
        """``(first day of a month, seats, kit or empty)`` in their order."""
        steps = self.seat_step_ids.sorted("month")
        return [(step.month, step.seat_count, step.kit_id) for step in steps]

    def _get_seats(self, month):
        """Seats planned for a month, given by its first day."""
        self.ensure_one()
        counts = [seats for start, seats, _kit in self._get_steps() if start <= month]
        return counts[-1] if counts else self.seat_count

    def _get_norms_by_month(self, months, steps):
        changes = [(month, kit) for month, _seats, kit in steps if kit]
        kits = [
            next((kit for start, kit in reversed(changes) if start <= month), None)
            or self.kit_id
            for month in months
        ]
        norms = {
            kit: tuple(kit._get_norms(self.optional_line_ids, self.date_from))
            for kit in set(kits)
        }
        return [norms[kit] for kit in kits]

    def _prepare_line_values(self, cell):
        sequences = {line.item_id.id: line.sequence for line in self.kit_id.line_ids}
        return {
            "month": cell.month,
            "item_id": cell.key,
            "sequence": sequences.get(cell.key, 10),
            "periodicity": cell.periodicity,
            "quantity": float(cell.quantity.quantize(QUANTITY_UNIT)),
            "amount_plan": float(cell.amount),
        }

    def _get_months(self):
        return month_range(self.date_from, self.months)

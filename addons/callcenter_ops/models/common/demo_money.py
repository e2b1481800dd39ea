from odoo import api, models

from ...tools.budget.cost_plan import add_months

# What the bills of a month say, by the code of the cost item; roubles.
_FIRST_BILLS = {"PC": 164_000, "STAT": 800, "TEL": 53_600, "NET": 4_800}
_LATER_BILLS = {"STAT": 950, "TEL": 53_600, "NET": 4_800}
_COUNTED = 30


class DemoMoney(models.AbstractModel):
    """What the demo company's workplaces cost so far, and what it thinks of doing."""

    _name = "callcenter.demo.money"
    _description = "Story of the demo company's expenses"
    _inherit = "callcenter.demo.clock"

    @api.model
    def _tell(self):
        budget = self.env["callcenter.workstation.budget"].search(
            [("state", "=", "approved")], order="seat_count desc", limit=1
        )
        self._enter_expenses(budget)
        self._draft_scenario(budget)
        self._amend(budget)
        self._count_equipment()

    def _enter_expenses(self, budget):
        items = {
            item.code: item for item in self.env["callcenter.cost.item"].search([])
        }
        rows = [
            {
                "budget_id": budget.id,
                "item_id": items[code].id,
                "date": day,
                "document_ref": f"{code}-{day:%m%y}",
                "amount": amount,
            }
            for day, bills in self._get_bills(budget)
            for code, amount in bills.items()
        ]
        self._as("hr", self.env["callcenter.workstation.actual"]).create(rows)
        dearer = budget.line_ids.filtered(lambda line: line.deviation > 0)
        self._as("hr", dearer).write({"deviation_reason": "Поставщик поднял цену"})

    def _get_bills(self, budget):
        """``(day, bills)`` of the fifth of each month until today."""
        day, bills = budget.date_from.replace(day=5), _FIRST_BILLS
        while day <= self._get_today():
            yield day, bills
            day, bills = add_months(day, 1), _LATER_BILLS

    def _draft_scenario(self, budget):
        """What if there were five more seats?"""
        action = self._as("hr", budget).action_new_scenario()
        scenario = self.env[action["res_model"]].browse(action["res_id"])
        scenario.write({"name": "Ещё 5 мест", "seat_count": budget.seat_count + 5})

    def _amend(self, budget):
        """Two more seats from next month on; the Director approves."""
        amendment = self._as("hr", self.env["callcenter.workstation.amendment"]).create(
            {
                "budget_id": budget.id,
                "reason": "Расширение обзвона: ещё два оператора",
                "month": add_months(self._get_today().replace(day=1), 1),
                "seat_count": budget.seat_count + 2,
            }
        )
        amendment.action_plan()
        self._as("director", amendment).action_approve()

    def _count_equipment(self):
        """A count that runs: whoever tries the demo scans the rest."""
        stocktake = self._as("hr", self.env["callcenter.stocktake"]).create(
            {"name": "Инвентаризация оборудования"}
        )
        stocktake.action_start()
        for line in stocktake.line_ids[:_COUNTED]:
            stocktake.scan(line.inventory_no)

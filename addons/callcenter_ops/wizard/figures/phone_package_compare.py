from odoo import Command, api, fields, models

from ...models.figures.phone_minutes import PhoneMinutes


class PhonePackageCompare(models.TransientModel):
    """What the calls of a month would have cost under each package."""

    _name = "callcenter.phone.package.compare"
    _description = "Comparison of telephone packages"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    month = fields.Date(
        required=True,
        default=lambda self: self._default_month(),
        help="Any day of the month whose calls are priced.",
    )
    row_ids = fields.One2many(
        "callcenter.phone.package.compare.row", "compare_id", readonly=True
    )

    @api.model
    def _default_month(self):
        this_month = fields.Date.start_of(self.env.company._callcenter_today(), "month")
        return fields.Date.subtract(this_month, months=1)

    def action_compare(self):
        """Price the month by every package; the cheapest comes first."""
        self.ensure_one()
        self.row_ids = [Command.clear()] + [
            Command.create(vals)
            for vals in sorted(self._get_rows(), key=lambda vals: vals["amount_total"])
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare packages"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _get_rows(self):
        domain = [("company_id", "=", self.company_id.id)]
        lines = self.env["callcenter.phone.line"].search(domain)
        packages = self.env["callcenter.phone.package"].search(domain)
        if not lines:
            return []
        by_package = PhoneMinutes(lines, self.month).get_bills_by_package(packages)
        return [
            self._prepare_row(package, bills.values())
            for package, bills in by_package.items()
        ]

    def _prepare_row(self, package, bills):
        return {
            "package_id": package.id,
            "line_count": len(bills),
            "minutes_counted": float(sum(bill.counted_minutes for bill in bills)),
            "minutes_over": float(sum(bill.over_minutes for bill in bills)),
            "amount_overrun": float(sum(bill.overrun for bill in bills)),
            "amount_total": float(sum(bill.total for bill in bills)),
        }

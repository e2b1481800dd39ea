from collections import defaultdict

from odoo.addons.callcenter_ops.models.budget.expense_source import ExpenseSource
from odoo.addons.callcenter_ops.tools.budget.expense_match import SourceLine, unbilled


class OrderSource(ExpenseSource):
    """Confirmed purchase orders, with what no posted bill holds yet."""

    code = "order"

    @staticmethod
    def get_label(env):
        return env._("Purchase order")

    def read_period(self):
        first, last = self.get_period()
        start, _next = self.company._callcenter_day_bounds(first)
        _start, end = self.company._callcenter_day_bounds(last)
        items = self.get_items()
        suppliers = items.supplier_id.commercial_partner_id.ids
        lines = self._search(
            [
                ("display_type", "=", False),
                ("order_id.date_approve", ">=", start),
                ("order_id.date_approve", "<", end),
                "|",
                ("product_id", "in", items.product_ids.ids),
                ("order_id.partner_id.commercial_partner_id", "in", suppliers),
            ]
        )
        return self._as_source_lines(lines.filtered(self._get_amount))

    def read_taken(self, ids):
        return self._as_source_lines(self._search([("id", "in", ids)]))

    def _search(self, domain):
        """Lines of confirmed orders of the company."""
        # sudo: HR sees the cost of workplaces, and only lines that an item or a budget
        # names
        lines = self.env["purchase.order.line"].sudo()
        confirmed = [
            ("company_id", "=", self.company.id),
            ("order_id.state", "=", "purchase"),
        ]
        return lines.search([*confirmed, *domain], order="order_id, sequence, id")

    def _get_amount(self, line):
        return line.price_total if self.with_taxes else line.price_subtotal

    def _count_billed(self, lines):
        """``{order line: quantity}`` on posted bills, in the unit of the order."""
        billed = defaultdict(float)
        for bill_line in lines.invoice_lines:
            if bill_line.parent_state == "posted":
                line = bill_line.purchase_line_id
                sign = -1 if bill_line.move_id.move_type == "in_refund" else 1
                billed[line] += sign * bill_line.product_uom_id._compute_quantity(
                    bill_line.quantity, line.product_uom_id
                )
        return billed

    def _as_source_lines(self, lines):
        billed = self._count_billed(lines)
        return [self._as_source_line(line, billed[line]) for line in lines]

    def _as_source_line(self, line, billed):
        order = line.order_id
        return SourceLine(
            key=self.get_key(line),
            kind=self.code,
            date=self.company._callcenter_local(order.date_approve).date(),
            amount=unbilled(self._get_amount(line), line.product_qty, billed),
            currency_id=line.currency_id.id,
            document=order.name,
            label=line.name or "",
            product_id=line.product_id.id,
            supplier_id=order.partner_id.commercial_partner_id.id,
        )

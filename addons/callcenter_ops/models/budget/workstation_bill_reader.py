from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain

from ...tools.budget.cost_plan import first_of_month
from ...tools.budget.expense_match import SourceLine, unbilled

_BILL_TYPES = ("in_invoice", "in_receipt", "in_refund")


class WorkstationBillReader(models.AbstractModel):
    """Reads vendor bills and purchase orders where those apps are installed.

    Neither app is needed: what is not in the registry gives no lines. Only lines that
    a cost item names by its product, account or supplier are looked at.
    """

    _name = "callcenter.workstation.bill.reader"
    _description = "Vendor bills and purchase orders for workplace budgets"

    @api.model
    def _get_sources(self):
        """Which of ``bill`` and ``order`` can be read here."""
        models_by_source = {
            "bill": "account.move.line",
            "order": "purchase.order.line",
        }
        return [kind for kind, name in models_by_source.items() if name in self.env]

    @api.model
    def _read_source_lines(self, budget, sources, with_taxes):
        """Lines of the budget's company and period; the caller checked the right.

        :param sources: subset of ``_get_sources()``
        :param with_taxes: whether amounts hold the taxes
        :return: list of ``tools.expense_match.SourceLine`` in the order of documents
        """
        items = self.env["callcenter.cost.item"].search(
            [("company_id", "=", budget.company_id.id)]
        )
        available = self._get_sources()
        field = "price_total" if with_taxes else "price_subtotal"
        lines = []
        if "bill" in sources and "bill" in available:
            lines += self._read_bill_lines(budget, items, field)
        if "order" in sources and "order" in available:
            lines += self._read_order_lines(budget, items, field)
        return lines

    def _read_bill_lines(self, budget, items, field):
        # sudo: HR sees the cost of workplaces, and only lines that an item names
        found = self.env["account.move.line"].sudo()
        found = found.with_company(budget.company_id).search(
            Domain.AND(
                [
                    [
                        ("company_id", "=", budget.company_id.id),
                        ("parent_state", "=", "posted"),
                        ("move_id.move_type", "in", _BILL_TYPES),
                        ("display_type", "=", "product"),
                        ("invoice_date", ">=", first_of_month(budget.date_from)),
                        ("invoice_date", "<=", budget.date_to),
                    ],
                    self._get_bill_domain(budget, items),
                ]
            ),
            order="invoice_date, move_id, sequence, id",
        )
        return [self._as_bill_line(line, field) for line in found if line[field]]

    @api.model
    def _read_taken_lines(self, budget, keys, with_taxes):
        """Lines taken before, as far as the books still hold them.

        :param keys: keys of ``SourceLine``; what is not posted any more is left out
        :return: list of ``tools.expense_match.SourceLine``
        """
        field = "price_total" if with_taxes else "price_subtotal"
        company = budget.company_id
        bills = self._find_bill_lines(company, self._get_ids(keys, "bill"))
        orders = self._find_order_lines(company, self._get_ids(keys, "order"))
        billed = self._count_billed(orders) if orders else {}
        return [self._as_bill_line(line, field) for line in bills] + [
            self._as_order_line(line, company, line[field], billed[line])
            for line in orders
        ]

    @api.model
    def _read_credit_lines(self, budget, keys, with_taxes):
        """What posted credit notes take back of bill lines taken before.

        :param keys: keys of the bill lines
        :return: list of (``SourceLine`` of the credit note, key of the bill line)
        """
        field = "price_total" if with_taxes else "price_subtotal"
        bills = self._find_bill_lines(budget.company_id, self._get_ids(keys, "bill"))
        if not bills:
            return []
        # sudo: only what takes back a line that the budget holds already
        found = self.env["account.move.line"].sudo()
        found = found.with_company(budget.company_id).search(
            [
                ("move_id.reversed_entry_id", "in", bills.move_id.ids),
                ("move_id.move_type", "=", "in_refund"),
                ("parent_state", "=", "posted"),
                ("display_type", "=", "product"),
            ],
            order="invoice_date, move_id, sequence, id",
        )
        pairs = [(line, self._get_reversed_line(line, bills)) for line in found]
        return [
            (self._as_bill_line(line, field), f"bill|{original.id}")
            for line, original in pairs
            if original and line[field]
        ]

    def _get_reversed_line(self, line, bills):
        """The taken line that a line of a credit note takes back, empty if unclear."""
        taken = bills.filtered(
            lambda bill: bill.move_id == line.move_id.reversed_entry_id
        )
        same = taken.filtered(
            lambda bill: (
                (bill.product_id, bill.account_id, bill.name)
                == (line.product_id, line.account_id, line.name)
            )
        )
        return same[:1] or (taken if len(taken) == 1 else taken.browse())

    @api.model
    def _get_ids(self, keys, kind):
        prefix = f"{kind}|"
        return [int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)]

    def _find_bill_lines(self, company, ids):
        if not ids or "bill" not in self._get_sources():
            return []
        # sudo: only lines that a budget holds already
        lines = self.env["account.move.line"].sudo().with_company(company)
        return lines.search(
            [
                ("id", "in", ids),
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("move_id.move_type", "in", _BILL_TYPES),
            ]
        )

    def _find_order_lines(self, company, ids):
        if not ids or "order" not in self._get_sources():
            return []
        # sudo: only lines that a budget holds already
        lines = self.env["purchase.order.line"].sudo()
        return lines.search(
            [
                ("id", "in", ids),
                ("company_id", "=", company.id),
                ("order_id.state", "=", "purchase"),
            ]
        )

    def _get_bill_domain(self, budget, items):
        suppliers = items.supplier_id.commercial_partner_id.ids
        return Domain.OR(
            [
                [("product_id", "in", items.product_ids.ids)],
                [("account_id", "in", self._get_account_ids(budget, items))],
                [("move_id.commercial_partner_id", "in", suppliers)],
            ]
        )

    def _get_account_ids(self, budget, items):
        codes = {code.strip() for code in items.mapped("account_code") if code}
        if not codes:
            return []
        # sudo: accounts are looked up by the codes that the items name
        accounts = self.env["account.account"].sudo().with_company(budget.company_id)
        return accounts.search(
            Domain.OR([("code", "=like", f"{code}%")] for code in codes)
        ).ids

    def _as_bill_line(self, line, field):
        move = line.move_id
        sign = -1 if move.move_type == "in_refund" else 1
        return SourceLine(
            key=f"bill|{line.id}",
            kind="bill",
            date=line.invoice_date,
            amount=sign * Decimal(str(line[field])),
            currency_id=line.currency_id.id,
            document=move.ref or move.name,
            label=line.name or line.product_id.display_name or "",
            product_id=line.product_id.id,
            account_code=line.account_id.code or "",
            supplier_id=move.commercial_partner_id.id,
        )

    def _read_order_lines(self, budget, items, field):
        company = budget.company_id
        start, _end = company._callcenter_day_bounds(first_of_month(budget.date_from))
        _start, end = company._callcenter_day_bounds(budget.date_to)
        suppliers = items.supplier_id.commercial_partner_id.ids
        # sudo: HR sees the cost of workplaces, and only lines that an item names
        found = self.env["purchase.order.line"].sudo()
        found = found.search(
            [
                ("company_id", "=", company.id),
                ("order_id.state", "=", "purchase"),
                ("display_type", "=", False),
                ("order_id.date_approve", ">=", start),
                ("order_id.date_approve", "<", end),
                "|",
                ("product_id", "in", items.product_ids.ids),
                ("order_id.partner_id.commercial_partner_id", "in", suppliers),
            ],
            order="order_id, sequence, id",
        )
        billed = self._count_billed(found)
        return [
            self._as_order_line(line, company, line[field], billed[line])
            for line in found
            if line[field]
        ]

    def _count_billed(self, lines):
        """Quantity of each order line on posted bills, in the unit of the order."""
        billed = defaultdict(float)
        for bill_line in lines.invoice_lines:
            if bill_line.parent_state == "posted":
                line = bill_line.purchase_line_id
                sign = -1 if bill_line.move_id.move_type == "in_refund" else 1
                billed[line] += sign * bill_line.product_uom_id._compute_quantity(
                    bill_line.quantity, line.product_uom_id
                )
        return billed

    def _as_order_line(self, line, company, amount, billed):
        order = line.order_id
        return SourceLine(
            key=f"order|{line.id}",
            kind="order",
            date=company._callcenter_local(order.date_approve).date(),
            amount=unbilled(amount, line.product_qty, billed),
            currency_id=line.currency_id.id,
            document=order.name,
            label=line.name or "",
            product_id=line.product_id.id,
            supplier_id=order.partner_id.commercial_partner_id.id,
        )

from decimal import Decimal

from odoo.addons.callcenter_ops.models.budget.expense_source import ExpenseSource
from odoo.addons.callcenter_ops.tools.budget.expense_match import SourceLine
from odoo.fields import Domain

BILL_TYPES = ("in_invoice", "in_receipt", "in_refund")
IN_ORDER = "invoice_date, move_id, sequence, id"


class BillSource(ExpenseSource):
    """Posted vendor bills, receipts and credit notes."""

    code = "bill"

    @staticmethod
    def get_label(env):
        return env._("Vendor bill")

    def read_period(self):
        first, last = self.get_period()
        lines = self._search(
            [
                ("display_type", "=", "product"),
                ("invoice_date", ">=", first),
                ("invoice_date", "<=", last),
            ],
            self._get_match_domain(),
        )
        return self._as_source_lines(lines)

    def read_taken(self, ids):
        return [self._as_source_line(line) for line in self._search_taken(ids)]

    def read_returns(self, ids):
        """Lines of posted credit notes that take back lines taken before."""
        bills = self._search_taken(ids)
        if not bills:
            return []
        found = self._search(
            [
                ("move_id.reversed_entry_id", "in", bills.move_id.ids),
                ("move_id.move_type", "=", "in_refund"),
                ("display_type", "=", "product"),
            ]
        )
        pairs = [(line, self._get_reversed_line(line, bills)) for line in found]
        return [
            (self._as_source_line(line), original.id)
            for line, original in pairs
            if original and self._get_amount(line)
        ]

    def _search(self, *domains):
        """Posted lines of vendor bills of the company."""
        # sudo: HR sees the cost of workplaces, and only lines that an item or a budget
        # names
        lines = self.env["account.move.line"].sudo().with_company(self.company)
        posted = [
            ("company_id", "=", self.company.id),
            ("parent_state", "=", "posted"),
            ("move_id.move_type", "in", BILL_TYPES),
        ]
        return lines.search(Domain.AND([posted, *domains]), order=IN_ORDER)

    def _search_taken(self, ids):
        return self._search([("id", "in", ids)])

    def _get_match_domain(self):
        items = self.get_items()
        suppliers = items.supplier_id.commercial_partner_id.ids
        return Domain.OR(
            [
                [("product_id", "in", items.product_ids.ids)],
                [("account_id", "in", self._get_account_ids(items))],
                [("move_id.commercial_partner_id", "in", suppliers)],
            ]
        )

    def _get_account_ids(self, items):
        codes = {code.strip() for code in items.mapped("account_code") if code}
        if not codes:
            return []
        # sudo: accounts are looked up by the codes that the items name
        accounts = self.env["account.account"].sudo().with_company(self.company)
        return accounts.search(
            Domain.OR([("code", "=like", f"{code}%")] for code in codes)
        ).ids

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

    def _get_amount(self, line):
        return line.price_total if self.with_taxes else line.price_subtotal

    def _as_source_lines(self, lines):
        return [self._as_source_line(line) for line in lines if self._get_amount(line)]

    def _as_source_line(self, line):
        move = line.move_id
        sign = -1 if move.move_type == "in_refund" else 1
        return SourceLine(
            key=self.get_key(line),
            kind=self.code,
            date=line.invoice_date,
            amount=sign * Decimal(str(self._get_amount(line))),
            currency_id=line.currency_id.id,
            document=move.ref or move.name,
            label=line.name or line.product_id.display_name or "",
            product_id=line.product_id.id,
            account_code=line.account_id.code or "",
            supplier_id=move.commercial_partner_id.id,
        )

from odoo.exceptions import UserError

from ...tools.budget.expense_match import Rule, number_rows
from ...tools.budget.expense_sheet import document_key
from ...tools.common.exact_money import to_decimal


def rounded_amount(env, line):
    """The amount of a ``SourceLine`` without its sign, in its currency's units."""
    currency = env["res.currency"].browse(line.currency_id)
    return float(to_decimal(abs(line.amount), to_decimal(currency.rounding)))


class ExpenseTaker:
    """Enters lines of bills and orders as expenses of a budget, each once."""

    def __init__(self, budget):
        """:param budget: one approved ``callcenter.workstation.budget``"""
        self.budget = budget
        self.env = budget.env
        self.company = budget.company_id
        self.actuals = budget.env["callcenter.workstation.actual"]

    def get_rules(self):
        """By what lines are recognised: a ``Rule`` for each cost item."""
        items = self.env["callcenter.cost.item"].search(
            [("company_id", "=", self.company.id)]
        )
        return [
            Rule(
                item.id,
                frozenset(item.product_ids.ids),
                (item.account_code or "").strip(),
                item.supplier_id.commercial_partner_id.id or 0,
            )
            for item in items
        ]

    def get_taken(self, lines):
        """``{line key: expense}`` of the lines that any budget holds already."""
        taken = self.actuals.search(
            [
                ("company_id", "=", self.company.id),
                ("source_key", "in", [line.key for line in lines]),
            ]
        )
        return {actual.source_key: actual for actual in taken}

    def take(self, lines, items, with_taxes=True):
        """Enter the chosen lines; an order line with what no posted bill holds yet.

        :param lines: all ``SourceLine`` of the budget's period
        :param items: ``{line key: id of the cost item}`` of the lines to take
        :param with_taxes: whether the amounts of the lines hold the taxes
        :return: ``(created expenses, number entered before,
            list of (line, message) of those that cannot be taken)``
        """
        self.budget._check_in_state("approved")
        new, errors, repeated = [], [], 0
        known = self._get_known_rows()
        for line, vals in self._prepare_lines(lines, items):
            message = self._find_obstacle(vals)
            if message:
                errors.append((line, message))
            elif self._get_row_key(vals) in known:
                repeated += 1
            else:
                new.append(vals | {"is_untaxed": not with_taxes})
        # sudo: a supplier is whom the document names, though its reader may not see him
        created = self.actuals.sudo()._in_transition().create(new)
        return created.with_env(self.actuals.env), repeated, errors

    def _get_known_rows(self):
        rows = self.actuals._read_group(
            [("company_id", "=", self.company.id), ("row_key", "!=", False)],
            ["row_key"],
        )
        return {key for (key,) in rows}

    def _prepare_lines(self, lines, items):
        """``(line, values)`` of the chosen lines that nobody took yet."""
        taken = self.get_taken(lines)
        keys = [
            taken[line.key].item_id.id if line.key in taken else items.get(line.key)
            for line in lines
        ]
        rows = number_rows(lines, keys)
        return [
            (line, self._prepare_values(line, key, row))
            for line, key, row in zip(lines, keys, rows, strict=True)
            if key and line.amount and line.key not in taken
        ]

    def _prepare_values(self, line, item_id, row):
        return {
            "budget_id": self.budget.id,
            "date": line.date,
            "item_id": item_id,
            "supplier_id": line.supplier_id,
            "currency_id": line.currency_id,
            "amount": rounded_amount(self.env, line),
            "is_refund": line.amount < 0,
            "document_ref": line.document,
            "document_row": row,
            "note": line.label.splitlines()[0] if line.label else False,
            "origin": line.kind,
            "source_key": line.key,
        }

    def _get_row_key(self, vals):
        return document_key(
            vals["supplier_id"],
            vals["document_ref"],
            vals["date"],
            vals["item_id"],
            vals["document_row"],
        )

    def _find_obstacle(self, vals):
        """Why an expense cannot be entered, in words; empty when it can."""
        currency = self.env["res.currency"].browse(vals["currency_id"])
        try:
            self.budget._check_covers(vals["date"])
            self.budget._to_company_currency(vals["amount"], currency, vals["date"])
        except UserError as error:
            return str(error)
        return ""

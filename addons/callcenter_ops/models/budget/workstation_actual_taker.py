from odoo import api, models
from odoo.exceptions import UserError

from ...tools.budget.cost_plan import to_decimal
from ...tools.budget.expense_match import number_rows
from ...tools.budget.expense_sheet import document_key


class WorkstationActualTaker(models.AbstractModel):
    """Turns lines of bills and purchase orders into expenses of a budget."""

    _name = "callcenter.workstation.actual.taker"
    _description = "Expenses from bills and purchase orders"

    @api.model
    def _take_lines(self, budget, lines, items, with_taxes=True):
        """Enter lines as expenses, each once.

        An order line counts with what no posted bill holds yet.

        :param lines: all ``tools.expense_match.SourceLine`` of the budget's period
        :param items: ``{line key: id of the cost item}`` of the lines to take
        :param with_taxes: whether the amounts of the lines hold the taxes
        :return: ``(created expenses, number entered before,
            list of (line, message) of those that cannot be taken)``
        """
        budget._check_in_state("approved")
        taken = self._get_taken(budget, lines)
        chosen = self._prepare_lines(budget, lines, items, taken)
        new, errors, repeated = [], [], 0
        known = self._get_known_rows(budget)
        for line, vals in chosen:
            message = self._find_obstacle(budget, vals)
            if message:
                errors.append((line, message))
            elif self._get_vals_key(vals) in known:
                repeated += 1
            else:
                new.append(vals | {"is_untaxed": not with_taxes})
        return self._in_transition().create(new), repeated, errors

    def _get_taken(self, budget, lines):
        """``{line key: expense}`` of the lines that any budget holds already."""
        taken = self.search(
            [
                ("company_id", "=", budget.company_id.id),
                ("source_key", "in", [line.key for line in lines]),
            ]
        )
        return {actual.source_key: actual for actual in taken}

    def _get_known_rows(self, budget):
        rows = self._read_group(
            [("company_id", "=", budget.company_id.id), ("row_key", "!=", False)],
            ["row_key"],
        )
        return {key for (key,) in rows}

    def _prepare_lines(self, budget, lines, items, taken):
        """``(line, values)`` of the chosen lines that nobody took yet."""
        keys = [
            taken[line.key].item_id.id if line.key in taken else items.get(line.key)
            for line in lines
        ]
        rows = number_rows(lines, keys)
        return [
            (line, self._prepare_line_values(budget, line, key, row))
            for line, key, row in zip(lines, keys, rows, strict=True)
            if key and line.amount and line.key not in taken
        ]

    def _prepare_line_values(self, budget, line, item_id, row):
        return {
            "budget_id": budget.id,
            "date": line.date,
            "item_id": item_id,
            "supplier_id": line.supplier_id,
            "currency_id": line.currency_id,
            "amount": self._round_source(line),
            "is_refund": line.amount < 0,
            "document_ref": line.document,
            "document_row": row,
            "note": line.label.splitlines()[0] if line.label else False,
            "origin": line.kind,
            "source_key": line.key,
        }

    def _round_source(self, line):
        currency = self.env["res.currency"].browse(line.currency_id)
        return float(to_decimal(abs(line.amount), to_decimal(currency.rounding)))

    def _get_vals_key(self, vals):
        return document_key(
            vals["supplier_id"],
            vals["document_ref"],
            vals["date"],
            vals["item_id"],
            vals["document_row"],
        )

    def _find_obstacle(self, budget, vals):
        """Why an expense cannot be entered, in words; empty when it can."""
        currency = self.env["res.currency"].browse(vals["currency_id"])
        try:
            budget._check_covers(vals["date"])
            budget._to_company_currency(vals["amount"], currency, vals["date"])
        except UserError as error:
            return str(error)
        return ""

from odoo.exceptions import UserError

from ...tools.budget.expense_sheet import document_key


class ExpenseImporter:
    """Enters the rows of a file as expenses of a budget, each once."""

    def __init__(self, budget):
        """:param budget: one approved ``callcenter.workstation.budget``"""
        self.budget = budget
        self.env = budget.env
        self.company = budget.company_id
        self.actuals = budget.env["callcenter.workstation.actual"]

    def load(self, entries):
        """Create the expenses of the readable rows.

        :param entries: list of ``tools.budget.expense_sheet.Entry``
        :return: ``(created expenses, number of rows entered before,
            list of (line, message) of the rows that cannot be taken)``
        """
        self.budget._check_in_state("approved")
        self._look_up(entries)
        vals_by_key, errors, repeated = {}, [], 0
        for entry in entries:
            try:
                vals, key = self._prepare_values(entry)
            except UserError as error:
                errors.append((entry.line, str(error)))
                continue
            if key in self.known_rows or key in vals_by_key:
                repeated += 1
            else:
                vals_by_key[key] = vals
        created = self.actuals._in_transition().create(list(vals_by_key.values()))
        return created, repeated, errors

    def _look_up(self, entries):
        """Find everything that the rows may name, once for all of them."""
        self.items = self._find_items()
        self.suppliers = self._find_suppliers({entry.supplier for entry in entries})
        currencies = self.env["res.currency"].search([("active", "=", True)])
        self.currencies = {currency.name: currency for currency in currencies}
        known = self.actuals._read_group(
            [("company_id", "=", self.company.id), ("row_key", "!=", False)],
            ["row_key"],
        )
        self.known_rows = {key for (key,) in known}

    def _find_items(self):
        """``{name or code in lower case: cost item}``; a code goes before a name."""
        items = self.env["callcenter.cost.item"].search(
            [("company_id", "=", self.company.id)]
        )
        by_name = {item.name.lower(): item for item in items}
        return by_name | {item.code.lower(): item for item in items if item.code}

    def _find_suppliers(self, names):
        partners = self.env["res.partner"].search(
            [
                ("name", "in", list(names)),
                ("company_id", "in", [False, self.company.id]),
            ]
        )
        return {partner.name: partner for partner in partners}

    def _prepare_values(self, entry):
        """``(values, key)`` of one row.

        :raise UserError: the row names something unknown or another period
        """
        item = self._pick(self.items, entry.item.lower(), entry.item)
        supplier = entry.supplier and self._pick(self.suppliers, entry.supplier)
        currency = entry.currency and self._pick(self.currencies, entry.currency)
        currency = currency or self.budget.currency_id
        self.budget._check_covers(entry.date)
        self.budget._to_company_currency(entry.amount, currency, entry.date)
        vals = {
            "budget_id": self.budget.id,
            "date": entry.date,
            "item_id": item.id,
            "supplier_id": supplier.id if supplier else False,
            "currency_id": currency.id,
            "amount": float(entry.amount),
            "is_refund": entry.is_refund,
            "document_ref": entry.document or False,
            "document_row": entry.document_row,
            "note": entry.note,
            "origin": "import",
            "import_key": entry.key,
        }
        return vals, self._get_row_key(entry, vals)

    def _get_row_key(self, entry, vals):
        if not entry.document:
            return entry.key
        return document_key(
            vals["supplier_id"],
            entry.document,
            entry.date,
            vals["item_id"],
            entry.document_row,
        )

    def _pick(self, known, key, text=None):
        if key not in known:
            raise UserError(
                self.env._(
                    "“%(text)s” is not known: correct the row or create it first.",
                    text=text or key,
                )
            )
        return known[key]

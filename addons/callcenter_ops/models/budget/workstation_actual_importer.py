from odoo import api, models
from odoo.exceptions import UserError

from ...tools.budget.expense_sheet import document_key

ROW_LIMIT = 50000


class WorkstationActualImporter(models.AbstractModel):
    """Turns rows of a file into expenses of a budget."""

    _name = "callcenter.workstation.actual.importer"
    _description = "Import of workplace expenses"

    @api.model
    def _import_entries(self, budget, entries):
        """Create the expenses of the readable rows.

        :param entries: list of ``tools.expense_sheet.Entry``
        :return: ``(created expenses, number of rows entered before,
            list of (line, message) of the rows that cannot be taken)``
        """
        budget._check_in_state("approved")
        catalogue = self._prepare_catalogue(budget, entries)
        vals_by_key, errors, repeated = {}, [], 0
        for entry in entries:
            try:
                vals, key = self._prepare_import_values(budget, entry, catalogue)
            except UserError as error:
                errors.append((entry.line, str(error)))
                continue
            if key in catalogue["known"] or key in vals_by_key:
                repeated += 1
            else:
                vals_by_key[key] = vals
        created = self._in_transition().create(list(vals_by_key.values()))
        return created, repeated, errors

    def _prepare_catalogue(self, budget, entries):
        """Everything the rows may name, looked up once."""
        company = budget.company_id
        items = self.env["callcenter.cost.item"].search(
            [("company_id", "=", company.id)]
        )
        by_name = {item.name.lower(): item for item in items}
        partners = self.env["res.partner"].search(
            [
                ("name", "in", list({entry.supplier for entry in entries})),
                ("company_id", "in", [False, company.id]),
            ]
        )
        known = self._read_group(
            [("company_id", "=", company.id), ("row_key", "!=", False)], ["row_key"]
        )
        currencies = self.env["res.currency"].search([("active", "=", True)])
        return {
            "items": by_name | {item.code.lower(): item for item in items if item.code},
            "suppliers": {partner.name: partner for partner in partners},
            "currencies": {currency.name: currency for currency in currencies},
            "known": {key for (key,) in known},
        }

    def _prepare_import_values(self, budget, entry, catalogue):
        """``(values, key)`` of one row.

        :raise UserError: the row names something unknown or another period
        """
        item = self._find(catalogue["items"], entry.item.lower(), entry.item)
        supplier = self.env["res.partner"]
        if entry.supplier:
            supplier = self._find(
                catalogue["suppliers"], entry.supplier, entry.supplier
            )
        currency = budget.currency_id
        if entry.currency:
            currency = self._find(
                catalogue["currencies"], entry.currency, entry.currency
            )
        budget._check_covers(entry.date)
        budget._to_company_currency(entry.amount, currency, entry.date)
        vals = {
            "budget_id": budget.id,
            "date": entry.date,
            "item_id": item.id,
            "supplier_id": supplier.id,
            "currency_id": currency.id,
            "amount": float(entry.amount),
            "is_refund": entry.is_refund,
            "document_ref": entry.document or False,
            "document_row": entry.document_row,
            "note": entry.note,
            "origin": "import",
            "import_key": entry.key,
        }
        return vals, self._get_entry_key(entry, supplier, item)

    def _get_entry_key(self, entry, supplier, item):
        if not entry.document:
            return entry.key
        return document_key(
            supplier.id, entry.document, entry.date, item.id, entry.document_row
        )

    def _find(self, known, key, text):
        if key not in known:
            raise UserError(
                self.env._(
                    "“%(text)s” is not known: correct the row or create it first.",
                    text=text,
                )
            )
        return known[key]

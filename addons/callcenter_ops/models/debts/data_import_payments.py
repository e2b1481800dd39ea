from odoo import models

from ...tools.debts.debt_rows import parse_payment
from ...tools.imports.row_problems import Problem


class DataImportPayments(models.AbstractModel):
    """Lines of a file of payments, laid to debts by the number of the document.

    A payment that is there already is left as it is: money is never rewritten.
    """

    _name = "callcenter.data.import.payments"
    _description = "Loader of payments"
    _inherit = "callcenter.data.import.loader"

    _load_model = "callcenter.debt.payment"

    def _parse_row(self, record, row, cells):
        parsed = parse_payment(row.line, cells)
        parsed.values["name"] = parsed.values.get("payment", "")
        return parsed

    def _get_keys(self, values):
        return [(values["number"], values["payment"])]

    def _find_records(self, record, keys):
        payments = self.env["callcenter.debt.payment"].search(
            [
                ("company_id", "=", record.company_id.id),
                ("debt_id.name", "in", [number for number, _payment in keys]),
                ("name", "in", [payment for _number, payment in keys]),
            ]
        )
        return {(payment.debt_id.name, payment.name): payment for payment in payments}

    def _match_plans(self, record, plans):
        numbers = {plan["parsed"].values["number"] for plan in plans}
        debts = self.env["callcenter.debt"].search(
            [("company_id", "=", record.company_id.id), ("name", "in", list(numbers))]
        )
        by_number = {debt.name: debt.id for debt in debts}
        for plan in plans:
            values = plan["parsed"].values
            values["debt_id"] = by_number.get(values["number"])
            if not values["debt_id"]:
                problem = Problem("unknown_debt", value=values["number"])
                plan["parsed"].problems.append(problem)
                plan["good"] = False
        return super()._match_plans(record, [plan for plan in plans if plan["good"]])

    def _find_obstacle(self, values, found, earlier):
        return None

    def _prepare_values(self, record, parsed):
        values = parsed.values
        return {
            "debt_id": values["debt_id"],
            "name": values["payment"],
            "amount": float(values["amount"]),
            "date": values["date_paid"],
            "comment": values.get("comment"),
        }

    def _prepare_update(self, existing, values, overwrite):
        return {}

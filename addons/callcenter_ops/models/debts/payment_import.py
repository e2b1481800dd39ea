from ...tools.debts.debt_rows import parse_payment
from ...tools.imports.row_problems import Problem
from ..imports.import_kind import ImportKind
from .debt_import import get_document_messages


class PaymentImport(ImportKind):
    """Lines of a file of payments, laid to debts by the number of the document.

    A payment that is there already is left as it is: money is never rewritten.
    """

    groups = ("callcenter_ops.group_supervisor",)
    model = "callcenter.debt.payment"
    amount_targets = ("amount",)
    is_undoable = True
    required = (("debt",), ("payment",), ("amount",), ("date_paid",))
    header_words = (
        (
            "payment",
            "плат[её]жн|плат[её]жка|поручен|payment (?:no|number|doc)|^payment$",
        ),
        ("date_paid", "дата|date|day|оплачен"),
        ("amount", "сумм|amount|paid|оплата"),
        ("debt", "номер|договор|сч[её]т|документ|долг|number|invoice|contract|debt|^№"),
        ("comment", "коммент|примеч|назначен|comment|note"),
    )

    def get_label(self):
        return self.env._("Payments of debts")

    def get_targets(self):
        return {
            "debt": self.env._("Document of the debt"),
            "payment": self.env._("Payment document"),
            "amount": self.env._("Amount"),
            "date_paid": self.env._("Paid on"),
            "comment": self.env._("Comment"),
        }

    def get_messages(self):
        return (
            super().get_messages()
            | get_document_messages(self.env)
            | {
                "no_payment_number": self.env._(
                    "The number of the payment is missing."
                ),
                "unknown_debt": self.env._("There is no debt by “%(value)s”."),
            }
        )

    def parse_row(self, row, cells):
        parsed = parse_payment(row.line, cells)
        parsed.values["name"] = parsed.values.get("payment", "")
        return parsed

    def resolve_owners(self, lines):
        numbers = {line.values["debt"] for line in lines}
        debts = self.env["callcenter.debt"].search(
            [("name", "in", list(numbers)), *self.get_company_domain()]
        )
        by_number = {debt.name: debt.id for debt in debts}
        for line in lines:
            number = line.values["debt"]
            line.values["debt_id"] = by_number.get(number)
            if number not in by_number:
                line.refuse(Problem("unknown_debt", value=number))

    def get_keys(self, values):
        return [(values["debt"], values["payment"])]

    def find_records(self, keys):
        payments = self.env[self.model].search(
            [
                ("debt_id.name", "in", [debt for debt, _payment in keys]),
                ("name", "in", [payment for _debt, payment in keys]),
                *self.get_company_domain(),
            ]
        )
        return {(payment.debt_id.name, payment.name): payment for payment in payments}

    def find_obstacle(self, values, found, earlier):
        return None

    def prepare_values(self, values):
        return {
            "debt_id": values["debt_id"],
            "name": values["payment"],
            "amount": float(values["amount"]),
            "date": values["date_paid"],
            "comment": values.get("comment"),
        }

    def prepare_update(self, existing, values, overwrite):
        return {}

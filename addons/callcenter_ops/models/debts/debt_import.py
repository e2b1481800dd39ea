from ...tools.debts.debt_rows import parse_debt
from ...tools.imports.row_problems import Problem
from ..clients.client_import import get_phone_messages
from ..clients.owned_import import OwnedImport


class DebtImport(OwnedImport):
    """Lines of a file of debts, each found by its document and laid to its client."""

    groups = ("callcenter_ops.group_supervisor",)
    model = "callcenter.debt"
    amount_targets = ("amount",)
    is_undoable = True
    required = (("number",), ("amount",), ("date_due",), ("ref", "vat", "phone"))
    header_words = (
        *OwnedImport.owner_words,
        ("date_due", "срок|погасить|до какого|дата плат|due|дата"),
        ("amount", "сумм|долг|задолж|amount|debt|остат"),
        (
            "number",
            "номер|договор|сч[её]т|документ|number|invoice|contract|document|^№",
        ),
        ("comment", "коммент|примеч|comment|note"),
        ("name", "должник|debtor"),
        *OwnedImport.name_words,
    )

    def get_label(self):
        return self.env._("Debts")

    def get_targets(self):
        return {
            "number": self.env._("Document"),
            "amount": self.env._("Amount"),
            "date_due": self.env._("Due on"),
            **self.get_owner_targets(),
            "comment": self.env._("Comment"),
        }

    def get_messages(self):
        return (
            super().get_messages()
            | get_phone_messages(self.env)
            | get_document_messages(self.env)
            | {
                "no_client": self.env._(
                    "Nothing says whose debt it is: give a code, a tax number or a"
                    " telephone."
                ),
                "unknown_client": self.env._(
                    "No client has this code, tax number or telephone: load him first."
                ),
                "other_client": self.env._(
                    "The debt by this document is another client's: %(value)s."
                ),
            }
        )

    def parse_row(self, row, cells):
        parsed = parse_debt(row.line, cells)
        parsed.values.setdefault("name", parsed.values.get("number", ""))
        return parsed

    def get_keys(self, values):
        return [values["number"]]

    def find_records(self, keys):
        return {debt.name: debt for debt in self.search_by_keys("name", keys)}

    def find_conflict(self, values, existing):
        if existing.partner_id.id != values["partner_id"]:
            return Problem("other_client", value=existing.partner_id.display_name)
        return None

    def prepare_values(self, values):
        prepared = {
            "name": values["number"],
            "partner_id": values["partner_id"],
            "amount": float(values["amount"]),
            "date_due": values["date_due"],
        }
        if values.get("comment"):
            prepared["comment"] = values["comment"]
        return prepared

    def prepare_creation(self, values):
        owner = {"company_id": self.record.company_id.id}
        return self.prepare_values(values) | owner

    def prepare_update(self, existing, values, overwrite):
        return {
            name: value
            for name, value in values.items()
            if name != "partner_id"
            and (overwrite or not existing[name])
            and existing[name] != value
        }


def get_document_messages(env):
    """Words for the faults that debts and payments share, by code."""
    return {
        "bad_date": env._("“%(value)s” is no day."),
        "no_date": env._("The day is missing."),
        "no_amount": env._("The amount is missing or zero."),
        "no_number": env._("The number of the document is missing."),
    }

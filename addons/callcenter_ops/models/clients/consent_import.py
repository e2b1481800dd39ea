from ...tools.clients.list_rows import parse_consent
from ...tools.imports.row_problems import Problem
from .client_import import get_phone_messages
from .owned_import import OwnedImport
from .stop_import import get_list_messages


class ConsentImport(OwnedImport):
    """Lines of a list of consents given, or withdrawn, by clients.

    A consent that is there is left as it is: it is evidence, and withdrawn at most.
    """

    groups = ("callcenter_ops.group_supervisor",)
    model = "callcenter.consent"
    required = (("kind",), ("ref", "vat", "phone"))
    header_words = (
        ("is_withdrawn", "отозв|отзыв|withdraw|revok"),
        ("text_version", "верси|редакц|текст|version|text"),
        *OwnedImport.owner_words,
        ("date", "дата|получено|date|given"),
        ("source", "источник|способ|откуда|source|way|how"),
        ("kind", "вид|согласие|цель|назначен|kind|consent|purpose"),
        *OwnedImport.name_words,
    )

    def get_label(self):
        return self.env._("Consents of clients")

    def get_undo_refusal(self):
        return self.env._("A consent is evidence: withdraw the wrong ones one by one.")

    def get_targets(self):
        return self.get_owner_targets() | {
            "kind": self.env._("Kind of consent"),
            "date": self.env._("Given on"),
            "source": self.env._("How it was given"),
            "text_version": self.env._("Version of the text"),
            "is_withdrawn": self.env._("Withdrawn"),
        }

    def get_messages(self):
        return (
            super().get_messages()
            | get_phone_messages(self.env)
            | get_list_messages(self.env)
            | {
                "unknown_client": self.env._(
                    "No client has this code, tax number or telephone: load him first."
                ),
                "bad_kind": self.env._(
                    "“%(value)s” is no kind of consent: write personal data,"
                    " advertising or mass calls."
                ),
                "bad_source": self.env._(
                    "“%(value)s” does not say how it was given: write paper, site,"
                    " call or contract."
                ),
                "bad_withdrawal": self.env._(
                    "“%(value)s” does not say whether it was withdrawn: write yes or"
                    " no."
                ),
                "no_text_version": self.env._(
                    "The version of the text is missing: what exactly was agreed to."
                ),
                "nothing_to_withdraw": self.env._(
                    "The client has no such consent in force: there is nothing to"
                    " withdraw."
                ),
            }
        )

    def parse_row(self, row, cells):
        return parse_consent(row.line, cells)

    def get_keys(self, values):
        return [(values["partner_id"], values["kind"])]

    def find_records(self, keys):
        consents = self.env[self.model].search(
            [
                ("company_id", "=", self.record.company_id.id),
                ("partner_id", "in", [client for client, _kind in keys]),
                ("withdrawn_at", "=", False),
            ]
        )
        return {(one.partner_id.id, one.kind): one for one in consents}

    def find_obstacle(self, values, found, earlier):
        if values.get("is_withdrawn") and not found:
            return Problem("nothing_to_withdraw")
        return None

    def prepare_values(self, values):
        copied = ("partner_id", "kind", "date", "source", "text_version")
        owner = {"company_id": self.record.company_id.id}
        return {name: values.get(name) for name in copied} | owner

    def prepare_update(self, existing, values, overwrite):
        return {}

    def load_details(self, lines):
        withdrawn = [line for line in lines if line.values.get("is_withdrawn")]
        for line in withdrawn:
            line.existing._withdraw()
            line.outcome = "updated"

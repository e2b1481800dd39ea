from odoo import fields

from ...tools.clients.list_rows import parse_stop
from ...tools.imports.row_problems import Problem
from .client_import import get_phone_messages
from .owned_import import OwnedImport


class StopImport(OwnedImport):
    """Lines of a stop list: a number, a client, or both; whom the list knows stays.

    A line never ends or shortens an entry.
    """

    groups = ("callcenter_ops.group_supervisor", "callcenter_ops.group_manager")
    model = "callcenter.stop.entry"
    needs_client = False
    required = (("phone", "ref", "vat"),)
    header_words = (
        *OwnedImport.owner_words,
        ("phone", "номер|number"),
        ("stop_until", "до|срок|окончан|until|end|expir"),
        ("reason", "причин|основан|коммент|примеч|reason|basis|comment|note"),
        *OwnedImport.name_words,
    )

    def get_label(self):
        return self.env._("Stop list")

    def get_undo_refusal(self):
        return self.env._("An entry is evidence: end the wrong ones in the stop list.")

    def get_targets(self):
        return self.get_owner_targets() | {
            "reason": self.env._("Reason"),
            "stop_until": self.env._("Not called until"),
        }

    def get_messages(self):
        return (
            super().get_messages()
            | get_phone_messages(self.env)
            | get_list_messages(self.env)
            | {
                "has_ended": self.env._("The entry has ended already: “%(value)s”."),
                "unknown_client": self.env._(
                    "No client has this code or tax number, and no telephone is given."
                ),
            }
        )

    def parse_row(self, row, cells):
        return parse_stop(row.line, cells, self.record.company_id._callcenter_today())

    def _complete_line(self, line):
        client = self.env["res.partner"].browse(line.values.get("partner_id"))
        numbers = client._get_callcenter_numbers() if client else []
        line.values.setdefault("phone", numbers[0] if numbers else None)
        if not (line.values["phone"] or client):
            line.refuse(Problem("unknown_client"))

    def get_keys(self, values):
        end = self._get_end(values.get("stop_until"))
        return [(values.get("partner_id"), values["phone"], end)]

    def find_records(self, keys):
        """Entries that bind the same number and client as long as the line asks."""
        by_pair = self._find_live(keys).grouped(
            lambda one: (one.partner_id.id or None, one.phone or None)
        )
        found = {}
        for client, phone, end in keys:
            for entry in by_pair.get((client, phone), ()):
                if not entry.date_end or (end and entry.date_end >= end):
                    found[client, phone, end] = entry
        return found

    def _find_live(self, keys):
        now = fields.Datetime.now()
        return self.env[self.model].search(
            [
                ("company_id", "=", self.record.company_id.id),
                *("|", ("date_end", "=", False), ("date_end", ">", now)),
                *("|", ("phone", "in", [phone for _c, phone, _e in keys if phone])),
                ("partner_id", "in", [client for client, _p, _e in keys if client]),
            ]
        )

    def find_obstacle(self, values, found, earlier):
        return None

    def prepare_values(self, values):
        reason = values.get("reason") or self.record._told_to().env._(
            "Stop list of the file %(name)s", name=self.record.filename
        )
        return {
            "phone": values["phone"],
            "partner_id": values.get("partner_id"),
            "reason": reason,
            "date_end": self._get_end(values.get("stop_until")),
            "company_id": self.record.company_id.id,
        }

    def _get_end(self, day):
        """The last instant of a day of the company, or none."""
        return day and self.record.company_id._callcenter_day_bounds(day)[1]

    def prepare_update(self, existing, values, overwrite):
        return {}


def get_list_messages(env):
    """Words for the faults that lists of clients share, by code."""
    return {
        "no_person": env._(
            "Nothing says who it is: give a code, a tax number or a telephone."
        ),
        "bad_date": env._("“%(value)s” is no day."),
        "no_date": env._("The day is missing."),
    }

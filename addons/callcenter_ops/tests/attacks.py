"""Every role tries an operation on a record as an RPC client would call it."""

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw

ROLES = ("operator", "supervisor", "hr", "director", "manager", "outsider")


class AttackMixin:
    """Beside a case with ``users``; ``see(record)`` says what must not change."""

    def call(self, role, record, method, *args):
        """As an RPC client of that role calls it."""
        self.env.flush_all()
        self.env.invalidate_all()
        ids = [] if method == "create" else [record.ids]
        return call_kw(record.with_user(self.users[role]), method, [*ids, *args], {})

    def is_refused(self, role, record, method, *args):
        try:
            with self.env.cr.savepoint():
                self.call(role, record, method, *args)
        except (AccessError, UserError):
            return True
        return False

    def assert_only(self, allowed, record, method, *args):
        """Each role tries and is undone; a refusal leaves the record as it was."""
        before = self.see(record)
        for role in ROLES:
            with self.subTest(model=record._name, method=method, role=role):
                with self.env.cr.savepoint() as savepoint:
                    refused = self.is_refused(role, record, method, *args)
                    if refused:
                        self.assertEqual(self.see(record), before, "changed")
                    savepoint.rollback()
                self.env.invalidate_all()
                self.assertEqual(not refused, role in allowed)

    def press(self, role, wizard, values, button):
        """Whether the role came through the wizard."""
        try:
            with self.env.cr.savepoint():
                ids = self.call(role, self.env[wizard], "create", [values])
                self.call(role, self.env[wizard].browse(ids), button)
        except (AccessError, UserError):
            return False
        return True

    def get_buttons(self, model):
        """Names of the actions that our addons give the model."""
        return {
            name
            for kind in type(self.env[model]).__mro__
            if kind.__module__.startswith("odoo.addons.callcenter_")
            for name in vars(kind)
            if name.startswith("action_")
        }

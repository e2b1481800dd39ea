"""What follows from a method, or is evidence, no hand writes past the method."""

from attacks.free_fields import FREE
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user, tagged
from test_security_matrix import role_xmlids

# Odoo's own, of every model.
_ODOOS_OWN = ("id", "create_uid", "create_date", "write_uid", "write_date")
_SOCIAL = ("message_", "activity_", "website_message_", "rating_")


@tagged("post_install", "-at_install")
class TestStateWrites(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(cls.env, f"writer_{number:02}", groups=role)
            for number, role in enumerate(sorted(role_xmlids(cls.env)))
        }

    def test_every_field_that_a_hand_may_change_is_named(self):
        """A new field is closed, or has its row in the table."""
        for name, writers in self._get_writable_models().items():
            with self.subTest(model=name, writers=writers):
                model = self.env[name]
                self.assertEqual(
                    sorted(self._get_stored(model) - self._get_closed(model)),
                    sorted(FREE.get(name, "").split()),
                )

    def test_the_table_names_no_model_that_nobody_writes(self):
        self.assertEqual(set(FREE) - set(self._get_writable_models()), set())

    def test_no_role_writes_what_the_server_keeps(self):
        for name, writers in self._get_writable_models().items():
            model = self.env[name]
            kept = self._get_closed(model) - set(model._settled_fields)
            for role in writers:
                for field in sorted(kept & self._get_stored(model)):
                    with self.subTest(model=name, field=field, role=role):
                        self._assert_refused(model, role, "write", [[], {field: 1}])

    def test_no_role_makes_a_record_with_what_the_server_keeps(self):
        for name, writers in self._get_writable_models().items():
            model = self.env[name]
            kept = {n for n in model._fields if model._is_kept_by_server(n)}
            for role in writers:
                for field in sorted(kept - set(_ODOOS_OWN)):
                    with self.subTest(model=name, field=field, role=role):
                        self._assert_refused(model, role, "create", [{field: 1}])

    def test_no_stored_or_sent_default_reaches_what_the_server_keeps(self):
        for name, writers in self._get_writable_models().items():
            model = self.env[name].with_user(self.users[writers[0]])
            kept = sorted(self._get_closed(model) & self._get_stored(model))
            kept = [one for one in kept if one not in model._settled_fields]
            sent = {f"default_{one}": "forged" for one in kept}
            values = model.with_context(**sent).default_get(kept)
            with self.subTest(model=name):
                self.assertNotIn("forged", values.values())

    def _assert_refused(self, model, role, method, args):
        """By the guard, before anything reaches the database."""
        try:
            call_kw(model.with_user(self.users[role]), method, args, {})
        except UserError:
            return
        self.fail(f"{role}: {method} {args}")

    def _get_writable_models(self):
        """``{model: roles that may write or create}`` of all our stored models."""
        found = {}
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not name.startswith("callcenter.") or not model._auto:
                continue
            writers = [
                role
                for role, user in self.users.items()
                if model.with_user(user).has_access("write")
                or model.with_user(user).has_access("create")
            ]
            if writers and not model._transient:
                found[name] = writers
        return found

    def _get_stored(self, model):
        return {
            name
            for name, field in model._fields.items()
            if field.store
            and field.type != "one2many"
            and name not in _ODOOS_OWN
            and not name.startswith(_SOCIAL)
        }

    def _get_closed(self, model):
        """What is guarded, kept by the server, or settled once the record is there."""
        guarded = set(getattr(model, "_guarded_fields", ()))
        kept = {name for name in model._fields if model._is_kept_by_server(name)}
        return guarded | kept | set(model._settled_fields)

"""What somebody put into a wizard is his own, whoever else may use the wizard."""

from attacks.bare_rows import insert_bare_row
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user, tagged
from test_security_matrix import role_xmlids

_ATTEMPTS = {
    "read": [["create_uid"]],
    "web_read": [{"create_uid": {}}],
    "write": [{}],
    "copy": [],
    "unlink": [],
}
# What everybody reads anyway: money and company of a record, marks of a result.
_HARMLESS = ("company_id", "currency_id")
_OPEN_TO_ALL = ("disposition_id",)


def _is_harmless(field):
    first, *_between, last = field.related.split(".")
    return last in _HARMLESS or first in _OPEN_TO_ALL


@tagged("post_install", "-at_install")
class TestWizardRows(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        every = ",".join(sorted(role_xmlids(cls.env)))
        cls.owner, cls.other = (
            new_test_user(cls.env, f"wizard_{name}", groups=every)
            for name in ("owner", "other")
        )

    def test_not_even_all_roles_together_reach_the_rows_of_another(self):
        for model in self._get_wizards():
            theirs = model.with_user(self.other).browse(
                insert_bare_row(model, create_uid=self.owner.id)
            )
            with self.subTest(model=model._name):
                self.assertFalse(theirs.search([("id", "=", theirs.id)]))
                for method, args in _ATTEMPTS.items():
                    self._assert_refused(theirs, method, [theirs.ids, *args])

    def test_a_wizard_shows_other_records_with_its_users_own_rights(self):
        """He chooses the record: a related field must not read it in his stead."""
        for model in self._get_wizards():
            if not model._name.startswith("callcenter."):
                continue
            shown = [
                field.name
                for field in model._fields.values()
                if field.related and field.compute_sudo and not _is_harmless(field)
            ]
            with self.subTest(model=model._name):
                self.assertEqual(shown, [])

    def test_the_owner_reads_his_row(self):
        ours = [m for m in self._get_wizards() if m._name.startswith("callcenter.")]
        for model in ours:
            own = model.with_user(self.owner).browse(
                insert_bare_row(model, create_uid=self.owner.id)
            )
            with self.subTest(model=model._name):
                own.check_access("read")
                self.assertTrue(own.search([("id", "=", own.id)]))

    def _assert_refused(self, records, method, args):
        try:
            call_kw(records.browse(), method, args, {})
        except AccessError:
            return
        self.fail(f"{method} was let through")

    def _get_wizards(self):
        """All wizards that our roles may use, Odoo's own among them."""
        models = [self.env[name] for name in sorted(self.env.registry)]
        return [
            one
            for one in models
            if one._transient
            and one._auto
            and one.with_user(self.other).has_access("read")
        ]

from odoo.exceptions import UserError

from ...tools.common.keepable import is_keepable
from ..cases import CallcenterCase

NOTHING_TO_KEEP = ("a\0b", "\ud800", float("nan"), float("inf"), {"en_US": "a\0"})


class TestKeepable(CallcenterCase):
    """What a request can bring and the database cannot keep is refused in words."""

    def test_no_model_takes_signs_that_the_base_cannot_keep(self):
        models = [
            one for one in self.env.values() if one._name.startswith("callcenter.")
        ]
        for model in (*models, self.env["res.partner"], self.env["crm.lead"]):
            for value in NOTHING_TO_KEEP:
                with (
                    self.subTest(model=model._name, value=value),
                    self.assertRaisesRegex(UserError, "cannot be kept"),
                ):
                    model._check_keepable({"id": value})

    def test_a_debt_of_no_number_is_refused(self):
        client = self.env["res.partner"].create({"name": "First"})
        debts = self.as_("supervisor", self.env["callcenter.debt"])
        values = {"name": "A-1", "partner_id": client.id, "date_due": "2026-03-10"}
        for amount in (float("nan"), float("inf")):
            with self.assertRaisesRegex(UserError, "Amount.*cannot be kept"):
                debts.create(values | {"amount": amount})
        debt = debts.create(values | {"amount": 5})
        with self.assertRaisesRegex(UserError, "Comment.*cannot be kept"):
            debt.comment = "a\0b"
        self.assertEqual((debt.amount, debt.comment), (5, False))

    def test_whole_texts_and_numbers_are_kept(self):
        values = ("Ёж", "😀", "", 0.5, -1, None, True, ["a", {"б": [1.5]}], "\n\t")
        for value in values:
            self.assertTrue(is_keepable(value), value)
        for value in (["a\0"], {"a": [float("-inf")]}, {"\0": 1}):
            self.assertFalse(is_keepable(value), value)

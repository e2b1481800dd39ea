from odoo.tests import Form, tagged

from ..calling.common import CallingCase


@tagged("post_install", "-at_install")
class TestDebtorLetter(CallingCase):
    """A debtor may promise to pay in a letter as well as by telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Debtor", email="debtor@client.example.com")
        wizards = cls.env["callcenter.enquiry.register"].with_user(cls.operator.user_id)
        window = wizards.create(
            {"sender": cls.client.email, "name": "Invoice 1", "text": "I will pay."}
        )
        window.action_register()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def answer(self):
        """The window of the answer, as the operator has it."""
        user = self.operator.user_id
        letters = self.env["callcenter.enquiry"].with_user(user)
        letter = letters.browse(letters.action_take_next()["res_id"])
        context = letter.action_ask_result()["context"]
        return Form(
            self.env["callcenter.enquiry.answer"].with_user(user).with_context(context)
        )

    def test_a_promise_in_a_letter_is_kept_like_any_other(self):
        self.env["callcenter.debt"].create(
            {
                "name": "Invoice 1",
                "partner_id": self.client.id,
                "amount": 1000,
                "date_due": "2026-02-10",
            }
        )
        form = self.answer()
        form.disposition_id = self.env.ref("callcenter_ops.disposition_promise")
        form.promise_amount = 400
        form.promise_date = "2026-03-06"
        form.save().action_apply()
        promise = self.env["callcenter.promise"].search(
            [("partner_id", "=", self.client.id)]
        )
        self.assertEqual((promise.amount, promise.state), (400, "open"))
        self.assertEqual(str(promise.date_promised), "2026-03-06")
        self.assertEqual(promise.call_id.channel, "letter")

    def test_whoever_owes_nothing_has_nothing_to_promise(self):
        promise = self.env.ref("callcenter_ops.disposition_promise")
        self.assertNotIn(promise, self.answer().offered_ids[:])

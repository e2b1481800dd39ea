from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..calling.common import CallingCase

STRANGER = "+73430000099"


@tagged("post_install", "-at_install")
class TestMissedCalls(CallingCase):
    """Whoever rang in vain is called back, once, by whoever is free."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Sports Shop")
        cls.company.callcenter_missed_department_id = cls.operator.department_id

    def miss(self, ident, moment="2026-03-02 04:30:00", phone=None, **vals):
        return self.env["callcenter.pbx.call"].create(
            {
                "company_id": self.company.id,
                "ident": ident,
                "started_at": moment,
                "phone": phone or self.client.phone_sanitized,
                "wait_seconds": 40,
                **vals,
            }
        )

    def promises(self, client=None):
        return self.env["callcenter.followup"].search(
            [("partner_id", "=", (client or self.client).id)]
        )

    def test_a_missed_call_is_called_back_within_the_hour(self):
        self.miss("one", line="Orders")
        promise = self.promises()
        self.assertEqual((promise.kind, promise.state), ("callback", "open"))
        self.assertEqual(str(promise.deadline_at), "2026-03-02 05:30:00")
        self.assertEqual(promise.phone, self.client.phone_sanitized)
        self.assertIn("Orders", promise.note)

    def test_it_is_common_to_the_operators_of_the_department(self):
        self.miss("one")
        promise = self.promises()
        self.assertFalse(promise.user_id)
        self.assertEqual(promise.department_id, self.operator.department_id)
        work = self.env["callcenter.followup"]._get_work_list(
            self.operator.user_id,
            self.operator.department_id,
            self.later(days=1),
            10,
        )
        self.assertEqual(work, promise)

    def test_one_who_rings_again_and_again_is_called_back_once(self):
        for ident in ("one", "two", "three"):
            self.miss(ident)
        self.assertEqual(len(self.promises()), 1)

    def test_whoever_was_answered_later_is_not_called_back(self):
        self.env["callcenter.pbx.call"].create(
            [
                {
                    "company_id": self.company.id,
                    "ident": ident,
                    "started_at": moment,
                    "phone": self.client.phone_sanitized,
                    "is_answered": is_answered,
                }
                for ident, moment, is_answered in (
                    ("one", "2026-03-02 04:30:00", False),
                    ("two", "2026-03-02 04:40:00", True),
                )
            ]
        )
        self.assertFalse(self.promises())

    def test_answered_hidden_and_old_calls_make_no_promise(self):
        self.miss("one", is_answered=True)
        self.miss("two", "2026-03-01 04:59:00")
        before = self.env["callcenter.followup"].search_count([])
        self.env["callcenter.pbx.call"].create(
            {
                "company_id": self.company.id,
                "ident": "three",
                "started_at": "2026-03-02 04:30:00",
            }
        )
        self.assertFalse(self.promises())
        self.assertEqual(self.env["callcenter.followup"].search_count([]), before)

    def test_an_unknown_caller_gets_a_card_with_his_number(self):
        call = self.miss("one", phone=STRANGER)
        client = self.env["res.partner"].search([("phone_sanitized", "=", STRANGER)])
        self.assertEqual((client.name, call.partner_id), ("+7 343 000-00-99", client))
        self.assertEqual(client.state_id, self.sverdlovsk)
        self.assertEqual(len(self.promises(client)), 1)

    def test_operators_tell_of_no_missed_calls(self):
        calls = self.env["callcenter.pbx.call"].with_user(self.operator.user_id)
        with self.assertRaises(AccessError):
            calls.create(
                {
                    "company_id": self.company.id,
                    "ident": "one",
                    "started_at": "2026-03-02 04:30:00",
                    "phone": self.client.phone_sanitized,
                }
            )
        self.assertFalse(self.promises())

from datetime import date

from odoo.exceptions import AccessError, UserError

from .common import MIDNIGHT, TODAY, PersonnelCase

TOMORROW = date(2026, 3, 3)
LAST_SECOND = "2026-03-02 18:59:59"


class TestLastDay(PersonnelCase):
    """The last working day is worked: the order is executed when it is over."""

    def setUp(self):
        super().setUp()
        self.appoint()
        self.user = self.candidate.user_id

    def sign_dismissal(self, **vals):
        return self.sign(self.build_dismissal(self.candidate, **vals))

    def is_operator(self):
        self.env.invalidate_all()
        return self.user.active and self.user.has_group("callcenter_ops.group_operator")

    def run_cron_at(self, moment):
        with self.at(moment):
            self.Order._cron_execute_due()

    def test_signed_on_its_day_it_waits_for_the_end_of_the_day(self):
        order = self.sign_dismissal()
        self.assertEqual((order.state, order.date_execution), ("signed", TOMORROW))
        self.assertTrue(self.is_operator())
        self.assertEqual(self.get_blockers(self.candidate, TODAY), [])

    def test_rights_last_to_the_last_second_and_no_longer(self):
        order = self.sign_dismissal()
        self.run_cron_at(LAST_SECOND)
        self.assertEqual(order.state, "signed")
        self.assertTrue(self.is_operator())
        self.run_cron_at(MIDNIGHT)
        self.assertEqual(order.state, "executed")
        self.assertFalse(self.is_operator())

    def test_the_card_and_the_contract_end_on_the_last_working_day(self):
        self.sign_dismissal()
        self.run_cron_at(MIDNIGHT)
        self.assertEqual(self.candidate.departure_date, TODAY)
        self.assertEqual(self.candidate.contract_date_end, TODAY)

    def test_the_cron_is_woken_when_the_day_is_over(self):
        self.sign_dismissal()
        triggers = self.env["ir.cron.trigger"].search(
            [
                (
                    "cron_id",
                    "=",
                    self.env.ref("callcenter_ops.ir_cron_execute_due_orders").id,
                )
            ]
        )
        self.assertIn(MIDNIGHT, map(str, triggers.mapped("call_at")))

    def test_a_day_in_the_past_is_executed_at_once(self):
        with self.at("2026-03-03 07:00:00"):
            order = self.sign_dismissal()
            self.assertEqual(order.state, "executed")

    def test_nobody_is_handed_clients_after_the_last_day(self):
        """Also in the minutes before the scheduler comes round."""
        self.sign_dismissal()
        self.assertEqual(self.candidate.callcenter_last_day, TODAY)
        (blocker,) = self.get_blockers(self.candidate, TOMORROW)
        self.assertEqual(blocker["code"], "dismissed")
        self.assertIn("03/02/2026", blocker["message"])

    def test_a_withdrawn_dismissal_leaves_no_last_day(self):
        self.cancel(self.sign_dismissal())
        self.assertFalse(self.candidate.callcenter_last_day)
        self.assertEqual(self.get_blockers(self.candidate, TOMORROW), [])

    def test_execution_before_the_end_of_the_day_is_refused(self):
        order = self.sign_dismissal()
        for role in ("hr", "director"):
            with self.assertRaisesRegex(UserError, "last working day"):
                self.as_(role, order).action_execute()
        self.assertEqual(order.state, "signed")

    def test_hr_ends_the_last_day_with_a_reason_that_stays(self):
        order = self.sign_dismissal()
        self.remark(order, "hr", "The papers are signed").action_apply()
        self.assertEqual(order.state, "executed")
        self.assertFalse(self.is_operator())
        self.assertEqual(self.candidate.departure_date, TODAY)
        lines = order.message_ids.filtered(
            lambda message: "The papers are signed" in (message.body or "")
        )
        self.assertEqual(lines.author_id, self.users["hr"].partner_id)

    def remark(self, order, role, note):
        return (
            self.env["callcenter.order.remark"]
            .with_user(self.users[role])
            .create({"order_id": order.id, "purpose": "end_last_day", "note": note})
        )

    def test_the_last_day_is_ended_by_hr_alone_with_a_reason(self):
        order = self.sign_dismissal()
        for role in ("operator", "supervisor", "director", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, order).action_end_last_day("reason")
        for note in (False, "", "  "):
            with self.assertRaisesRegex(UserError, "Say why"):
                self.as_("hr", order).action_end_last_day(note)
        self.assertEqual(order.state, "signed")
        self.assertTrue(self.is_operator())

    def test_no_other_day_and_no_other_order_is_ended_early(self):
        later = self.sign_dismissal(date_effective=TOMORROW)
        with self.assertRaisesRegex(UserError, "only on its last working day"):
            self.as_("hr", later).action_end_last_day("reason")
        other = self.appoint(self.build_employee("Later"), date_effective=TOMORROW)
        with self.assertRaisesRegex(UserError, "only a dismissal"):
            self.as_("hr", other).action_end_last_day("reason")
        self.assertEqual((later.state, other.state), ("signed", "signed"))

    def test_a_leaving_deputy_heads_nothing_after_his_last_day(self):
        self.department.manager_id = self.candidate
        self.sign_dismissal()
        head = self.department._get_acting_manager
        self.assertEqual(head(TODAY), self.candidate)
        self.assertFalse(head(TOMORROW))

    def test_who_leaves_is_no_deputy_beyond_the_last_day(self):
        self.sign_dismissal()
        order = self.build_order(
            self.candidate,
            order_type="acting",
            absent_employee_id=self.supervisor.id,
            date_end=date(2026, 3, 9),
        )
        with self.assertRaisesRegex(UserError, "cannot be the deputy until"):
            self.as_("hr", order).action_submit()
        self.assertEqual(order.state, "draft")

from datetime import date

from odoo.exceptions import UserError

from .common import PersonnelCase


class TestOrderCancellation(PersonnelCase):
    def test_an_order_that_waits_is_called_off_and_never_executes(self):
        order = self.appoint(date_effective=date(2026, 3, 9))
        self.cancel(order)
        self.assertEqual(order.state, "cancelled")
        with self.at("2026-03-09 07:00:00"):
            self.Order._cron_execute_due()
        self.assertEqual(self.candidate.callcenter_status, "candidate")
        self.assertFalse(self.candidate.user_id)

    def test_an_annulled_appointment_leaves_nothing_behind(self):
        order = self.appoint()
        user = self.candidate.user_id
        self.cancel(order)
        self.assertEqual(order.state, "cancelled")
        self.assertEqual(self.candidate.callcenter_status, "candidate")
        self.assertFalse(self.candidate.job_id or self.candidate.contract_date_start)
        self.assertFalse(user.active)

    def test_a_cancelled_dismissal_brings_the_person_back(self):
        self.appoint()
        user = self.candidate.user_id
        order = self.dismiss(self.candidate)
        self.cancel(order)
        self.assertEqual(self.candidate.callcenter_status, "appointed")
        self.assertTrue(self.candidate.active and user.active)
        self.assertTrue(user.has_group("callcenter_ops.group_operator"))
        self.assertFalse(self.candidate.contract_date_end)
        self.assertFalse(self.candidate.departure_date)

    def test_a_cancelled_transfer_returns_the_former_post(self):
        self.appoint()
        senior = self.env["hr.job"].create({"name": "Senior operator"})
        order = self.sign(
            self.build_order(
                order_type="transfer",
                job_id=senior.id,
                department_id=self.department.id,
                wage=50000,
            )
        )
        self.cancel(order)
        self.assertEqual(self.candidate.job_id, self.job)
        self.assertEqual(self.candidate.version_id.wage, 40000)

    def test_orders_are_undone_in_reverse(self):
        first = self.appoint()
        with self.at("2026-03-02 08:00:00"):
            self.dismiss(self.candidate)
        order = self.build_order(
            order_type="cancellation", cancelled_order_id=first.id, basis="memo"
        )
        with self.assertRaisesRegex(UserError, "cancel it first"):
            self.as_("hr", order).action_submit()

    def test_drafts_and_cancellations_cannot_be_cancelled(self):
        draft = self.build_order()
        done = self.cancel(self.appoint())
        for target in (draft, done):
            order = self.build_order(
                order_type="cancellation", cancelled_order_id=target.id, basis="memo"
            )
            with self.assertRaises(UserError):
                self.as_("hr", order).action_submit()

    def test_a_cancellation_needs_a_reason(self):
        order = self.build_order(
            order_type="cancellation", cancelled_order_id=self.appoint().id
        )
        with self.assertRaisesRegex(UserError, "reason"):
            self.as_("hr", order).action_submit()

    def test_the_form_opens_a_cancellation_of_the_same_person(self):
        order = self.appoint()
        action = self.as_("hr", order).action_prepare_cancellation()
        draft = (
            self.Order.with_user(self.users["hr"])
            .with_context(**action["context"])
            .create({"basis": "memo"})
        )
        self.assertEqual(draft.employee_id, self.candidate)
        self.assertEqual(draft.cancelled_order_id, order)

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.exceptions import AccessError, UserError

from .common import CallingCase

_STEP = Path(__file__).parents[2] / "migrations/19.0.4.0.0/post-followup.py"
DAY_LATER = "2026-03-03 05:00:00"


class TestPromises(CallingCase):
    """Every promise to a client is work with a deadline, in one list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.build_client("Sports Shop")
        cls.rules = cls.build_rules()
        # Operators of this company sell by themselves.
        seller = {"lead_user_id": cls.operator.user_id.id}
        cls.campaign = cls.build_campaign(cls.client, **seller)

    def promise(self, result="interested", **values):
        """What one result promises."""
        self.call_through(self.operator, result, **values)
        return self.env["callcenter.followup"].search([("state", "=", "open")])

    def call_back_at(self, moment="2026-03-02 08:00:00", personal=True):
        return self.promise("callback", callback_at=moment, personal=personal)

    def speak(self, result, employee=None, **values):
        """The client is called by hand once more, with this result."""
        employee = employee or self.operator
        self.desk(employee).search_clients("Sports Shop")
        claim = self.desk(employee).call_client(self.client.id)["claim"]
        self.desk(employee).start_call(claim["id"])
        self.desk(employee).finish_call(claim["id"], result, values, False)

    def refusal(self):
        return {
            "refusal_reason_id": self.env["callcenter.refusal.reason"]._get_choices()[
                0
            ]["id"]
        }

    # ------------------------------------------------------------- what is promised

    def test_interest_is_work_with_client_number_deadline_and_origin(self):
        promise = self.promise(note="Wants a list")
        self.assertEqual(promise.kind, "offer")
        self.assertEqual(promise.partner_id, self.client)
        self.assertEqual(promise.phone, self.client.phone_sanitized)
        self.assertEqual(str(promise.deadline_at), DAY_LATER)
        self.assertEqual(promise.call_id.disposition_id.code, "interested")
        self.assertEqual(promise.user_id, self.operator.user_id)
        self.assertEqual((promise.note, promise.state), ("Wants a list", "open"))
        self.assertEqual(promise.activity_id, promise.call_id.activity_id)

    def test_a_call_back_is_due_at_its_minute(self):
        promise = self.call_back_at()
        self.assertEqual(promise.kind, "callback")
        self.assertEqual(str(promise.deadline_at), "2026-03-02 08:00:00")

    def test_a_call_back_without_an_activity_is_a_promise_too(self):
        self.env.ref("callcenter_ops.disposition_callback").makes_activity = False
        promise = self.call_back_at()
        self.assertEqual((promise.kind, promise.activity_id.id), ("callback", False))

    def test_a_complaint_is_the_supervisors(self):
        promise = self.promise("complaint", note="Torn tent")
        self.assertEqual(promise.user_id, self.users["supervisor"])
        self.assertEqual(promise.kind, "complaint")

    def test_an_attempt_in_vain_promises_nothing(self):
        self.assertFalse(self.promise("no_answer"))

    # ----------------------------------------------------------------- what ends it

    def test_a_later_sale_settles_the_offer_and_its_activity(self):
        promise = self.promise()
        self.speak("order", expected_revenue=500)
        self.assertEqual((promise.state, promise.outcome), ("done", "Order placed"))
        self.assertEqual(promise.closed_call_id.disposition_id.code, "order")
        self.assertFalse(promise.activity_id.active)

    def test_a_lead_won_elsewhere_settles_the_offer(self):
        promise = self.promise()
        promise.lead_id.action_set_won()
        self.assertEqual((promise.state, promise.outcome), ("done", "Won"))

    def test_an_attempt_in_vain_leaves_the_offer(self):
        promise = self.promise()
        self.speak("no_answer")
        self.assertEqual(promise.state, "open")

    def test_a_call_back_in_vain_is_due_with_the_next_attempt(self):
        promise = self.call_back_at()
        with self.at("2026-03-02 08:00:10"):
            self.call_through(self.operator, "no_answer")
            self.assertEqual(promise.state, "open")
            self.assertEqual(str(promise.deadline_at), "2026-03-02 11:00:10")

    def test_a_conversation_keeps_the_call_back(self):
        promise = self.call_back_at()
        with self.at("2026-03-02 08:00:10"):
            self.call_through(self.operator, "informed")
        self.assertEqual((promise.state, promise.outcome), ("done", "Informed"))

    def test_who_says_no_to_all_calls_is_promised_nothing(self):
        promise = self.promise("complaint", note="Torn tent")
        self.speak("do_not_call")
        self.assertEqual(promise.state, "done")

    def test_a_complaint_is_not_settled_by_a_sale(self):
        promise = self.promise("complaint", note="Torn tent")
        self.speak("order", expected_revenue=500)
        self.assertEqual(promise.state, "open")

    def test_the_activity_done_settles_the_promise(self):
        promise = self.promise()
        promise.activity_id.with_user(self.operator.user_id).action_feedback("Sent")
        self.assertEqual((promise.state, promise.outcome), ("done", "Sent"))

    def test_the_owner_settles_by_hand_and_nobody_else(self):
        promise = self.promise()
        for other in (self.colleague.user_id, self.users["hr"]):
            with self.assertRaises(AccessError):
                promise.with_user(other).action_close("Sent")
        self.assertEqual(promise.state, "open")
        promise.with_user(self.operator.user_id).action_close("Sent by mail")
        self.assertEqual((promise.state, promise.outcome), ("done", "Sent by mail"))
        with self.assertRaises(UserError):
            promise.with_user(self.operator.user_id).action_close("Twice")

    def test_a_correction_takes_the_promise_back_and_gives_its_own(self):
        promise = self.promise()
        call = promise.call_id.with_user(self.users["supervisor"])
        callback = {"callback_at": "2026-03-04 06:00:00"}
        correction = call.action_correct("callback", callback, "Slip")
        self.assertEqual(promise.state, "cancelled")
        self.assertEqual(correction.sudo().followup_ids.kind, "callback")

    def test_a_correction_opens_what_the_wrong_result_had_settled(self):
        promise = self.promise()
        self.speak("order", expected_revenue=500)
        call = promise.closed_call_id.with_user(self.users["supervisor"])
        call.action_correct("no_answer", {}, "Slip")
        self.assertEqual((promise.state, promise.closed_call_id.id), ("open", False))

    # -------------------------------------------------------- somebody else keeps it

    def late(self, minutes=20):
        return self.at(f"2026-03-02 {8 + minutes // 60:02}:{minutes % 60:02}:00")

    def test_the_late_call_back_of_an_absent_operator_reaches_somebody(self):
        promise = self.call_back_at()
        self.desk(self.operator).set_state("offline")
        with self.late():
            self.env["callcenter.followup"]._cron_pass_on()
            self.assertFalse(promise.user_id)
            self.assertEqual(promise.passed_from_id, self.operator.user_id)
            claim = self.desk(self.colleague).claim_next()["claim"]
        self.assertEqual(claim["partner"]["id"], self.client.id)

    def test_who_sits_at_his_desk_keeps_his_late_promise(self):
        promise = self.call_back_at()
        with self.late():
            self.desk(self.operator).set_state("ready")
            self.env["callcenter.followup"]._cron_pass_on()
        self.assertEqual(promise.user_id, self.operator.user_id)

    def test_the_supervisor_hears_of_late_promises_once_a_day(self):
        promise = self.call_back_at()
        with self.late(70):
            self.env["callcenter.followup"]._cron_pass_on()
            self.env["callcenter.followup"]._cron_pass_on()
        told = self.department.activity_ids
        self.assertEqual(told.user_id, self.users["supervisor"])
        self.assertEqual(told.summary, "Promises to clients are overdue")
        self.assertEqual(str(promise.told_at), "2026-03-02 09:10:00")

    def test_the_supervisor_takes_over_or_gives_to_another_operator(self):
        promise = self.promise()
        with self.assertRaises(AccessError):
            promise.with_user(self.operator.user_id).action_take()
        promise.with_user(self.users["supervisor"]).action_take()
        self.assertEqual(promise.user_id, self.users["supervisor"])
        self.assertEqual(promise.activity_id.user_id, self.users["supervisor"])
        promise.with_user(self.users["supervisor"]).action_give(self.colleague.id)
        self.assertEqual(promise.user_id, self.colleague.user_id)

    def test_the_supervisor_is_asked_to_whom_he_gives_promises(self):
        promise = self.promise()
        asked = promise.with_user(self.users["supervisor"]).action_give()
        windows = self.env[asked["res_model"]].with_context(asked["context"])
        window = windows.with_user(self.users["supervisor"]).create(
            {"operator_id": self.colleague.id}
        )
        window.action_give()
        self.assertEqual(promise.user_id, self.colleague.user_id)

    def test_an_operator_is_not_asked_to_whom_he_gives_promises(self):
        promise = self.promise()
        with self.assertRaises(AccessError):
            promise.with_user(self.operator.user_id).action_give()
        self.assertEqual(promise.user_id, self.operator.user_id)

    def test_the_promises_of_who_leaves_go_to_his_heir(self):
        promise = self.promise()
        line = self.operator._pass_on_followups(self.colleague)
        self.assertEqual(line["to"], self.colleague.user_id.name)
        self.assertEqual(line["count"], 1)
        self.assertEqual(promise.user_id, self.colleague.user_id)
        self.assertEqual(promise.passed_from_id, self.operator.user_id)

    def test_a_deputy_keeps_the_late_promises_of_the_absent(self):
        promise = self.promise("complaint", note="Torn tent")
        deputy = self.build_employee("Deputy", user=self.users["director"])
        order = self.env["callcenter.personnel.order"].create(
            {"order_type": "acting", "employee_id": deputy.id}
        )
        self.env["callcenter.substitution"].create(
            {
                "order_id": order.id,
                "company_id": self.company.id,
                "absent_employee_id": self.supervisor.id,
                "deputy_employee_id": deputy.id,
                "date_from": "2026-03-01",
                "date_to": "2026-03-31",
            }
        )
        with self.late(120):
            self.env["callcenter.followup"]._cron_pass_on()
        self.assertEqual(promise.user_id, deputy.user_id)

    def test_a_promise_puts_the_client_into_its_owners_hands_alone(self):
        self.promise()
        self.env.invalidate_all()
        mine = self.client.with_user(self.operator.user_id)
        self.assertTrue(mine.has_access("read"))
        other = self.client.with_user(self.colleague.user_id)
        self.assertFalse(other.has_access("read"))

    # -------------------------------------------------------------------- migration

    def test_open_activities_and_call_backs_of_before_are_promises(self):
        promise = self.call_back_at()
        call, activity = promise.call_id, promise.activity_id
        self.env.cr.execute("DELETE FROM callcenter_followup")
        self.env.invalidate_all()
        spec = spec_from_file_location("post_followup", _STEP)
        step = module_from_spec(spec)
        spec.loader.exec_module(step)
        for _twice in range(2):
            step.make_followups(self.env.cr)
        made = self.env["callcenter.followup"].search([("call_id", "=", call.id)])
        self.assertEqual((len(made), made.kind), (1, "callback"))
        self.assertEqual((made.activity_id, made.user_id), (activity, activity.user_id))
        self.assertEqual(str(made.deadline_at), "2026-03-02 08:00:00")

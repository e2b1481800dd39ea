from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CallingCase


@tagged("post_install", "-at_install")
class TestRuleOverride(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Sports Shop")
        cls.free = cls.build_rules()
        cls.campaign = cls.build_campaign(cls.client, rule_set_id=cls.free.id)
        cls.overrides = cls.env["callcenter.rule.override"]

    def setUp(self):
        super().setUp()
        self.call_through(self.operator, "no_answer")
        self.waiting = self.contact(self.campaign, self.client)
        self.due = self.waiting.next_call_at

    def call_early(self, role="supervisor", reason="The client asks for it", **delta):
        until = self.later(**(delta or {"hours": 2}))
        self.as_(role, self.waiting).action_call_early(reason, until)
        self.env.invalidate_all()

    def run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "callcenter_ops.ir_cron_expire_overrides"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def find_log(self):
        return self.overrides.search([("contact_id", "=", self.waiting.id)])

    def test_a_client_called_early_is_handed_out_at_once(self):
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        self.call_early()
        claim = self.desk(self.operator).claim_next()["claim"]
        self.assertEqual(claim["partner"]["id"], self.client.id)

    def test_the_log_says_who_why_and_until_when(self):
        self.call_early()
        log = self.find_log()
        self.assertEqual((log.kind, log.state), ("early_call", "in_force"))
        self.assertEqual(log.user_id, self.users["supervisor"])
        self.assertEqual(log.reason, "The client asks for it")
        self.assertEqual(str(log.expires_at), "2026-03-02 07:00:00")
        self.assertEqual(log.previous_call_at, self.due)
        self.assertEqual(log.campaign_id, self.campaign)

    def test_the_old_time_comes_back_when_nobody_called(self):
        self.call_early(minutes=10)
        with self.at("2026-03-02 05:30:00"):
            self.run_cron()
        self.assertEqual(self.waiting.next_call_at, self.due)
        self.assertEqual(self.find_log().state, "expired")

    def test_a_used_one_leaves_the_new_time_alone(self):
        self.call_early(minutes=10)
        self.call_through(self.operator, "busy")
        self.env.invalidate_all()
        then = self.waiting.next_call_at
        with self.at("2026-03-02 05:30:00"):
            self.run_cron()
        self.assertEqual(self.waiting.next_call_at, then)
        self.assertEqual(self.find_log().state, "used")

    def test_limits_of_the_law_cannot_be_set_aside(self):
        rules = self.env.ref("callcenter_ops.rule_set_debt")
        self.campaign.write({"purpose": "debt", "rule_set_id": rules.id})
        with self.assertRaisesRegex(UserError, "Limit of calls"):
            self.call_early()
        self.env.invalidate_all()
        self.assertEqual(self.waiting.next_call_at, self.due)
        self.assertFalse(self.find_log())

    def test_a_reason_and_an_end_ahead_are_needed(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.call_early(reason="  ")
        with self.assertRaisesRegex(UserError, "until when"):
            self.call_early(hours=-1)
        self.assertFalse(self.find_log())

    def test_without_a_reason_a_window_asks_for_it(self):
        action = self.as_("supervisor", self.waiting).action_call_early()
        wizard = (
            self.as_("supervisor", self.env[action["res_model"]])
            .with_context(**action["context"])
            .create({"reason": "Urgent"})
        )
        self.assertEqual(str(wizard.expires_at), "2026-03-02 19:00:00")
        wizard.action_apply()
        self.assertEqual(self.find_log().reason, "Urgent")

    def test_a_lifted_reservation_is_logged_with_its_operator(self):
        self.waiting._transition({"reserved_employee_id": self.operator.id})
        self.as_("supervisor", self.waiting).action_free("On leave")
        self.env.invalidate_all()
        self.assertFalse(self.waiting.reserved_employee_id)
        log = self.find_log()
        self.assertEqual(
            (log.kind, log.employee_id, log.state),
            ("reservation", self.operator, "used"),
        )

    def test_a_client_is_given_to_another_operator(self):
        other = self.build_operator("Operator Two")
        self.waiting._transition({"reserved_employee_id": self.operator.id})
        waiting = self.as_("supervisor", self.waiting)
        waiting.action_reassign("On leave", other.id)
        self.env.invalidate_all()
        log = self.find_log()
        self.assertEqual(
            (log.kind, log.employee_id, log.new_employee_id),
            ("reassigned", self.operator, other),
        )
        with self.at(self.due):
            self.assertFalse(self.desk(self.operator).claim_next()["claim"])
            self.assertTrue(self.desk(other).claim_next()["claim"])

    def test_a_client_in_hand_is_given_to_another_in_one_step(self):
        other = self.build_operator("Operator Two")
        with self.at(self.due):
            claim_id = self.desk(self.operator).claim_next()["claim"]["id"]
            claim = self.as_("supervisor", self.env["callcenter.call.claim"])
            asked = claim.browse(claim_id).action_reassign()["context"]
            window = self.as_("supervisor", self.env["callcenter.rule.override.ask"])
            window = window.with_context(asked).create(
                {"operator_id": other.id, "reason": "Speaks Tatar"}
            )
            window.action_apply()
            self.assertEqual(self.find_log().mapped("kind"), ["reassigned", "claim"])
            self.assertFalse(self.desk(self.operator).claim_next()["claim"])
            self.assertTrue(self.desk(other).claim_next()["claim"])

    def test_a_client_is_not_given_to_whoever_has_him(self):
        with self.at(self.due):
            claim_id = self.desk(self.operator).claim_next()["claim"]["id"]
            with self.assertRaisesRegex(UserError, "has this client already"):
                waiting = self.as_("supervisor", self.waiting)
                waiting.action_reassign("Better so", self.operator.id)
            self.assertEqual(
                self.desk(self.operator).open_desk()["claim"]["id"], claim_id
            )

    def test_a_client_is_given_to_ones_own_operators_in_the_queue_alone(self):
        far = self.env["hr.department"].create({"name": "Other city"})
        stranger = self.build_operator("Operator Far", department_id=far.id)
        for person in (stranger, self.supervisor):
            with (
                self.subTest(person.name),
                self.assertRaisesRegex(UserError, "own|your"),
            ):
                waiting = self.as_("supervisor", self.waiting)
                waiting.action_reassign("On leave", person.id)
        self.waiting._transition({"state": "done"})
        with self.assertRaisesRegex(UserError, "queue"):
            waiting = self.as_("supervisor", self.waiting)
            waiting.action_reassign("On leave", self.operator.id)
        with self.assertRaises(UserError):
            self.as_("supervisor", self.waiting).write(
                {"reserved_employee_id": stranger.id}
            )
        self.assertFalse(self.find_log() or self.waiting.reserved_employee_id)

    def test_nobody_but_a_supervisor_sets_a_rule_aside(self):
        for role in ("operator", "hr", "director", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.call_early(role=role)
        self.assertFalse(self.find_log())
        self.assertEqual(self.waiting.next_call_at, self.due)

    def test_nobody_writes_the_log(self):
        self.call_early()
        log = self.find_log()
        for role in ("supervisor", "director"):
            self.assertEqual(self.as_(role, log).reason, "The client asks for it")
        for role in ("supervisor", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, log).write({"reason": "Another"})
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, log).unlink()

"""Whatever is called by whomever in whatever order, no rule of an order breaks."""

from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import TODAY, PersonnelCase

ROLES = ("operator", "supervisor", "hr", "director", "manager", "outsider")
ACTIONS = (
    "action_submit",
    "action_return_to_draft",
    "action_sign",
    "action_execute",
    "action_approve",
    "action_refuse",
    "action_end_last_day",
)
KINDS = ("appointment", "transfer", "acting", "dismissal")
# (role, action) pairs that may ever move an order, from which state to which
ALLOWED = {
    ("hr", "action_submit"): {("draft", "submitted")},
    ("hr", "action_return_to_draft"): {("submitted", "draft")},
    ("director", "action_return_to_draft"): {("submitted", "draft")},
    ("director", "action_sign"): {("submitted", "signed"), ("submitted", "executed")},
    ("hr", "action_execute"): {("signed", "executed")},
    ("director", "action_execute"): {("signed", "executed")},
    ("hr", "action_end_last_day"): {("signed", "executed")},
}
REMARKS = {"action_refuse": ("Mend it",), "action_end_last_day": ("Work is done",)}
FORGERIES = (
    {"state": "signed"},
    {"state": "executed", "number": 7},
    {"name": "7-П/2026"},
    {"signed_by_id": 1},
    {"previous_values": {}},
)


class OrderMachine(RuleBasedStateMachine):
    """One order of any kind, every role, every button, forged writes, passing days."""

    case: PersonnelCase = None

    def __init__(self):
        super().__init__()
        self.point = self.case.env.cr.savepoint()
        self.clock = None

    def teardown(self):
        if self.clock:
            self.clock.__exit__(None, None, None)
        self.point.close(rollback=True)
        self.case.env.invalidate_all()

    @initialize(kind=st.sampled_from(KINDS), delay=st.integers(0, 2))
    def draft(self, kind, delay):
        self.today = TODAY
        self.kind = kind
        start = TODAY + timedelta(days=delay)
        vals = {
            "appointment": {},
            "transfer": {"job_id": self.case.senior.id, "wage": 50000},
            "acting": {
                "absent_employee_id": self.case.supervisor.id,
                "date_end": start + timedelta(days=1),
            },
            "dismissal": {"dismissal_ground_id": self.case.ground.id},
        }[kind]
        self.person = self.case.candidate if not vals else self.case.person
        self.order = self.case.build_order(
            self.person, order_type=kind, date_effective=start, **vals
        )
        self.frozen = None

    @rule(role=st.sampled_from(ROLES), action=st.sampled_from(ACTIONS))
    def call(self, role, action):
        before = self.state
        try:
            with self.case.env.cr.savepoint():
                record = self.case.as_(role, self.order)
                getattr(record, action)(*REMARKS.get(action, ()))
        except UserError:
            assert self.state == before, "a refusal moved the order"
            return
        moved = (before, self.state)
        assert moved in ALLOWED.get((role, action), set()), (
            role,
            action,
            moved,
        )

    @rule(action=st.sampled_from(sorted(set(ALLOWED))))
    def call_by_the_right_role(self, action):
        """Random roles alone would seldom get an order signed."""
        self.call(*action)

    @rule(role=st.sampled_from(ROLES), vals=st.sampled_from(FORGERIES))
    def forge(self, role, vals):
        before = self.snapshot()
        try:
            with self.case.env.cr.savepoint():
                self.case.as_(role, self.order).write(vals)
        except UserError:
            assert self.snapshot() == before
        else:
            raise AssertionError(f"{role} wrote {vals}")

    @rule(role=st.sampled_from(ROLES), wage=st.integers(1, 99))
    def edit(self, role, wage):
        before = self.state
        try:
            with self.case.env.cr.savepoint():
                self.case.as_(role, self.order).write({"wage": wage})
        except UserError:
            return
        assert (role, before) == ("hr", "draft"), (role, before)

    @rule(role=st.sampled_from(ROLES))
    def unlink(self, role):
        """Tried and undone, so that the order lives on."""
        before = self.state
        with self.case.env.cr.savepoint() as point:
            try:
                with self.case.env.cr.savepoint():
                    self.case.as_(role, self.order).unlink()
            except UserError:
                pass
            else:
                assert (role, before) == ("hr", "draft"), (role, before)
            point.rollback()
        self.case.env.invalidate_all()

    @rule(role=st.sampled_from(ROLES))
    def call_off(self, role):
        """HR drafts an order of cancellation; somebody signs it."""
        before = self.state
        try:
            with self.case.env.cr.savepoint():
                order = self.case.build_order(
                    self.person,
                    order_type="cancellation",
                    cancelled_order_id=self.order.id,
                    basis="memo 7",
                    date_order=self.today,
                    date_effective=self.today,
                )
                self.case.as_("hr", order).action_submit()
                self.case.as_(role, order).action_sign()
        except UserError:
            assert self.state == before, "a refusal moved the order"
            return
        assert role == "director" and before in ("signed", "executed"), (role, before)
        assert self.state == "cancelled"

    @rule()
    def next_day(self):
        self.today += timedelta(days=1)
        if self.clock:
            self.clock.__exit__(None, None, None)
        self.clock = self.case.at(f"{self.today} 07:00:00")
        self.clock.__enter__()
        self.case.midnight()

    @rule()
    def cron(self):
        before = self.state
        self.case.Order._cron_execute_due()
        due = before == "signed" and self.order.sudo().date_execution <= self.today
        assert self.state == ("executed" if due else before)

    @invariant()
    def a_number_is_a_signature(self):
        order = self.order.sudo()
        signed = order.state in ("signed", "executed", "cancelled")
        assert bool(order.number) == bool(order.name) == signed
        assert bool(order.signed_by_id) == signed
        if signed:
            assert order.signed_by_id == self.case.users["director"]

    @invariant()
    def what_was_signed_stays(self):
        if self.frozen is None and self.order.sudo().number:
            self.frozen = self.snapshot()[1:]
        assert self.frozen in (None, self.snapshot()[1:])

    @invariant()
    def the_person_follows_the_order(self):
        executed = self.state == "executed"
        person = self.person.sudo()
        user = person.user_id.with_context(active_test=False)
        if self.kind == "acting":
            period = self.effective, self.order.sudo().date_end
            signed = self.state in ("signed", "executed")
            acts = signed and period[0] <= self.today <= period[1]
            assert user.has_group("callcenter_ops.group_supervisor") == acts
            return
        works = self.kind != "appointment" if not executed else self.kind != "dismissal"
        assert (person.callcenter_status == "appointed") == works
        assert bool(user.active) == works
        moved = executed and self.kind == "transfer"
        assert (person.job_id == self.case.senior) == moved
        if executed:
            assert self.effective <= self.today

    @property
    def state(self):
        self.case.env.invalidate_all()
        return self.order.sudo().state

    @property
    def effective(self) -> date:
        return self.order.sudo().date_effective

    def snapshot(self):
        self.case.env.invalidate_all()
        order = self.order.sudo()
        return order.state, order.name, order.number, order.wage


class TestOrderProperties(PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.senior = cls.env["hr.job"].create({"name": "Senior operator"})

    def setUp(self):
        super().setUp()
        self.person = self.appoint(self.build_employee("Property Person")).employee_id

    @mute_logger("odoo.models.unlink")
    def test_no_sequence_of_calls_reaches_a_forbidden_state(self):
        machine = type("Machine", (OrderMachine,), {"case": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=12,
                stateful_step_count=14,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )

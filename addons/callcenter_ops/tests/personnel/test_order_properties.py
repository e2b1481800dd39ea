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
)
# (role, action) pairs that may ever move an order, from which state to which
ALLOWED = {
    ("hr", "action_submit"): {("draft", "submitted")},
    ("hr", "action_return_to_draft"): {("submitted", "draft")},
    ("director", "action_return_to_draft"): {("submitted", "draft")},
    ("director", "action_sign"): {("submitted", "signed"), ("submitted", "executed")},
    ("hr", "action_execute"): {("signed", "executed")},
    ("director", "action_execute"): {("signed", "executed")},
}
FORGERIES = (
    {"state": "signed"},
    {"state": "executed", "number": 7},
    {"name": "7-П/2026"},
    {"signed_by_id": 1},
    {"previous_values": {}},
)


class OrderMachine(RuleBasedStateMachine):
    """One order, every role, every button, forged writes, days that pass."""

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

    @initialize(delay=st.integers(0, 2))
    def draft(self, delay):
        self.today = TODAY
        self.order = self.case.build_order(
            self.case.build_employee("Property Person"),
            date_effective=TODAY + timedelta(days=delay),
        )
        self.frozen = None

    @rule(role=st.sampled_from(ROLES), action=st.sampled_from(ACTIONS))
    def call(self, role, action):
        before = self.state
        try:
            with self.case.env.cr.savepoint():
                getattr(self.case.as_(role, self.order), action)()
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

    @rule()
    def next_day(self):
        self.today += timedelta(days=1)
        if self.clock:
            self.clock.__exit__(None, None, None)
        self.clock = self.case.at(f"{self.today} 07:00:00")
        self.clock.__enter__()

    @rule()
    def cron(self):
        before = self.state
        self.case.Order._cron_execute_due()
        due = before == "signed" and self.effective <= self.today
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
        employee = self.order.sudo().employee_id
        executed = self.state == "executed"
        assert (employee.callcenter_status == "appointed") == executed
        assert bool(employee.user_id) == executed
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

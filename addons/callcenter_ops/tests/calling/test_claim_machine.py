"""Any sequence of what desks may do leaves the books in order."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from odoo.exceptions import UserError

from .common import CallingCase

OPERATORS = st.integers(0, 1)
RESULTS = st.sampled_from(["informed", "no_answer", "callback", "do_not_call"])
START = datetime(2026, 3, 2, 5, 0)


class TestClaimMachine(CallingCase):
    def setUp(self):
        super().setUp()
        self.operators = [self.build_operator(f"Operator {n}") for n in range(2)]
        clients = [self.build_client(f"Client {n}") for n in range(3)]
        twin = self.build_client("Twin", phone=clients[0].phone)
        rules = self.build_rules(max_attempts=3)
        everybody = self.env["res.partner"].concat(*clients)
        first = self.build_campaign(everybody, rule_set_id=rules.id)
        second = self.build_campaign(clients[1] + twin, rule_set_id=rules.id)
        self.campaigns = first + second

    def test_no_sequence_of_steps_breaks_the_books(self):
        case = self

        class Machine(DeskMachine):
            def __init__(self):
                super().__init__(case)

        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=12,
                stateful_step_count=14,
                deadline=None,
                derandomize=True,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


class DeskMachine(RuleBasedStateMachine):
    """Two desks, a clock and the sweep; each example begins with the same books."""

    def __init__(self, case):
        super().__init__()
        self.case, self.env = case, case.env
        self.moment, self.saved, self.held = START, {}, [None, None]
        self.savepoint = self.env.cr.savepoint()
        self.savepoint.__enter__()

    def teardown(self):
        self.savepoint.rollback()
        self.savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def _ask(self, number, method, *args):
        desk = self.case.desk(self.case.operators[number])
        with self.case.at(self.moment):
            answer = getattr(desk, method)(*args)
        claim = answer["claim"]
        self.held[number] = claim["id"] if claim else None
        return answer

    @rule(number=OPERATORS)
    def claim(self, number):
        before = self._live(number)
        answer = self._ask(number, "claim_next")
        if before:
            assert answer["claim"]["id"] == before

    @rule(number=OPERATORS)
    def start(self, number):
        if self._live(number):
            self._ask(number, "start_call", self.held[number])

    @rule(number=OPERATORS, result=RESULTS, personal=st.booleans())
    def finish(self, number, result, personal):
        claim_id = self._live(number)
        if not claim_id:
            return
        later = self.moment + timedelta(hours=3)
        values = {"callback_at": f"{later:%Y-%m-%d %H:%M:%S}", "personal": personal}
        answer = self._ask(number, "finish_call", claim_id, result, values)
        self.saved[claim_id] = number, answer["saved"]["call_id"]

    @rule()
    def send_every_result_again(self):
        for claim_id, (number, call_id) in self.saved.items():
            answer = self._ask(number, "finish_call", claim_id, "informed", {}, False)
            assert answer["saved"]["call_id"] == call_id

    @rule(number=OPERATORS)
    def release(self, number):
        claim_id = self._live(number)
        if not claim_id:
            return
        try:
            with self.env.cr.savepoint():
                self._ask(number, "release", claim_id, "Wrong desk")
        except UserError:
            self._ask(number, "open_desk")

    @rule(number=OPERATORS)
    def worker_dies_before_it_answers(self, number):
        """Whatever the request did is undone; the desk may simply ask again."""
        before = self._live(number)
        savepoint = self.env.cr.savepoint()
        savepoint.__enter__()
        desk = self.case.desk(self.case.operators[number])
        with self.case.at(self.moment):
            claim = desk.claim_next()["claim"]
            if claim:
                desk.start_call(claim["id"])
                desk.finish_call(claim["id"], "informed", {})
            self.env.flush_all()
        savepoint.rollback()
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        assert self._live(number) == before

    @rule(number=OPERATORS, result=RESULTS)
    def answer_is_lost_and_a_second_tab_goes_on(self, number, result):
        """The first answer never arrives; the other tab has the same client."""
        if not self._live(number):
            return
        self._ask(number, "start_call", self._live(number))
        seen = self._ask(number, "open_desk")["claim"]["id"]
        later = f"{self.moment + timedelta(hours=3):%Y-%m-%d %H:%M:%S}"
        values = {"callback_at": later}
        first = self._ask(number, "finish_call", seen, result, values, False)
        again = self._ask(number, "finish_call", seen, result, values, False)
        assert first["saved"]["call_id"] == again["saved"]["call_id"]
        self.saved[seen] = number, first["saved"]["call_id"]

    @rule(number=OPERATORS, to_other=st.booleans())
    def supervisor_takes_the_client_away(self, number, to_other):
        claim_id = self._live(number)
        if not claim_id:
            return
        claim = self.env["callcenter.call.claim"].browse(claim_id)
        contact, other = claim.contact_id, self.case.operators[1 - number]
        with self.case.at(self.moment):
            if to_other:
                self.case.as_("supervisor", contact).action_reassign("x", other.id)
            else:
                self.case.as_("supervisor", claim).action_release("x")
        self.env.flush_all()
        self.env.invalidate_all()
        assert self._live(number) is False
        assert contact.state == "queued"
        assert not to_other or contact.reserved_employee_id == other

    @rule(number=OPERATORS)
    def pulse(self, number):
        self._ask(number, "heartbeat")

    @rule(minutes=st.sampled_from([1, 5, 30, 200]))
    def wait_and_sweep(self, minutes):
        self.moment += timedelta(minutes=minutes)
        with self.case.at(self.moment):
            self.env["callcenter.call.claim"]._get_dead()._sweep()
            self.env["callcenter.operator.state"]._sweep()
        self.env.flush_all()

    def _live(self, number):
        """The claim that the database knows of this operator."""
        employee = self.case.operators[number]
        return self.env["callcenter.call.claim"]._get_own(employee).id

    @invariant()
    def contacts_are_claimed_exactly_by_the_live_claims(self):
        self.env.flush_all()
        self.env.invalidate_all()
        claims = self.env["callcenter.call.claim"].search([])
        contacts = self.case.campaigns.contact_ids
        claimed = contacts.filtered(lambda contact: contact.state == "claimed")
        assert claims.contact_id == claimed, (claims.contact_id, claimed)
        assert len(set(claims.mapped("phone"))) == len(claims)

    @invariant()
    def every_claim_left_one_call_at_most(self):
        refs = self.env["callcenter.call"].search([]).mapped("claim_ref")
        assert len(refs) == len(set(refs))
        assert set(self.saved) <= set(refs)

    @invariant()
    def attempts_never_run_backwards(self):
        for contact in self.case.campaigns.contact_ids:
            calls = self.env["callcenter.call"].search_count(
                [("contact_id", "=", contact.id)]
            )
            assert contact.attempt_count >= calls

    @invariant()
    def each_operator_has_one_state(self):
        for employee in self.case.operators:
            states = self.env["callcenter.operator.state"].search_count(
                [("employee_id", "=", employee.id), ("ended_at", "=", False)]
            )
            assert states <= 1

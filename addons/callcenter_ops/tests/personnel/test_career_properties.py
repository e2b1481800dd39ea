"""Whatever orders follow one another on one person, the card says what they say."""

from datetime import timedelta

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


class CareerMachine(RuleBasedStateMachine):
    """Hired, moved for a time, paid anew, dismissed, taken back, hired again; days
    pass, orders reach back, terms end. Beside it a plain model of what must hold."""

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

    @initialize(name=st.just("Career Person"))
    def begin(self, name):
        self.today = TODAY
        self.person = self.case.build_employee(name)
        self.status, self.wage, self.job = "candidate", None, None
        # (last day of the transfer, what comes back then)
        self.until, self.trial, self.left_on, self.last = None, None, None, None
        self.moved = False

    @rule(trial=st.integers(0, 3), back=st.integers(0, 5))
    def hire(self, trial, back):
        start = self.today - timedelta(days=back)
        order = self.try_order(
            "appointment",
            trial_months=trial,
            date_effective=start,
            retro_reason="actual_admission" if back else False,
            job_id=self.case.job.id,
            wage=40000,
        )
        reaches_former = self.left_on and start <= self.left_on
        if order:
            assert self.status != "appointed"
            self.status, self.wage, self.job = "appointed", 40000, self.case.job
            self.trial = order.date_trial_end or False
            self.until = self.last = None
        else:
            assert self.status == "appointed" or reaches_former

    @rule(days=st.integers(0, 3), wage=st.integers(50000, 50003))
    def transfer_for_some_days(self, days, wage):
        end = self.today + timedelta(days=days)
        order = self.try_order(
            "transfer", job_id=self.case.senior.id, wage=wage, date_end=end
        )
        assert bool(order) == (self.status == "appointed")
        if order:
            self.until = (end, self.job, self.wage)
            self.wage, self.job, self.last = wage, self.case.senior, order

    @rule(wage=st.integers(60000, 60009))
    def pay(self, wage):
        order = self.try_order("pay", wage=wage)
        assert bool(order) == (self.status == "appointed")
        if order:
            # What was agreed since stands, also when the transfer is over.
            self.wage, self.until, self.last = wage, None, None

    @rule()
    def dismiss(self):
        order = self.try_order("dismissal", dismissal_ground_id=self.case.ground.id)
        assert bool(order) == (self.status == "appointed")
        if order:
            with self.case.at(f"{self.today} 19:00:00"):
                self.case.Order._cron_execute_due()
            self.before = (self.wage, self.job, self.until, self.left_on)
            self.status, self.left_on, self.last = "dismissed", self.today, order
            self.until = None

    @rule()
    def take_the_last_order_back(self):
        if not self.last:
            return
        with self.case.at(f"{self.today} 19:30:00"):
            tomorrow = self.today + timedelta(days=1)
            self.case.cancel(self.last, date_order=tomorrow, date_effective=tomorrow)
        if self.status == "dismissed":
            self.wage, self.job, _until, self.left_on = self.before
            self.status = "appointed"
        else:
            _end, self.job, self.wage = self.until
        self.until = self.last = None
        self.go_to(self.today + timedelta(days=1))

    @rule(days=st.integers(1, 4))
    def days_pass(self, days):
        self.go_to(self.today + timedelta(days=days))

    def go_to(self, day):
        self.today = day
        if self.clock:
            self.clock.__exit__(None, None, None)
        self.clock = self.case.at(f"{day} 07:00:00")
        self.clock.__enter__()
        self.case.Order._cron_execute_due()
        self.case.Order._cron_watch_terms()
        if self.until and self.until[0] < day:
            _end, self.job, self.wage = self.until
            self.until = None
            self.last = None

    def try_order(self, kind, **vals):
        common = {
            "date_order": self.today,
            "date_effective": self.today,
            "department_id": self.case.department.id,
        }
        try:
            with self.case.env.cr.savepoint():
                return self.case.sign(
                    self.case.build_order(self.person, order_type=kind, **common | vals)
                )
        except UserError:
            return None

    @invariant()
    def the_card_says_what_the_orders_say(self):
        self.case.env.invalidate_all()
        person = self.person.sudo()
        assert person.callcenter_status == self.status
        assert bool(person.user_id.active) == (self.status == "appointed")
        assert (person.callcenter_left_on or None) == self.left_on
        if self.status != "appointed":
            return
        version = person._get_version(self.today)
        assert (version.job_id, version.wage) == (self.job, self.wage)
        assert version.trial_date_end == self.trial

    @invariant()
    def terms_are_open_only_of_who_works_here(self):
        if self.status == "appointed":
            return
        duties = self.case.env["callcenter.personnel.duty"].sudo()
        ends = [("employee_id", "=", self.person.id), ("state", "=", "open")]
        anchors = ("date_end", "date_trial_end")
        assert not duties.search([*ends, ("rule_id.anchor", "in", anchors)])

    @invariant()
    def numbers_have_neither_gaps_nor_doubles(self):
        orders = self.case.Order.sudo().search([("employee_id", "=", self.person.id)])
        for kind in set(orders.mapped("order_type")):
            numbers = sorted(
                one.number for one in orders if one.order_type == kind and one.number
            )
            first = numbers[0] if numbers else 0
            assert numbers == list(range(first, first + len(numbers)))


class TestCareerProperties(PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.senior = cls.env["hr.job"].create(
            {"name": "Senior operator", "is_callcenter_operator": True}
        )

    @mute_logger("odoo.models.unlink", "odoo.sql_db")
    def test_no_sequence_of_orders_leaves_the_card_behind(self):
        machine = type("Machine", (CareerMachine,), {"case": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=15,
                stateful_step_count=10,
                deadline=None,
                database=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )

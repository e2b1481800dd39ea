from datetime import date

from odoo.addons.callcenter_ops.tests.personnel.common import (
    TODAY,
    PersonnelCase,
)

# Monday to the Sunday of the week after: the note covers its days off too.
FIRST, LAST = date(2026, 3, 9), date(2026, 3, 22)


class TestHeadOnLeave(PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["hr.leave.type"].create(
            {
                "name": "Annual leave",
                "requires_allocation": False,
                "leave_validation_type": "hr",
            }
        )
        cls.deputy = cls.build_operator("Deputy One")
        cls.build_operator("Operator Two")
        cls.proposals = cls.env["callcenter.leave.proposal"]

    def ask(self, employee=None):
        return self.env["hr.leave"].create(
            {
                "employee_id": (employee or self.supervisor).id,
                "holiday_status_id": self.kind.id,
                "request_date_from": FIRST,
                "request_date_to": LAST,
            }
        )

    def approve(self, employee=None):
        leave = self.ask(employee)
        leave.action_approve()
        self.assertEqual(leave.state, "validate")
        return leave

    def note_on(self, moment):
        with self.at(moment):
            self.env.flush_all()
            self.env.invalidate_all()
            return self.department.callcenter_acting_note

    def get_proposals(self):
        return self.proposals.search([("employee_id", "=", self.supervisor.id)])

    def test_an_approved_leave_proposes_the_order_once(self):
        self.stand_in(self.deputy, self.supervisor, TODAY, date(2026, 3, 3))
        leave = self.ask()
        self.proposals._cron_propose()
        self.assertFalse(self.get_proposals(), "the leave waits for its approval")
        leave.action_approve()
        for _run in range(2):
            self.proposals._cron_propose()
        proposal = self.get_proposals()
        self.assertEqual(proposal.leave_id, leave.id)
        order = proposal.order_id
        self.assertEqual((order.state, order.employee_id), ("draft", self.deputy))
        self.assertEqual((order.date_effective, order.date_end), (FIRST, LAST))

    def test_a_refused_leave_proposes_nothing(self):
        self.ask().action_refuse()
        self.proposals._cron_propose()
        self.assertFalse(self.get_proposals())

    def test_the_screen_says_that_the_head_is_away_from_the_first_day_to_the_last(self):
        self.approve()
        self.assertFalse(self.note_on("2026-03-08 18:59:59"))
        self.assertIn("on leave today", self.note_on("2026-03-08 19:00:00"))
        self.assertIn("on leave today", self.note_on("2026-03-22 18:59:59"))
        self.assertFalse(self.note_on("2026-03-22 19:00:00"))

    def test_a_deputy_on_leave_needs_a_deputy_of_his_own(self):
        self.stand_in(self.deputy, self.supervisor, FIRST, LAST)
        self.approve(self.deputy)
        noon = "2026-03-10 07:00:00"
        self.assertIn("Deputy One is on leave today", self.note_on(noon))
        second = self.build_operator("Deputy Two")
        self.stand_in(second, self.deputy, FIRST, LAST)
        self.assertEqual(
            self.note_on(noon), f"Deputy Two acts for {self.supervisor.name}."
        )

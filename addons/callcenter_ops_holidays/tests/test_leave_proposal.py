from datetime import date

from odoo.addons.callcenter_ops.tests.personnel.common import (
    TODAY,
    PersonnelCase,
)
from odoo.exceptions import AccessError

FIRST, LAST = date(2026, 3, 16), date(2026, 3, 29)


class TestLeaveProposal(PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.proposals = cls.env["callcenter.leave.proposal"]
        cls.deputy = cls.build_operator("Deputy One")

    def propose(self, leave=7, first=FIRST, last=LAST):
        return self.proposals._propose([(leave, self.supervisor, first, last)], TODAY)

    def act_once(self):
        """The deputy stood in for the supervisor before."""
        self.sign(
            self.build_order(
                self.deputy,
                order_type="acting",
                absent_employee_id=self.supervisor.id,
                date_end=date(2026, 3, 3),
            )
        )

    def test_the_last_deputy_is_proposed_again(self):
        self.act_once()
        order = self.propose().order_id
        self.assertEqual((order.state, order.order_type), ("draft", "acting"))
        self.assertEqual(order.employee_id, self.deputy)
        self.assertEqual(order.absent_employee_id, self.supervisor)
        self.assertEqual((order.date_effective, order.date_end), (FIRST, LAST))
        self.assertIn(self.users["hr"], order.activity_ids.user_id)
        self.as_("hr", order).action_submit()
        self.assertEqual(order.state, "submitted")

    def test_without_a_known_deputy_hr_is_asked_to_name_one(self):
        proposal = self.propose()
        self.assertFalse(proposal.order_id)
        activity = self.supervisor.activity_ids.filtered(
            lambda one: one.user_id == self.users["hr"]
        )
        self.assertIn("name a deputy", activity.summary)
        self.assertNotRegex(activity.summary, r"\d{4}-\d\d-\d\d")
        self.assertEqual(activity.date_deadline, FIRST)

    def test_an_absence_is_proposed_once_even_when_hr_deletes_the_draft(self):
        self.act_once()
        order = self.propose().order_id
        self.assertFalse(self.propose())
        self.as_("hr", order).unlink()
        self.assertFalse(self.propose())
        self.assertEqual(self.proposals.search_count([("leave_id", "=", 7)]), 1)

    def test_an_absence_that_runs_already_is_proposed_from_today(self):
        self.act_once()
        order = self.propose(first=date(2026, 2, 20), last=date(2026, 3, 3))
        self.assertFalse(order, "somebody stands in on these days already")
        self.proposals._propose(
            [(8, self.supervisor, date(2026, 2, 20), date(2026, 3, 9))],
            date(2026, 3, 5),
        )
        draft = self.proposals.search([("leave_id", "=", 8)]).order_id
        self.assertEqual(draft.date_effective, date(2026, 3, 5))

    def test_a_deputy_who_leaves_is_not_proposed(self):
        self.act_once()
        self.dismiss(self.deputy, date_effective=date(2026, 3, 20))
        self.assertFalse(self.propose().order_id)

    def test_heads_of_departments_with_appointed_people_count(self):
        self.assertEqual(self.proposals._get_heads(self.company), self.supervisor)
        self.deputy._in_transition().active = False
        self.assertFalse(self.proposals._get_heads(self.company))

    def test_proposals_are_made_by_the_scheduler_alone(self):
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, self.proposals).create(
                    {
                        "leave_id": 9,
                        "employee_id": self.supervisor.id,
                        "company_id": self.company.id,
                    }
                )
        self.assertFalse(self.proposals.search([]))

    def test_hr_and_the_director_read_proposals_and_nobody_changes_them(self):
        proposal = self.propose()
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role):
                own = self.as_(role, proposal)
                self.assertEqual(own.has_access("read"), role in ("hr", "director"))
                with self.assertRaises(AccessError):
                    own.write({"leave_id": 99})
                with self.assertRaises(AccessError):
                    own.unlink()
        self.assertEqual(proposal.leave_id, 7)

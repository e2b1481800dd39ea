from datetime import date

from odoo.exceptions import UserError

from .common import PersonnelCase


class TestOrderTransfer(PersonnelCase):
    def setUp(self):
        super().setUp()
        self.appoint()
        self.senior = self.env["hr.job"].create(
            {"name": "Senior operator", "department_id": self.department.id}
        )

    def transfer(self, **vals):
        return self.sign(
            self.build_order(
                order_type="transfer",
                **{"job_id": self.senior.id, "department_id": self.department.id}
                | vals,
            )
        )

    def test_a_transfer_writes_a_new_version_and_remembers_the_old_post(self):
        with self.at("2026-05-04 07:00:00"):
            day = date(2026, 5, 4)
            order = self.transfer(date_order=day, date_effective=day, wage=50000)
            self.assertEqual(order.previous_job_id, self.job)
            self.assertEqual(self.candidate.job_id, self.senior)
            self.assertEqual(self.candidate.version_id.wage, 50000)
            before = self.candidate._get_version(date(2026, 5, 3))
            self.assertEqual((before.job_id, before.wage), (self.job, 40000))

    def test_a_transfer_to_a_post_that_does_not_call_takes_the_rights(self):
        self.senior.is_callcenter_operator = False
        self.transfer()
        self.assertFalse(
            self.candidate.user_id.has_group("callcenter_ops.group_operator")
        )

    def test_a_transfer_of_a_candidate_is_refused(self):
        other = self.build_employee("Candidate Two")
        order = self.build_order(
            other,
            order_type="transfer",
            job_id=self.senior.id,
            department_id=self.department.id,
        )
        with self.assertRaisesRegex(UserError, "not appointed"):
            self.as_("hr", order).action_submit()

    def test_a_transfer_to_the_same_place_is_refused(self):
        order = self.build_order(
            order_type="transfer",
            job_id=self.job.id,
            department_id=self.department.id,
        )
        with self.assertRaisesRegex(UserError, "already"):
            self.as_("hr", order).action_submit()

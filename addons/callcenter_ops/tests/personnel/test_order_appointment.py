from datetime import date

from odoo.exceptions import UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import TODAY, PersonnelCase


class TestOrderAppointment(PersonnelCase):
    def test_a_signed_appointment_writes_card_contract_and_manager(self):
        order = self.appoint(trial_months=3)
        self.assertEqual(order.state, "executed")
        employee = self.candidate
        self.assertEqual(employee.callcenter_status, "appointed")
        self.assertEqual(employee.job_id, self.job)
        self.assertEqual(employee.department_id, self.department)
        self.assertEqual(employee.parent_id, self.supervisor)
        self.assertEqual(employee.contract_date_start, TODAY)
        self.assertEqual(employee.trial_date_end, date(2026, 6, 1))
        self.assertEqual(employee.version_id.wage, 40000)
        codes = [b["code"] for b in self.get_blockers(employee, TODAY)]
        self.assertNotIn("not_appointed", codes)

    def test_the_new_user_has_operator_rights_and_no_password(self):
        self.appoint()
        user = self.candidate.user_id
        self.assertEqual(user.login, "v.sinitsyna@example.com")
        self.assertTrue(user.has_group("callcenter_ops.group_operator"))
        self.assertFalse(user.has_group("callcenter_ops.group_supervisor"))
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        self.assertFalse(self.env.cr.fetchone()[0])
        self.assertEqual(user.partner_id, self.candidate.work_contact_id)

    def test_the_invitation_is_queued_and_needs_no_mail_server(self):
        self.appoint()
        mail = self.env["mail.mail"].search(
            [("email_to", "ilike", "v.sinitsyna@example.com")]
        )
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing")

    def test_a_post_that_does_not_call_gives_no_operator_rights(self):
        self.job.is_callcenter_operator = False
        self.appoint(login="head")
        self.assertEqual(self.candidate.user_id.login, "head")
        self.assertFalse(
            self.candidate.user_id.has_group("callcenter_ops.group_operator")
        )

    def test_nothing_happens_before_the_effective_day(self):
        order = self.appoint(date_effective=date(2026, 3, 5))
        self.assertEqual(order.state, "signed")
        self.assertFalse(self.candidate.user_id)
        self.assertEqual(self.candidate.callcenter_status, "candidate")
        with self.assertRaises(UserError):
            self.as_("hr", order).action_execute()
        self.assertEqual(order.state, "signed")

    def test_an_appointment_in_the_past_reaches_todays_card(self):
        past = date(2026, 2, 2)
        self.appoint(date_order=past, date_effective=past)
        self.assertEqual(self.candidate.job_id, self.job)
        self.assertEqual(self.candidate.contract_date_start, past)
        version = self.candidate._get_version(past)
        self.assertEqual((version.date_version, version.job_id), (past, self.job))

    def test_the_day_is_the_companys_not_the_servers(self):
        order = self.build_order(date_effective=date(2026, 3, 3))
        self.as_("hr", order).action_submit()
        # 01:00 on 3 March in Yekaterinburg, still 2 March in UTC
        with self.at("2026-03-02 20:00:00"):
            self.as_("director", order).action_sign()
            self.assertEqual(order.sudo().state, "executed")
            self.assertEqual(self.candidate.job_id, self.job)

    def test_a_returning_person_gets_his_old_account_with_fresh_rights(self):
        self.appoint()
        user = self.candidate.user_id
        user.group_ids |= self.env.ref("callcenter_ops.group_supervisor")
        self.dismiss(self.candidate)
        self.assertFalse(user.active)
        with self.at("2026-04-01 07:00:00"):
            day = date(2026, 4, 1)
            self.appoint(date_order=day, date_effective=day)
            self.assertEqual(self.candidate.callcenter_status, "appointed")
            self.assertEqual(self.candidate.contract_date_start, day)
        self.assertTrue(user.active and self.candidate.active)
        self.assertEqual(self.candidate.user_id, user)
        self.assertTrue(user.has_group("callcenter_ops.group_operator"))
        self.assertFalse(user.has_group("callcenter_ops.group_supervisor"))

    def test_an_employee_with_an_account_keeps_it(self):
        user = new_test_user(self.env, "storekeeper", groups="base.group_user")
        employee = self.build_employee("Storekeeper", user=user)
        self.appoint(employee)
        self.assertEqual(employee.user_id, user)
        self.assertTrue(user.has_group("callcenter_ops.group_operator"))

    def test_a_login_of_somebody_else_is_refused_before_the_signature(self):
        order = self.build_order(login="cc_director")
        with self.assertRaisesRegex(UserError, "cc_director"):
            self.as_("hr", order).action_submit()
        self.assertEqual(order.state, "draft")

    def test_a_name_without_mail_makes_a_latin_login(self):
        employee = self.build_employee("Ёлкин Яков Щукич")
        self.appoint(employee)
        self.assertEqual(employee.user_id.login, "y.elkin")

    def test_a_namesake_gets_a_numbered_login(self):
        first, second = (self.build_employee("Ёлкин Яков") for _n in range(2))
        self.appoint(first)
        self.appoint(second)
        self.assertEqual(
            (first.user_id.login, second.user_id.login), ("y.elkin", "y.elkin2")
        )

    def test_a_name_without_letters_asks_for_a_login(self):
        order = self.build_order(self.build_employee("李 小龙"))
        with self.assertRaisesRegex(UserError, "Give a login"):
            self.as_("hr", order).action_submit()

    def test_an_appointed_employee_is_not_appointed_twice(self):
        self.appoint()
        order = self.build_order()
        with self.assertRaisesRegex(UserError, "appointed already"):
            self.as_("hr", order).action_submit()
        self.assertEqual(order.state, "draft")

    def test_two_appointments_cannot_wait_for_the_same_person(self):
        future = {"date_effective": date(2026, 3, 9)}
        self.appoint(**future)
        second = self.build_order(**future)
        self.as_("hr", second).action_submit()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.as_("director", second).action_sign()

    def test_the_effective_date_cannot_precede_the_order(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.build_order(date_effective=date(2026, 3, 1))

    def test_the_end_cannot_precede_the_start(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.build_order(date_end=date(2026, 3, 1))

    def test_an_order_for_another_companys_employee_is_refused(self):
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self.env["hr.employee"].create(
            {"name": "Stranger", "company_id": company.id}
        )
        self.users["hr"].company_ids |= company
        with self.assertRaises(UserError):
            self.build_order(stranger)

    def test_an_appointment_needs_post_and_department(self):
        order = self.build_order(job_id=False, department_id=False)
        with self.assertRaisesRegex(UserError, "post"):
            self.as_("hr", order).action_submit()

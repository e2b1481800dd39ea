from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from ..figures.common import SupervisionCase

DAY = date(2026, 3, 2)


@tagged("post_install", "-at_install")
class TestReportSheet(SupervisionCase):
    def setUp(self):
        super().setUp()
        self.sheet = self.build_call().sheet_id

    def submit(self):
        self.as_("operator", self.sheet).action_submit()

    def check(self):
        self.submit()
        self.as_("supervisor", self.sheet).action_check()

    # ------------------------------------------------------------------ making

    def test_the_first_call_of_a_day_makes_the_sheet(self):
        self.assertEqual(
            (self.sheet.employee_id, self.sheet.date, self.sheet.state),
            (self.operator, DAY, "draft"),
        )
        self.assertEqual(self.sheet.department_id, self.department)

    def test_all_calls_of_a_day_stand_on_one_sheet(self):
        call = self.build_call(started_at=datetime(2026, 3, 2, 9))
        self.assertEqual(call.sheet_id, self.sheet)
        self.assertEqual(len(self.sheet.line_ids), 2)

    def test_the_day_turns_at_local_midnight(self):
        late = self.build_call(started_at=datetime(2026, 3, 2, 18, 59, 59))
        next_day = self.build_call(started_at=datetime(2026, 3, 2, 19))
        self.assertEqual(late.sheet_id, self.sheet)
        self.assertEqual(next_day.sheet_id.date, date(2026, 3, 3))

    def test_each_operator_has_a_sheet_of_his_own(self):
        other = self.build_call(employee=self.colleague).sheet_id
        self.assertNotEqual(other, self.sheet)
        self.assertEqual(other.employee_id, self.colleague)

    def test_the_database_refuses_a_second_sheet_for_a_day(self):
        values = {
            "employee_id": self.operator.id,
            "company_id": self.company.id,
            "date": DAY,
        }
        sheets = self.env["callcenter.report.sheet"]
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            sheets._in_transition().create(values)

    def test_the_plan_of_the_company_is_written_on_a_new_sheet(self):
        self.company.write(
            {"callcenter_plan_attempts": 80, "callcenter_plan_contacts": 30}
        )
        sheet = self.build_call(started_at=datetime(2026, 3, 3, 6)).sheet_id
        self.assertEqual((sheet.plan_attempts, sheet.plan_contacts), (80, 30))

    # ------------------------------------------------------------------ totals

    def test_totals_are_those_of_the_calls(self):
        self.build_call("order", expected_revenue=1500.5, talk_seconds=120)
        self.build_call(
            "no_answer",
            partner_id=self.other_client.id,
            talk_seconds=0,
            wrap_seconds=0,
            federal_district="volga",
        )
        self.sheet.plan_attempts = 6
        self.assertRecordValues(
            self.sheet,
            [
                {
                    "attempt_count": 3,
                    "client_count": 2,
                    "contact_count": 2,
                    "target_count": 2,
                    "sale_count": 1,
                    "amount": 1500.5,
                    "talk_seconds": 180,
                    "wrap_seconds": 60,
                    "ural_minutes": 3.0,
                    "other_minutes": 0.0,
                    "conversion": 0.5,
                    "aht": 120.0,
                    "plan_rate": 0.5,
                }
            ],
        )
        self.assertAlmostEqual(self.sheet.contact_rate, 2 / 3)

    def test_totals_of_many_sheets_are_read_in_one_statement(self):
        sheets = self.sheet | self.build_call(employee=self.colleague).sheet_id
        sheets |= self.build_call(started_at=datetime(2026, 3, 3, 6)).sheet_id
        self.env.flush_all()
        self.env.invalidate_all()
        sheets.mapped("date")
        with self.assertQueryCount(2):
            sheets.mapped("attempt_count")

    # ------------------------------------------------------------ transitions

    def test_an_operator_hands_in_his_day(self):
        self.submit()
        self.assertEqual(self.sheet.state, "submitted")
        self.assertTrue(self.sheet.submitted_on)

    def test_nobody_hands_in_another_operators_day(self):
        for role in ("supervisor", "director"):
            with self.assertRaises(AccessError):
                self.as_(role, self.sheet).action_submit()
        foreign = self.sheet.with_user(self.colleague.user_id)
        with self.assertRaises(AccessError):
            foreign.action_submit()
        self.assertEqual(self.sheet.state, "draft")

    def test_the_supervisor_checks_what_was_handed_in(self):
        self.check()
        self.assertEqual(self.sheet.state, "checked")
        self.assertEqual(self.sheet.checked_by_id, self.users["supervisor"])
        self.assertFalse(self.sheet.acting_for_id)

    def test_a_draft_is_not_checked(self):
        with self.assertRaisesRegex(UserError, "this needs “Submitted”"):
            self.as_("supervisor", self.sheet).action_check()
        self.assertEqual(self.sheet.state, "draft")

    def test_an_operator_does_not_check_his_own_day(self):
        self.submit()
        with self.assertRaises(AccessError):
            self.as_("operator", self.sheet).action_check()
        self.assertEqual(self.sheet.state, "submitted")

    def test_a_supervisor_who_calls_does_not_check_himself(self):
        self.users["supervisor"].group_ids += self.env.ref(
            "callcenter_ops.group_operator"
        )
        self.supervisor.department_id = self.department
        sheet = self.build_call(employee=self.supervisor).sheet_id
        self.as_("supervisor", sheet).action_submit()
        with self.assertRaisesRegex(UserError, "Nobody checks his own"):
            self.as_("supervisor", sheet).action_check()

    def test_a_returned_sheet_carries_its_reason(self):
        self.submit()
        self.as_("supervisor", self.sheet).action_return("No note at 11:00")
        self.assertEqual(self.sheet.state, "draft")
        self.assertIn("No note at 11:00", self.sheet.message_ids[0].body)
        self.assertEqual(
            self.sheet.message_ids[0].partner_ids, self.users["operator"].partner_id
        )

    def test_a_return_without_reason_is_refused(self):
        self.submit()
        with self.assertRaisesRegex(UserError, "Say why"):
            self.as_("supervisor", self.sheet).action_return("  ")
        self.assertEqual(self.sheet.state, "submitted")

    def test_a_checked_sheet_is_reopened_with_a_reason(self):
        self.check()
        self.as_("supervisor", self.sheet).action_reopen("Wrong amount")
        self.assertRecordValues(
            self.sheet, [{"state": "draft", "checked_on": False, "submitted_on": False}]
        )

    def test_each_step_leaves_one_line(self):
        self.check()
        self.as_("supervisor", self.sheet).action_close()
        before = self.sheet.message_ids.filtered(lambda line: line.body)
        self.assertEqual(len(before), 3)

    def test_the_reason_is_asked_for_by_a_window(self):
        self.submit()
        action = self.as_("supervisor", self.sheet).action_ask_return()
        wizard = (
            self.env["callcenter.report.sheet.reason"]
            .with_user(self.users["supervisor"])
            .with_context(**action["context"])
            .create({"reason": "Notes are missing"})
        )
        wizard.action_apply()
        self.assertEqual(self.sheet.state, "draft")

    # ---------------------------------------------------------------- freezing

    def test_calls_of_a_checked_sheet_do_not_change(self):
        self.check()
        call = self.sheet.line_ids
        with self.assertRaisesRegex(UserError, "is checked"):
            call.write({"note": "Rewritten"})
        with self.assertRaisesRegex(UserError, "is checked"):
            call.unlink()
        self.assertFalse(call.note)

    def test_a_call_after_handing_in_opens_the_sheet_again(self):
        self.check()
        call = self.build_call(started_at=datetime(2026, 3, 2, 9))
        self.assertEqual(call.sheet_id, self.sheet)
        self.assertEqual(self.sheet.state, "draft")

    def test_a_late_call_never_touches_a_closed_sheet(self):
        self.check()
        self.as_("supervisor", self.sheet).action_close()
        with self.at("2026-03-03 08:00:00"):
            call = self.build_call(started_at=datetime(2026, 3, 2, 18, 59))
        self.assertEqual(call.sheet_id.date, date(2026, 3, 3))
        self.assertEqual(self.sheet.state, "closed")

    def test_a_checked_sheet_takes_no_remark(self):
        self.check()
        for role in ("supervisor", "operator"):
            with self.assertRaises(UserError):
                self.as_(role, self.sheet).write({"remark": "Later"})
        self.assertFalse(self.sheet.remark)

    # ------------------------------------------------------------------ rights

    def test_nobody_writes_the_state_by_hand(self):
        for role in ("operator", "supervisor"):
            with self.assertRaises(UserError):
                self.as_(role, self.sheet).write({"state": "checked"})
        self.assertEqual(self.sheet.state, "draft")

    def test_an_operator_sees_his_own_sheets_only(self):
        other = self.build_call(employee=self.colleague).sheet_id
        seen = self.as_("operator", self.sheet).search([])
        self.assertIn(self.sheet, seen)
        self.assertNotIn(other, seen)

    def test_an_operator_does_not_set_his_plan(self):
        with self.assertRaises(AccessError):
            self.as_("operator", self.sheet).write({"plan_attempts": 1})
        self.assertEqual(self.sheet.plan_attempts, 0)

    def test_an_operator_adds_a_remark_to_his_draft(self):
        self.as_("operator", self.sheet).write({"remark": "The line broke twice"})
        self.assertEqual(self.sheet.remark, "The line broke twice")

    def test_a_supervisor_sees_the_departments_below_his_own(self):
        below = self.env["hr.department"].create(
            {"name": "Evening shift", "parent_id": self.department.id}
        )
        elsewhere = self.env["hr.department"].create({"name": "Warehouse"})
        near = self.build_operator("Operator Near", department_id=below.id)
        far = self.build_operator("Operator Far", department_id=elsewhere.id)
        near_sheet = self.build_call(employee=near).sheet_id
        far_sheet = self.build_call(employee=far).sheet_id
        seen = self.as_("supervisor", self.sheet).search([])
        self.assertIn(near_sheet, seen)
        self.assertNotIn(far_sheet, seen)

    def test_the_director_reads_but_does_not_check(self):
        self.submit()
        sheet = self.as_("director", self.sheet)
        self.assertEqual(sheet.attempt_count, 1)
        with self.assertRaises(AccessError):
            sheet.action_check()
        self.assertEqual(self.sheet.state, "submitted")

    def test_others_have_no_access(self):
        for role in ("hr", "manager", "outsider"):
            with self.assertRaises(AccessError):
                self.as_(role, self.sheet).read(["state"])

    def test_nobody_makes_or_deletes_a_sheet(self):
        for role in ("operator", "supervisor", "director"):
            sheet = self.as_(role, self.sheet)
            with self.assertRaises(AccessError):
                sheet.unlink()
            with self.assertRaises(UserError):
                sheet.create({"employee_id": self.operator.id, "date": DAY})
        self.assertTrue(self.sheet.exists())

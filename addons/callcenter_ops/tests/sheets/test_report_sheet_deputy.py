from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..figures.common import SupervisionCase
from ..personnel.common import PersonnelCase

DURING, AFTER = "2026-03-09 07:00:00", "2026-03-16 07:00:00"


@tagged("post_install", "-at_install")
class TestReportSheetDeputy(PersonnelCase, SupervisionCase):
    """The colleague stands in for the supervisor from 9 to 15 March."""

    def setUp(self):
        super().setUp()
        self.deputy = self.colleague.user_id
        order = self.build_order(
            self.colleague,
            order_type="acting",
            absent_employee_id=self.supervisor.id,
            date_effective=date(2026, 3, 9),
            date_end=date(2026, 3, 15),
        )
        self.sign(order)
        self.sheet = self.build_call().sheet_id
        self.as_("operator", self.sheet).action_submit()

    def arrive(self):
        """What the crons do at the day's midnight."""
        self.Order._cron_execute_due()
        self.env["callcenter.substitution"]._cron_sync_rights()

    def test_the_deputy_checks_and_is_marked_as_acting(self):
        with self.at(DURING):
            self.arrive()
            self.sheet.with_user(self.deputy).action_check()
        self.assertEqual(self.sheet.state, "checked")
        self.assertEqual(self.sheet.checked_by_id, self.deputy)
        self.assertEqual(self.sheet.acting_for_id, self.supervisor)
        self.assertIn("acting for Supervisor", self.sheet.message_ids[0].body)

    def test_the_deputy_does_not_check_his_own_day(self):
        own = self.build_call(employee=self.colleague).sheet_id
        own.with_user(self.deputy).action_submit()
        with self.at(DURING):
            self.arrive()
            with self.assertRaisesRegex(UserError, "Nobody checks his own"):
                own.with_user(self.deputy).action_check()
        self.assertEqual(own.state, "submitted")

    def test_after_his_days_he_may_not_check(self):
        with self.at(DURING):
            self.arrive()
        with self.at(AFTER):
            self.arrive()
            with self.assertRaises(AccessError):
                self.sheet.with_user(self.deputy).action_check()
        self.assertEqual(self.sheet.state, "submitted")

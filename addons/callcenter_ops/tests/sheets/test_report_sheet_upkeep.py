from datetime import datetime

from odoo.tests import tagged

from ..figures.common import SupervisionCase
from ..personnel.common import PersonnelCase


@tagged("post_install", "-at_install")
class TestReportSheetUpkeep(SupervisionCase):
    def remind(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("callcenter_ops.ir_cron_remind_report_sheet")
            cron.method_direct_trigger()

    def test_a_sheet_of_yesterday_brings_one_reminder(self):
        sheet = self.build_call().sheet_id
        with self.at("2026-03-03 06:00:00"):
            self.remind()
            self.remind()
        reminded = self.users["operator"] | self.users["supervisor"]
        self.assertEqual(sheet.activity_ids.user_id, reminded)
        self.assertEqual(len(sheet.activity_ids), 2)

    def test_the_sheet_of_today_is_not_late(self):
        sheet = self.build_call(started_at=datetime(2026, 3, 3, 5)).sheet_id
        with self.at("2026-03-03 06:00:00"):
            self.remind()
        self.assertFalse(sheet.activity_ids)

    def test_handing_in_ends_the_reminder(self):
        sheet = self.build_call().sheet_id
        with self.at("2026-03-03 06:00:00"):
            self.remind()
        self.as_("operator", sheet).action_submit()
        self.assertFalse(sheet.activity_ids)


@tagged("post_install", "-at_install")
class TestSheetsAtDismissal(PersonnelCase, SupervisionCase):
    def test_a_dismissal_hands_in_the_sheets(self):
        sheet = self.build_call().sheet_id
        order = self.dismiss(self.operator)
        self.assertEqual(order.state, "executed")
        self.assertEqual(sheet.state, "submitted")
        lines = {line.what: line for line in order.handover_ids}
        self.assertEqual(lines["Report sheets"].count, 1)
        self.assertEqual(lines["Report sheets"].to_whom, "Supervisor")

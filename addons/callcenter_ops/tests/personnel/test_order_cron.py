from datetime import date
from unittest.mock import patch

from odoo.tools import mute_logger

from ...models.personnel import personnel_order
from .common import PersonnelCase

DAY = date(2026, 3, 9)


class TestOrderCron(PersonnelCase):
    def build_waiting(self, name):
        return self.appoint(self.build_employee(name), date_effective=DAY)

    def test_due_orders_are_executed_and_later_ones_wait(self):
        due = self.build_waiting("Due")
        later = self.appoint(
            self.build_employee("Later"), date_effective=date(2026, 3, 10)
        )
        with self.at("2026-03-09 07:00:00"):
            self.Order._cron_execute_due()
        self.assertEqual((due.state, later.state), ("executed", "signed"))

    def test_the_day_begins_at_the_companys_midnight(self):
        order = self.build_waiting("Due")
        with self.at("2026-03-08 18:59:59"):
            self.Order._cron_execute_due()
            self.assertEqual(order.state, "signed")
        with self.at("2026-03-08 19:00:00"):
            self.Order._cron_execute_due()
            self.assertEqual(order.state, "executed")

    @mute_logger("odoo.addons.callcenter_ops.models.personnel.order_flow")
    def test_one_bad_order_does_not_stop_the_others(self):
        bad, good = self.build_waiting("Bad"), self.build_waiting("Good")
        bad.employee_id._transition({"callcenter_status": "appointed"})
        with self.at("2026-03-09 07:00:00"):
            self.Order._cron_execute_due()
            self.assertEqual((bad.state, good.state), ("signed", "executed"))
            self.assertIn("appointed already", bad.execution_error)
            self.assertEqual(bad.activity_ids.user_id, self.users["hr"])
            bad.employee_id._transition({"callcenter_status": "candidate"})
            self.Order._cron_execute_due()
        self.assertEqual(bad.state, "executed")
        self.assertFalse(bad.execution_error)

    @mute_logger("odoo.addons.callcenter_ops.models.personnel.order_flow")
    def test_a_failure_is_told_in_the_language_of_who_made_the_order(self):
        self.users["hr"].lang = "ru_RU"
        bad = self.build_waiting("Bad")
        bad.employee_id._transition({"callcenter_status": "appointed"})
        with self.at("2026-03-09 07:00:00"):
            self.Order._cron_execute_due()
        self.assertEqual(bad.activity_ids.summary, "Приказ не удалось исполнить")

    @mute_logger("odoo.addons.callcenter_ops.models.personnel.order_flow")
    def test_a_failure_is_told_once_not_every_hour(self):
        bad = self.build_waiting("Bad")
        bad.employee_id._transition({"callcenter_status": "appointed"})
        with self.at("2026-03-09 07:00:00"):
            self.Order._cron_execute_due()
            self.Order._cron_execute_due()
        self.assertEqual(len(bad.activity_ids), 1)

    def test_a_crash_loses_one_batch_and_the_next_run_goes_on(self):
        orders = [self.build_waiting(f"Person {number}") for number in range(3)]
        committed = []

        def commit(records, _processed):
            committed.append([order.state for order in orders])
            return True

        model = type(self.Order)
        execute = model._execute

        def crash_at_the_last(order):
            if order == orders[-1]:
                raise KeyboardInterrupt
            return execute(order)

        with (
            self.at("2026-03-09 07:00:00"),
            patch.object(personnel_order, "_CRON_BATCH", 1),
            patch.object(model, "_commit_batch", commit),
        ):
            with (
                patch.object(model, "_execute", crash_at_the_last),
                self.assertRaises(KeyboardInterrupt),
            ):
                self.Order._cron_execute_due()
            self.assertEqual(committed[-1], ["executed", "executed", "signed"])
            self.Order._cron_execute_due()
        self.assertEqual({order.state for order in orders}, {"executed"})

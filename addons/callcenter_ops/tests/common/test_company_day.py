from datetime import date, datetime

from odoo.tests import tagged

from ..cases import CallcenterCase


@tagged("post_install", "-at_install")
class TestCompanyDay(CallcenterCase):
    def test_the_day_starts_at_midnight_in_the_urals(self):
        with self.at("2026-03-01 19:00:00"):
            self.assertEqual(self.company._callcenter_today(), date(2026, 3, 2))
        with self.at("2026-03-01 18:59:59"):
            self.assertEqual(self.company._callcenter_today(), date(2026, 3, 1))

    def test_the_bounds_of_a_day_are_utc(self):
        self.assertEqual(
            self.company._callcenter_day_bounds(date(2026, 3, 2)),
            (datetime(2026, 3, 1, 19), datetime(2026, 3, 2, 19)),
        )

    def test_a_day_with_a_change_of_clocks_has_another_length(self):
        self.company.callcenter_tz = "Europe/Berlin"
        start, end = self.company._callcenter_day_bounds(date(2026, 3, 29))
        self.assertEqual((end - start).total_seconds(), 23 * 3600)

from datetime import datetime

from odoo.tests import BaseCase, tagged

from ...tools.figures.work_day import clip, compare, merge, overlap, total_seconds


def span(first, last):
    """An interval of one day, e.g. ``span(9, 13)``; hours may be fractions."""
    return tuple(
        datetime(2026, 3, 2, int(hour), round(hour % 1 * 60)) for hour in (first, last)
    )


@tagged("post_install", "-at_install")
class TestWorkDay(BaseCase):
    def test_lateness_counts_from_the_schedule(self):
        day = compare([span(9, 13), span(14, 18)], [span(9.5, 13), span(14, 17)])
        self.assertEqual((day["late"], day["early"]), (1800, 3600))
        self.assertEqual((day["planned"], day["worked"]), (8 * 3600, 6.5 * 3600))
        self.assertEqual(day["adherence"], 6.5 / 8)

    def test_work_beyond_the_schedule_is_no_adherence(self):
        day = compare([span(9, 10)], [span(8, 9), span(12, 13)])
        self.assertEqual((day["late"], day["early"], day["adherence"]), (0, 0, 0))

    def test_no_schedule_has_no_adherence(self):
        self.assertIsNone(compare([], [span(9, 10)])["adherence"])
        self.assertEqual(compare([span(9, 10)], [])["late"], 0)

    def test_intervals_that_touch_are_one(self):
        self.assertEqual(merge([span(10, 11), span(9, 10)]), [span(9, 11)])
        self.assertEqual(overlap([span(9, 11)], [span(10, 12)]), [span(10, 11)])
        self.assertEqual(
            clip([span(9, 11), span(12, 13)], span(10, 11)[0]), [span(9, 10)]
        )
        self.assertEqual(total_seconds([span(9, 10), span(11, 12)]), 7200)

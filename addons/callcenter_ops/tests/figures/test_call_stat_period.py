from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged

from ...tools.common.period import add_rows, is_by_month, whole_months
from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestCallStatPeriod(SupervisionCase):
    """Sums of months and days give what the days alone give."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stats = cls.env["callcenter.call.stat"]
        cls.months = cls.env["callcenter.call.stat.month"]
        for number in range(30):
            cls.build_call(
                "order" if number % 3 else "refusal",
                started_at=datetime(2026, 1, 20, 6) + timedelta(days=3 * number),
                expected_revenue=number,
                employee=cls.colleague if number % 2 else cls.operator,
            )

    def read(self, first, last, groupby=("employee_id",)):
        domain = Domain("facet", "=", "operator")
        sums = ["attempts:sum", "sales:sum", "amount:sum"]
        return sorted(
            self.stats._read_period(domain, first, last, list(groupby), sums), key=repr
        )

    def read_days(self, first, last):
        """The same by the days alone, whatever is added up."""
        domain = [("facet", "=", "operator"), ("day", ">=", first), ("day", "<=", last)]
        sums = ["attempts:sum", "sales:sum", "amount:sum"]
        rows = self.stats._read_group(domain, ["employee_id"], sums)
        return sorted(map(tuple, rows), key=repr)

    def check_every_period(self):
        for first, last in (
            (date(2026, 1, 1), date(2026, 12, 31)),
            (date(2026, 1, 25), date(2026, 4, 3)),
            (date(2026, 2, 1), date(2026, 2, 28)),
            (date(2026, 2, 3), date(2026, 2, 20)),
        ):
            self.assertEqual(self.read(first, last), self.read_days(first, last))

    def test_fresh_rows_added_up_rows_and_both_give_the_same(self):
        self.check_every_period()
        self.stats._compact(40)
        self.check_every_period()
        while self.stats._compact(40):
            pass
        self.check_every_period()
        self.assertTrue(self.months.search_count([]))

    def test_a_call_taken_back_after_adding_up_leaves_its_month(self):
        while self.stats._compact(1000):
            pass
        self.env["callcenter.call"].search([], limit=7).unlink()
        self.check_every_period()
        while self.stats._compact(1000):
            pass
        self.check_every_period()

    def test_a_rebuild_makes_the_months_as_well(self):
        whole = (date(2026, 1, 1), date(2026, 12, 31))
        kept = self.read(*whole)
        self.stats._rebuild()
        self.assertFalse(self.stats.search_count([("is_compact", "=", False)]))
        self.assertEqual(self.read(*whole), kept)
        self.check_every_period()

    def test_a_long_period_is_drawn_by_months(self):
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        data = dashboard.get_data("2026-01-01", "2026-12-31")
        self.assertEqual(data["period"]["step"], "month")
        self.assertEqual(
            [(row["day"], row["attempts"]) for row in data["days"]],
            [
                (f"2026-{month:02}-01", count)
                for month, count in enumerate([4, 10, 10, 6, *[0] * 8], 1)
            ],
        )

    def test_months_are_read_by_those_who_lead_and_written_by_nobody(self):
        self.stats._rebuild()
        for role in ("supervisor", "director"):
            self.assertTrue(self.as_(role, self.months).search_count([]))
        row = self.months.search([], limit=1)
        for role in ("operator", "outsider", "hr"):
            with self.assertRaises(AccessError):
                self.as_(role, self.months).search_count([])
        for role in ("supervisor", "director", "manager"):
            with self.assertRaises(AccessError):
                self.as_(role, row).write({"attempts": 99})

    def test_a_supervisor_reads_the_months_of_his_departments(self):
        other = self.env["hr.department"].create({"name": "Evening shift"})
        self.build_call(department_id=other.id, started_at=datetime(2026, 2, 3, 6))
        self.stats._rebuild()
        domain = [("facet", "=", "operator")]
        for role, count in (("supervisor", 30), ("director", 31)):
            rows = self.as_(role, self.months)._read_group(domain, [], ["attempts:sum"])
            self.assertEqual(rows, [(count,)])


@tagged("post_install", "-at_install")
class TestTimeKept(SupervisionCase):
    """Time at the desk is kept like the calls: once, whatever happens after."""

    def read(self):
        rows = self.env["callcenter.call.stat"]._read_group(
            [("facet", "=", "time")],
            ["employee_id"],
            ["ready_seconds:sum", "preview_seconds:sum", "pause_seconds:sum"],
        )
        return {employee: tuple(sums) for employee, *sums in rows}

    def test_a_state_that_ends_counts_on_the_day_it_began(self):
        states = self.env["callcenter.operator.state"]
        with self.at(datetime(2026, 3, 2, 18, 59)):
            states._switch(self.operator, "ready")
        with self.at(datetime(2026, 3, 2, 19, 1)):
            states._switch(self.operator, "pause")
        with self.at(datetime(2026, 3, 2, 19, 6)):
            states._switch(self.operator, "offline")
        self.assertEqual(self.read(), {self.operator: (120, 0, 300)})
        days = self.env["callcenter.call.stat"]._read_group(
            [("facet", "=", "time")], ["day:day"], ["ready_seconds:sum"]
        )
        self.assertEqual(dict(days), {date(2026, 3, 2): 120, date(2026, 3, 3): 0})
        self.env["callcenter.call.stat"]._rebuild()
        self.assertEqual(self.read(), {self.operator: (120, 0, 300)})

    def test_an_interval_corrected_or_deleted_is_counted_anew(self):
        interval = self.env["callcenter.operator.state"].create(
            {
                "employee_id": self.operator.id,
                "company_id": self.company.id,
                "state": "ready",
                "started_at": datetime(2026, 3, 2, 6),
                "ended_at": datetime(2026, 3, 2, 7),
                "seconds": 3600,
            }
        )
        interval.seconds = 1800
        self.assertEqual(self.read(), {self.operator: (1800, 0, 0)})
        interval.unlink()
        self.assertEqual(self.read(), {self.operator: (0, 0, 0)})


@tagged("post_install", "-at_install")
class TestPeriod(SupervisionCase):
    def test_whole_months_lie_within_the_period(self):
        for first, last, months in (
            (date(2026, 1, 1), date(2026, 1, 31), (date(2026, 1, 1), date(2026, 2, 1))),
            (date(2026, 1, 2), date(2026, 2, 27), None),
            (date(2026, 1, 2), date(2026, 3, 1), (date(2026, 2, 1), date(2026, 3, 1))),
            (
                date(2025, 12, 31),
                date(2026, 2, 28),
                (date(2026, 1, 1), date(2026, 3, 1)),
            ),
        ):
            self.assertEqual(whole_months(first, last), months)

    def test_sums_of_two_parts_are_added_up(self):
        rows = [("a", 1, None), ("b", 2, 5), ("a", 3, 4)]
        self.assertEqual(add_rows(rows, 1), [("a", 4, 4), ("b", 2, 5)])

    def test_three_months_are_days_and_more_are_months(self):
        self.assertFalse(is_by_month(date(2026, 1, 1), date(2026, 4, 2)))
        self.assertTrue(is_by_month(date(2026, 1, 1), date(2026, 4, 3)))

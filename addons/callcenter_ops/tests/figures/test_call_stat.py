import random
from datetime import date, datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.figures.sql.call_stat import FACET_KEYS, MEASURES
from .common import SupervisionCase

# An independent computation: plain grouping of the calls, facet by facet.
_INDEPENDENT = {
    "operator": "employee_id, department_id, campaign_id, direction, channel",
    "region": "department_id, state_id, federal_district, campaign_id",
    "result": "department_id, disposition_id, refusal_reason_id, campaign_id",
}


@tagged("post_install", "-at_install")
class TestCallStat(SupervisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stats = cls.env["callcenter.call.stat"]

    def build_random_calls(self, count):
        """Calls with every kind of result, over days, zones and regions."""
        chance = random.Random(7)
        codes = self.env["callcenter.disposition"].search([]).mapped("code")
        regions = [
            (self.region.id, "ural", "Asia/Yekaterinburg"),
            (self.env.ref("base.state_ru_sam").id, "volga", "Europe/Samara"),
            (False, False, False),
        ]
        reasons = [False, *self.env["callcenter.refusal.reason"].search([]).ids]
        for _number in range(count):
            state_id, district, zone = chance.choice(regions)
            self.build_call(
                chance.choice(codes),
                employee=chance.choice([self.operator, self.colleague]),
                started_at=datetime(2026, 3, 2)
                + timedelta(minutes=chance.randrange(4000)),
                state_id=state_id,
                federal_district=district,
                timezone=zone,
                talk_seconds=chance.randrange(600),
                expected_revenue=chance.choice([0, 99.5, 1234]),
                refusal_reason_id=chance.choice(reasons),
            )

    def read_facet(self, facet):
        rows = self.stats._read_group(
            [("facet", "=", facet)],
            ["day:day", *FACET_KEYS[facet]],
            [f"{name}:sum" for name in MEASURES],
        )
        return sorted(map(_plain, rows), key=repr)

    def read_all(self):
        return {facet: self.read_facet(facet) for facet in FACET_KEYS}

    def read_independently(self, facet):
        self.env.flush_all()
        self.env.cr.execute(f"""
            SELECT ((started_at + interval '5 hours')::date), {_INDEPENDENT[facet]},
                   count(*), sum(COALESCE(technical_status IN
                       ('answered', 'machine', 'fax', 'dropped'), is_contact)::int),
                   sum(is_contact::int), sum(is_target::int),
                   count(lead_id), sum(is_sale::int), count(refusal_reason_id),
                   count(callback_at),
                   sum(CASE WHEN is_sale THEN expected_revenue ELSE 0 END),
                   sum(talk_seconds), sum(wrap_seconds)
              FROM callcenter_call
          GROUP BY 1, {_INDEPENDENT[facet]}
        """)  # noqa: S608
        return sorted(map(_plain, self.env.cr.fetchall()), key=repr)

    def test_figures_equal_a_plain_grouping_of_the_calls(self):
        self.build_random_calls(80)
        for facet in _INDEPENDENT:
            self.assertEqual(self.read_facet(facet), self.read_independently(facet))

    def test_the_hour_is_the_clients(self):
        self.build_call(
            started_at=datetime(2026, 3, 2, 6),
            timezone="Europe/Samara",
            federal_district="volga",
        )
        row = self.stats.search([("facet", "=", "hour")])
        self.assertEqual((row.hour, row.day), (10, date(2026, 3, 2)))

    def test_a_rebuild_gives_the_same_figures(self):
        self.build_random_calls(60)
        kept = self.read_all()
        self.stats._rebuild()
        self.assertEqual(self.read_all(), kept)

    def read_days(self):
        """Days of operators as kept and as counted by hand."""
        names = "attempts, contacts, targets, leads, sales, talk_seconds"
        self.env.cr.execute(
            f"SELECT employee_id, day, {names} FROM callcenter_operator_day"  # noqa: S608
            " WHERE attempts > 0 ORDER BY 1, 2"
        )
        kept = self.env.cr.fetchall()
        self.env.cr.execute(
            """
            SELECT employee_id, (started_at AT TIME ZONE 'UTC'
                       AT TIME ZONE 'Asia/Yekaterinburg')::date, count(*),
                   count(*) FILTER (WHERE is_contact),
                   count(*) FILTER (WHERE is_target),
                   count(lead_id), count(*) FILTER (WHERE is_sale), sum(talk_seconds)
              FROM callcenter_call call
             WHERE NOT EXISTS (SELECT FROM callcenter_call later
                                WHERE later.correction_of_id = call.id)
             GROUP BY 1, 2 ORDER BY 1, 2
            """
        )
        return kept, self.env.cr.fetchall()

    def test_the_days_of_operators_equal_a_plain_grouping_of_the_calls(self):
        self.build_random_calls(60)
        kept, counted = self.read_days()
        self.assertEqual(kept, counted)

    def test_a_rebuild_gives_the_same_days_of_operators(self):
        self.build_random_calls(40)
        call = self.build_call("order", expected_revenue=500)
        call.write({"is_sale": False, "talk_seconds": 7})
        kept, counted = self.read_days()
        self.assertEqual(kept, counted)
        with self.at("2026-03-05 05:00:00"):
            self.stats._rebuild()
        self.assertEqual(self.read_days()[0], kept)

    def test_an_operator_reads_his_own_day_alone_and_nobody_writes_it(self):
        call = self.build_call()
        other = self.build_operator("Another Operator")
        days = self.env["callcenter.operator.day"]
        mine = days.search([("employee_id", "=", call.employee_id.id)])
        own = days.with_user(call.employee_id.user_id)
        self.assertEqual(own.search([]).ids, mine.ids)
        self.assertFalse(days.with_user(other.user_id).search([]))
        for role in ("supervisor", "director", "manager"):
            with self.assertRaises(AccessError):
                self.as_(role, mine).write({"attempts": 99})
        with self.assertRaises(AccessError):
            own.browse(mine.ids).write({"attempts": 99})
        self.assertEqual(mine.attempts, 1)

    def test_days_of_operators_that_are_long_past_are_dropped(self):
        self.build_call()
        days = self.env["callcenter.operator.day"]
        self.assertTrue(days.search_count([]))
        with self.at("2026-03-20 05:00:00"):
            days._gc_past()
        self.assertFalse(days.search_count([]))

    def test_adding_up_changes_no_sum(self):
        self.build_random_calls(40)
        kept = self.read_all()
        rows = self.stats.search_count([])
        while self.stats._compact(25):
            pass
        self.assertEqual(self.read_all(), kept)
        self.assertLess(self.stats.search_count([]), rows)
        self.assertFalse(self.stats.search_count([("is_compact", "=", False)]))

    def test_a_corrected_call_moves_between_the_rows(self):
        call = self.build_call("order", expected_revenue=500)
        refusal = self.disposition("refusal")
        call.write(
            {
                "disposition_id": refusal.id,
                "is_sale": False,
                "expected_revenue": 0,
            }
        )
        rows = self.stats._read_group(
            [("facet", "=", "result")],
            ["disposition_id"],
            ["attempts:sum", "sales:sum", "amount:sum"],
        )
        figures = {row[0].code: row[1:] for row in rows}
        self.assertEqual(figures, {"order": (0, 0, 0.0), "refusal": (1, 0, 0.0)})

    def test_an_operator_who_changed_department_counts_in_both(self):
        other = self.env["hr.department"].create({"name": "Evening shift"})
        self.build_call()
        self.operator._in_transition().department_id = other
        self.build_call(started_at=datetime(2026, 3, 2, 9))
        rows = self.stats._read_group(
            [("facet", "=", "operator")], ["department_id"], ["attempts:sum"]
        )
        self.assertEqual(dict(rows), {self.department: 1, other: 1})

    def test_an_operator_of_two_teams_counts_once(self):
        many = "sales_team.membership_multi"
        self.env["ir.config_parameter"].sudo().set_param(many, "True")
        teams = self.env["crm.team"].create(
            [
                {"name": name, "member_ids": [(6, 0, self.operator.user_id.ids)]}
                for name in ("North", "South")
            ]
        )
        campaign = self.env["callcenter.campaign"].create(
            {"name": "Both teams", "team_ids": [(6, 0, teams.ids)]}
        )
        self.build_call("order", campaign_id=campaign.id, expected_revenue=50)
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        data = dashboard.get_data("2026-03-02", "2026-03-02", campaign.id)
        [row] = data["operators"]
        self.assertEqual((row["attempts"], row["sales"], row["amount"]), (1, 1, 50))
        self.assertEqual(self.env["callcenter.report.sheet"].search_count([]), 1)

    def test_a_call_counts_once_in_each_category_of_its_goods(self):
        winter, summer = self.env["product.category"].create(
            [{"name": "Winter"}, {"name": "Summer"}]
        )
        goods = self.env["product.product"].create(
            [
                {"name": "Skis", "categ_id": winter.id},
                {"name": "Poles", "categ_id": winter.id},
                {"name": "Boat", "categ_id": summer.id},
            ]
        )
        call = self.build_call("order", product_ids=[(6, 0, goods.ids)])
        self.build_call("informed", product_ids=[(6, 0, goods[0].ids)])
        self.assertEqual(self.read_categories(), {winter: (2, 1), summer: (1, 1)})
        call.product_ids = goods[0]
        self.assertEqual(self.read_categories(), {winter: (2, 1), summer: (0, 0)})
        kept = self.read_categories()
        self.stats._rebuild()
        self.assertEqual(self.read_categories(), {winter: kept[winter]})

    def read_categories(self):
        rows = self.stats._read_group(
            [("facet", "=", "category")],
            ["categ_id"],
            ["attempts:sum", "sales:sum"],
        )
        return {row[0]: row[1:] for row in rows}

    def test_a_supervisor_reads_the_figures_of_his_departments(self):
        other = self.env["hr.department"].create({"name": "Evening shift"})
        self.build_call()
        self.build_call(department_id=other.id)
        for role, count in (("supervisor", 1), ("director", 2)):
            stats = self.as_(role, self.stats)
            for facet in ("operator", "region", "hour", "result"):
                rows = stats._read_group([("facet", "=", facet)], [], ["attempts:sum"])
                self.assertEqual(rows, [(count,)], (role, facet))
            calls = self.as_(role, self.env["callcenter.call"])
            self.assertEqual(calls.search_count([]), count)

    def test_a_failed_transaction_leaves_no_figures(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.build_call()
            raise ZeroDivisionError
        self.assertFalse(self.stats.search_count([]))

    def test_only_an_administrator_rebuilds(self):
        for role in ("operator", "supervisor", "director", "hr"):
            with self.assertRaises(AccessError):
                self.as_(role, self.stats).action_rebuild()

    def test_figures_are_read_by_those_who_lead(self):
        self.build_call()
        for role in ("supervisor", "director"):
            self.assertEqual(self.as_(role, self.stats).search_count([]), 4)
        for role in ("operator", "outsider", "hr"):
            with self.assertRaises(AccessError):
                self.as_(role, self.stats).search_count([])

    def test_nobody_writes_figures(self):
        self.build_call()
        row = self.stats.search([], limit=1)
        for role in ("supervisor", "director", "manager"):
            with self.assertRaises(AccessError):
                self.as_(role, row).write({"attempts": 99})
        self.assertEqual(row.attempts, 1)


def _plain(row):
    """Ids instead of records, and one kind of number, to compare rows."""
    return tuple(
        (value.id or None)
        if hasattr(value, "_name")
        else float(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool)
        else (value or None)
        for value in row
    )

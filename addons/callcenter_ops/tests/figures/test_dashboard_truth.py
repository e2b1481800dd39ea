"""Drawn = listed = counted from the calls by statements that share nothing with us."""

import io
import random
from datetime import date, datetime, timedelta

from lxml import html
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged
from openpyxl import load_workbook

from ...models.figures.dashboard_paper import DashboardPaper
from ...models.figures.digest import Digest
from .common import SupervisionCase

_PERIODS = (
    ("2025-12-30", "2026-01-02"),
    ("2026-01-01", "2026-01-31"),
    ("2026-01-31", "2026-02-01"),
    ("2026-01-15", "2026-03-20"),
    ("2026-01-01", "2026-03-31"),
    ("2025-12-01", "2026-04-30"),
    ("2026-02-28", "2026-02-28"),
)
_CODES = ("order", "informed", "refusal", "no_answer", "busy", "interested")
_FIGURES = ("attempts", "contacts", "targets", "leads", "sales", "amount")
# The choice as plain SQL on a call ``c``.
_CHOICES = {
    "campaign_id": "c.campaign_id = %s",
    "employee_id": "c.employee_id = %s",
    "department_id": "c.department_id = %s",
    "state_id": "c.state_id = %s",
    "categ_id": """EXISTS (
        SELECT 1 FROM callcenter_call_product_product_rel r, product_product p,
               product_template t
         WHERE r.callcenter_call_id = c.id AND p.id = r.product_product_id
           AND t.id = p.product_tmpl_id AND t.categ_id = %s)""",
}
_DAY = "(c.started_at + interval '5 hours')::date"
_BY_HAND = f"""
    SELECT {{keys}}
           count(*), COALESCE(sum(c.is_contact::int), 0),
           COALESCE(sum(c.is_target::int), 0), count(c.lead_id),
           COALESCE(sum(c.is_sale::int), 0),
           COALESCE(sum(c.expected_revenue) FILTER (WHERE c.is_sale), 0)::float
      FROM callcenter_call c
     WHERE {_DAY} BETWEEN %s AND %s AND c.company_id = %s
       AND c.id NOT IN (SELECT correction_of_id FROM callcenter_call
                         WHERE correction_of_id IS NOT NULL)
       AND {{choice}} {{groups}}
"""  # noqa: S608


@tagged("post_install", "-at_install")
class TestDashboardTruth(SupervisionCase):
    """The company lives at UTC+5; calls of five months, corrected and moved."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chance = cls.chance = random.Random(20261130)
        cls.campaigns = cls.env["callcenter.campaign"].create(
            [{"name": "Spring"}, {"name": "Autumn"}]
        )
        cls.regions = cls.region | cls.env.ref("base.state_ru_mos")
        cls.categories = cls.env["product.category"].create(
            [{"name": "Winter"}, {"name": "Summer"}]
        )
        cls.goods = cls.env["product.product"].create(
            [{"name": one.name, "categ_id": one.id} for one in cls.categories]
        )
        cls.leads = cls.env["crm.lead"].create([{"name": "A"}, {"name": "B"}])
        refusal = cls.env["callcenter.refusal.reason"].search([], limit=1)
        calls = [cls.build_random_call(chance) for _number in range(240)]
        # Who rang himself had results of his own; those of outgoing calls go wrong.
        outgoing = [call for call in calls if call.direction == "out"]
        for call in chance.sample(outgoing, 30):
            cls.correct(call, chance, refusal)
        for call in chance.sample(calls, 10):
            call._unlocked().write({"talk_seconds": 7})

    @classmethod
    def build_random_call(cls, chance):
        moment = datetime(2025, 12, 1, 0) + timedelta(
            minutes=chance.randrange(150 * 24 * 60)
        )
        # As many again around the midnights of months, by either clock.
        if chance.random() < 0.4:
            first = datetime(2026, chance.randrange(1, 5), 1)
            moment = first + timedelta(minutes=chance.randrange(-600, 600))
        return cls.build_call(
            chance.choice(_CODES),
            employee=chance.choice([cls.operator, cls.colleague]),
            started_at=moment,
            timezone=chance.choice([False, "Asia/Vladivostok", "Europe/Kaliningrad"]),
            channel=chance.choice(["phone", "phone", "email"]),
            direction=chance.choice(["out", "out", "in"]),
            campaign_id=chance.choice([False, *cls.campaigns.ids]),
            state_id=chance.choice(cls.regions.ids),
            lead_id=chance.choice([False, *cls.leads.ids]),
            expected_revenue=chance.choice([0, 990, 12500.5]),
            product_ids=[(6, 0, chance.sample(cls.goods.ids, chance.randrange(3)))],
        )

    @classmethod
    def correct(cls, call, chance, refusal):
        code = chance.choice([one for one in _CODES if one != "interested"])
        disposition = cls.disposition(code)
        values = {}
        if disposition.requires_refusal_reason:
            values["refusal_reason_id"] = refusal.id
        if code == "order":
            values["expected_revenue"] = 5000
        supervisor = call.with_user(cls.users["supervisor"])
        supervisor.action_correct(disposition.id, values, "Wrong key")

    def get_choices(self):
        """Nothing, every filter alone, and some together."""
        one = {
            "campaign_id": self.campaigns[0].id,
            "employee_id": self.operator.id,
            "department_id": self.department.id,
            "state_id": self.regions[1].id,
            "categ_id": self.categories[0].id,
        }
        alone = [{name: value} for name, value in one.items()]
        return [
            {},
            *alone,
            {"employee_id": one["employee_id"], "state_id": one["state_id"]},
            {"campaign_id": one["campaign_id"], "categ_id": one["categ_id"]},
            one,
        ]

    def count_by_hand(self, first, last, choice, key="", category=None):
        """Rows of the key, where there is one, and the figures of ``_FIGURES``.

        :param category: of the calls that are chosen, those about its goods alone
        """
        self.env.flush_all()
        clauses = ["TRUE", *(_CHOICES[name] for name in choice)]
        values = [first, last, self.company.id, *choice.values()]
        if category:
            clauses.append(_CHOICES["categ_id"])
            values.append(category.id)
        query = _BY_HAND.format(
            keys=f"{key}," if key else "",
            choice=" AND ".join(clauses),
            groups="GROUP BY 1" if key else "",
        )
        self.env.cr.execute(query, values)
        return self.env.cr.fetchall()

    def each_view(self):
        """``(role, period, choice, data)`` of every period and choice."""
        for first, last in _PERIODS:
            for choice in self.get_choices():
                role = self.chance.choice(["supervisor", "director"])
                dashboard = self.as_(role, self.env["callcenter.dashboard"])
                filters = dict(choice)
                campaign_id = filters.pop("campaign_id", None)
                data = dashboard.get_data(first, last, campaign_id, filters)
                with self.subTest(first=first, last=last, choice=choice):
                    yield role, (first, last), choice, data

    def check_everything(self):
        for role, period, choice, data in self.each_view():
            self.check_totals(role, period, choice, data)
            self.check_days(period, choice, data)
            self.check_parts(period, choice, data)
            self.check_places(period, choice, data)
            self.check_goods(period, choice, data)

    def check_totals(self, role, period, choice, data):
        [by_hand] = self.count_by_hand(*period, choice)
        drawn = {tile["name"]: tile["value"] for tile in data["tiles"]}
        self.assertEqual(tuple(drawn[name] for name in _FIGURES), by_hand)
        calls = self.as_(role, self.env["callcenter.call"])
        paths = {"categ_id": "product_ids.categ_id"}
        listed = [
            ("started_at", ">=", data["period"]["start"]),
            ("started_at", "<", data["period"]["end"]),
            ("is_in_force", "=", True),
            *((paths.get(name, name), "=", value) for name, value in choice.items()),
        ]
        for figure in ("attempts", "contacts", "targets", "leads", "sales"):
            found = calls.search_count([*listed, *data["domains"][figure]])
            self.assertEqual(found, drawn[figure], figure)

    def check_days(self, period, choice, data):
        is_by_month = data["period"]["step"] == "month"
        key = f"date_trunc('month', {_DAY})::date" if is_by_month else _DAY
        by_hand = {
            str(day): (attempts, contacts, sales)
            for day, attempts, contacts, _targets, _leads, sales, _amount in (
                self.count_by_hand(*period, choice, key)
            )
        }
        drawn = {
            row["day"]: (row["attempts"], row["contacts"], row["sales"])
            for row in data["days"]
        }
        some = {day: sums for day, sums in drawn.items() if any(sums)}
        self.assertEqual(some, by_hand)
        if not is_by_month:
            first, last = map(date.fromisoformat, period)
            days = range((last - first).days + 1)
            every = [str(first + timedelta(days=number)) for number in days]
            self.assertEqual(list(drawn), every)

    def check_parts(self, period, choice, data):
        for panel, key in (
            ("operators", "c.employee_id"),
            ("results", "c.disposition_id"),
        ):
            by_hand = {
                row[0]: row[1] for row in self.count_by_hand(*period, choice, key)
            }
            drawn = {
                row["id"]: row.get("value", row.get("attempts")) for row in data[panel]
            }
            self.assertEqual(drawn, by_hand, panel)
        hours = """extract(hour FROM c.started_at + CASE c.timezone
            WHEN 'Asia/Vladivostok' THEN interval '10 hours'
            WHEN 'Europe/Kaliningrad' THEN interval '2 hours'
            ELSE interval '5 hours' END)::int"""
        by_hand = {row[0]: row[1] for row in self.count_by_hand(*period, choice, hours)}
        drawn = {row["hour"]: row["attempts"] for row in data["hours"]}
        self.assertEqual(drawn, by_hand)

    def check_places(self, period, choice, data):
        figures = ("attempts", "contacts", "sales", "amount", "call_leads")
        drawn = {
            row["id"]: tuple(row[name] for name in figures)
            for row in data["territory"]
            if row["attempts"]
        }
        by_hand = {
            region: (attempts, contacts, sales, amount, leads)
            for region, attempts, contacts, _targets, leads, sales, amount in (
                self.count_by_hand(*period, choice, "c.state_id")
            )
        }
        self.assertEqual(drawn, by_hand)
        # Every call of these is in one district.
        attempts = sum(row[0] for row in by_hand.values())
        told = sum(row["attempts"] for row in data["sales_work"])
        self.assertEqual(told, attempts)

    def check_goods(self, period, choice, data):
        drawn = {
            row["id"]: (row["attempts"], row["targets"], row["sales"], row["amount"])
            for row in data["categories"]
        }
        by_hand = {}
        for category in self.categories:
            [row] = self.count_by_hand(*period, choice, category=category)
            attempts, _contacts, targets, _leads, sales, amount = row
            # Where goods are chosen, they alone are shown.
            is_chosen = choice.get("categ_id", category.id) == category.id
            if attempts and is_chosen:
                by_hand[category.id] = (attempts, targets, sales, amount)
        self.assertEqual(drawn, by_hand)
        drawn = {
            f"{row['direction']} {row['channel']}": (
                *(row["attempts"], row["contacts"]),
                row["sales"],
            )
            for row in data["channels"]
        }
        by_hand = {
            key: (attempts, contacts, sales)
            for key, attempts, contacts, _targets, _leads, sales, _amount in (
                self.count_by_hand(*period, choice, "c.direction || ' ' || c.channel")
            )
        }
        self.assertEqual(drawn, by_hand)

    # -------------------------------------------------------- papers and letters

    def read_paper_of_operators(self, rows):
        """Operator -> attempts, contacts, of rows of cells with a heading."""
        names = {self.operator.name, self.colleague.name}
        return {row[0]: (row[1], row[2]) for row in rows if row and row[0] in names}

    def get_operators_by_hand(self, period, choice):
        names = {one.id: one.name for one in self.operator | self.colleague}
        rows = self.count_by_hand(*period, choice, "c.employee_id")
        return {names[row[0]]: row[1:3] for row in rows}

    def test_the_workbook_shows_what_the_calls_tell(self):
        for period in _PERIODS[::3]:
            for choice in self.get_choices()[:3:2]:
                filters = dict(choice)
                director = self.as_("director", self.env["callcenter.dashboard"])
                paper = DashboardPaper(
                    director.env,
                    date_from=period[0],
                    date_to=period[1],
                    campaign_id=filters.pop("campaign_id", None),
                    filters=filters,
                )
                book = load_workbook(io.BytesIO(paper.make_xlsx()))
                [page] = [one for one in book if "Operators side" in one.title]
                rows = page.iter_rows(values_only=True)
                with self.subTest(period=period, choice=choice):
                    self.assertEqual(
                        self.read_paper_of_operators(rows),
                        self.get_operators_by_hand(period, choice),
                    )

    def test_the_letter_shows_what_the_calls_tell(self):
        """On a Monday, of the week before: a week across the end of a month."""
        director = self.users["director"]
        with self.at("2026-03-02 01:00:00"):
            digest = Digest(director)
            paper = digest._get_paper()
            body = html.fromstring(digest._render(paper))
        rows = [
            [" ".join(cell.text_content().split()) for cell in row.iter("td", "th")]
            for row in body.iter("tr")
        ]
        drawn = self.read_paper_of_operators(rows)
        by_hand = self.get_operators_by_hand(("2026-02-23", "2026-03-01"), {})
        self.assertTrue(by_hand)
        as_text = {name: tuple(map(str, row)) for name, row in by_hand.items()}
        self.assertEqual(drawn, as_text)

    def test_every_panel_is_read_by_a_cursor_that_cannot_write(self):
        for role in ("supervisor", "director"):
            dashboard = self.as_(role, self.env["callcenter.dashboard"])
            timeline = self.as_(role, self.env["callcenter.operator.timeline"])
            self.env.flush_all()
            with self.env.cr.savepoint(flush=False) as point:
                self.env.cr.execute("SET TRANSACTION READ ONLY")
                for choice in self.get_choices():
                    filters = dict(choice)
                    campaign_id = filters.pop("campaign_id", None)
                    dashboard.get_data(*_PERIODS[3], campaign_id, filters)
                dashboard.get_filters()
                timeline.get_day("2026-03-02")
                point.rollback()
        for method in (dashboard.get_data, dashboard.get_filters, timeline.get_day):
            self.assertTrue(method._readonly, method)

    def test_every_period_and_choice_shows_what_the_calls_tell(self):
        self.check_everything()

    def test_added_up_rows_show_the_same(self):
        stats = self.env["callcenter.call.stat"]
        while stats._compact(500):
            pass
        self.check_everything()

    def test_every_step_of_time_adds_up_to_its_calls(self):
        stats = self.env["callcenter.call.stat"]
        while stats._compact(500):
            pass
        first, last = date(2025, 12, 10), date(2026, 4, 20)
        for step in ("day", "week", "month", "quarter"):
            rows = stats._read_period(
                Domain("facet", "=", "operator"),
                first,
                last,
                [f"day:{step}"],
                ["attempts:sum"],
            )
            key = f"date_trunc('{step}', {_DAY})::date"
            if step == "week":  # in English it begins on Sunday
                key = f"date_trunc('week', {_DAY} + 1)::date - 1"
            by_hand = self.count_by_hand(first, last, {}, key)
            self.assertEqual(
                {day: count for day, count in rows if count},
                {row[0]: row[1] for row in by_hand},
                step,
            )

    def test_figures_grouped_by_anything_count_each_call_once(self):
        stats = self.as_("supervisor", self.env["callcenter.call.stat"])
        [(attempts, *_rest)] = self.count_by_hand("2025-01-01", "2026-12-31", {})
        for groupby in (
            [],
            ["employee_id", "campaign_id"],
            ["state_id"],
            ["hour"],
            ["disposition_id"],
            ["day:month", "refusal_reason_id"],
        ):
            groups = stats.formatted_read_group(
                [], groupby, ["attempts:sum", "__count"]
            )
            for figure in ("attempts:sum", "__count"):
                total = sum(row[figure] for row in groups)
                self.assertEqual(total, attempts, (groupby, figure))
        sets = stats.formatted_read_grouping_sets(
            [], [[], ["employee_id"], ["employee_id", "day:week"]], ["attempts:sum"]
        )
        for rows in sets:
            self.assertEqual(sum(row["attempts:sum"] for row in rows), attempts)

    def test_what_is_not_kept_together_is_refused_with_words(self):
        stats = self.as_("supervisor", self.env["callcenter.call.stat"])
        for groupby in (["employee_id", "state_id"], ["categ_id"]):
            with self.assertRaisesRegex(UserError, "do not tell this apart"):
                stats.formatted_read_group([], groupby, ["attempts:sum"])

    def test_an_unreadable_choice_is_refused_with_words(self):
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        for filters in ({"secret": 1}, {"state_id": "x"}, {"state_id": 2**40}):
            with self.assertRaisesRegex(UserError, "cannot be read"):
                dashboard.get_data(filters=filters)
        with self.assertRaisesRegex(UserError, "no such comparison"):
            dashboard.get_data(compare="century")

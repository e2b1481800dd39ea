import random
from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestService(SupervisionCase):
    """Waiting, service level and letters, as the dashboard and the wallboard tell."""

    def build_pbx_call(self, wait, answered=True, **vals):
        calls = self.env["callcenter.pbx.call"]
        number = calls.search_count([])
        call = calls.create(
            {
                "company_id": self.company.id,
                "ident": f"x{number}",
                "line": "Support",
                "started_at": "2026-03-02 06:00:00",
                "wait_seconds": wait,
                "is_answered": answered,
                **vals,
            }
        )
        self.env["callcenter.service.day"]._count(self.company, {call.day})
        return call

    def read(self, role="supervisor"):
        dashboard = self.as_(role, self.env["callcenter.dashboard"])
        return dashboard.get_data("2026-03-02", "2026-03-03")["service"]

    def test_every_figure_equals_plain_sql_over_random_calls(self):
        chance = random.Random(5)
        for _number in range(60):
            self.build_pbx_call(
                chance.randrange(60),
                chance.random() < 0.7,
                line=chance.choice(["Support", "Sales", False]),
                started_at=datetime(2026, 3, 1, 20)
                + timedelta(minutes=chance.randrange(2800)),
            )
        self.env.cr.execute("""
            SELECT count(*) FILTER (WHERE is_answered AND wait_seconds <= 20)::float
                   / count(*),
                   count(*) FILTER (WHERE NOT is_answered)::float / count(*),
                   avg(wait_seconds) FILTER (WHERE is_answered)::float
              FROM callcenter_pbx_call
             WHERE started_at >= '2026-03-01 19:00'
               AND started_at < '2026-03-03 19:00'
        """)
        level, abandoned, wait = self.env.cr.fetchone()
        for role in ("supervisor", "director"):
            total = self.read(role)["total"]
            self.assertAlmostEqual(total["service_level"], level)
            self.assertAlmostEqual(total["abandon_rate"], abandoned)
            self.assertAlmostEqual(total["average_wait"], wait)

    def test_no_journal_has_no_service_level(self):
        service = self.read()
        self.assertIsNone(service["total"]["service_level"])
        self.assertEqual((service["goal"], service["seconds"]), (0.8, 20))

    def test_a_goal_counts_from_its_day_and_never_before(self):
        before = self.build_pbx_call(15)
        after = self.build_pbx_call(15, started_at="2026-03-03 06:00:00")
        levels = self.as_("manager", self.env["callcenter.service.level"])
        stricter = levels.create(
            {"date_from": "2026-03-03", "seconds": 10, "goal": 90, "basis": "Order 7"}
        )
        self.assertEqual((before.is_in_time, after.is_in_time), (True, False))
        self.assertEqual(self.read()["total"]["calls_in_time"], 1)
        self.assertEqual(self.read()["goal"], 0.9)
        stricter.unlink()
        self.assertEqual(self.read()["total"]["calls_in_time"], 2)

    def test_only_an_administrator_sets_the_goal(self):
        level = self.env.ref("callcenter_ops.service_level_customary")
        for role in ("operator", "supervisor", "hr", "director"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, level).seconds = 60
        self.assertEqual(level.seconds, 20)

    def test_calls_of_the_pbx_are_read_by_those_who_lead(self):
        call = self.build_pbx_call(5)
        for role in ("supervisor", "director"):
            self.assertEqual(self.as_(role, call).wait_seconds, 5)
            with self.assertRaises(AccessError):
                self.as_(role, call).wait_seconds = 1
        for role in ("operator", "hr", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, call).read(["phone"])

    def test_letters_are_told_by_channel_and_deadline(self):
        inbox = self.env["callcenter.inbox"].create(
            {"name": "Post", "answer_hours": 4, "company_id": self.company.id}
        )
        enquiry = self.env["callcenter.enquiry"]
        letters = enquiry.create(
            [
                {"name": "One", "inbox_id": inbox.id, "received_at": moment}
                for moment in ("2026-03-02 05:00:00", "2026-03-02 09:00:00")
            ]
        )
        replies = [
            {
                "enquiry_id": letters[0].id,
                "received_at": "2026-03-02 05:00:00",
                "answered_at": f"2026-03-02 {hour:02}:00:00",
                "is_late": hour > 9,
            }
            for hour in (6, 8, 11)
        ]
        self.env["callcenter.enquiry.reply"].create(replies)
        letters[0]._transition({"state": "answered"})
        with self.at("2026-03-02 14:00:00"):
            [row] = self.read()["letters"]
        self.assertEqual((row["answered"], row["answered_in_time"]), (3, 2))
        self.assertEqual((row["waiting"], row["overdue"]), (1, 1))
        self.assertEqual(row["share"], 0.5)

    def test_who_works_which_channel_is_counted(self):
        self.build_call("informed", direction="in")
        self.build_call("informed", direction="in", channel="letter", talk_seconds=0)
        self.build_call("informed", employee=self.colleague)
        people = {row["name"]: row["channels"] for row in self.read()["people"]}
        self.assertEqual(people["Operator One"], {"phone": 1, "letter": 1})
        self.assertEqual(people["Operator Two"], {"phone": 1})

    def test_the_wallboard_shows_the_service_of_today(self):
        with self.at("2026-03-02 07:00:00"):
            self.build_pbx_call(5)
            self.build_pbx_call(40)
            self.build_pbx_call(9, answered=False)
            board = self.as_("supervisor", self.env["callcenter.wallboard"])
            service = board.get_data()["service"]
        self.assertEqual((service["calls_offered"], service["calls_abandoned"]), (3, 1))
        self.assertAlmostEqual(service["service_level"], 1 / 3)

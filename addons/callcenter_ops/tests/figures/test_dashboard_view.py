from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged

from ...tools.figures.named_period import is_due, named_period
from .common import SupervisionCase

_FRIDAY = date(2026, 5, 15)


class TestNamedPeriod(BaseCase):
    def test_every_period_by_name(self):
        for name, first, last in (
            ("today", "2026-05-15", "2026-05-15"),
            ("yesterday", "2026-05-14", "2026-05-14"),
            ("week", "2026-05-09", "2026-05-15"),
            ("lastWeek", "2026-05-04", "2026-05-10"),
            ("month", "2026-04-16", "2026-05-15"),
            ("thisMonth", "2026-05-01", "2026-05-15"),
            ("lastMonth", "2026-04-01", "2026-04-30"),
            ("thisQuarter", "2026-04-01", "2026-05-15"),
            ("thisYear", "2026-01-01", "2026-05-15"),
            ("year", "2025-05-16", "2026-05-15"),
        ):
            with self.subTest(name):
                found = named_period(name, _FRIDAY)
                self.assertEqual(tuple(map(str, found)), (first, last))

    def test_when_a_report_is_due(self):
        self.assertTrue(is_due("day", 0, 1, _FRIDAY))
        self.assertTrue(is_due("week", 4, 1, _FRIDAY))
        self.assertFalse(is_due("week", 0, 1, _FRIDAY))
        self.assertTrue(is_due("month", 0, 15, _FRIDAY))
        self.assertFalse(is_due("month", 0, 14, _FRIDAY))
        self.assertTrue(is_due("month", 0, 31, date(2026, 2, 28)))


@tagged("post_install", "-at_install")
class TestDashboardView(SupervisionCase):
    """Two campaigns, a call of each; on Monday, the ninth, one looks back a week."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["callcenter.report.schedule"].search([]).active = False
        cls.spring, cls.autumn = cls.env["callcenter.campaign"].create(
            [{"name": "Spring"}, {"name": "Autumn"}]
        )
        cls.build_call("order", campaign_id=cls.spring.id, expected_revenue=900)
        cls.build_call("no_answer", campaign_id=cls.autumn.id)
        cls.users["supervisor"].email = "supervisor@olsport.example"
        cls.users["director"].write(
            {"email": "director@olsport.example", "lang": "ru_RU"}
        )

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-09 03:00:00"))

    def save(self, role="director", **vals):
        views = self.as_(role, self.env["callcenter.dashboard.view"])
        choice = {"campaign_id": self.spring.id, "period": "lastWeek"}
        return views.create({"name": "Spring, last week", **choice, **vals})

    def get_choices(self, role):
        views = self.as_(role, self.env["callcenter.dashboard.view"])
        return [one for one in views.get_choices() if one["name"].startswith("Spring")]

    def schedule(self, role="director", view=None, **vals):
        users = self.users["director"] | self.users["supervisor"]
        return self.as_(role, self.env["callcenter.report.schedule"]).create(
            {
                "view_id": (view or self.save(share="all")).id,
                "user_ids": [(6, 0, users.ids)],
                "hour": 8,
                **vals,
            }
        )

    def run_hour(self, schedule, moment):
        known = self.env["mail.mail"].search([])
        with self.at(moment):
            schedule.sudo()._send_if_due()
        return self.env["mail.mail"].search([]) - known

    # ------------------------------------------------------------------- views

    def test_a_campaign_among_the_filters_is_chosen(self):
        dashboard = self.as_("director", self.env["callcenter.dashboard"])
        data = dashboard.get_data(
            "2026-03-02", "2026-03-08", filters={"campaign_id": self.spring.id}
        )
        [attempts] = [one for one in data["tiles"] if one["name"] == "attempts"]
        self.assertEqual(attempts["value"], 1)

    def test_a_view_is_shared_by_role(self):
        self.save(share="own")
        self.assertEqual(self.get_choices("supervisor"), [])
        view = self.save(name="Spring for supervisors", share="supervisors")
        self.assertEqual(
            self.get_choices("supervisor"),
            [
                {
                    "id": view.id,
                    "name": "Spring for supervisors",
                    "period": "lastWeek",
                    "compare": "before",
                    "filters": {"campaign_id": self.spring.id},
                }
            ],
        )
        self.assertEqual(len(self.get_choices("director")), 2)

    def test_another_ones_view_is_not_changed(self):
        view = self.save(share="all")
        with self.assertRaises(AccessError):
            self.as_("supervisor", view).write({"share": "own"})
        with self.assertRaises(AccessError):
            self.as_("supervisor", view).unlink()
        with self.assertRaises(UserError):
            self.save("supervisor", user_id=self.users["director"].id)
        self.assertEqual(view.share, "all")

    def test_views_are_for_who_leads(self):
        for role in ("operator", "hr", "manager"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.save(role)
            with self.subTest(role), self.assertRaises(AccessError):
                self.get_choices(role)

    # ----------------------------------------------------------------- letters

    def test_each_gets_the_report_in_his_language_once_a_day(self):
        schedule = self.schedule()
        self.assertFalse(self.run_hour(schedule, "2026-03-09 02:59:00"))
        mails = self.run_hour(schedule, "2026-03-09 03:00:00")
        self.assertEqual(
            mails.recipient_ids,
            (self.users["director"] | self.users["supervisor"]).partner_id,
        )
        by_reader = {mail.recipient_ids: mail for mail in mails}
        russian = by_reader[self.users["director"].partner_id]
        self.assertIn("Доля дозвонов", russian.body_html)
        self.assertIn("Spring", russian.subject)
        self.assertEqual(russian.attachment_ids.mimetype, "application/pdf")
        english = by_reader[self.users["supervisor"].partner_id]
        self.assertIn("Contact rate", english.body_html)
        self.assertFalse(self.run_hour(schedule, "2026-03-09 05:00:00"))
        self.assertFalse(self.run_hour(schedule, "2026-03-10 05:00:00"))
        self.assertTrue(self.run_hour(schedule, "2026-03-16 05:00:00"))

    def test_a_workbook_by_month(self):
        schedule = self.schedule(kind="xlsx", frequency="month", month_day=10)
        self.assertFalse(self.run_hour(schedule, "2026-03-09 05:00:00"))
        mails = self.run_hour(schedule, "2026-03-10 05:00:00")
        self.assertTrue(mails[0].attachment_ids.name.endswith(".xlsx"))
        self.assertTrue(mails[0].attachment_ids.raw.startswith(b"PK"))

    def test_who_may_not_read_the_dashboard_gets_nothing(self):
        with self.assertRaisesRegex(ValidationError, "is not for"):
            self.schedule(user_ids=[(6, 0, self.users["hr"].ids)])
        schedule = self.schedule()
        self.users["supervisor"].group_ids -= self.env.ref(
            "callcenter_ops.group_supervisor"
        )
        mails = self.run_hour(schedule, "2026-03-09 03:00:00")
        self.assertEqual(mails.recipient_ids, self.users["director"].partner_id)
        self.users["director"].email = False
        with self.assertRaisesRegex(UserError, "e-mail address"):
            self.as_("director", schedule).action_send_now()

    def test_who_left_the_company_gets_nothing_and_hinders_nobody(self):
        schedule = self.schedule()
        other = self.env["res.company"].create({"name": "Other"})
        mover = {"company_ids": [(6, 0, other.ids)], "company_id": other.id}
        self.users["supervisor"].write(mover)
        mails = self.run_hour(schedule, "2026-03-09 03:00:00")
        self.assertEqual(mails.recipient_ids, self.users["director"].partner_id)
        with self.assertRaisesRegex(ValidationError, "is not for"):
            self.schedule()

    def test_the_director_alone_schedules(self):
        view = self.save(share="all")
        for role in ("supervisor", "operator", "hr", "manager"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.schedule(role, view)

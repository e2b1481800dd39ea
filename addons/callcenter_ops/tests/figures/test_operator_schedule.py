from odoo.tests import new_test_user, tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestOperatorSchedule(SupervisionCase):
    """The schedule is 9:00-18:00 with an hour's break, local time (UTC+5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.env["resource.calendar"].create(
            {
                "name": "Day shift",
                "tz": "Asia/Yekaterinburg",
                "attendance_ids": [
                    (
                        0,
                        0,
                        {"name": "Part", "dayofweek": "0", "day_period": period}
                        | {"hour_from": first, "hour_to": last},
                    )
                    for period, first, last in (
                        ("morning", 9, 13),
                        ("afternoon", 14, 18),
                    )
                ],
            }
        )
        people = cls.operator | cls.colleague
        cls.by_order(people).resource_calendar_id = calendar
        people.resource_id.tz = "Asia/Yekaterinburg"
        lunch = cls.env["callcenter.pause.reason"].create({"name": "Tea"})
        states = cls.env["callcenter.operator.state"]
        case = cls("test_the_schedule_stands_beside_the_work")
        for moment, state, values in (
            ("2026-03-02 04:20:00", "ready", {}),
            ("2026-03-02 05:00:00", "pause", {"pause_reason_id": lunch.id}),
            ("2026-03-02 05:10:00", "talk", {}),
            ("2026-03-02 06:00:00", "offline", {}),
        ):
            with case.at(moment):
                states._switch(cls.operator, state, **values)

    def read(self, role="supervisor", user=None):
        timeline = self.env["callcenter.operator.timeline"]
        reader = timeline.with_user(user) if user else self.as_(role, timeline)
        with self.at("2026-03-02 14:00:00"):
            return reader.get_day("2026-03-02")

    def test_the_schedule_stands_beside_the_work(self):
        (row,) = self.read()["operators"]
        self.assertEqual((row["planned"], row["online"]), (8 * 3600, 6000))
        self.assertEqual((row["late"], row["early"]), (1200, 7 * 3600))
        self.assertEqual(row["adherence"], 6000 / (8 * 3600))
        self.assertEqual(row["pauses"], [{"reason": "Tea", "seconds": 600}])

    def test_a_new_schedule_changes_nothing_of_the_past(self):
        self.by_order(self.operator.version_id).date_version = "2026-01-01"
        with self.at("2026-03-10 06:00:00"):
            later = self.by_order(self.operator).create_version(
                {"date_version": "2026-03-10"}
            )
            short = self.env["resource.calendar"].create({"name": "Short"})
            short.attendance_ids.unlink()
            later.resource_calendar_id = short
            self.env.flush_all()
            self.env.invalidate_all()
        (row,) = self.read()["operators"]
        self.assertEqual(row["planned"], 8 * 3600)

    def test_who_was_planned_and_did_not_come_is_named(self):
        absent = self.read()["absent"]
        self.assertEqual([one["name"] for one in absent], ["Operator Two"])

    def test_a_leave_takes_the_plan_away(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": self.colleague.resource_id.id,
                "calendar_id": self.colleague.resource_calendar_id.id,
                "date_from": "2026-03-01 19:00:00",
                "date_to": "2026-03-02 19:00:00",
            }
        )
        self.assertEqual(self.read()["absent"], [])

    def test_an_operator_sees_his_own_plan_and_nobody_else(self):
        day = self.read(role="operator")
        self.assertEqual([row["planned"] for row in day["operators"]], [8 * 3600])
        self.assertEqual(day["absent"], [])

    def test_a_supervisor_misses_his_own_people_only(self):
        user = new_test_user(
            self.env, "other_head", groups="callcenter_ops.group_supervisor"
        )
        day = self.read(user=user)
        self.assertEqual((day["operators"], day["absent"]), ([], []))

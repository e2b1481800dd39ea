from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestOperatorTimeline(SupervisionCase):
    """06:00 UTC is 11:00 of the call centre's day."""

    def setUp(self):
        super().setUp()
        states = self.env["callcenter.operator.state"]
        for moment, state in (
            ("2026-03-02 06:00:00", "ready"),
            ("2026-03-02 06:10:00", "talk"),
            ("2026-03-02 06:40:00", "offline"),
        ):
            with self.at(moment):
                states._switch(self.operator, state)

    def read(self, role="supervisor", day="2026-03-02"):
        timeline = self.as_(role, self.env["callcenter.operator.timeline"])
        with self.at("2026-03-02 08:00:00"):
            return timeline.get_day(day)

    def test_a_day_is_drawn_by_its_intervals(self):
        (row,) = self.read()["operators"]
        self.assertEqual(row["name"], "Operator One")
        self.assertEqual(row["seconds"], {"ready": 600, "talk": 1800})
        self.assertEqual((row["online"], row["occupancy"]), (2400, 0.75))

    def test_an_interval_over_midnight_is_cut_at_the_day(self):
        states = self.env["callcenter.operator.state"]
        with self.at("2026-03-02 18:50:00"):
            states._switch(self.operator, "talk")
        with self.at("2026-03-02 19:10:00"):
            states._switch(self.operator, "offline")
        timeline = self.as_("supervisor", self.env["callcenter.operator.timeline"])
        with self.at("2026-03-03 08:00:00"):
            (row,) = timeline.get_day("2026-03-03")["operators"]
        self.assertEqual(row["seconds"], {"talk": 600})

    def test_a_state_that_goes_on_lasts_until_now(self):
        with self.at("2026-03-02 07:30:00"):
            self.env["callcenter.operator.state"]._switch(self.operator, "pause")
        (row,) = self.read()["operators"]
        self.assertEqual(row["seconds"]["pause"], 1800)

    def test_an_operator_sees_his_own_day_alone(self):
        with self.at("2026-03-02 06:00:00"):
            self.env["callcenter.operator.state"]._switch(self.colleague, "ready")
        rows = self.read(role="operator")["operators"]
        self.assertEqual([row["id"] for row in rows], [self.operator.id])
        self.assertEqual(len(self.read(role="director")["operators"]), 2)

    def test_nobody_else_reads_it(self):
        for role in ("hr", "manager", "outsider"):
            with self.assertRaises(AccessError):
                self.read(role=role)

    def test_a_day_that_is_none_is_refused_with_words(self):
        with self.assertRaisesRegex(UserError, "cannot be read"):
            self.read(day="someday")

from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestTerritoryBase(SupervisionCase):
    """The base counted at night, and what has come since, is the base of now."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.base = cls.env["callcenter.territory.base"]
        cls.client.write({"state_id": cls.region.id, "phone": "+73430000000"})
        cls.other_client.write({"state_id": cls.region.id, "phone": "+73430000001"})

    def read(self):
        base, _counted_at = self.base._get_base()
        return base

    def count_now(self):
        """Everything counted from the beginning, nothing kept."""
        kept = self.base.search([])
        kept.unlink()
        return self.read()

    def test_the_kept_count_is_told_with_its_time(self):
        self.assertIsNone(self.base._get_base()[1])
        with self.at("2026-03-02 21:00:00"):
            self.base._cron_count()
        self.assertEqual(self.base._get_base()[1], datetime(2026, 3, 2, 21))
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        data = dashboard.get_data("2026-03-02", "2026-03-02")
        self.assertEqual(data["base_counted_at"], "2026-03-02 21:00:00")

    def test_what_comes_after_the_count_is_added(self):
        self.build_call("no_answer")
        self.base._cron_count()
        clients, reached = self.read()[self.region.id]
        self.build_call()
        self.build_call()
        newcomer = self.env["res.partner"].create(
            {"name": "New", "phone": "+73430000002", "state_id": self.region.id}
        )
        self.build_call(partner_id=newcomer.id)
        self.assertEqual(self.read()[self.region.id], (clients + 1, reached + 2))
        self.assertEqual(self.read(), self.count_now())

    def test_a_client_reached_before_the_count_is_no_news(self):
        self.build_call()
        self.base._cron_count()
        before = self.read()
        self.build_call()
        self.build_call("no_answer", partner_id=self.other_client.id)
        self.assertEqual(self.read(), before)

    def test_those_who_lead_read_the_base_and_nobody_writes_it(self):
        self.base._cron_count()
        row = self.base.search([], limit=1)
        for role in ("supervisor", "director"):
            self.assertTrue(self.as_(role, row).clients)
            with self.assertRaises(AccessError):
                self.as_(role, row).write({"clients": 0})
        for role in ("operator", "outsider", "hr"):
            with self.assertRaises(AccessError):
                self.as_(role, self.base).search_count([])

    def test_the_hour_of_the_client_finds_the_calls_of_a_tile(self):
        samara = self.build_call(
            started_at=datetime(2026, 3, 2, 6), timezone="Europe/Samara"
        )
        own = self.build_call(started_at=datetime(2026, 3, 2, 5), timezone=False)
        self.assertEqual((samara + own).mapped("client_hour"), [10, 10])
        calls = self.as_("supervisor", self.env["callcenter.call"])
        self.assertEqual(calls.search([("client_hour", "=", 10)]), samara + own)
        self.assertFalse(calls.search([("client_hour", "=", 11)]))

from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.figures.tile_map import TILES
from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestDashboard(SupervisionCase):
    def read(self, role="supervisor", **kwargs):
        dashboard = self.as_(role, self.env["callcenter.dashboard"])
        kwargs = {"date_from": "2026-03-02", "date_to": "2026-03-02"} | kwargs
        return dashboard.get_data(**kwargs)

    def tiles(self, **kwargs):
        return {tile["name"]: tile for tile in self.read(**kwargs)["tiles"]}

    def build_state(self, state, seconds):
        start = datetime(2026, 3, 2, 6)
        self.env["callcenter.operator.state"].create(
            {
                "employee_id": self.operator.id,
                "company_id": self.company.id,
                "state": state,
                "started_at": start,
                "ended_at": start + timedelta(seconds=seconds),
                "seconds": seconds,
            }
        )

    def test_the_head_figures_are_those_of_the_calls(self):
        self.build_call("order", expected_revenue=1000)
        self.build_call("informed")
        self.build_call("no_answer", talk_seconds=0, wrap_seconds=0)
        tiles = self.tiles()
        values = {name: tile["value"] for name, tile in tiles.items()}
        self.assertEqual(
            [values[name] for name in ("attempts", "contacts", "targets", "sales")],
            [3, 2, 2, 1],
        )
        self.assertEqual(values["amount"], 1000)
        self.assertEqual(values["conversion"], 0.5)
        self.assertEqual(values["aht"], 90)
        self.assertEqual((values["talk_seconds"], values["wrap_seconds"]), (120, 60))
        self.assertAlmostEqual(values["connection_rate"], 2 / 3)
        self.assertEqual(
            tiles["conversion"]["formula"], "customer orders / target contacts"
        )

    def test_the_period_is_compared_with_the_one_before(self):
        self.build_call(started_at=datetime(2026, 3, 1, 6))
        self.build_call()
        self.build_call()
        attempts = self.tiles()["attempts"]
        self.assertEqual((attempts["previous"], attempts["change"]), (1, 1.0))

    def test_nothing_to_show_is_no_error(self):
        data = self.read()
        self.assertEqual(data["operators"], [])
        self.assertIsNone(self.tiles()["conversion"]["value"])
        self.assertEqual([step["value"] for step in data["funnel"]], [0] * 6)

    def test_occupancy_takes_the_time_at_the_desk(self):
        self.build_call(talk_seconds=60)
        self.build_state("ready", 90)
        self.build_state("pause", 500)
        self.assertEqual(self.tiles()["occupancy"]["value"], 0.5)

    def test_operators_stand_side_by_side(self):
        self.build_call("order")
        self.build_call("no_answer")
        self.build_call(employee=self.colleague)
        rows = self.read()["operators"]
        self.assertEqual(
            [(row["name"], row["attempts"], row["contact_rate"]) for row in rows],
            [("Operator One", 2, 0.5), ("Operator Two", 1, 1.0)],
        )

    def test_the_territory_shows_the_share_of_clients_reached(self):
        reached = self.client
        reached.write({"state_id": self.region.id, "phone": "+73430000000"})
        self.other_client.write({"state_id": self.region.id, "phone": "+73430000001"})
        before = self.region_row(self.read())
        base, known = before["clients"], before["reached"]
        self.build_call()
        self.build_call("no_answer", partner_id=self.other_client.id)
        row = self.region_row(self.read())
        self.assertEqual((row["attempts"], row["contacts"]), (2, 1))
        self.assertEqual((row["clients"], row["reached"]), (base, known + 1))
        self.assertEqual(row["share"], (known + 1) / base)

    def region_row(self, data):
        return next(row for row in data["territory"] if row["code"] == "SVE")

    def test_every_region_has_a_tile_of_its_own(self):
        states = self.env["res.country.state"].search([("country_id.code", "=", "RU")])
        self.assertEqual(set(TILES), set(states.mapped("code")))
        self.assertEqual(len(set(TILES.values())), len(TILES))

    def test_refusals_are_told_by_reason(self):
        reason = self.env["callcenter.refusal.reason"].search([], limit=1)
        self.build_call("refusal", refusal_reason_id=reason.id)
        self.assertEqual(
            self.read()["refusals"],
            [{"id": reason.id, "name": reason.name, "value": 1}],
        )

    def test_hours_are_the_clients_own(self):
        self.build_call(timezone="Asia/Yekaterinburg")
        hours = self.read()["hours"]
        self.assertEqual([(row["hour"], row["attempts"]) for row in hours], [(11, 1)])

    def test_a_bad_period_is_refused_with_words(self):
        with self.assertRaisesRegex(UserError, "ends before"):
            self.read(date_from="2026-03-02", date_to="2026-03-01")
        with self.assertRaisesRegex(UserError, "ten years"):
            self.read(date_from="2006-03-02")
        with self.assertRaisesRegex(UserError, "cannot be read"):
            self.read(date_from="yesterday")

    def test_only_those_who_lead_read_it(self):
        self.build_call()
        self.assertEqual(self.tiles(role="director")["attempts"]["value"], 1)
        for role in ("operator", "hr", "manager", "outsider"):
            with self.assertRaises(AccessError):
                self.read(role=role)

    def test_the_cost_does_not_grow_with_the_calls(self):
        self.build_call()
        self.read()
        with self.assertQueryCount(60):
            self.read()
        for _number in range(20):
            self.build_call()
        with self.assertQueryCount(60):
            self.read()

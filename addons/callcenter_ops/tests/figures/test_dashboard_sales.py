from odoo.tests import tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestDashboardSales(SupervisionCase):
    def read(self, role="supervisor"):
        dashboard = self.as_(role, self.env["callcenter.dashboard"])
        return dashboard.get_data("2026-03-02", "2026-03-02")

    def build_lead(self, name):
        client = self.client
        client.state_id = self.region
        with self.at("2026-03-02 07:00:00"):
            lead = self.env["crm.lead"].create({"name": name, "partner_id": client.id})
            self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-03-02 07:00:00' WHERE id = %s",
            [lead.id],
        )
        return lead

    def test_calls_stand_beside_the_sales_departments_own_work(self):
        self.build_call("interested", lead_id=self.build_lead("By a call").id)
        own = self.build_lead("By a salesman")
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2026-03-02 08:00:00",
                "stop": "2026-03-02 09:00:00",
                "opportunity_id": own.id,
            }
        )
        for role in ("supervisor", "director"):
            rows = {row["district"]: row for row in self.read(role)["sales_work"]}
            row = rows["ural"]
            self.assertEqual((row["attempts"], row["call_leads"]), (1, 1))
            self.assertEqual((row["own_leads"], row["meetings"]), (1, 1))

    def test_the_calls_behind_a_won_opportunity_are_opened_by_all_who_lead(self):
        lead = self.build_lead("By a call")
        call = self.build_call("order", lead_id=lead.id)
        self.build_call("interested", lead_id=self.build_lead("Open").id)
        self.build_call("informed")
        lead.action_set_won()
        for role in ("supervisor", "director"):
            calls = self.as_(role, self.env["callcenter.call"])
            self.assertEqual(calls.search([("is_won", "=", True)]), call)
            self.assertEqual(calls.search_count([("is_won", "=", False)]), 2)

    def test_the_pipeline_of_who_leads_shows_what_comes_of_the_calls(self):
        lead = self.build_lead("By a call")
        lead.user_id = self.users["director"]
        teams = self.as_("supervisor", self.env["crm.team"])
        action = teams.action_your_pipeline()
        self.assertNotIn("search_default_assigned_to_me", action["context"])
        self.assertNotIn("member of no Sales Team", str(action["help"]))
        leads = self.as_("supervisor", self.env["crm.lead"])
        self.assertIn(lead, leads.search([("type", "=", "opportunity")]))

    def test_categories_are_told_by_their_goods(self):
        winter = self.env["product.category"].create({"name": "Winter"})
        skis = self.env["product.product"].create(
            {"name": "Skis", "categ_id": winter.id}
        )
        self.build_call("order", product_ids=[(6, 0, skis.ids)], expected_revenue=700)
        self.build_call("refusal", product_ids=[(6, 0, skis.ids)])
        for role in ("supervisor", "director"):
            (row,) = self.read(role)["categories"]
            self.assertEqual(
                (row["name"], row["attempts"], row["sales"], row["amount"]),
                ("Winter", 2, 1, 700),
            )
            self.assertEqual(row["conversion"], 0.5)

    def test_work_is_told_by_direction_and_channel(self):
        self.build_call("order")
        self.build_call("informed", direction="in")
        self.build_call("informed", direction="in", channel="letter", talk_seconds=0)
        self.build_call("informed", direction="in", channel="letter", talk_seconds=0)
        rows = {row["name"]: row for row in self.read()["channels"]}
        self.assertEqual(
            {name: (row["attempts"], row["sales"]) for name, row in rows.items()},
            {
                "Telephone, outgoing": (1, 1),
                "Telephone, incoming": (1, 0),
                "Letter, incoming": (2, 0),
            },
        )

from datetime import datetime

from odoo.tests import tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestDashboardCampaigns(SupervisionCase):
    """How long a campaign will take, and what was won by calls that count."""

    def read(self, **asked):
        period = {"date_from": "2026-03-02", "date_to": "2026-03-06"}
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        return dashboard.get_data(**{**period, **asked})

    def build_contacts(self, campaign, count):
        clients = self.env["res.partner"].create(
            [
                {"name": f"Client {number}", "phone": f"+7343200{number:04}"}
                for number in range(count)
            ]
        )
        return self.env["callcenter.campaign.contact"].create(
            [
                {
                    "campaign_id": campaign.id,
                    "company_id": self.company.id,
                    "partner_id": client.id,
                    "phone": client.phone,
                    "timezone": "Asia/Yekaterinburg",
                }
                for client in clients
            ]
        )

    def end(self, contacts, moment):
        contacts._transition({"state": "done", "last_call_at": moment})

    def test_what_is_left_is_told_and_the_choice_holds(self):
        campaign = self.env["callcenter.campaign"].create({"name": "Spring"})
        campaign._transition({"state": "running"})
        contacts = self.build_contacts(campaign, 20)
        self.end(contacts[:5], datetime(2026, 3, 2, 6))
        (row,) = [one for one in self.read()["campaigns"] if one["id"] == campaign.id]
        # Nothing was forecast yet.
        self.assertEqual((row["left"], row["days_left"]), (15, None))
        other = self.env["callcenter.campaign"].create({"name": "Autumn"})
        other._transition({"state": "running"})
        chosen = self.read(campaign_id=campaign.id)["campaigns"]
        self.assertEqual([one["id"] for one in chosen], campaign.ids)

    def get_won(self):
        return self.read()["funnel"][-1]["value"]

    def build_order(self):
        call = self.build_call("order", expected_revenue=900, attempt_no=1)
        call._make_lead()
        self.assertEqual((call.lead_id.won_status, self.get_won()), ("won", 1))
        return call

    def correct(self, call, code, **values):
        disposition = self.disposition(code)
        self.as_("supervisor", call).action_correct(disposition.id, values, "Wrong key")
        self.env.invalidate_all()

    def test_an_order_that_was_none_wins_nothing(self):
        call = self.build_order()
        self.correct(call, "informed")
        lead = call.lead_id
        self.assertEqual((lead.won_status, lead.probability), ("pending", 10))
        self.assertEqual(self.get_won(), 0)

    def test_an_order_with_another_sum_stays_won(self):
        call = self.build_order()
        self.correct(call, "order", expected_revenue=700)
        self.assertEqual((call.lead_id.won_status, self.get_won()), ("won", 1))

    def test_an_interest_that_was_taken_for_an_order_is_open(self):
        call = self.build_order()
        self.correct(call, "interested")
        self.assertEqual((call.lead_id.won_status, self.get_won()), ("pending", 0))

    def test_a_second_order_keeps_the_deal(self):
        call = self.build_order()
        self.build_call("order", expected_revenue=100, lead_id=call.lead_id.id)
        self.correct(call, "informed")
        self.assertEqual((call.lead_id.won_status, self.get_won()), ("won", 1))

    def test_the_cost_says_when_it_was_counted(self):
        costs = self.env["callcenter.result.cost"]
        director = self.as_("director", self.env["callcenter.dashboard"])
        nothing = director.get_data("2026-03-01", "2026-03-31")["costs"]
        self.assertFalse(nothing["counted_at"])
        self.build_call("order")
        with self.at("2026-03-05 01:30:00"):
            costs._refresh(self.company, datetime(2026, 3, 1).date())
            self.env.flush_all()
        told = director.get_data("2026-03-01", "2026-03-31")["costs"]
        self.assertEqual(told["counted_at"], "2026-03-05 01:30:00")
        region = director.get_data(filters={"state_id": self.region.id})
        self.assertIsNone(region["costs"])

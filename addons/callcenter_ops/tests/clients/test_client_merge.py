from odoo.exceptions import UserError

from ..calling.common import CallingCase


class TestClientMerge(CallingCase):
    """Two clients become one: what was said, agreed and forbidden stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client, cls.twin = cls.build_client("Shop"), cls.build_client("Shop twin")

    def merge(self):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        clients = self.client + self.twin
        wizard._merge(clients.ids, self.client, extra_checks=False)
        self.env.invalidate_all()

    def consent(self, client, kind="advertising", **vals):
        return self.env["callcenter.consent"].create(
            {"partner_id": client.id, "kind": kind, "text_version": "1", **vals}
        )

    def test_each_campaign_keeps_one_contact_with_the_attempts_of_both(self):
        first = self.build_campaign(self.client + self.twin)
        second = self.build_campaign(self.twin, name="Second")
        self.call_through(self.operator, "no_answer")
        self.merge()
        for campaign in (first, second):
            self.assertEqual(campaign.contact_ids.partner_id, self.client)
            self.assertEqual(len(campaign.contact_ids), 1)
        call = self.env["callcenter.call"].search([])
        self.assertEqual(call.partner_id, self.client)
        self.assertEqual(call.contact_id, call.campaign_id.contact_ids)
        self.assertEqual(call.contact_id.attempt_count, 1)

    def test_who_was_served_under_either_name_is_not_called_again(self):
        campaign = self.build_campaign(self.client + self.twin)
        self.call_through(self.operator, "informed")
        self.merge()
        self.assertEqual(campaign.contact_ids.state, "done")

    def test_who_was_taken_out_stays_out(self):
        campaign = self.build_campaign(self.client + self.twin)
        self.contact(campaign, self.twin).action_exclude()
        self.merge()
        self.assertEqual(campaign.contact_ids.exclusion_reason, "manual")

    def test_all_consents_are_kept_and_one_of_a_kind_lives(self):
        self.consent(self.client, date="2026-01-10")
        self.consent(self.twin, date="2026-02-10")
        self.consent(self.twin, "personal_data")
        self.merge()
        consents = self.env["callcenter.consent"].search([])
        self.assertEqual(consents.partner_id, self.client)
        self.assertEqual(len(consents), 3)
        live = consents.filtered(lambda one: not one.withdrawn_at)
        self.assertEqual(
            sorted((one.kind, str(one.date)) for one in live),
            [("advertising", "2026-02-10"), ("personal_data", "2026-03-02")],
        )

    def test_a_withdrawal_under_either_name_counts_for_both(self):
        self.consent(self.client, date="2026-01-10")
        self.consent(self.twin, date="2026-01-20")._withdraw()
        self.merge()
        consents = self.env["callcenter.consent"].search([])
        self.assertEqual(len(consents), 2)
        self.assertTrue(all(one.withdrawn_at for one in consents))

    def test_clients_in_a_call_are_not_merged(self):
        self.build_campaign(self.twin)
        self.desk(self.operator).claim_next()
        with self.assertRaisesRegex(UserError, "in a call now"):
            self.merge()
        self.assertTrue(self.twin.exists())
        self.assertEqual(self.env["callcenter.call.claim"].search_count([]), 1)

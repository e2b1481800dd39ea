from ..imports.common import ImportCase


class TestCampaignSources(ImportCase):
    """A campaign calls the whole base by a filter, or the lists of chosen files."""

    def _campaign(self, *imports, **vals):
        campaigns = self.env["callcenter.campaign"].with_user(self.users["supervisor"])
        return campaigns.create(
            {
                "name": "List of the fair",
                "rule_set_id": self.env.ref("callcenter_ops.rule_set_informative").id,
                "import_ids": [(6, 0, [record.id for record in imports])],
                **vals,
            }
        )

    def test_a_campaign_takes_the_clients_of_its_files_alone(self):
        first = self.load_clients(
            "Лавка;+7 343 000-11-22;;;;", "База;+7 343 000-11-23;;;;", ";12;;;;"
        )
        second = self.load_clients("База;+7 343 000-11-23;;;;", "Клуб;83430001124;;;;")
        self.load_clients("Чужой;+7 343 000-11-25;;;;")
        campaign = self._campaign(first, second)
        self.assertEqual(campaign.partner_count, 3)
        campaign.action_load_contacts()
        names = campaign.contact_ids.partner_id.mapped("name")
        self.assertEqual(sorted(names), ["База", "Клуб", "Лавка"])

    def test_the_filter_narrows_a_list_further(self):
        record = self.load_clients(
            "Лавка;+7 343 000-11-22;;;;", "База;+7 343 000-11-23;;;;"
        )
        campaign = self._campaign(record, partner_domain="[('name', '=', 'База')]")
        campaign.action_load_contacts()
        self.assertEqual(campaign.contact_ids.partner_id.name, "База")

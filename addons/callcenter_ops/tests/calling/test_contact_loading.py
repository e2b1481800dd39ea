from ...models.calling.contact_loader import ContactLoader
from .common import CallingCase

BATCH, BATCHES = 50, 5
_READ = """
SELECT idx_tup_fetch + seq_tup_read FROM pg_stat_xact_user_tables
 WHERE relname = 'callcenter_campaign_contact'
"""


class TestContactLoading(CallingCase):
    """A new campaign loads alike at its first client and at its hundred thousandth.

    The statistics know other campaigns and hold the new one to be empty to its end.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clients = [cls.build_client(f"Client {n}").id for n in range(BATCH * BATCHES)]
        cls.clients = cls.env["res.partner"].browse(clients)
        cls.build_campaign(cls.clients, start=False)
        cls.env.cr.execute("ANALYZE callcenter_campaign_contact")
        # So few rows would be read from end to end; they stand for a million.
        cls.env.cr.execute("SET LOCAL enable_seqscan = off")
        cls.campaign = cls.build_campaign(cls.env["res.partner"], start=False)
        cls.loader = ContactLoader(cls.campaign)

    def batches(self):
        ids = self.clients.ids
        return [ids[n : n + BATCH] for n in range(0, len(ids), BATCH)]

    def count_rows(self, act, partner_ids):
        """How many rows of the contacts' table the database read for ``act``."""
        self.env.cr.execute(_READ)
        before = self.env.cr.fetchone()[0]
        act(partner_ids)
        self.env.cr.execute(_READ)
        return self.env.cr.fetchone()[0] - before

    def test_the_last_batch_reads_no_more_than_the_first(self):
        read = [self.count_rows(self.loader.insert, ids) for ids in self.batches()]
        self.assertEqual(len(self.campaign.contact_ids), BATCH * BATCHES)
        self.assertLessEqual(max(read), min(read) + BATCH * BATCHES)

    def test_new_numbers_are_judged_by_the_client(self):
        self.loader.insert(self.clients.ids)
        read = self.count_rows(self.loader.renew, self.clients.ids[:2])
        self.assertLessEqual(read, BATCH * BATCHES + 20)

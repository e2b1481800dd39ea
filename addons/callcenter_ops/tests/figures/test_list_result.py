from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo.exceptions import AccessError

from ..calling.common import CallingCase


class TestListResult(CallingCase):
    """Which source, file and segment brings clients who are reached and buy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.source = cls.env["utm.source"].create({"name": "Exhibition"})
        cls.file = cls.env["callcenter.data.import"].create(
            {
                "kind": "clients",
                "filename": "fair.csv",
                "file": b"eA==",
                "source_id": cls.source.id,
            }
        )
        cls.segment = cls.env["res.partner.category"].create({"name": "Shops"})
        of_file = {
            "callcenter_import_id": cls.file.id,
            "category_id": [(4, cls.segment.id)],
        }
        clients = cls.build_client("One", **of_file)
        clients += cls.build_client("Two", **of_file)
        clients += cls.build_client("Bad", **of_file | {"phone": "322-11-00"})
        cls.by_hand = cls.build_client("By hand")
        cls.campaign = cls.build_campaign(clients + cls.by_hand)
        contacts = cls.campaign.contact_ids
        contacts.filtered(lambda one: one.partner_id == cls.by_hand).action_exclude()

    def read(self, group, role="supervisor"):
        self.env["callcenter.list.result"]._keep(self.campaign)
        rows = self.as_(role, self.env["callcenter.list.result"])._read_group(
            [("campaign_id", "=", self.campaign.id)],
            [group],
            [
                *("clients:sum", "bad_numbers:sum", "called:sum", "reached:sum"),
                *("targets:sum", "reached_share:avg", "bad_share:avg"),
            ],
        )
        return {key: counts for key, *counts in rows}

    def test_clients_are_told_by_file_source_and_segment(self):
        self.call_through(self.operator, "informed")
        self.call_through(self.operator, "no_answer")
        name = f"fair.csv ({self.file.id})"
        expected = [3, 1, 2, 1, 1, 0.5, 1 / 3]
        for group, key in (
            ("file", name),
            ("source_id", self.source),
            ("category_id", self.segment),
        ):
            with self.subTest(group):
                told = self.read(group)[key]
                for value, wanted in zip(told, expected, strict=True):
                    self.assertAlmostEqual(value, wanted)
        self.assertEqual(self.read("file")[False][:3], [1, 0, 0])

    def test_a_corrected_result_counts_as_corrected(self):
        self.call_through(self.operator, "informed")
        call = self.env["callcenter.call"].search([], order="id desc", limit=1)
        no_answer = self.env.ref("callcenter_ops.disposition_no_answer")
        self.as_("supervisor", call).action_correct(no_answer.id, {}, "Slip")
        self.assertEqual(self.read("file")[f"fair.csv ({self.file.id})"][2:4], [1, 0])

    def test_the_director_reads_it_and_the_others_do_not(self):
        self.assertTrue(self.read("file", "director"))
        for role in ("operator", "hr", "manager"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.read("file", role)

    def test_a_campaign_that_is_done_keeps_its_figures(self):
        results = self.env["callcenter.list.result"]
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress")
        self.enterContext(progress).return_value = 60
        self.call_through(self.operator, "informed")
        results._cron_keep()
        self.campaign._transition({"state": "done"})
        kept = results.search([("campaign_id", "=", self.campaign.id)])
        with freeze_time(self.env.cr.now() + timedelta(days=60)):
            results._cron_keep()
        again = results.search([("campaign_id", "=", self.campaign.id)])
        self.assertEqual(again, kept)
        self.assertEqual(sum(again.mapped("clients")), 4)

    def test_another_departments_campaign_is_not_shown(self):
        self.campaign.department_id = self.env["hr.department"].create(
            {"name": "Other city"}
        )
        self.assertEqual(self.read("file"), {})

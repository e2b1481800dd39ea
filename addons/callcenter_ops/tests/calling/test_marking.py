from odoo.exceptions import AccessError
from odoo.tools import mute_logger
from psycopg2 import DatabaseError

from .common import CallingCase


class TestMarking(CallingCase):
    """Whoever is called sees who calls; a campaign without that is warned of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        provider = cls.env["res.partner"].create({"name": "Ural telecom"})
        package = cls.env["callcenter.phone.package"].create(
            {"name": "Ural", "monthly_fee": 6700, "provider_id": provider.id}
        )
        cls.line = cls.env["callcenter.phone.line"].create(
            {"name": "Line 1", "package_id": package.id, "label_text": "Shop: Olsport"}
        )
        cls.campaign = cls.build_campaign(start=False)

    def start(self):
        return self.as_("supervisor", self.campaign).action_start()

    def mark(self):
        self.line.write({"label_contract": "17-M", "label_contract_date": "2025-09-01"})

    def test_a_line_is_marked_by_a_label_and_a_contract_with_its_date(self):
        self.assertEqual(self.line.provider_id.name, "Ural telecom")
        self.assertFalse(self.line.is_marked)
        self.mark()
        self.assertTrue(self.line.is_marked)
        self.line.label_text = False
        self.assertFalse(self.line.is_marked)

    def test_a_label_is_no_longer_than_the_network_passes_on(self):
        self.line.label_text = "A" * 32
        self.env.flush_all()
        refused = self.assertRaises(DatabaseError)
        with refused, mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE callcenter_phone_line SET label_text = %s WHERE id = %s",
                ["A" * 33, self.line.id],
            )

    def test_starting_without_a_contract_warns_and_is_written_down(self):
        self.campaign.line_ids = self.line
        action = self.start()
        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("Line 1 without a label", action["params"]["message"])
        self.assertEqual(self.campaign.state, "running")
        lines = self.env["callcenter.trail"].search(
            [("model", "=", self.campaign._name), ("res_id", "=", self.campaign.id)]
        )
        self.assertIn(
            "Line 1 without a label", "".join(lines.filtered("text").mapped("text"))
        )

    def test_starting_without_lines_warns(self):
        self.assertIn("names no telephone lines", self.start()["params"]["message"])

    def test_marked_lines_start_in_silence(self):
        self.campaign.line_ids = self.line
        self.mark()
        self.assertIs(self.start(), True)
        self.assertFalse(self.campaign.marking_warning)

    def test_incoming_calls_need_no_marking(self):
        self.campaign.purpose = "inbound"
        self.assertIs(self.start(), True)

    def test_lines_of_another_company_are_not_chosen(self):
        other = self.env["res.company"].create({"name": "Another"})
        package = self.line.package_id.copy({"company_id": other.id})
        line = self.line.copy({"company_id": other.id, "package_id": package.id})
        with self.assertRaises(AccessError):
            self.as_("supervisor", self.campaign).line_ids = line
        self.env.invalidate_all()
        self.assertFalse(self.campaign.line_ids)

from odoo.tests import tagged
from odoo.tools import SQL

from ...tools.calling.call_counts import CONDITIONS, DOMAINS, figure_domains
from ...tools.calling.call_status import TECHNICAL_STATUSES
from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestCallCounts(SupervisionCase):
    """What is counted by a statement is what a search finds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reason = cls.env["callcenter.refusal.reason"].search([], limit=1)
        results = {
            "informed": {},
            "order": {"expected_revenue": 100},
            "refusal": {"refusal_reason_id": reason.id},
            "callback": {"callback_at": "2026-03-03 06:00:00"},
            "no_answer": {},
        }
        statuses = [False, *(status for status, _label in TECHNICAL_STATUSES)]
        for code, values in results.items():
            for status in statuses:
                cls.build_call(code, technical_status=status, **values)

    def count(self, condition):
        self.env.flush_all()
        self.env.cr.execute(
            SQL("SELECT count(*) FROM callcenter_call call WHERE %s", SQL(condition))
        )
        return self.env.cr.fetchone()[0]

    def test_statement_and_search_find_the_same_calls(self):
        calls = self.env["callcenter.call"]
        for name, condition in CONDITIONS.items():
            with self.subTest(name):
                self.assertEqual(
                    calls.search_count(DOMAINS[name]), self.count(condition)
                )

    def test_a_machine_is_connected_and_no_contact(self):
        call = self.build_call("no_answer", technical_status="machine")
        self.assertTrue(call.filtered_domain(DOMAINS["connected"]))
        self.assertFalse(call.filtered_domain(DOMAINS["contacts"]))

    def test_a_rate_opens_the_calls_above_its_line(self):
        domains = figure_domains()
        self.assertEqual(domains["connection_rate"], DOMAINS["connected"])
        self.assertEqual(domains["conversion"], DOMAINS["sales"])
        self.assertNotIn("aht", domains)

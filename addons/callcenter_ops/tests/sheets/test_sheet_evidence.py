"""A checked sheet and its calls, for whoever has the database in his hands."""

from odoo.tools import mute_logger
from psycopg2 import Error as DatabaseError

from ...models.common.chain_verifier import ChainVerifier
from ..figures.common import SupervisionCase

NOON = "2026-03-02 07:00:00"
NEXT_NIGHT = "2026-03-02 22:30:00"
NEXT_DAY = "2026-03-03 05:00:00"


class TestSheetEvidence(SupervisionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at(NOON))
        self.call = self.build_call()
        self.sheet = self.call.sheet_id
        self.as_("operator", self.sheet).action_submit()
        self.as_("supervisor", self.sheet).action_check()

    def seal(self):
        with self.at(NEXT_NIGHT):
            self.env["callcenter.day.seal"]._cron_seal()

    def faults(self):
        return [
            (seal.model, str(seal.day))
            for seal, _what in ChainVerifier(self.env).find_faults(self.company)
        ]

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_a_checked_sheet_and_its_calls(self):
        self.env.flush_all()
        for query, id_ in (
            ("UPDATE callcenter_report_sheet SET remark = 'x' WHERE id = %s", None),
            ("UPDATE callcenter_report_sheet SET state = 'draft' WHERE id = %s", None),
            (
                "UPDATE callcenter_report_sheet SET checked_on = NULL WHERE id = %s",
                None,
            ),
            ("DELETE FROM callcenter_report_sheet WHERE id = %s", None),
            ("UPDATE callcenter_call SET is_sale = NOT is_sale WHERE id = %s", 1),
            ("UPDATE callcenter_call SET phone = '+7' WHERE id = %s", 1),
            ("UPDATE callcenter_call SET sheet_id = NULL WHERE id = %s", 1),
            ("UPDATE callcenter_call SET talk_seconds = 9 WHERE id = %s", 1),
            ("DELETE FROM callcenter_call WHERE id = %s", 1),
        ):
            with (
                self.subTest(query=query),
                self.assertRaises(DatabaseError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [self.call.id if id_ else self.sheet.id])

    def test_a_changed_result_names_table_and_day(self):
        self.seal()
        self.assertEqual(self.faults(), [])
        with self.as_owner_of("callcenter_call") as cr:
            cr.execute(
                "UPDATE callcenter_call SET is_sale = TRUE WHERE id = %s",
                [self.call.id],
            )
        self.assertEqual(self.faults(), [("callcenter.report.sheet", "2026-03-02")])

    def test_a_changed_number_names_the_calls(self):
        self.seal()
        with self.as_owner_of("callcenter_call") as cr:
            cr.execute(
                "UPDATE callcenter_call SET phone = '+79990000000' WHERE id = %s",
                [self.call.id],
            )
        self.assertEqual(self.faults(), [("callcenter.call", "2026-03-02")])

    def test_a_forgotten_client_leaves_the_chain_whole_and_an_entry(self):
        self.seal()
        with self.at(NEXT_DAY):
            client = self.as_("supervisor", self.call.partner_id)
            client._forget_client("Application 7")
        self.assertFalse(self.call.phone)
        self.assertEqual(self.faults(), [])
        entry = self.env["callcenter.trail"].search([("sealed_day", "!=", False)])
        self.assertEqual(
            (entry.model, entry.res_id, entry.text, str(entry.sealed_day)),
            (
                "callcenter.call",
                self.call.id,
                "The client asked to be forgotten.",
                "2026-03-02",
            ),
        )

    def test_a_sheet_opened_again_leaves_the_chain_whole(self):
        self.seal()
        with self.at(NEXT_DAY):
            self.as_("supervisor", self.sheet).action_reopen("A mistake")
        self.assertEqual(self.sheet.state, "draft")
        self.assertEqual(self.faults(), [])

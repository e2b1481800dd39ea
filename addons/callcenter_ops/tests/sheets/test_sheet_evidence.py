"""A checked sheet and its calls, for whoever has the database in his hands."""

from unittest.mock import patch

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

    def test_a_changed_note_names_table_and_day(self):
        self.seal()
        with self.as_owner_of("callcenter_call") as cr:
            cr.execute(
                "UPDATE callcenter_call SET note = 'He agreed' WHERE id = %s",
                [self.call.id],
            )
        self.assertEqual(self.faults(), [("callcenter.report.sheet", "2026-03-02")])

    def test_days_sealed_by_an_older_version_still_verify(self):
        """Even when a row of them changes by right after the new version came."""
        tables = type(self.env["callcenter.day.seal"])._get_sealed_tables
        older = {
            key: table
            for key, table in tables(self.env["callcenter.day.seal"]).items()
            if table.version == 1
        }
        with patch.object(
            self.env.registry["callcenter.day.seal"],
            "_get_sealed_tables",
            lambda _self: older,
        ):
            self.seal()
        with self.at("2026-03-03 22:30:00"):
            self.env["callcenter.day.seal"]._cron_seal()
            self.as_("supervisor", self.sheet).action_reopen("A mistake")
        versions = self.env["callcenter.day.seal"].search(
            [("model", "=", "callcenter.report.sheet")], order="id"
        )
        self.assertEqual(versions.mapped("version"), [1, 2])
        self.assertEqual(self.faults(), [])

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
        lines = self.env["callcenter.trail"].search(
            [("sealed_day", "!=", False)], order="id"
        )
        words = "The client asked to be forgotten."
        self.assertEqual(
            [
                (line.model, line.res_id, line.text, str(line.sealed_day))
                for line in lines
            ],
            [
                ("callcenter.report.sheet", self.sheet.id, words, "2026-03-02"),
                ("callcenter.call", self.call.id, words, "2026-03-02"),
            ],
        )

    def test_a_sheet_opened_again_leaves_the_chain_whole(self):
        self.seal()
        with self.at(NEXT_DAY):
            self.as_("supervisor", self.sheet).action_reopen("A mistake")
        self.assertEqual(self.sheet.state, "draft")
        self.assertEqual(self.faults(), [])

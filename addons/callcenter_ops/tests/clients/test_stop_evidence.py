"""The end of an entry of the stop list, for whoever would like the number called."""

from odoo.tools import mute_logger
from psycopg2 import Error as DatabaseError

from ...models.common.chain_verifier import ChainVerifier
from ..calling.common import CallingCase

NIGHT = "2026-03-02 22:30:00"
NEXT_DAY = "2026-03-03 05:00:00"


class TestStopEvidence(CallingCase):
    def setUp(self):
        super().setUp()
        self.entry = self.as_("supervisor", self.env["callcenter.stop.entry"]).create(
            {"phone": "+73430009999", "reason": "Asked"}
        )
        self.entry = self.entry.sudo()
        with self.at(NIGHT):
            self.env["callcenter.day.seal"]._cron_seal()

    def faults(self):
        return [
            (seal.model, str(seal.day))
            for seal, _what in ChainVerifier(self.env).find_faults(self.company)
        ]

    def test_an_end_by_its_method_leaves_the_chain_whole_and_an_entry(self):
        with self.at(NEXT_DAY):
            self.as_("supervisor", self.entry).action_end()
            self.env.flush_all()
        self.assertEqual(
            (str(self.entry.date_end), self.entry.ended_by_id),
            (NEXT_DAY, self.users["supervisor"]),
        )
        self.assertEqual(self.faults(), [])
        line = self.env["callcenter.trail"].search([("sealed_day", "!=", False)])
        self.assertEqual(
            (line.model, line.res_id, line.user_id, line.text),
            (
                "callcenter.stop.entry",
                self.entry.id,
                self.users["supervisor"],
                "Ended: the number may be called again.",
            ),
        )

    def test_an_end_past_the_program_names_table_and_day(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE callcenter_stop_entry SET date_end = %s WHERE id = %s",
            [NEXT_DAY, self.entry.id],
        )
        self.assertEqual(self.faults(), [("callcenter.stop.entry", "2026-03-02")])

    @mute_logger("odoo.sql_db")
    def test_who_ended_it_is_not_rewritten(self):
        with self.at(NEXT_DAY):
            self.as_("supervisor", self.entry).action_end()
        self.env.flush_all()
        with self.assertRaises(DatabaseError), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE callcenter_stop_entry SET ended_by_id = %s WHERE id = %s",
                [self.users["hr"].id, self.entry.id],
            )

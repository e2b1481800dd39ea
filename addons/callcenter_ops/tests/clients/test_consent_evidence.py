"""A consent and its document stay what they were."""

import hashlib

from odoo.exceptions import AccessError
from odoo.tools import mute_logger
from psycopg2 import Error as DatabaseError

from ..calling.common import CallingCase


class TestConsentEvidence(CallingCase):
    def setUp(self):
        super().setUp()
        self.file = self.env["ir.attachment"].create(
            {"name": "consent.pdf", "raw": b"I agree"}
        )
        self.consent = self.env["callcenter.consent"].create(
            {
                "partner_id": self.build_client().id,
                "kind": "advertising",
                "text_version": "1",
                "attachment_id": self.file.id,
            }
        )

    def test_the_document_stays_and_its_hash_with_it(self):
        digest = hashlib.sha256(b"I agree").hexdigest()
        self.assertEqual(self.consent.attachment_hash, digest)
        own = self.file.with_user(self.env.ref("base.user_admin"))
        for attack in (
            lambda: own.write({"raw": b"other"}),
            lambda: own.write({"name": "other.pdf"}),
            lambda: own.unlink(),
            lambda: self.file.sudo().unlink(),
        ):
            with self.assertRaises(AccessError):
                attack()
        self.assertEqual(self.file.raw, b"I agree")

    def test_other_files_are_free(self):
        other = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
        other.raw = b"y"
        other.unlink()
        self.assertFalse(other.exists())

    @mute_logger("odoo.sql_db")
    def test_the_database_lets_it_be_withdrawn_once_and_no_more(self):
        self.consent._withdraw()
        self.env.flush_all()
        for query in (
            "UPDATE callcenter_consent SET withdrawn_at = NULL WHERE id = %s",
            "UPDATE callcenter_consent SET kind = 'personal_data' WHERE id = %s",
            "UPDATE callcenter_consent SET attachment_hash = 'x' WHERE id = %s",
            "DELETE FROM callcenter_consent WHERE id = %s",
        ):
            with (
                self.subTest(query=query),
                self.assertRaises(DatabaseError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [self.consent.id])

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_the_stop_list(self):
        entry = self.env["callcenter.stop.entry"].create(
            {"phone": "+73432000001", "reason": "asked"}
        )
        self.env.flush_all()
        for query in (
            "UPDATE callcenter_stop_entry SET phone_hash = 'x' WHERE id = %s",
            "UPDATE callcenter_stop_entry SET phone = '+7' WHERE id = %s",
            "UPDATE callcenter_stop_entry SET date = '2030-01-01' WHERE id = %s",
            "UPDATE callcenter_stop_entry SET reason = 'x' WHERE id = %s",
            "DELETE FROM callcenter_stop_entry WHERE id = %s",
        ):
            with (
                self.subTest(query=query),
                self.assertRaises(DatabaseError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [entry.id])

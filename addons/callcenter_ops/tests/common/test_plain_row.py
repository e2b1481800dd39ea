from odoo.tests import tagged

from ..calling.common import CallingCase


@tagged("post_install", "-at_install")
class TestPlainRow(CallingCase):
    """What a desk writes by one statement is what the ORM would have written."""

    def setUp(self):
        super().setUp()
        self.operator = self.build_operator("Anna Primerova")
        self.client = self.build_client()
        self.campaign = self.build_campaign(self.client)
        self.calls = self.env["callcenter.call"]
        self.vals = {
            "campaign_id": self.campaign.id,
            "contact_id": self.contact(self.campaign, self.client).id,
            "partner_id": self.client.id,
            "employee_id": self.operator.id,
            "company_id": self.company.id,
            "phone": self.client.phone,
            "federal_district": "ural",
            "started_at": "2026-03-02 04:59:00",
            "ended_at": "2026-03-02 05:00:00",
            "talk_seconds": 40,
            "disposition_id": self.env.ref("callcenter_ops.disposition_refusal").id,
            "note": "100 % sure; 'no'",
            "is_contact": True,
        }

    def columns(self, call):
        """The stored row, without its number."""
        self.env.cr.execute("SELECT * FROM callcenter_call WHERE id = %s", [call.id])
        [row] = self.env.cr.dictfetchall()
        return row | {"id": None}

    def test_a_call_is_stored_as_the_orm_stores_it(self):
        created = self.calls.create(dict(self.vals))
        inserted = self.calls._insert_call(dict(self.vals))
        self.env.flush_all()
        self.assertEqual(self.columns(inserted), self.columns(created))

    def test_a_call_is_known_without_a_look_at_the_database(self):
        call = self.calls._insert_call(dict(self.vals))
        names = [name for name, field in call._fields.items() if field.column_type]
        stored = [name for name in names if call._fields[name].store]
        with self.assertQueryCount(0):
            known = {name: call[name] for name in stored}
        call.invalidate_recordset(flush=False)
        self.assertEqual({name: call[name] for name in stored}, known)

    def test_what_lists_calls_shows_the_new_one(self):
        first = self.calls._insert_call(dict(self.vals))
        sheet = first.sheet_id
        self.assertEqual(sheet.line_ids, first)
        self.assertEqual(sheet.attempt_count, 1)
        second = self.calls._insert_call(dict(self.vals))
        self.assertEqual(sheet.line_ids, first | second)
        self.assertEqual(sheet.attempt_count, 2)

    def test_a_change_is_seen_at_once_and_stored(self):
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(self.campaign.queued_count, 1)
        contact._update_row({"state": "done", "attempt_count": 3})
        self.assertEqual((contact.state, contact.attempt_count), ("done", 3))
        self.assertEqual(self.campaign.queued_count, 0)
        contact.invalidate_recordset(flush=False)
        self.assertEqual((contact.state, contact.attempt_count), ("done", 3))
        self.assertEqual(contact.write_uid, self.env.user)

    def test_a_pending_change_of_the_same_row_is_kept(self):
        contact = self.contact(self.campaign, self.client)
        contact.priority = 9
        contact._update_row({"attempt_count": 1})
        contact.invalidate_recordset()
        self.assertEqual((contact.priority, contact.attempt_count), (9, 1))

    def test_nothing_stored_is_computed_from_plain_rows(self):
        """Who adds such a field takes its model out of the plain rows."""
        for model in ("callcenter.call", "callcenter.campaign.contact"):
            own = [field for field in self.env[model]._fields.values() if field.store]
            self.assertEqual([field.name for field in own if field.compute], [])
            self.assertEqual(list(self.env[model]._constraint_methods), [])
            for field in own:
                tree = self.registry.get_trigger_tree([field])
                stored = [str(one) for one in _walk(tree) if one.store]
                self.assertEqual(stored, [], field.name)


def _walk(tree):
    yield from tree.root
    for branch in tree.values():
        yield from _walk(branch)

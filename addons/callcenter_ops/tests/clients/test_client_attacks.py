import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..calling.common import CallingCase

SECRET = "Zvezdochet"
NUMBER = "+73430004455"


class TestClientAttacks(CallingCase):
    """Every way from an operator's account to a client who was not handed to him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.operator.user_id.group_ids += cls.env.ref("base.group_allow_export")
        cls.stranger = cls.build_client(
            SECRET, phone=NUMBER, email=f"{SECRET}@example.com".lower(), city=SECRET
        )
        cls._leave_traces()

    @classmethod
    def _leave_traces(cls):
        """The client in every place where a company writes about its clients."""
        client, supervisor = cls.stranger, cls.users["supervisor"]
        cls.campaign = cls.build_campaign(client)
        client.message_subscribe(client.ids)
        client.message_post(body=SECRET, subject=SECRET, author_id=client.id)
        client.activity_schedule(
            "mail.mail_activity_data_call", summary=SECRET, user_id=supervisor.id
        )
        cls.lead = cls.env["crm.lead"].create(
            {"name": SECRET, "partner_id": client.id, "user_id": supervisor.id}
        )
        cls.lead.message_post(body=SECRET)
        cls.attachment = cls.env["ir.attachment"].create(
            {
                "name": SECRET,
                "raw": SECRET.encode(),
                "res_model": "res.partner",
                "res_id": client.id,
            }
        )
        cls.env["res.partner.bank"].create(
            {"acc_number": "40700000000000000001", "partner_id": client.id}
        )
        cls.event = cls.env["calendar.event"].create(
            {
                "name": SECRET,
                "start": "2026-03-02 06:00:00",
                "stop": "2026-03-02 07:00:00",
                "partner_ids": [(6, 0, client.ids)],
                "privacy": "confidential",
                "user_id": supervisor.id,
            }
        )
        client._phone_set_blacklisted()
        cls.env["callcenter.client.search"].create(
            {
                "employee_id": cls.supervisor.id,
                "user_id": supervisor.id,
                "company_id": cls.company.id,
                "number": 1,
                "searched_at": "2026-03-02 05:00:00",
                "direction": "out",
                "kind": "name",
                "query": SECRET,
            }
        )

    def as_operator(self, model):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env[model].with_user(self.operator.user_id)

    def test_no_text_of_any_model_tells_of_the_client(self):
        told = []
        for name in sorted(self.env.registry):
            model = self.as_operator(name)
            if model._abstract or not model._auto or not model.has_access("read"):
                continue
            told += [
                f"{name}.{field}"
                for field in self._get_texts(model)
                if self._finds(model, field)
            ]
        self.assertEqual(told, [])

    def _get_texts(self, model):
        return [
            name
            for name, field in model._fields.items()
            if field.store
            and field.type in ("char", "text", "html")
            and field.column_type
        ]

    def _finds(self, model, field):
        """Whether a search for any word of the client in the field finds a record."""
        words = (SECRET, NUMBER.removeprefix("+7"), "40700000000000000001")
        domain = Domain.OR(Domain(field, "ilike", word) for word in words)
        try:
            with self.env.cr.savepoint():
                return bool(model.search(domain, limit=1))
        except AccessError:
            return False

    def test_no_list_count_group_or_suggestion_shows_the_client(self):
        partners = self.as_operator("res.partner")
        domain = [("name", "ilike", SECRET)]
        self.assertEqual(partners.search_count(domain), 0)
        self.assertEqual(partners.search_read(domain, ["name"]), [])
        self.assertEqual(partners.web_search_read(domain, {"name": {}})["records"], [])
        self.assertEqual(partners.name_search(SECRET), [])
        self.assertEqual(
            partners.formatted_read_group(domain, ["phone"], ["__count"]), []
        )
        self.assertEqual(
            partners.get_mention_suggestions(SECRET).get("res.partner", []), []
        )

    def test_no_field_of_the_client_is_read_exported_or_copied(self):
        client = self.as_operator("res.partner").browse(self.stranger.id)
        for attempt in (
            lambda: client.read(["name", "phone"]),
            lambda: client.web_read({"name": {}, "phone": {}}),
            lambda: client.export_data(["name", "phone"]),
            lambda: client.copy(),
            lambda: client.write({"city": "Mine"}),
            lambda: client.message_post(body="hello"),
            lambda: client.action_archive(),
            lambda: client._load_records_write({"city": "Mine"}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                attempt()
        self.env.invalidate_all()
        self.assertEqual(self.stranger.city, SECRET)

    def test_chatter_files_and_followers_of_the_client_stay_closed(self):
        for record in (
            self.stranger.message_ids,
            self.lead.message_ids,
            self.attachment,
            self.stranger.activity_ids,
            self.stranger.message_follower_ids,
            self.lead,
            self.stranger.bank_ids,
        ):
            with self.subTest(record._name):
                record = record[:1].with_user(self.operator.user_id)
                self.assertTrue(record)
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    record.read()

    def test_a_file_cannot_be_hung_on_the_client_nor_read_through_one(self):
        with self.assertRaises(AccessError):
            self.as_operator("ir.attachment").create(
                {
                    "name": "mine",
                    "datas": base64.b64encode(b"mine"),
                    "res_model": "res.partner",
                    "res_id": self.stranger.id,
                }
            )

    def test_a_meeting_of_others_does_not_tell_whom_they_meet(self):
        for record in (self.event, self.event.attendee_ids):
            record = record.with_user(self.operator.user_id)
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.read()

    def test_an_operator_sees_his_own_meetings_followers_and_accounts(self):
        me = self.operator.user_id
        self.event.partner_ids += me.partner_id
        event = self.as_operator("calendar.event").browse(self.event.id)
        self.assertEqual(event.name, SECRET)
        self.company.partner_id.message_subscribe(me.partner_id.ids)
        followers = self.as_operator("mail.followers")
        self.assertTrue(followers.search([("partner_id", "=", me.partner_id.id)]))
        self.env["res.partner.bank"].create(
            {
                "acc_number": "40700000000000000002",
                "partner_id": self.company.partner_id.id,
            }
        )
        banks = self.as_operator("res.partner.bank")
        self.assertIn("40700000000000000002", banks.search([]).mapped("acc_number"))

    def test_a_supervisor_who_also_calls_sees_all(self):
        self.operator.user_id.group_ids += self.env.ref(
            "callcenter_ops.group_supervisor"
        )
        event = self.as_operator("calendar.event").browse(self.event.id)
        self.assertTrue(event.has_access("read"))
        self.assertTrue(self.stranger.with_user(self.operator.user_id).phone)

    def test_dotted_ways_through_own_records_find_nobody(self):
        calls = self.as_operator("callcenter.call")
        self.assertFalse(calls.search([("partner_id.name", "ilike", SECRET)]))
        users = self.as_operator("res.users")
        self.assertFalse(
            users.search([("partner_id.message_ids.body", "ilike", SECRET)])
        )
        campaigns = self.as_operator("callcenter.campaign")
        with self.assertRaises(AccessError):
            campaigns.search([("contact_ids.partner_id.name", "ilike", SECRET)])
        with self.assertRaises(AccessError):
            campaigns.browse(self.campaign.id).read(["contact_ids"])

    def test_the_operator_cannot_grant_himself_the_client(self):
        employee = self.operator
        for model, vals in (
            ("callcenter.client.search", {"partner_ids": [(6, 0, self.stranger.ids)]}),
            ("callcenter.call.claim", {"partner_id": self.stranger.id}),
            ("callcenter.client.grant", {"partner_id": self.stranger.id}),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.as_operator(model).create(vals)
        contact = self.contact(self.campaign, self.stranger)
        with self.assertRaises(UserError):
            contact.with_user(employee.user_id).reserved_employee_id = employee
        self.env.invalidate_all()
        self.assertFalse(contact.reserved_employee_id)
        self.assertFalse(self.stranger.with_user(employee.user_id).has_access("read"))

    def test_the_rule_costs_one_sub_query_answered_by_indexes(self):
        # The tables of a test are small: without this the planner reads them whole.
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = self.as_operator("res.partner")._search([("name", "=", SECRET)])
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select("res_partner.id")))
        plan = "\n".join(line for (line,) in rows)
        self.assertEqual(query.select().code.count("callcenter_call_claim"), 1, plan)
        for table in ("callcenter_call_claim", "callcenter_campaign_contact"):
            self.assertNotIn(f"Seq Scan on {table}", plan)
            self.assertRegex(plan, rf"Index[ \w]* Scan.*{table}|Bitmap.*{table}")

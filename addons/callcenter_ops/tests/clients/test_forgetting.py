import base64

from odoo.fields import Domain

from ..calling.common import CallingCase

NAME, NUMBER, SECOND = "Zvezdochet", "+73430004455", "+73430004466"
MAIL = "zvezdochet@example.com"
_TEXTS = ("char", "text", "html")


class TestForgetting(CallingCase):
    """Whoever asks to be forgotten is found nowhere; his numbers stay uncalled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client(
            NAME,
            phone=NUMBER,
            email=MAIL,
            callcenter_other_phones=SECOND,
            callcenter_phone_extension="123",
        )

    def leave_traces(self):
        """The client in every place where work with him is written down."""
        client = self.client
        self.build_campaign(client)
        self.call_through(self.operator, "do_not_call", note=f"{NAME} was angry")
        client.message_post(body=NAME, subject=NAME)
        client.activity_schedule("mail.mail_activity_data_call", summary=NAME)
        lead = self.env["crm.lead"].create({"name": NAME, "partner_id": client.id})
        lead.message_post(body=NAME)
        for record in (client, lead):
            self.env["ir.attachment"].create(
                {
                    "name": NAME,
                    "datas": base64.b64encode(NAME.encode()),
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
        self.env["callcenter.enquiry"].create(
            {
                "inbox_id": self.env.ref("callcenter_ops.inbox_main").id,
                "name": NAME,
                "body": NAME,
                "sender": MAIL,
                "email_from": MAIL,
                "partner_id": client.id,
            }
        )
        self.env["callcenter.pbx.call"].create(
            {
                "company_id": self.company.id,
                "ident": "1",
                "line": "Office",
                "started_at": "2026-03-02 05:00:00",
                "phone": NUMBER,
            }
        )

    def forget(self):
        self.as_("supervisor", self.client)._forget_client("Letter No. 17")
        self.env.flush_all()
        self.env.invalidate_all()

    def find(self, *words):
        """Fields of any model in which a word stands."""
        found = []
        for name in sorted(self.env.registry):
            model = self.env[name].sudo().with_context(active_test=False)
            if not model._auto or model._transient or model._abstract:
                continue
            for field in model._fields.values():
                if field.store and field.column_type and field.type in _TEXTS:
                    domain = Domain.OR(Domain(field.name, "ilike", w) for w in words)
                    if model.search_count(domain, limit=1):
                        found.append(f"{name}.{field.name}")
        return found

    def test_nothing_that_is_kept_tells_who_he_was(self):
        self.leave_traces()
        self.assertTrue(self.find(NAME))
        self.forget()
        self.assertEqual(self.find(NAME, MAIL, NUMBER[2:], SECOND[2:]), [])
        self.assertFalse(self.client.callcenter_phone_extension)

    def test_none_of_his_numbers_is_called_again(self):
        self.forget()
        for phone in (NUMBER, SECOND):
            again = self.build_client("Again", phone=phone)
            campaign = self.build_campaign(again, name=phone)
            self.assertFalse(self.desk(self.operator).claim_next()["claim"])
            contact = self.contact(campaign, again)
            self.assertEqual(contact.exclusion_reason, "stop_list")

import base64
import json

from odoo.http import Request, root
from odoo.tests import HttpCase, tagged

from ..calling.common import CallingCase

SECRET = "Zvezdochet"
MAIL = f"{SECRET.lower()}@example.com"
NUMBER = "+73430004455"
# One pixel that no placeholder of Odoo's has.
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestClientDoors(CallingCase, HttpCase):
    """Odoo's own addresses, as an operator's browser may ask them in developer mode."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.me = cls.operator.user_id
        cls.me.group_ids += cls.env.ref("base.group_allow_export")
        cls.stranger = cls.build_client(
            SECRET, phone=NUMBER, email=MAIL, image_1920=PICTURE
        )
        cls.stranger.message_post(
            body=SECRET, subject=SECRET, author_id=cls.stranger.id
        )
        cls.event = cls.env["calendar.event"].create(
            {
                "name": SECRET,
                "start": "2026-03-02 06:00:00",
                "stop": "2026-03-02 07:00:00",
                "partner_ids": [(6, 0, cls.stranger.ids)],
            }
        )

    def setUp(self):
        super().setUp()
        self.authenticate(self.me.login, self.me.login)
        self.session.debug = "1"
        root.session_store.save(self.session)

    def ask(self, path, **params):
        """What the server answers to the browser's own requests."""
        return self.url_open(path, json={"jsonrpc": "2.0", "params": params})

    def call(self, method, *args, model="res.partner", **kwargs):
        asked = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.ask(f"/web/dataset/call_kw/{model}/{method}", **asked)

    def assert_silent(self, answer):
        """The answer holds neither name, number nor mail nor picture of the client."""
        text = answer.text.lower().replace(self.asked_mail, "")
        for word in (SECRET.lower(), MAIL, NUMBER.removeprefix("+7")):
            self.assertNotIn(word, text)
        self.assertNotIn(base64.b64decode(PICTURE), answer.content)

    asked_mail = "asked for nobody"

    def test_no_page_file_or_card_shows_the_client(self):
        client, message = self.stranger.id, self.stranger.message_ids[0].id
        for path in (
            f"/web/image/res.partner/{client}/image_1920",
            f"/web/image?model=res.partner&id={client}&field=avatar_1024",
            f"/web/content?model=res.partner&id={client}&field=image_1920",
            f"/web/partner/vcard?partner_ids={client}",
            f"/web_enterprise/partner/{client}/vcard",
            f"/mail/view?model=res.partner&res_id={client}",
            f"/mail/avatar/mail.message/{message}/author_avatar/50x50",
            f"/chat/{client}",
            f"/json/1/res.partner/{client}",
            f"/odoo/res.partner/{client}",
        ):
            with self.subTest(path):
                self.assert_silent(self.url_open(path))

    def test_no_export_holds_the_client(self):
        for kind in ("csv", "xlsx"):
            for chosen in ({"ids": self.stranger.ids}, {"ids": False}):
                asked = {
                    "model": "res.partner",
                    "domain": [("name", "ilike", SECRET)],
                    "fields": [{"name": "phone", "label": "Phone", "type": "char"}],
                    "import_compat": False,
                    "groupby": [],
                    **chosen,
                }
                form = {
                    "data": json.dumps(asked),
                    "csrf_token": Request.csrf_token(self),
                }
                with self.subTest(kind, **chosen):
                    self.assert_silent(self.url_open(f"/web/export/{kind}", data=form))

    def test_no_list_group_or_suggestion_shows_the_client(self):
        found = [["name", "ilike", SECRET]]
        bar = {"field": "type", "colors": {"contact": "x"}}
        for method, *args in (
            ("search_read", found, ["name", "phone"]),
            ("web_search_read", found, {"name": {}, "phone": {}}),
            ("name_search", SECRET),
            ("web_name_search", SECRET, {"phone": {}}),
            ("web_read_group", found, ["phone"], ["__count"]),
            ("formatted_read_group", found, ["phone"], ["__count"]),
            ("formatted_read_grouping_sets", found, [["phone"], []], ["__count"]),
            ("read_progress_bar", found, "name", bar),
            ("get_mention_suggestions", SECRET),
            ("search_for_channel_invite", SECRET),
        ):
            with self.subTest(method):
                answer = self.call(method, *args)
                self.assertIn("result", answer.json(), answer.text[-300:])
                self.assert_silent(answer)

    def test_no_method_works_on_the_client_whose_number_was_guessed(self):
        ids = self.stranger.ids
        for method, *args in (
            ("read", ids, ["name"]),
            ("web_read", ids, {"name": {}}),
            ("web_save", ids, {}, {"name": {}}),
            ("web_save_multi", ids, [{}], {"name": {}}),
            ("web_resequence", ids, {"name": {}}, "color"),
            ("get_metadata", ids),
            ("get_field_translations", ids, "name"),
            ("export_data", ids, ["name", "phone"]),
            ("copy", ids),
            ("copy_data", ids),
            ("address_get", ids, ["contact"]),
            ("message_post", ids),
            ("activity_schedule", ids),
            ("get_attendee_detail", ids, self.event.ids),
            ("search_fetch", [], ["name"]),
            ("filtered_domain", ids, [["phone", "like", "+7"]]),
            ("mapped", ids, "name"),
            ("fetch", ids, ["name"]),
        ):
            with self.subTest(method):
                answer = self.call(method, *args)
                name = answer.json()["error"]["data"]["name"]
                self.assertEqual(name, "odoo.exceptions.AccessError")
                self.assert_silent(answer)

    def test_nobody_follows_a_client_who_is_not_his(self):
        self.call("message_subscribe", self.stranger.ids, self.me.partner_id.ids)
        self.env.invalidate_all()
        self.assertNotIn(self.me.partner_id, self.stranger.message_partner_ids)

    def test_the_chatters_own_requests_tell_nothing(self):
        client, own = self.stranger.id, self.me.partner_id.id
        thread = {"thread_model": "res.partner", "thread_id": client}
        mine = {"thread_model": "res.partner", "thread_id": own}
        wanted = ["activities", "attachments", "followers", "suggestedRecipients"]
        self.asked_mail = MAIL
        for path, asked in (
            (
                "/mail/data",
                {"fetch_params": [["mail.thread", thread | {"request_list": wanted}]]},
            ),
            ("/mail/data", {"fetch_params": [["avatar_card", {"partner_id": client}]]}),
            ("/mail/thread/messages", thread),
            ("/mail/thread/recipients", thread),
            (
                "/mail/thread/recipients/get_suggested_recipients",
                mine | {"partner_ids": [client]},
            ),
            ("/mail/partner/from_email", mine | {"emails": [MAIL]}),
            ("/mail/message/post", thread | {"post_data": {"body": "x"}}),
            (
                "/mail/thread/subscribe",
                {"res_model": "res.partner", "res_id": own, "partner_ids": [client]},
            ),
            (
                "/web/action/load_breadcrumbs",
                {"actions": [{"model": "res.partner", "resId": client}]},
            ),
            ("/discuss/search", {"term": SECRET}),
        ):
            with self.subTest(path, **asked):
                self.assert_silent(self.ask(path, **asked))

    def test_nobody_outside_is_written_to_from_a_chat(self):
        head = self.users["supervisor"].partner_id.ids
        channel = self.env["discuss.channel"].with_user(self.me)._create_group(head)
        words = {
            "body": "x",
            "partner_ids": self.stranger.ids,
            "partner_emails": [MAIL],
        }
        answer = self.ask(
            "/mail/message/post",
            thread_model="discuss.channel",
            thread_id=channel.id,
            post_data=words | {"message_type": "comment"},
        )
        self.assert_silent(answer)
        told = [("res_partner_id", "=", self.stranger.id)]
        self.assertFalse(self.env["mail.notification"].search(told))
        self.assertFalse(
            self.env["mail.mail"].search([("recipient_ids", "in", self.stranger.ids)])
        )

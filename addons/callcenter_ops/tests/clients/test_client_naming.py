from unittest.mock import patch

from odoo.exceptions import AccessError

from ..calling.common import CallingCase

SECRET = "Zvezdochet"
WHEN = {"start": "2026-03-02 06:00:00", "stop": "2026-03-02 07:00:00"}


class TestClientNaming(CallingCase):
    """Whoever guesses a client's number in the database does not learn who he is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.me = cls.operator.user_id
        cls.stranger = cls.build_client(SECRET, email="zvezdochet@example.com")
        cls.lead = cls.env["crm.lead"].create(
            {"name": SECRET, "partner_id": cls.stranger.id}
        )

    def own(self, model, **context):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env[model].with_user(self.me).with_context(**context)

    def assert_refused(self, action):
        with self.assertRaises(AccessError) as refused, self.env.cr.savepoint():
            action()
            self.env.flush_all()
        self.assertNotIn(SECRET, str(refused.exception))

    def test_a_new_record_does_not_tell_who_it_is_about(self):
        client = self.stranger.id
        meeting = {"name": "Mine", **WHEN}
        for model, vals in (
            ("calendar.filters", {"partner_id": client}),
            ("calendar.event", meeting | {"partner_ids": [(4, client)]}),
            ("calendar.event", meeting | {"partner_ids": [(6, 0, [client])]}),
            ("calendar.event", meeting | {"partner_ids": [client]}),
            (
                "calendar.event",
                meeting | {"attendee_ids": [(0, 0, {"partner_id": client})]},
            ),
            ("calendar.event", meeting | {"opportunity_id": self.lead.id}),
            ("mail.message", {"author_id": client}),
            ("mail.compose.message", {"author_id": client}),
            ("discuss.channel", {"channel_partner_ids": [(4, client)]}),
        ):
            with self.subTest(model, vals=vals):
                self.assert_refused(lambda m=model, v=vals: self.own(m).create(v))

    def test_a_window_on_a_queued_client_does_not_tell_who_he_is(self):
        contact = self.build_campaign(self.stranger).contact_ids
        self.assert_refused(
            lambda: self.own("callcenter.contact.write").create(
                {"contact_id": contact.id}
            )
        )

    def test_a_record_of_ones_own_does_not_tell_either(self):
        event = self.own("calendar.event").create({"name": "Mine", **WHEN})
        link = [[4, self.stranger.id, 0]]
        self.assert_refused(lambda: event.write({"partner_ids": link}))
        self.assert_refused(
            lambda: event.write(
                {
                    "attendee_ids": [
                        [1, event.attendee_ids.id, {"partner_id": link[0][1]}]
                    ]
                }
            )
        )
        self.env.invalidate_all()
        self.assertEqual(event.partner_ids, self.me.partner_id)

    def test_a_form_does_not_fill_in_what_it_knows_of_him(self):
        told = {name: {} for name in ("email", "phone", "common_name")}
        client = self.stranger.id
        for model, values, spec in (
            ("calendar.attendee", {"partner_id": client}, told),
            ("calendar.attendee", {"partner_id": {"id": client}}, told),
            ("calendar.attendee", {"partner_id": [client, ""]}, told),
            (
                "calendar.event",
                {"attendee_ids": [[0, "new", {"partner_id": client}]]},
                {"attendee_ids": {"fields": told}},
            ),
            (
                "mail.activity",
                {"res_model": "res.partner", "res_id": client},
                {"res_name": {}},
            ),
            (
                "mail.activity",
                {
                    "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                    "res_id": client,
                },
                {"res_name": {}},
            ),
        ):
            with self.subTest(model, values=values):
                self.assert_refused(
                    lambda m=model, v=values, s=spec: self.own(m).onchange(
                        v, list(v), s
                    )
                )

    def test_defaults_of_the_context_are_looked_at_too(self):
        attendees = self.own("calendar.attendee", default_partner_id=self.stranger.id)
        self.assert_refused(lambda: attendees.onchange({}, [], {"email": {}}))
        filters = self.own("calendar.filters", default_partner_id=self.stranger.id)
        self.assert_refused(lambda: filters.create({}))

    def test_a_chat_with_a_client_is_not_opened(self):
        channels = self.own("discuss.channel")
        self.assert_refused(lambda: channels._create_group([self.stranger.id]))
        group = channels._create_group([self.users["supervisor"].partner_id.id])
        self.assert_refused(lambda: group.add_members([self.stranger.id]))
        self.assertNotIn(SECRET, group.display_name)

    def test_the_refusal_names_nobody_in_developer_mode(self):
        as_developer = patch.object(
            type(self.env["res.users"]),
            "has_group",
            lambda user, group: user._has_group(group),
        )
        with as_developer:
            stranger = self.own("res.partner").browse(self.stranger.id)
            self.assert_refused(lambda: stranger.read(["name"]))

    def test_clients_in_hand_colleagues_and_oneself_may_be_named(self):
        client = self.build_client("In hand")
        self.build_campaign(client)
        self.desk(self.operator).claim_next()
        people = client + self.me.partner_id + self.users["supervisor"].partner_id
        event = self.own("calendar.event").create(
            {"name": "Mine", **WHEN, "partner_ids": [(6, 0, people.ids)]}
        )
        self.assertEqual(event.partner_ids, people)

    def test_whoever_sees_the_base_names_whom_he_likes(self):
        event = self.as_("supervisor", self.env["calendar.event"]).create(
            {"name": "Ours", **WHEN, "partner_ids": [(4, self.stranger.id)]}
        )
        self.assertIn(self.stranger, event.partner_ids)

    def test_lacking_the_role_of_an_operator_shows_nobody_more(self):
        self.me = self.users["outsider"]
        self.assert_refused(
            lambda: self.own("calendar.event").create(
                {"name": "Mine", **WHEN, "partner_ids": [(4, self.stranger.id)]}
            )
        )
        self.assert_refused(
            lambda: self.own("res.partner").browse(self.stranger.id).read(["name"])
        )

    def test_an_id_in_another_shape_names_the_same_client(self):
        client, told = self.stranger.id, {"email": {}, "phone": {}, "common_name": {}}
        for shape in (str(client), f" {client}", float(client), [client], (client, "")):
            with self.subTest(shape=shape):
                self.assert_refused(
                    lambda s=shape: self.own("calendar.filters").create(
                        {"partner_id": s}
                    )
                )
        for shape in ({"id": [client]}, {"id": client}, {"id": str(client)}):
            with self.subTest(shape=shape):
                self.assert_refused(
                    lambda s=shape: self.own("calendar.attendee").onchange(
                        {"partner_id": s}, ["partner_id"], told
                    )
                )

    def test_a_stored_default_names_nobody(self):
        defaults = self.own("ir.default")
        field = self.env["ir.model.fields"]._get("calendar.attendee", "partner_id")
        defaults.create(
            {
                "field_id": field.id,
                "json_value": str(self.stranger.id),
                "user_id": self.me.id,
            }
        )
        self.assert_refused(
            lambda: self.own("calendar.attendee").onchange(
                {}, [], {"partner_id": {}, "email": {}, "phone": {}}
            )
        )

    def test_a_follower_is_no_oracle(self):
        event = self.own("calendar.event").create({"name": "Mine", **WHEN})
        people = self.stranger + self.me.partner_id
        event.sudo().message_subscribe(people.ids)
        events = self.own("calendar.event")
        for path, operator, value in (
            ("message_partner_ids.name", "=", SECRET),
            ("message_partner_ids", "ilike", SECRET),
            ("message_partner_ids", "=", SECRET),
            ("message_partner_ids", "in", [SECRET]),
            ("message_partner_ids", "any", [("name", "=", SECRET)]),
            ("message_follower_ids.partner_id.name", "=", SECRET),
            ("message_follower_ids.name", "=", SECRET),
        ):
            with self.subTest(path=path, operator=operator):
                self.assertEqual(events.search_count([(path, operator, value)]), 0)
        own = [("message_partner_ids.name", "=", self.me.name)]
        self.assertEqual(events.search(own), event)

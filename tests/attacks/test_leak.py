"""Nobody learns who a client is, by any model, field, role and way in.

Everything is generated over the models that are installed: a new one that links to
clients fails until it has a row here, and so until somebody has thought about it.
"""

from leak_case import CLOSED, LISTS, MAIL, NUMBER, SECRET, LeakCase
from odoo.tests import new_test_user, tagged

# Models that link to partners and that somebody reads to whom clients are closed, and
# what keeps the clients out of them.
BY_OWNER = "rule: one's own records"
BY_RECORD = "readable with the record that it belongs to"
BY_PARTNER = "as closed as the partner"
BY_ROLE = "rule of the role: own calls and letters, the Director all"
NO_CLIENT = "suppliers and people of the company, never clients"
VERDICTS = {
    "calendar.attendee": BY_OWNER,
    "calendar.event": BY_OWNER,
    "calendar.filters": BY_OWNER,
    "callcenter.call": BY_ROLE,
    "callcenter.campaign.contact": BY_ROLE,
    "callcenter.client.search": BY_ROLE,
    "callcenter.cost.item": NO_CLIENT,
    "callcenter.debt": BY_ROLE,
    "callcenter.debt.payment": BY_ROLE,
    "callcenter.enquiry": BY_ROLE,
    "callcenter.pbx.call": BY_ROLE,
    "callcenter.followup": BY_ROLE,
    "callcenter.phone.package": NO_CLIENT,
    "callcenter.promise": BY_ROLE,
    "callcenter.rule.override": BY_ROLE,
    "callcenter.rule.refusal": BY_ROLE,
    "callcenter.workstation.actual": NO_CLIENT,
    "callcenter.workstation.actual.take.row": NO_CLIENT,
    "discuss.channel.member": BY_RECORD,
    "mail.compose.message": BY_OWNER,
    "mail.followers": BY_PARTNER,
    "mail.followers.edit": BY_OWNER,
    "mail.message": BY_RECORD,
    "mail.notification": BY_PARTNER,
    "mail.scheduled.message": BY_RECORD,
    "maintenance.equipment": NO_CLIENT,
    "product.supplierinfo": NO_CLIENT,
    "res.partner": BY_PARTNER,
    "res.partner.bank": BY_PARTNER,
    "res.partner.category": BY_RECORD,
    "res.users": BY_PARTNER,
    "res.users.settings.volumes": BY_OWNER,
}


@tagged("post_install", "-at_install")
class TestLeak(LeakCase):
    # ------------------------------------------------------------------ the tables

    def test_every_model_that_links_to_clients_has_a_verdict(self):
        found = {
            name
            for name in self.env["base"]._get_models_of_clients()
            if any(self._has_access(name, role, "read") for role in CLOSED)
        }
        self.assertEqual(sorted(found - VERDICTS.keys()), [])

    def test_lacking_a_role_never_shows_more(self):
        """Whom an employee without a role sees, everybody of the house sees."""
        seen = self._get_seen(self.users["outsider"])
        for role, user in self.users.items():
            with self.subTest(role=role):
                self.assertEqual(seen - self._get_seen(user), seen.browse())

    def test_clients_are_read_by_their_readers_alone(self):
        for role in ("supervisor", "manager"):
            self.assertIn(self.stranger, self._get_seen(self.users[role]), role)
        for role in CLOSED:
            self.assertNotIn(self.stranger, self._get_seen(self.users[role]), role)
        seller = new_test_user(
            self.env, "cc_seller", groups="sales_team.group_sale_salesman"
        )
        self.assertIn(self.stranger, self._get_seen(seller))

    def test_hr_reads_the_card_of_a_candidate_and_nobody_else_does(self):
        card = self.env["res.partner"].create({"name": "Candidate"})
        self.env["hr.employee"].create(
            {"name": "Candidate", "work_contact_id": card.id}
        )
        readers = {r for r in CLOSED if card in self._get_seen(self.users[r])}
        self.assertEqual(readers, {"hr"})

    def test_no_text_of_any_model_tells_of_the_client(self):
        for role in CLOSED:
            told = [
                f"{model._name}.{field}"
                for model in self._get_readable(role)
                for field in self._get_texts(model)
                if self._finds(model, field)
            ]
            with self.subTest(role=role):
                self.assertEqual(told, [])

    # ---------------------------------------------------------------- over the wire

    def test_no_list_count_group_export_or_look_up_shows_the_client(self):
        found = [["name", "ilike", SECRET]]
        for role in CLOSED:
            self.sign_in(role)
            for answer in (
                self.call("res.partner", "search_read", found, ["phone"]),
                self.call("res.partner", "search_count", found),
                self.call("res.partner", "web_read_group", found, ["phone"], []),
                self.call("res.partner", "read", self.stranger.ids, ["phone"]),
                self.call("res.partner", "web_read", self.stranger.ids, {"phone": {}}),
                self.suggest("res.partner", SECRET),
                self.suggest("res.users", SECRET),
                self.export("res.partner", found, ["phone"]),
                self.call("res.partner", "get_mention_suggestions", SECRET),
                self.get(f"/web/image/res.partner/{self.stranger.id}/avatar_128"),
                self.attachment(self.file),
                self.report("web.report_partner", self.stranger.ids),
                self.subscribe(f"res.partner_{self.stranger.id}"),
            ):
                with self.subTest(role=role, answer=answer.text[:60]):
                    self.assert_silent(answer, SECRET, MAIL, NUMBER[2:])

    def test_no_form_of_any_model_tells_of_the_client_put_into_it(self):
        for role in CLOSED:
            self.sign_in(role)
            for model, field in self._get_links(role, "create"):
                for value in self._get_shapes(field, role):
                    answer = self.change(
                        model, {field.name: value}, self._get_spec(model)
                    )
                    with self.subTest(role=role, field=str(field), value=value):
                        self.assert_silent(answer, SECRET, MAIL, NUMBER[2:])

    def test_no_record_of_any_model_is_made_with_the_client(self):
        for role in CLOSED:
            user = self.sign_in(role)
            for model, field in self._get_links(role, "create"):
                for value in self._get_shapes(field, role):
                    vals = self._fill(model, role) | {field.name: value}
                    answer = self.call(model, "create", [vals])
                    with self.subTest(role=role, field=str(field), value=value):
                        self.assertFalse(self._get_made(user, model, field))
                        self.assert_silent(answer, SECRET, MAIL, NUMBER[2:])

    def test_no_stored_default_or_default_of_the_context_tells(self):
        for role in CLOSED:
            user = self.sign_in(role)
            for model, field in self._get_links(role, "create"):
                if field.type in LISTS:
                    continue
                answer = self.change(
                    model,
                    {},
                    self._get_spec(model),
                    **{f"default_{field.name}": str(self.stranger.id)},
                )
                self.assert_silent(answer, SECRET, MAIL, NUMBER[2:])
                self._store_default(user, model, field)
                answer = self.change(model, {}, self._get_spec(model))
                with self.subTest(role=role, field=str(field)):
                    self.assert_silent(answer, SECRET, MAIL, NUMBER[2:])

    def test_no_condition_answers_questions_about_the_client(self):
        """Asked of one's own records, on which the client was put by others."""
        for role in CLOSED:
            user = self.sign_in(role)
            self._put_on_own(user)
            for model, field in self._get_links(role, "read"):
                if not field._description_searchable:
                    continue
                for condition in (
                    [f"{field.name}.phone", "like", NUMBER[2:]],
                    [field.name, "any", [["phone", "like", NUMBER[2:]]]],
                    [field.name, "ilike", SECRET],
                    [field.name, "=", SECRET],
                ):
                    answer = self.call(model, "search_count", [condition])
                    with self.subTest(role=role, model=model, condition=condition):
                        self.assertIn(answer.result, (0, None), answer.text[:300])

    def test_nobody_makes_a_follower_member_or_reader_of_the_client(self):
        client = self.stranger.id
        for role in CLOSED:
            user = self.sign_in(role)
            event = self._put_on_own(user, with_client=False)
            channel = (
                self.env["discuss.channel"]
                .with_user(user)
                ._create_group(self.users["supervisor"].partner_id.ids)
            )
            for answer in (
                self.call("calendar.event", "message_subscribe", event.ids, [client]),
                self.call(
                    "calendar.event", "message_subscribe", event.ids, [str(client)]
                ),
                self.call(
                    "calendar.event",
                    "message_post",
                    event.ids,
                    body="x",
                    partner_ids=[client],
                ),
                self.call("discuss.channel", "add_members", channel.ids, [client]),
                self.ask(
                    "/mail/thread/subscribe",
                    res_model="calendar.event",
                    res_id=event.id,
                    partner_ids=[client],
                ),
                self.ask("/discuss/channel/members", channel_id=channel.id),
            ):
                with self.subTest(role=role, answer=answer.text[:90]):
                    self.assert_silent(answer, SECRET, MAIL, NUMBER[2:])
            self.assertNotIn(self.stranger, event.message_partner_ids)
            self.assertNotIn(self.stranger, channel.channel_partner_ids)
            self.assertNotIn(self.stranger, event.message_ids.partner_ids)

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..calling.common import CallingCase

_MAIL = """From: {sender}
To: letters@shop.example.com
Subject: {subject}
Message-Id: <{ident}@client.example.com>
{extra}Content-Type: text/plain; charset=utf-8

{text}
"""


class LetterCase(CallingCase):
    """An inbox that serves day and night, two operators and a client who writes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "shop.example.com"})
        cls.company.alias_domain_id = domain
        cls.inbox = cls.env.ref("callcenter_ops.inbox_main")
        cls.inbox.write({"alias_domain_id": domain.id, "answer_hours": 4})
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.build_client("Sports Shop", email="shop@client.example.com")
        cls.letters = cls.env["callcenter.enquiry"]

    @classmethod
    def build_calendar(cls, days, start, end):
        """Service hours of the company, the same on each of ``days`` (0 = Monday)."""
        return cls.env["resource.calendar"].create(
            {
                "name": "Service hours",
                "company_id": cls.company.id,
                "tz": "Asia/Yekaterinburg",
                "attendance_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Service",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": "full_day",
                        },
                    )
                    for day in days
                ],
            }
        )

    def receive(self, ident="one", sender=None, subject="Price list", extra=""):
        mail = _MAIL.format(
            sender=sender or '"Shop" <Shop@client.example.com>',
            subject=subject,
            ident=ident,
            extra=extra,
            text="Send us the price list.",
        )
        self.env["mail.thread"].message_process("", mail)
        self.env.flush_all()
        self.env.invalidate_all()
        return self.letters.search([], order="id desc", limit=1)

    def take(self, operator=None):
        letters = self.letters.with_user((operator or self.operator).user_id)
        action = letters.action_take_next()
        self.env.flush_all()
        self.env.invalidate_all()
        return self.letters.browse(action.get("res_id", []))

    def answer(self, letter, code="question_answered", text="", **values):
        call = letter.with_user(letter.user_id).action_answer(code, values, text)
        self.env.flush_all()
        self.env.invalidate_all()
        return call.sudo()

    def register(self, role="supervisor", **vals):
        wizards = self.as_(role, self.env["callcenter.enquiry.register"])
        wizards.create(
            {
                "inbox_id": self.inbox.id,
                "channel": "letter",
                "sender": "shop@client.example.com",
                "name": "Claim",
                "text": "The skis broke.",
                **vals,
            }
        ).action_register()
        self.env.invalidate_all()
        return self.letters.search([], order="id desc", limit=1)


@tagged("post_install", "-at_install")
class TestEnquiry(LetterCase):
    # --------------------------------------------------------------- receiving

    def test_a_mail_becomes_a_letter_of_the_client_with_that_address(self):
        letter = self.receive()
        self.assertEqual((letter.name, letter.channel), ("Price list", "email"))
        self.assertEqual((letter.partner_id, letter.state), (self.client, "new"))
        self.assertEqual(str(letter.received_at), "2026-03-02 05:00:00")
        self.assertEqual(str(letter.deadline_at), "2026-03-02 09:00:00")
        self.assertIn("Send us the price list.", letter.body)

    def test_the_same_mail_delivered_twice_is_one_letter(self):
        first = self.receive()
        self.receive()
        again = self.letters.message_new(
            {"message_id": "<one@client.example.com>", "subject": "Price list"},
            {"inbox_id": self.inbox.id},
        )
        self.assertEqual(again, first)
        self.assertEqual(self.letters.search_count([("name", "=", "Price list")]), 1)

    def test_an_unknown_sender_has_no_client_until_he_is_answered(self):
        letter = self.receive(sender="New <new@other.example.com>")
        self.assertFalse(letter.partner_id)
        self.take()
        call = self.answer(letter, text="<p>Welcome</p>")
        self.assertEqual(call.partner_id.email, "new@other.example.com")
        self.assertEqual(call.partner_id.name, "New")

    def test_a_letter_on_paper_is_registered_and_finds_its_client(self):
        letter = self.register(sender=self.client.phone, channel="fax")
        self.assertEqual((letter.partner_id, letter.channel), (self.client, "fax"))

    def test_the_clients_further_mail_makes_an_answered_letter_wait_anew(self):
        letter = self.receive()
        self.take()
        self.answer(letter)
        reference = "In-Reply-To: <one@client.example.com>\n"
        with self.at("2026-03-03 05:00:00"):
            self.receive("two", subject="Re: Price list", extra=reference)
        self.assertEqual(
            self.letters.search_count([("name", "ilike", "Price list")]), 1
        )
        self.assertEqual(
            (letter.state, str(letter.received_at)), ("new", "2026-03-03 05:00:00")
        )
        self.assertTrue(letter.call_id)

    def test_a_reopened_letter_keeps_the_mark_of_its_first_answer(self):
        letter = self.receive()
        self.take()
        self.answer(letter)
        reference = "In-Reply-To: <one@client.example.com>\n"
        with self.at("2026-03-03 05:00:00"):
            self.receive("two", subject="Re: Price list", extra=reference)
            inbox = self.as_("supervisor", self.inbox)
            self.assertEqual((inbox.waiting_count, inbox.in_time_share), (1, 1))
        with self.at("2026-03-03 15:00:00"):
            self.answer(self.take())
            self.assertEqual(letter.reply_ids.mapped("is_late"), [True, False])
            self.assertEqual(len(letter.reply_ids.call_id), 2)
            inbox = self.as_("supervisor", self.inbox)
            self.assertEqual((inbox.overdue_count, inbox.in_time_share), (0, 0.5))

    def test_two_letters_of_a_new_sender_make_one_client(self):
        first = self.receive("one", sender="New <new@other.example.com>")
        second = self.receive("two", sender="New <New@other.example.com>")
        self.take()
        self.take(self.colleague)
        self.answer(first, text="<p>Welcome</p>")
        self.answer(second, text="<p>Welcome</p>")
        self.assertTrue(first.partner_id)
        self.assertEqual(first.partner_id, second.partner_id)

    # ------------------------------------------------------------------ taking

    def test_the_longest_waiting_comes_first_and_to_one_operator_alone(self):
        late = self.receive("late")
        with self.at("2026-03-02 04:00:00"):
            early = self.receive("early")
        self.assertEqual(self.take(), early)
        self.assertEqual(self.take(self.colleague), late)
        self.assertEqual(self.take(), early)
        self.assertEqual(
            (early.user_id, late.user_id),
            (self.operator.user_id, self.colleague.user_id),
        )

    def test_nothing_waits_and_it_is_said(self):
        action = self.letters.with_user(self.operator.user_id).action_take_next()
        self.assertEqual(action["tag"], "display_notification")

    def test_who_is_not_cleared_gets_no_letter(self):
        self.receive()
        self.operator._transition({"callcenter_status": "candidate"})
        with self.assertRaises(UserError):
            self.take()
        self.assertEqual(self.letters.search([]).mapped("state"), ["new"])

    def test_letters_of_another_department_are_not_handed_out(self):
        letter = self.receive()
        other = self.env["hr.department"].create({"name": "Other city"})
        self.inbox.department_id = other
        self.assertFalse(self.take())
        far = self.build_operator("Operator Far", department_id=other.id)
        self.assertEqual(self.take(far), letter)

    def test_a_letter_put_back_waits_again(self):
        letter = self.receive()
        self.take()
        with self.assertRaises(AccessError):
            letter.with_user(self.colleague.user_id).action_put_back()
        self.assertEqual(letter.state, "taken")
        self.as_("supervisor", letter).action_put_back()
        self.assertEqual((letter.state, letter.user_id.id), ("new", False))

    # --------------------------------------------------------------- answering

    def test_the_answer_joins_the_history_with_channel_and_result(self):
        letter = self.receive()
        self.take()
        with self.at("2026-03-02 05:10:00"):
            call = self.answer(letter, note="Sent the list")
        self.assertEqual((call.channel, call.direction), ("email", "in"))
        self.assertEqual(call.partner_id, self.client)
        self.assertEqual(call.disposition_id.code, "question_answered")
        self.assertEqual(call.employee_id, self.operator)
        self.assertEqual((call.talk_seconds, call.attempt_no), (0, 0))
        self.assertEqual(call.sheet_id.attempt_count, 1)
        self.assertEqual((letter.state, letter.call_id), ("answered", call))
        self.assertFalse(letter.is_late)

    def test_interest_in_a_letter_makes_a_lead(self):
        letter = self.receive()
        self.take()
        call = self.answer(letter, "interested", expected_revenue=500)
        self.assertEqual(call.lead_id.partner_id, self.client)
        self.assertEqual(call.lead_id.expected_revenue, 500)

    def test_a_letter_that_forbids_calls_stops_the_number(self):
        letter = self.receive()
        self.take()
        self.answer(letter, "do_not_call")
        entry = self.env["callcenter.stop.entry"].search(
            [("partner_id", "=", self.client.id)]
        )
        self.assertEqual(entry.phone, self.client.phone_sanitized)

    def test_the_answer_is_sent_to_the_client(self):
        letter = self.receive()
        self.take()
        self.answer(letter, text="<p>Here it is</p>")
        message = letter.message_ids[0]
        self.assertIn("Here it is", message.body)
        self.assertEqual(message.partner_ids, self.client)
        self.assertEqual(message.author_id, self.operator.user_id.partner_id)

    def test_a_result_that_lacks_something_saves_and_sends_nothing(self):
        letter = self.receive()
        self.take()
        count = len(letter.message_ids)
        with self.assertRaisesRegex(UserError, "needs the reason"):
            self.answer(letter, "refusal", text="<p>Pity</p>")
        with self.assertRaisesRegex(UserError, "without a call-back time"):
            self.answer(letter, "callback", callback_at=self.later(days=1))
        self.env.invalidate_all()
        self.assertEqual((letter.state, len(letter.message_ids)), ("taken", count))
        self.assertFalse(letter.call_id)

    def test_answers_in_time_are_counted(self):
        for ident in ("one", "two", "three"):
            self.receive(ident)
        self.answer(self.take())
        with self.at("2026-03-02 10:00:00"):
            late = self.take()
            self.answer(late)
            inbox = self.as_("supervisor", self.inbox)
            self.assertTrue(late.is_late)
            self.assertEqual((inbox.waiting_count, inbox.overdue_count), (1, 1))
            self.assertAlmostEqual(inbox.in_time_share, 1 / 3)

    # ------------------------------------------------------------------ rights

    def test_an_operator_reads_the_letter_in_his_hands_and_its_client_alone(self):
        letter = self.receive()
        own = letter.with_user(self.operator.user_id)
        self.assertFalse(own.search([]))
        with self.assertRaises(AccessError):
            own.read(["name"])
        self.take()
        self.assertEqual(own.partner_id.name, "Sports Shop")
        with self.assertRaises(AccessError):
            letter.with_user(self.colleague.user_id).read(["name"])
        self.answer(letter)
        with self.assertRaises(AccessError):
            self.client.with_user(self.operator.user_id).read(["phone"])

    def test_nobody_answers_a_letter_in_other_hands(self):
        letter = self.receive()
        self.take()
        for user in (
            self.colleague.user_id,
            self.users["supervisor"],
            self.users["hr"],
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                letter.with_user(user).action_answer("question_answered", {}, "")
        self.assertEqual(letter.state, "taken")

    def test_the_holder_and_the_state_cannot_be_written(self):
        letter = self.receive()
        for vals in ({"state": "answered"}, {"user_id": self.users["supervisor"].id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.as_("supervisor", letter).write(vals)
        self.env.invalidate_all()
        self.assertEqual((letter.state, letter.user_id.id), ("new", False))

    def test_a_forgotten_clients_letters_lose_their_words(self):
        letter = self.receive()
        self.as_("supervisor", self.client)._forget_client("Letter No. 17")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(letter.body or letter.sender or letter.message_ids)

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .test_enquiry import LetterCase


@tagged("post_install", "-at_install")
class TestServiceHours(LetterCase):
    """A letter is due by the hours of service, which are Odoo's working hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.callcenter_service_calendar_id = cls.build_calendar(range(5), 9, 18)

    def deadline(self, moment):
        with self.at(moment):
            letter = self.letters.create({"name": "Claim", "inbox_id": self.inbox.id})
        return str(letter.deadline_at)

    def test_hours_within_the_day_run_as_the_clock_does(self):
        # Monday, 10:00 to 14:00 by the clock of Yekaterinburg.
        self.assertEqual(self.deadline("2026-03-02 05:00:00"), "2026-03-02 09:00:00")

    def test_a_night_does_not_count(self):
        # Monday 17:00; one hour is left of the day, three come on Tuesday.
        self.assertEqual(self.deadline("2026-03-02 12:00:00"), "2026-03-03 07:00:00")

    def test_a_weekend_does_not_count(self):
        # Friday 20:00 to Monday 13:00.
        self.assertEqual(self.deadline("2026-03-06 15:00:00"), "2026-03-09 08:00:00")

    def test_a_holiday_does_not_count(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "calendar_id": self.company.callcenter_service_calendar_id.id,
                "date_from": "2026-03-08 19:00:00",
                "date_to": "2026-03-09 19:00:00",
            }
        )
        self.assertEqual(self.deadline("2026-03-06 15:00:00"), "2026-03-10 08:00:00")

    def test_without_a_choice_the_companys_working_hours_count(self):
        own = self.build_calendar(range(5), 10, 12)
        self.company.write(
            {"callcenter_service_calendar_id": False, "resource_calendar_id": own.id}
        )
        self.assertEqual(self.deadline("2026-03-02 05:00:00"), "2026-03-03 07:00:00")

    def test_a_calendar_without_hours_lets_the_clock_run(self):
        self.company.callcenter_service_calendar_id = self.build_calendar([], 0, 0)
        self.assertEqual(self.deadline("2026-03-06 15:00:00"), "2026-03-06 19:00:00")


@tagged("post_install", "-at_install")
class TestAssigning(LetterCase):
    """A supervisor gives letters to whom he chooses, and answers them himself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env["hr.employee.public"]

    def give(self, letters, operator, role="supervisor"):
        self.env.flush_all()
        self.as_(role, letters).action_assign(operator.id)
        self.env.invalidate_all()

    def test_a_given_letter_comes_to_that_operator_first_and_to_nobody_else(self):
        with self.at("2026-03-02 04:00:00"):
            early = self.receive("early")
        late = self.receive("late")
        self.give(late, self.colleague)
        self.assertEqual(late.reserved_user_id, self.colleague.user_id)
        self.assertEqual(self.take(self.colleague), late)
        self.assertEqual(self.take(), early)
        self.assertFalse(late.reserved_user_id)

    def test_others_do_not_get_it_before_its_deadline(self):
        letter = self.receive()
        self.give(letter, self.colleague)
        self.assertFalse(self.take())
        with self.at("2026-03-02 09:00:01"):
            self.assertEqual(self.take(), letter)

    def test_a_letter_in_other_hands_is_taken_out_of_them(self):
        letter = self.receive()
        self.take()
        self.give(letter, self.colleague)
        self.assertEqual((letter.state, letter.user_id.id), ("new", False))
        self.assertEqual(self.take(self.colleague), letter)

    def test_an_answered_letter_is_given_to_nobody(self):
        letter = self.receive()
        self.take()
        self.answer(letter)
        with self.assertRaises(UserError):
            self.give(letter, self.colleague)
        self.assertFalse(letter.reserved_user_id)

    def test_only_supervisors_give_letters(self):
        letter = self.receive()
        for role in ("operator", "hr", "director", "manager"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.give(letter, self.colleague, role)
        self.assertFalse(letter.reserved_user_id)

    def test_the_window_asks_for_an_operator_of_his_own(self):
        letter = self.receive()
        action = self.as_("supervisor", letter).action_assign()
        wizard = self.as_("supervisor", self.env[action["res_model"]])
        wizard = wizard.with_context(**action["context"])
        with Form(wizard) as form:
            form.operator_id = self.public.browse(self.colleague.id)
        form.save().action_assign()
        self.assertEqual(letter.reserved_user_id, self.colleague.user_id)

    def test_a_supervisor_takes_and_answers_a_letter(self):
        letter = self.receive()
        own = self.as_("supervisor", letter)
        own.action_take()
        call = self.answer(letter, text="<p>Here it is</p>")
        self.assertEqual((letter.state, letter.user_id), ("answered", own.env.user))
        self.assertEqual(call.employee_id, own.env.user.employee_id)
        self.assertEqual(letter.message_ids[0].partner_ids, self.client)

    def test_the_others_take_no_letter(self):
        letter = self.receive()
        for role in ("hr", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_(role, letter).action_take()
        self.assertEqual(letter.state, "new")

    def test_a_dismissed_operators_letters_are_free_again(self):
        letter = self.receive()
        self.give(letter, self.colleague)
        self.colleague._release_letters()
        self.assertFalse(letter.reserved_user_id)


@tagged("post_install", "-at_install")
class TestWordsAndFiles(LetterCase):
    """Ready texts and files go with an answer, scans with what came on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        supervisor = cls.users["supervisor"]
        cls.price = cls.build_file("price.pdf", supervisor)
        cls.text = (
            cls.env["callcenter.ready.text"]
            .with_user(supervisor)
            .create(
                {
                    "name": "Price list",
                    "body": "<p>Good day, {{ client_name }}! About {{ subject }}.</p>",
                    "attachment_ids": [(6, 0, cls.price.ids)],
                }
            )
        )

    @classmethod
    def build_file(cls, name, user):
        files = cls.env["ir.attachment"].with_user(user)
        model = "callcenter.ready.text"
        return files.create({"name": name, "raw": b"%PDF-1.4", "res_model": model})

    def test_the_chosen_text_is_filled_in_and_its_files_go_along(self):
        letter = self.receive()
        self.take()
        answers = self.env["callcenter.enquiry.answer"]
        answers = answers.with_user(self.operator.user_id)
        with Form(answers.with_context(default_enquiry_id=letter.id)) as form:
            form.ready_text_id = self.text.with_user(self.operator.user_id)
            form.disposition_id = self.env.ref(
                "callcenter_ops.disposition_question_answered"
            ).with_user(self.operator.user_id)
        form.save().action_apply()
        self.env.invalidate_all()
        message = letter.message_ids[0]
        self.assertIn("Good day, Sports Shop! About Price list.", message.body)
        self.assertEqual(message.attachment_ids.mapped("name"), ["price.pdf"])
        self.assertEqual(letter.reply_ids.file_names, "price.pdf")
        self.assertIn("Good day, Sports Shop!", letter.reply_ids.answer)

    def test_a_file_that_the_user_may_not_read_is_never_sent(self):
        letter = self.receive()
        self.take()
        secret = self.env["ir.attachment"].create(
            {
                "name": "secret.txt",
                "raw": b"secret",
                "res_model": "hr.employee",
                "res_id": self.colleague.id,
            }
        )
        count = len(letter.message_ids)
        with self.assertRaises(AccessError):
            letter.with_user(self.operator.user_id).action_answer(
                "question_answered", {}, "<p>x</p>", secret.ids
            )
        self.env.invalidate_all()
        self.assertEqual((letter.state, len(letter.message_ids)), ("taken", count))

    def test_a_text_with_an_unknown_token_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "salary"):
            self.as_("supervisor", self.text).body = "<p>{{ salary }}</p>"

    def test_operators_use_the_texts_and_do_not_write_them(self):
        own = self.text.with_user(self.operator.user_id)
        self.assertEqual(own.name, "Price list")
        self.assertEqual(own.attachment_ids.raw, b"%PDF-1.4")
        with self.assertRaises(AccessError):
            own.name = "Other"

    def test_a_scan_is_registered_with_the_fax(self):
        scan = self.build_file("fax.pdf", self.users["supervisor"])
        letter = self.register(
            sender=self.client.phone,
            channel="fax",
            attachment_ids=[(6, 0, scan.ids)],
        )
        files = self.env["ir.attachment"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(files.mapped("name"), ["fax.pdf"])

    def test_the_answer_to_a_fax_prints_with_its_cover_and_is_not_mailed(self):
        letter = self.register(sender=self.client.phone, channel="fax")
        self.take()
        self.answer(letter, text="<p>The skis are replaced.</p>")
        self.assertFalse(letter.message_ids[0].partner_ids)
        own = letter.with_user(self.operator.user_id)
        action = own.action_print_answer()
        self.assertEqual(action["report_name"], "callcenter_ops.enquiry_reply_paper")
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.operator.user_id)
            ._render_qweb_html(action["report_name"], letter.reply_ids.ids)
        )
        words = html.decode()
        for one in ("Fax", self.client.phone, "Sports Shop", "The skis are replaced."):
            self.assertIn(one, words)

    def test_without_an_answer_there_is_nothing_to_print(self):
        letter = self.register(sender=self.client.phone, channel="fax")
        self.take()
        self.answer(letter)
        with self.assertRaisesRegex(UserError, "no answer to print"):
            letter.with_user(self.operator.user_id).action_print_answer()

    def test_a_forgotten_clients_answers_lose_their_words(self):
        letter = self.receive()
        self.take()
        self.answer(letter, text="<p>Dear Shop</p>")
        self.as_("supervisor", self.client)._forget_client("Letter No. 17")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(letter.reply_ids.answer)

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..calling.common import CallingCase
from ..cases import GROUPS

LAW = "Federal Law 230-FZ, article 7"


@tagged("post_install", "-at_install")
class TestWriting(CallingCase):
    """Letters, messages and visits to clients keep the limits of the law too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.build_client("Debtor", email="debtor@client.example.com")
        cls.campaign = cls.build_campaign(
            cls.client,
            purpose="debt",
            rule_set_id=cls.env.ref("callcenter_ops.rule_set_debt").id,
        )
        cls.queued = cls.campaign.contact_ids

    def write(self, channel="email", user=None, **values):
        """Fill in the window and apply it; the window comes back."""
        user = user or self.users["supervisor"]
        self.env.flush_all()
        self.env.invalidate_all()
        wizards = self.env["callcenter.contact.write"].with_user(user)
        form = Form(wizards.with_context(default_contact_id=self.queued.id))
        form.channel = channel
        for name, value in ({"note": "Please pay."} | values).items():
            setattr(form, name, value)
        wizard = form.save()
        wizard.action_apply()
        self.env.flush_all()
        self.env.invalidate_all()
        return wizard

    def calls(self):
        domain = [("partner_id", "=", self.client.id)]
        return self.env["callcenter.call"].search(domain)

    def log(self):
        domain = [("partner_id", "=", self.client.id)]
        return self.env["callcenter.rule.refusal"].search(domain)

    # ----------------------------------------------------------------- history

    def test_a_mail_is_sent_and_joins_the_history_without_moving_the_queue(self):
        self.write(subject="Invoice 1")
        [call] = self.calls()
        self.assertEqual((call.channel, call.direction), ("email", "out"))
        self.assertEqual(call.disposition_id.code, "message_sent")
        self.assertEqual((call.employee_id, call.attempt_no), (self.supervisor, 0))
        message = self.client.message_ids[0]
        self.assertEqual(
            (message.subject, message.partner_ids.id), ("Invoice 1", self.client.id)
        )
        self.assertIn("Please pay.", message.body)
        self.assertEqual((self.queued.state, self.queued.attempt_count), ("queued", 0))

    def test_the_operator_writes_to_the_client_in_his_hands_from_the_desk(self):
        claim = self.desk(self.operator).claim_next()["claim"]
        action = self.desk(self.operator).write_to_client(claim["id"])
        self.assertEqual(action["context"]["default_contact_id"], self.queued.id)
        self.write("chat", self.operator.user_id)
        self.assertEqual(self.calls().employee_id, self.operator)
        self.assertEqual(self.queued.state, "claimed")
        [row] = self.desk(self.operator).open_desk()["claim"]["history"]
        self.assertEqual((row["channel"], row["note"]), ("Chat", "Please pay."))

    def test_a_promise_at_a_visit_is_kept_like_any_other(self):
        promise = self.env.ref("callcenter_ops.disposition_promise")
        self.write(
            "visit",
            disposition_id=promise,
            promise_amount=600,
            promise_date="2026-03-05",
        )
        made = self.env["callcenter.promise"].search(
            [("partner_id", "=", self.client.id)]
        )
        self.assertEqual((made.amount, made.call_id), (600, self.calls()))
        self.assertEqual(self.queued.wait_reason, "promise")

    def test_a_visit_is_noted_at_the_time_it_took_place(self):
        with self.at("2026-03-03 05:00:00"):
            self.write("visit", happened_at="2026-03-02 05:30:00")
            self.write("email")
        mail, visit = self.calls().sorted("channel")
        self.assertEqual(str(visit.started_at), "2026-03-02 05:30:00")
        self.assertEqual(str(visit.sheet_id.date), "2026-03-02")
        # A mail leaves at once.
        self.assertEqual(str(mail.started_at), "2026-03-03 05:00:00")

    def test_nothing_took_place_ahead_of_now_or_long_ago(self):
        for moment in ("2026-03-02 05:00:01", "2026-01-30 04:59:59"):
            with (
                self.subTest(moment),
                self.assertRaisesRegex(UserError, "not later than now"),
            ):
                self.write("visit", happened_at=moment)
        self.assertFalse(self.calls())

    def test_what_is_written_down_late_keeps_the_limits_of_its_time(self):
        with self.at("2026-03-05 05:00:00"):
            self.write("visit", happened_at="2026-03-04 05:00:00")
            for moment in ("2026-03-03 05:00:00", "2026-03-05 04:00:00"):
                window = self.write("visit", happened_at=moment)
                self.assertIn("Limit of meetings", window.refusal)
            window = self.write("chat", happened_at="2026-03-04 18:00:00")
            self.assertIn("Call window", window.refusal)
        self.assertEqual(len(self.calls()), 1)
        self.assertEqual(len(self.log()), 3)

    def test_a_mail_needs_an_address_and_a_text(self):
        with self.assertRaisesRegex(UserError, "Write the text"):
            self.queued._register_written(
                self.supervisor, "email", "message_sent", {"note": " "}
            )
        self.client.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            self.write()
        self.assertFalse(self.calls())

    # ------------------------------------------------------------------ limits

    def test_the_third_message_of_a_day_is_refused_and_written_down(self):
        self.write("email")
        self.write("chat")
        window = self.write("fax")
        self.assertEqual(len(self.calls()), 2)
        self.assertIn("Limit of messages", window.refusal)
        self.assertIn("03.03.2026 10:00", window.refusal)
        log = self.log()
        self.assertEqual((log.rule, log.channel), ("Limit of messages", "fax"))
        self.assertEqual((log.basis, str(log.until)), (LAW, "2026-03-03 05:00:00"))

    def test_a_refused_mail_is_not_sent(self):
        self.write("chat")
        self.write("chat")
        before = self.client.message_ids
        self.write("email")
        self.assertEqual(self.client.message_ids, before)

    def test_four_messages_a_week_and_no_fifth(self):
        for day in (2, 3):
            with self.at(f"2026-03-{day:02d} 05:00:00"):
                self.write()
                self.write()
        with self.at("2026-03-05 05:00:00"):
            self.write()
        self.assertEqual(len(self.calls()), 4)
        self.assertEqual(str(self.log().until), "2026-03-09 05:00:00")

    def test_one_meeting_a_week(self):
        self.write("visit")
        with self.at("2026-03-06 05:00:00"):
            self.write("visit")
        self.assertEqual(len(self.calls()), 1)
        self.assertEqual(self.log().rule, "Limit of meetings")

    def test_calls_messages_and_meetings_are_counted_apart(self):
        self.write("visit")
        self.write("email")
        self.write("email")
        self.assertTrue(self.desk(self.operator).claim_next()["claim"])
        self.assertFalse(self.log())

    def test_messages_keep_the_hours_and_paper_does_not(self):
        with self.at("2026-03-02 18:00:00"):
            self.write("email")
            self.assertFalse(self.calls())
            self.assertEqual(str(self.log().until), "2026-03-03 03:00:00")
            self.write("letter")
        self.assertEqual(self.calls().channel, "letter")

    def test_whoever_is_spared_by_law_gets_nothing_at_all(self):
        self.env["callcenter.debt.ban"].create(
            {
                "partner_id": self.client.id,
                "ground_id": self.env.ref("callcenter_ops.debt_ban_hospital").id,
                "document": "Letter 5",
                "date_from": "2026-03-01",
            }
        )
        for channel in ("email", "letter", "visit"):
            self.write(channel)
        self.assertFalse(self.calls())
        self.assertEqual(set(self.log().mapped("rule")), {"Spared by law"})

    def test_a_call_by_hand_that_the_law_forbids_is_written_down(self):
        self.call_through(self.operator, "third_person")
        self.desk(self.operator).search_clients("Debtor")
        answer = self.desk(self.operator).call_client(self.client.id)
        self.assertEqual([row["code"] for row in answer["reasons"]], ["limit"])
        log = self.log()
        self.assertEqual((log.rule, log.channel), ("Limit of calls", "phone"))
        self.assertEqual(str(log.until), "2026-03-03 05:00:00")

    # ------------------------------------------------------------------ rights

    def test_nobody_writes_to_a_client_who_is_not_his(self):
        claim = self.desk(self.operator).claim_next()["claim"]
        with self.assertRaises(AccessError):
            self.desk(self.colleague).write_to_client(claim["id"])
        with self.assertRaises(AccessError):
            self.as_("operator", self.queued).action_write_to_client()
        user = new_test_user(self.env, "far_head", groups=GROUPS["supervisor"])
        far = self.build_employee("Far Head", user=user)
        self.env["hr.department"].create({"name": "Far", "manager_id": far.id})
        self.campaign.department_id = self.department
        for stranger in (self.colleague.user_id, user, self.users["hr"]):
            with self.subTest(stranger.login), self.assertRaises(AccessError):
                self.write(user=stranger)
        self.assertFalse(self.calls())

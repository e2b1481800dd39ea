from datetime import date

from odoo.tests import tagged

from .common import PositionCase


@tagged("post_install", "-at_install")
class TestReminders(PositionCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 06:00:00"))
        self.anna = self.build_operator("Anna Sharova", email="anna@example.com")
        self.description = self.approve(self.build_description())
        self.pending = self.get_acknowledgement(self.anna, self.description)

    def remind(self, moment):
        with self.at(moment):
            self.env["callcenter.acknowledgement"].sudo()._cron_remind()
            self.env.flush_all()

    def test_who_is_asked_gets_one_activity_due_on_the_last_day(self):
        self.remind("2026-03-02 07:00:00")
        self.remind("2026-03-03 07:00:00")
        activity = self.pending.activity_ids
        self.assertRecordValues(
            activity,
            [
                {
                    "user_id": self.anna.user_id.id,
                    "date_deadline": date(2026, 3, 5),
                    "summary": "Read and sign",
                }
            ],
        )
        self.assertEqual(self.pending.reminder, "told")

    def test_who_is_late_gets_one_mail(self):
        self.anna.user_id.lang = "en_US"
        self.remind("2026-03-02 07:00:00")
        self.remind("2026-03-05 07:00:00")
        self.assertEqual(self.pending.reminder, "told")
        self.remind("2026-03-06 07:00:00")
        self.remind("2026-03-06 08:00:00")
        mails = self.get_mails()
        self.assertEqual(
            mails.mapped("subject"), [f"Please sign: {self.pending.document_name}"]
        )
        self.assertEqual(mails.recipient_ids, self.anna.user_id.partner_id)

    def test_the_supervisor_is_told_when_nothing_helps(self):
        for day in ("02", "06", "07"):
            self.remind(f"2026-03-{day} 07:00:00")
        self.assertEqual(self.pending.reminder, "mailed")
        self.remind("2026-03-08 07:00:00")
        self.remind("2026-03-09 07:00:00")
        escalation = self.pending.activity_ids.filtered(
            lambda a: a.user_id == self.users["supervisor"]
        )
        self.assertEqual(
            escalation.mapped("summary"),
            [f"Anna Sharova has not signed: {self.pending.document_name}"],
        )
        self.assertEqual(self.pending.reminder, "escalated")

    def test_signing_takes_the_activities_away(self):
        self.remind("2026-03-02 07:00:00")
        self.sign(self.pending)
        self.assertFalse(self.pending.activity_ids)
        for day in ("06", "09"):
            self.remind(f"2026-03-{day} 07:00:00")
        self.assertFalse(self.pending.activity_ids)
        self.assertFalse(self.get_mails())

    def test_a_department_without_a_head_stops_nothing(self):
        self.department.manager_id = False
        self.anna.parent_id = False
        for day in ("02", "06", "09"):
            self.remind(f"2026-03-{day} 07:00:00")
        self.assertEqual(self.pending.reminder, "escalated")
        self.assertIn(
            "Nobody heads the department",
            "".join(self.pending.message_ids.mapped("body")),
        )

    def get_mails(self):
        return self.env["mail.mail"].search(
            [
                ("model", "=", "callcenter.acknowledgement"),
                ("res_id", "=", self.pending.id),
            ]
        )

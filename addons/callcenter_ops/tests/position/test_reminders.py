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
        self.by_order(self.anna).parent_id = False
        for day in ("02", "06", "09"):
            self.remind(f"2026-03-{day} 07:00:00")
        self.assertEqual(self.pending.reminder, "escalated")
        self.assertIn(
            "Nobody heads the department",
            "".join(self.pending.message_ids.mapped("body")),
        )

    def escalate(self):
        for day in ("02", "06", "09"):
            self.remind(f"2026-03-{day} 07:00:00")
        self.assertEqual(self.pending.reminder, "escalated")
        return self.pending.activity_ids.filtered(
            lambda a: a.user_id != self.anna.user_id
        )

    def test_the_supervisor_is_told_of_those_without_an_account(self):
        person = self.build_employee(
            "No Account", department_id=self.department.id, job_id=self.job.id
        )
        person._transition({"callcenter_status": "appointed"})
        person._request_missing_documents(date(2026, 3, 2))
        asked = self.get_acknowledgement(person, self.description)
        for day in ("02", "03", "06"):
            self.remind(f"2026-03-{day} 07:00:00")
        self.assertRecordValues(
            asked.activity_ids,
            [
                {
                    "user_id": self.users["supervisor"].id,
                    "date_deadline": date(2026, 3, 5),
                    "summary": "No Account has no user account; have it signed: "
                    f"{asked.document_name}",
                }
            ],
        )
        self.remind("2026-03-09 07:00:00")
        self.assertEqual(asked.reminder, "escalated")
        self.assertIn(
            f"No Account has not signed: {asked.document_name}",
            asked.activity_ids.mapped("summary"),
        )
        self.assertEqual(self.get_mails().recipient_ids, self.anna.user_id.partner_id)

    def test_who_stands_in_for_the_supervisor_is_told_in_his_place(self):
        deputy = self.build_operator("Deputy One")
        self.stand_in(deputy, self.supervisor, "2026-03-09", "2026-03-15")
        self.assertEqual(self.escalate().user_id, deputy.user_id)

    def test_the_day_after_the_substitution_the_supervisor_is_told_again(self):
        deputy = self.build_operator("Deputy One")
        self.stand_in(deputy, self.supervisor, "2026-03-02", "2026-03-08")
        self.assertEqual(self.escalate().user_id, self.users["supervisor"])

    def test_nobody_is_told_of_his_own_delay(self):
        director = self.build_employee("Head Above", user=self.users["director"])
        self.department.parent_id = self.env["hr.department"].create(
            {"name": "Board", "manager_id": director.id}
        )
        self.stand_in(self.anna, self.supervisor, "2026-03-02", "2026-03-15")
        self.assertEqual(self.escalate().user_id, self.users["director"])

    def test_each_is_told_in_his_own_language(self):
        self.anna.user_id.lang = "ru_RU"
        self.remind("2026-03-02 07:00:00")
        self.assertEqual(self.pending.activity_ids.summary, "Прочитать и подписать")
        self.remind("2026-03-06 07:00:00")
        (mail,) = self.get_mails()
        self.assertEqual(mail.subject, f"Подпишите: {self.pending.document_name}")
        self.assertIn("05.03.2026", mail.body_html)
        self.users["supervisor"].lang = "ru_RU"
        self.remind("2026-03-09 07:00:00")
        told = self.pending.activity_ids.filtered(
            lambda a: a.user_id == self.users["supervisor"]
        )
        self.assertIn("Anna Sharova: не подписано", told.summary)

    def test_a_batch_of_escalations_asks_once_who_heads_the_departments(self):
        for number in range(30):
            self.build_operator(f"Operator Number{number}")._request_missing_documents(
                self.description.date_from
            )
        late = self.description.acknowledgement_ids
        self.env.flush_all()
        few, many = late[:5], late[5:30]
        costs = []
        for batch in (few, many):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.sudo()._get_supervisors(self.description.date_from)
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])

    def stand_in(self, deputy, absent, start, end):
        """A signed acting order's substitution, without the paper work."""
        order = self.env["callcenter.personnel.order"].create(
            {
                "order_type": "acting",
                "employee_id": deputy.id,
                "absent_employee_id": absent.id,
                "date_effective": start,
                "date_end": end,
            }
        )
        order.sudo()._get_kind().after_sign()

    def get_mails(self):
        return self.env["mail.mail"].search(
            [
                ("model", "=", "callcenter.acknowledgement"),
                ("res_id", "=", self.pending.id),
            ]
        )

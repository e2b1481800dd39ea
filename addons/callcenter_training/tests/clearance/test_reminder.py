from ..common import TrainingCase

START = "2026-03-02 07:00:00"
SOON = "2026-08-22 07:00:00"  # ten days before the end


class TestReminder(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(8)
        cls.quiz = cls.build_quiz(validity_months=6)

    def pass_quiz(self):
        with self.at(START):
            self.take(self.quiz, 4)
        return self.operator.callcenter_clearance_ids

    def test_the_desk_tells_what_is_to_be_passed_soon(self):
        self.pass_quiz()
        desk = self.env["callcenter.desk"].with_user(self.users["operator"])
        with self.at("2026-08-01 07:00:00"):
            lessons = desk.get_day()["lessons"]
            self.assertEqual(
                [one for one in lessons if one["code"] == "quiz_coming"], []
            )
        with self.at(SOON):
            (lesson,) = desk.get_day()["lessons"][:1]
        self.assertEqual(
            (lesson["code"], lesson["message"], lesson["action"]["params"]),
            (
                "quiz_coming",
                f"“{self.quiz.name}”: pass by 01.09.2026",
                {"quiz_id": self.quiz.id},
            ),
        )

    def remind(self, moment):
        with self.at(moment):
            self.env["callcenter.clearance"]._cron_remind()

    def test_the_person_and_his_head_are_told_ten_days_before(self):
        clearance = self.pass_quiz()
        self.remind(SOON)
        told = self.env["mail.message"].search(
            [
                ("model", "=", clearance._name),
                ("res_id", "=", clearance.id),
                ("message_type", "=", "user_notification"),
                ("notified_partner_ids", "!=", False),
            ]
        )
        self.assertEqual(
            told.notified_partner_ids,
            self.operator.user_id.partner_id | self.users["supervisor"].partner_id,
        )
        for message in told:
            self.assertIn("Operator One ends on 01.09.2026", message.subject)
        self.assertEqual(clearance.activity_ids.user_id, self.users["supervisor"])
        self.assertEqual(self.quiz.activity_ids.user_id, self.operator.user_id)

    def test_everybody_is_told_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.users["supervisor"].lang = "en_US"
        self.operator.user_id.lang = "ru_RU"
        clearance = self.pass_quiz()
        self.remind(SOON)
        told = self.env["mail.message"].search(
            [
                ("model", "=", clearance._name),
                ("res_id", "=", clearance.id),
                ("notified_partner_ids", "!=", False),
            ]
        )
        subjects = {
            message.notified_partner_ids.user_ids: message.subject
            for message in told
            if not message.subject.startswith("Вам")
        }
        self.assertRegex(subjects[self.operator.user_id], "[а-я]+")
        self.assertNotRegex(subjects[self.users["supervisor"]], "[а-я]+")
        self.assertRegex(self.quiz.activity_ids.summary, "[а-я]+")
        self.assertNotRegex(clearance.activity_ids.summary, "[а-я]+")

    def test_what_a_job_writes_is_read_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.operator.user_id.lang = "ru_RU"
        clearance = self.pass_quiz()
        with self.at("2026-09-03 07:00:00"):
            self.env["callcenter.clearance"]._cron_expire()
        self.assertEqual(clearance.state, "expired")
        self.assertEqual(clearance.reason, "The period has run out.")
        self.assertRegex(clearance.with_context(lang="ru_RU").reason, "[а-я]+")
        self.assertRegex(clearance.message_ids[0].body, "[а-я]+")

    def test_an_attempt_closed_by_the_job_is_marked_in_the_persons_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.operator.user_id.lang = "ru_RU"
        with self.at(START) as clock:
            attempt = self.attempt_of(self.runner.start(self.quiz.id))
            clock.tick(3600)
            attempt._close()
        self.assertRegex(attempt.fail_reasons, "[а-я]+")

    def test_nobody_is_told_twice_or_too_early(self):
        clearance = self.pass_quiz()
        self.remind("2026-08-01 07:00:00")
        self.assertFalse(clearance.reminded_on)
        self.remind(SOON)
        self.remind("2026-08-23 07:00:00")
        self.assertEqual(len(clearance.activity_ids), 1)
        self.assertEqual(clearance.reminded_on.isoformat(), "2026-08-22")

    def test_a_new_pass_is_reminded_of_anew(self):
        clearance = self.pass_quiz()
        self.remind(SOON)
        with self.at(SOON):
            self.take(self.quiz, 4)
        self.assertFalse(clearance.reminded_on)

    def test_whoever_stands_in_for_the_head_is_told(self):
        self.pass_quiz()
        deputy = self.build_operator("Deputy")
        self.department.manager_id = deputy
        self.remind(SOON)
        clearance = self.operator.callcenter_clearance_ids
        self.assertEqual(clearance.activity_ids.user_id, deputy.user_id)

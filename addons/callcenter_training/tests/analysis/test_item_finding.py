from odoo.exceptions import AccessError, UserError

from ...tools.analysis.item_findings import pick_discrimination
from ..common import TrainingCase

ENOUGH = 32


class TestItemFinding(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic = cls.env["callcenter.topic"].create(
            {"name": "Etiquette", "code": "bench_etiquette"}
        )
        cls.questions = cls.env["callcenter.question"].create(
            [
                {
                    "stem": stem,
                    "topic_id": cls.topic.id,
                    "option_ids": [
                        (0, 0, {"text": text, "is_right": not place})
                        for place, text in enumerate(["Key", "Rival", "Dead"])
                    ],
                }
                for stem in ("Doubtful?", "Clear one?", "Clear two?")
            ]
        )
        cls.questions._transition({"state": "ready"})
        cls.doubtful = cls.questions[0]
        cls.quiz = cls.build_quiz(
            [("Manners", [], 3, {"source": "questions",
                                 "topic_ids": [(6, 0, cls.topic.ids)]})],
        )  # fmt: skip

    @classmethod
    def answer(cls, picks):
        """First attempts, written as they would be closed.

        :param picks: for each person the options of the three questions
        """
        attempts = cls.env["callcenter.quiz.attempt"]._in_transition()
        for number, texts in enumerate(picks):
            person = cls.env["hr.employee"].create({"name": f"Person {number}"})
            attempt = attempts.create(
                {
                    "employee_id": person.id,
                    "user_id": cls.env.uid,
                    "blueprint": {"sections": []},
                    "company_id": cls.company.id,
                    "quiz_id": cls.quiz.id,
                    "kind": "exam",
                    "started_at": "2026-03-02 07:00:00",
                    "deadline_at": "2026-03-02 08:00:00",
                }
            )
            for place, text in enumerate(texts):
                cls.answer_one(attempt, place, text)
            attempt._transition(
                {"state": "submitted", "finished_at": "2026-03-02 07:30:00"}
            )
        cls.env.flush_all()
        cls.env["callcenter.item.stat"]._build()

    @classmethod
    def answer_one(cls, attempt, place, text):
        options = ["Key", "Rival", "Dead"]
        item = (
            cls.env["callcenter.quiz.attempt.item"]
            ._in_transition()
            .create(
                {
                    "attempt_id": attempt.id,
                    "position": place,
                    "question_id": cls.questions[place].id,
                    "kind": "single",
                    "stem": cls.questions[place].stem,
                    "options": options,
                    "response": [options.index(text)],
                    "answered_at": "2026-03-02 07:01:00",
                    "seconds": 9,
                    "fraction": float(text == "Key"),
                }
            )
        )
        cls.env["callcenter.quiz.attempt.key"]._in_transition().create(
            {"item_id": item.id, "key": {"right": [0]}, "nonce": str(item.id)}
        )

    def found(self, role="trainer"):
        findings = self.as_(role, self.env["callcenter.item.finding"]).search(
            [("topic_id", "=", self.topic.id)]
        )
        return {(one.question_id, one.code): one for one in findings}

    def answer_doubtfully(self):
        """The best take the rival, the weak the key."""
        strong, weak = ("Rival", "Key", "Key"), ("Key", "Rival", "Rival")
        self.answer([strong] * 20 + [weak] * 12)

    def test_the_key_that_the_best_leave_is_told_with_what_to_do(self):
        self.answer_doubtfully()
        finding = self.found()[self.doubtful, "wrong_key"]
        self.assertEqual(
            finding.sentence,
            "Those who know the rest best choose the wrong option “Rival” (62 %) and "
            "not the key: the key is probably wrong.",
        )
        self.assertEqual(
            finding.advice, "Read the source again, put the key right, regrade."
        )
        self.assertEqual(finding.severity, "1_fault")
        action = finding.action_open()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("callcenter.question", self.doubtful.id),
        )

    def test_an_option_that_nobody_picks_is_told_of_every_question(self):
        self.answer_doubtfully()
        dead = [key[0] for key in self.found() if key[1] == "dead"]
        self.assertEqual(set(dead), set(self.questions))

    def test_what_everybody_knows_is_told(self):
        self.answer([("Key", "Key", "Key")] * ENOUGH)
        easy = self.found()[self.doubtful, "easy"]
        self.assertEqual(
            easy.sentence, "Everybody knows it (100 %): it tells nobody apart."
        )

    def test_the_database_computes_what_the_formula_says(self):
        self.answer_doubtfully()
        stat = self.env["callcenter.option.stat"].search(
            [("question_id", "=", self.doubtful.id), ("option", "=", "Rival")]
        )
        # Twenty have the rest 1.0 and picked it, twelve have 0.0 and did not.
        expected = pick_discrimination(32, 20, 20, 20, 20)
        self.assertAlmostEqual(expected, 1.0)
        self.assertAlmostEqual(stat.discrimination, expected)

    def test_nothing_is_said_below_thirty_answers(self):
        self.answer([("Rival", "Key", "Key")] * 15 + [("Key", "Rival", "Rival")] * 14)
        self.assertFalse(self.found())

    def test_what_was_laid_aside_stays_aside_and_what_is_mended_goes(self):
        self.answer_doubtfully()
        finding = self.found()[self.doubtful, "wrong_key"]
        finding.action_lay_aside()
        self.env["callcenter.item.stat"]._build()
        again = self.found()[self.doubtful, "wrong_key"]
        self.assertEqual((again, again.state), (finding, "aside"))
        with self.assertRaises(UserError):
            again.action_lay_aside()
        again.action_take_up()
        self.assertEqual(again.state, "new")
        with self.as_owner_of("callcenter_quiz_attempt") as cr:
            cr.execute(
                "UPDATE callcenter_quiz_attempt SET kind = 'delta' WHERE quiz_id = %s",
                [self.quiz.id],
            )
        self.env["callcenter.item.stat"]._build()
        self.assertFalse(self.found())

    def test_trainers_alone_read_what_tells_the_key(self):
        self.answer_doubtfully()
        finding = self.found()[self.doubtful, "wrong_key"].sudo()
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, finding).read(["sentence"])
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, finding).action_lay_aside()
        with self.assertRaises(UserError):
            self.as_("trainer", finding).write({"state": "aside"})
        self.assertEqual(finding.state, "new")

from odoo.exceptions import AccessError

from ..common import TrainingCase


class TestOptionStats(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        topic = cls.env["callcenter.topic"].create(
            {"name": "Etiquette", "code": "bench_etiquette"}
        )
        cls.question = cls.env["callcenter.question"].create(
            {
                "stem": "Who speaks first?",
                "topic_id": topic.id,
                "option_ids": [
                    (0, 0, {"text": text, "is_right": text == "Caller"})
                    for text in ("Caller", "Nobody", "Both")
                ],
            }
        )
        cls.question._transition({"state": "ready"})
        cls.quiz = cls.build_quiz(
            [("Manners", [], 1, {"source": "questions",
                                 "topic_ids": [(6, 0, topic.ids)]})],
        )  # fmt: skip

    def answer(self, number, text):
        runner = self.runner.with_user(self.build_operator(f"Op {number}").user_id)
        shown = runner.question(runner.start(self.quiz.id)["attempt_id"])
        runner.answer(
            shown["attempt_id"], 0, [shown["options"].index(text)], shown["nonce"]
        )
        runner.submit(shown["attempt_id"])

    def stats(self):
        self.env.flush_all()
        self.env["callcenter.item.stat"]._build()
        stats = self.env["callcenter.option.stat"].search(
            [("question_id", "=", self.question.id)]
        )
        return {stat.option: stat for stat in stats}

    def test_every_option_has_its_picks(self):
        for number, text in enumerate(["Caller", "Caller", "Both", "Caller"]):
            self.answer(number, text)
        stats = self.stats()
        picked = {text: (s.pick_count, s.shown_count) for text, s in stats.items()}
        self.assertEqual(picked, {"Caller": (3, 4), "Nobody": (0, 4), "Both": (1, 4)})
        self.assertTrue(stats["Caller"].is_right)
        self.assertEqual(stats["Both"].pick_percent, 25.0)
        self.assertFalse(any(stat.flag for stat in stats.values()))

    def test_from_thirty_answers_on_odd_options_are_flagged(self):
        for number in range(30):
            self.answer(number, "Caller" if number < 10 else "Both")
        stats = self.stats()
        self.assertEqual(stats["Both"].flag, "beats")
        self.assertEqual(stats["Nobody"].flag, "never")
        self.assertFalse(stats["Caller"].flag)

    def test_only_trainers_see_which_option_is_right(self):
        self.answer(1, "Caller")
        stat = self.stats()["Caller"]
        self.assertTrue(self.as_("trainer", stat).is_right)
        for role in ("operator", "supervisor", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, stat).read(["is_right"])

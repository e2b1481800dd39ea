"""Builders of the tests of written questions."""

from odoo import Command
from odoo.tests import new_test_user

from .common import TRAINER, TrainingCase


class WrittenCase(TrainingCase):
    """Written questions, their release, and a quiz that asks them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topic = cls.env["callcenter.topic"].create({"name": "T", "code": "t"})
        cls.reviewer = new_test_user(cls.env, "reviewer", groups=TRAINER)

    def build(self, kind="single", options=("!Yes", "No", "Maybe"), ready=True, **vals):
        """A question written by the trainer; ``!`` marks the right options."""
        questions = self.env["callcenter.question"].with_user(self.users["trainer"])
        question = questions.create(
            {
                "stem": "What do you say?",
                "topic_id": self.topic.id,
                "kind": kind,
                "option_ids": [
                    Command.create(
                        {
                            "text": text.partition("=")[2] or text.strip("!"),
                            "prompt": text.partition("=")[0] if "=" in text else False,
                            "is_right": text.startswith("!"),
                            "sequence": place,
                        }
                    )
                    for place, text in enumerate(options)
                ],
                **vals,
            }
        )
        if ready:
            self.release(question)
        return question.sudo()

    def release(self, question):
        question.with_user(self.users["trainer"]).action_submit()
        question.with_user(self.reviewer).action_approve()

    def retire_all(self):
        """Take all questions out of use, those of the starter bank too."""
        self.env["callcenter.question"].search([])._transition({"state": "retired"})

    def ask(self, *questions, **vals):
        quiz = self.build_quiz(
            [
                (
                    "Words",
                    [],
                    len(questions) or 1,
                    {"source": "questions", "topic_ids": [(6, 0, self.topic.ids)]},
                )
            ],
            **vals,
        )
        return self.runner.question(self.runner.start(quiz.id)["attempt_id"])

    def mark(self, shown, choices):
        self.runner.answer(
            shown["attempt_id"], shown["position"], choices, shown["nonce"]
        )
        return self.runner.submit(shown["attempt_id"])["percent"]

    def place(self, shown, *texts):
        return [shown["options"].index(text) for text in texts]

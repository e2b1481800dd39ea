from datetime import timedelta
from random import Random

from odoo import Command

from .common import Story
from .personnel import OPERATORS

_SEED = 2026
_PASSED_DAYS_AGO = 26
# Operators know the assortment well, not perfectly; one of them needs two starts.
_KNOWN = 0.9
_SLOW, _SLOW_KNOWN = "egor", 0.4


class QuizStory(Story):
    """How the demo company's operators passed the quiz on the assortment."""

    def tell(self):
        trainer = self._ref("user_trainer")
        group = self.env.ref("callcenter_training.group_trainer")
        trainer.group_ids = [Command.link(group.id)]
        quiz = self._ref("quiz_assortment")
        job = self._ref("job_operator")
        self._as("trainer", quiz).job_ids = [Command.link(job.id)]
        day = self._get_today() - timedelta(days=_PASSED_DAYS_AGO)
        self._announce(quiz, day)
        for number, name in enumerate(OPERATORS):
            self._pass(quiz, name, self._get_moment(day, 14, number * 5))

    def _announce(self, quiz, day):
        """The trainer announces the quiz: it is in force from that very day."""
        with self._at(self._get_moment(day, 9)):
            self._as("trainer", quiz)._announce(day)

    def _pass(self, quiz, name, moment):
        """Take the quiz until it is passed, an hour between the starts."""
        random = Random(f"{_SEED}/{name}")
        known = _SLOW_KNOWN if name == _SLOW else _KNOWN
        user = self._get_employee(name).user_id
        for _start in range(quiz.max_starts or 5):
            if self._take(quiz.with_user(user), random, known, moment)["passed"]:
                return
            known = 1
            moment += timedelta(hours=1 + quiz.cooldown_hours)

    def _take(self, quiz, random, known, moment):
        """One attempt through the runner, half a minute a question."""
        runner = self.env["callcenter.quiz.runner"].with_user(quiz.env.user)
        with self._at(moment):
            attempt_id = runner.start(quiz.id)["attempt_id"]
            shown = runner.question(attempt_id)
        while "nonce" in shown:
            moment += self._get_pause(random, quiz.env.user)
            with self._at(moment):
                choices = self._choose(attempt_id, shown, random.random() < known)
                shown = runner.answer(
                    attempt_id, shown["position"], choices, shown["nonce"]
                )
        with self._at(moment):
            return runner.submit(attempt_id)

    def _get_pause(self, random, user):
        """How long ``user`` thinks about a question."""
        return timedelta(seconds=random.randint(8, 40))

    def _choose(self, attempt_id, shown, right):
        """The right answer, or another one, as an operator would pick it."""
        key = (
            self.env["callcenter.quiz.attempt.key"]
            .search(
                [
                    ("item_id.attempt_id", "=", attempt_id),
                    ("item_id.position", "=", shown["position"]),
                ]
            )
            .key
        )
        return self._choose_by_key(key, shown, right, attempt_id)

    def _choose_by_key(self, key, shown, right, seed):
        """Neighbours do not err alike: whoever is wrong is wrong in his own way."""
        if shown["kind"] == "number":
            return [key["value"]] if right else []
        if right or shown["kind"] != "single":
            return key["right"]
        wrong = set(range(len(shown["options"]))) - set(key["right"])
        return [Random(f"{_SEED}/{seed}/{shown['position']}").choice(sorted(wrong))]

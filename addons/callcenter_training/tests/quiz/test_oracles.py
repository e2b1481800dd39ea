"""Nothing tells an answer before it is given, and no mark comes from the browser."""

import inspect
import json
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.http import _generate_routing_rules
from odoo.tests import HttpCase, tagged

from ..common import TrainingCase

NOON = "2026-03-02 07:00:00"
CALL = "/web/dataset/call_kw/callcenter.quiz.runner"


@tagged("post_install", "-at_install")
class TestOracles(TrainingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(12)
        cls.quiz = cls.build_quiz()

    def begin(self):
        return self.runner.question(self.runner.start(self.quiz.id)["attempt_id"])

    def call(self, method, *args):
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {
                "model": "callcenter.quiz.runner",
                "method": method,
                "args": args,
                "kwargs": {},
            },
        }
        answer = self.url_open(
            f"{CALL}/{method}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()

    def test_a_right_and_a_wrong_answer_are_told_alike(self):
        told = []
        for choose in (self.right_answer, self.wrong_answer):
            shown = self.begin()
            after = self.runner.answer(
                shown["attempt_id"], 0, choose(shown), shown["nonce"]
            )
            told.append((set(after), after["answered"], after["state"]))
            self.runner.submit(shown["attempt_id"])
        self.assertEqual(told[0], told[1])

    def test_the_browser_sends_no_mark_and_no_clock(self):
        taken = {
            name: list(inspect.signature(getattr(self.runner, name)).parameters)
            for name in ("start", "question", "answer", "leave", "submit", "result")
        }
        self.assertEqual(
            taken,
            {
                "start": ["quiz_id"],
                "question": ["attempt_id"],
                "answer": ["attempt_id", "position", "choices", "nonce"],
                "leave": ["attempt_id"],
                "submit": ["attempt_id"],
                "result": ["attempt_id"],
            },
        )

    def test_a_late_submission_ends_at_the_deadline_with_what_was_answered(self):
        with self.at(NOON) as clock:
            shown = self.begin()
            self.runner.answer(
                shown["attempt_id"], 0, self.right_answer(shown), shown["nonce"]
            )
            clock.tick(timedelta(hours=3))
            result = self.runner.submit(shown["attempt_id"])
        attempt = self.attempt_of(shown)
        self.assertEqual(attempt.finished_at, attempt.deadline_at)
        self.assertEqual((result["state"], result["percent"]), ("expired", 25.0))

    def test_no_one_is_served_without_a_login(self):
        shown = self.begin()
        self.env.flush_all()
        for method, args in (
            ("start", [self.quiz.id]),
            ("question", [shown["attempt_id"]]),
            ("result", [shown["attempt_id"]]),
        ):
            answer = self.call(method, *args)
            self.assertNotIn("result", answer, method)
            self.assertIn("SessionExpired", answer["error"]["data"]["name"])

    def test_no_page_of_ours_shows_an_attempt(self):
        """One public page there is, and it knows a certificate's code only."""
        rules = _generate_routing_rules(["callcenter_training"], nodb_only=False)
        self.assertEqual(
            [url for url, _endpoint in rules],
            ["/callcenter/certificate/<callcenter_code:token>"],
        )

    def test_a_deleted_question_takes_no_mark_along(self):
        topic = self.env["callcenter.topic"].create({"name": "T", "code": "t"})
        options = [{"text": "Yes", "is_right": True}, {"text": "No"}]
        question = self.env["callcenter.question"].create(
            {
                "stem": "Well?",
                "topic_id": topic.id,
                "option_ids": [(0, 0, vals) for vals in options],
            }
        )
        question._transition({"state": "ready"})
        extra = {"source": "questions", "topic_ids": [(6, 0, topic.ids)]}
        quiz = self.build_quiz([("Words", [], 1, extra)])
        self.assertEqual(self.take(quiz, 1)["percent"], 100.0)
        for record in (question.option_ids, question):
            with self.assertRaises(UserError), self.cr.savepoint():
                record.unlink()
        attempt = quiz.attempt_ids
        self.env.invalidate_all()
        self.assertEqual((attempt.percent, attempt.item_ids.fraction), (100.0, 1.0))

    def test_names_with_markup_stay_text_on_the_certificate(self):
        self.by_order(self.operator).name = "<script>alert(1)</script>"
        self.quiz.name = '=HYPERLINK("x")<b>'
        self.take(self.quiz, 4)
        certificate = self.env["callcenter.certificate"].search(
            [("quiz_id", "=", self.quiz.id)]
        )
        report = self.env["ir.actions.report"]
        paper = report._render_qweb_html(
            "callcenter_training.certificate_action_report", certificate.ids
        )[0].decode()
        page = self.url_open(f"/callcenter/certificate/{certificate.token}").text
        for text in (paper, page):
            self.assertNotIn("<script>alert", text)
            self.assertIn("&lt;b&gt;", text)

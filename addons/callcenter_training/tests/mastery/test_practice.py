import random

from odoo import Command
from odoo.exceptions import AccessError, UserError

from ...models.bank.question_asker import QuestionAsker
from ..common import TrainingCase


class TestPractice(TrainingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["callcenter.question"].search([])._transition({"is_practice": False})
        cls.build_products(6)
        cls.practice = cls.env["callcenter.practice.runner"].with_user(
            cls.users["operator"]
        )

    def card_of(self, shown):
        return self.env["callcenter.practice.card"].browse(shown["card_id"])

    def answer(self, shown, is_right=True):
        key = self.card_of(shown).key
        if shown["kind"] == "number":
            choices = [key["value"] if is_right else key["value"] * 9 + 1]
        else:
            wrong = [n for n in range(len(shown["options"])) if n not in key["right"]]
            choices = key["right"] if is_right else wrong[:1]
        return self.practice.answer_card(shown["card_id"], choices, shown["nonce"])

    def mastery(self):
        return self.env["callcenter.mastery"].search(
            [("employee_id", "=", self.operator.id)]
        )

    def test_the_answer_is_told_at_once(self):
        shown = self.practice.next_card()
        self.assertNotIn("key", shown)
        lesson = self.answer(shown, is_right=False)
        self.assertFalse(lesson["was_right"])
        self.assertEqual(lesson["right"], self.card_of(shown).key["right"])
        self.assertTrue(lesson["product_id"])

    def test_practice_never_proves_knowledge(self):
        for _turn in range(30):
            self.answer(self.practice.next_card())
        self.assertLessEqual(max(self.mastery().mapped("p_known")), 0.85)
        self.assertEqual(set(self.mastery().mapped("exam_count")), {0})
        self.assertFalse(self.operator.callcenter_clearance_ids)

    def test_a_card_counts_once(self):
        shown = self.practice.next_card()
        self.answer(shown, is_right=False)
        again = self.answer(shown)
        self.assertFalse(again["was_right"])
        self.assertEqual(self.mastery().practice_count, 1)

    def test_the_streak_and_the_day_are_counted(self):
        for is_right in (False, True, True):
            lesson = self.answer(self.practice.next_card(), is_right)
        self.assertEqual(lesson["figures"]["today"], 3)

    def test_practice_waits_while_an_exam_is_open(self):
        shown = self.practice.next_card()
        self.runner.start(self.build_quiz().id)
        with self.assertRaises(UserError):
            self.practice.next_card()
        with self.assertRaises(UserError):
            self.answer(shown)
        self.assertFalse(self.mastery())

    def test_anothers_card_is_refused(self):
        shown = self.practice.next_card()
        other = self.build_operator("Operator Two").user_id
        with self.assertRaises(AccessError):
            self.practice.with_user(other).answer_card(
                shown["card_id"], [0], shown["nonce"]
            )
        with self.assertRaises(UserError):
            self.practice.answer_card(shown["card_id"], [0], "x")
        with self.assertRaises(UserError):
            self.practice.answer_card(shown["card_id"], [99], shown["nonce"])
        self.assertFalse(self.card_of(shown).answered_at)

    def test_what_is_due_comes_first(self):
        with self.at("2026-03-02 07:00:00"):
            first = self.practice.next_card()
            self.answer(first, is_right=False)
            fact = self.card_of(first).fact_id
        with self.at("2026-03-03 07:00:00"):
            desk = self.env["callcenter.desk"].with_user(self.users["operator"])
            told = [lesson["message"] for lesson in desk.get_day()["lessons"]]
            self.assertIn("To be repeated in practice: 1, about 1 min", told)
            self.assertEqual(self.card_of(self.practice.next_card()).fact_id, fact)

    def test_nobody_reads_the_cards(self):
        self.practice.next_card()
        for role in ("operator", "trainer", "supervisor", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.env["callcenter.practice.card"].with_user(self.users[role]).search(
                    []
                )

    def test_the_feedback_of_the_chosen_option_is_told(self):
        question = (
            self.env["callcenter.question"]
            ._in_transition()
            .create(
                {
                    "stem": "Who speaks first?",
                    "topic_id": self.env.ref("callcenter_ops.topic_communication").id,
                    "state": "ready",
                    "option_ids": [
                        Command.create({"text": "I do", "is_right": True}),
                        Command.create({"text": "Nobody", "feedback": "He waits."}),
                    ],
                }
            )
        )
        (made,) = QuestionAsker().make(question, random.Random(1))
        card = self.practice._keep_card(self.operator, made)
        chosen = [made["options"].index("Nobody")]
        told = self.practice.answer_card(card.id, chosen, card.nonce)
        self.assertEqual(told["feedback"], ["He waits."])
        again = self.practice.answer_card(card.id, made["key"]["right"], card.nonce)
        self.assertEqual((again["was_right"], again["feedback"]), (False, []))

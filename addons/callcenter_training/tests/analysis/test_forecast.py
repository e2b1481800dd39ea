from ...tools.analysis import forecast
from ...tools.analysis.forecast import Part
from ..common import TrainingCase


class TestForecast(TrainingCase):
    """What is told of a quiz before anybody has taken it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_products(10)
        cls.price, cls.code = cls.template("price"), cls.template("product_to_code")
        (cls.price | cls.code).write({"weight": 1, "difficulty": "medium"})
        cls.code.difficulty = "hard"
        cls.quiz = cls.build_quiz([("All", ["price", "product_to_code"], 4, {})])
        cls.quiz = cls.quiz.with_user(cls.users["trainer"])

    def forget(self):
        """No statistics of other quizzes of the database."""
        self.env["callcenter.item.stat"].search([]).unlink()

    def know(self, template, answers, facility):
        return self.env["callcenter.item.stat"].create(
            {
                "subject": "template",
                "template_id": template.id,
                "company_id": self.company.id,
                "answer_count": answers,
                "facility": facility,
            }
        )

    def told(self):
        self.quiz.invalidate_recordset()
        quiz = self.quiz
        return [
            round(value)
            for value in (
                quiz.expected_percent,
                quiz.expected_low,
                quiz.expected_high,
                quiz.measured_percent,
            )
        ]

    def test_without_answers_the_marks_of_difficulty_tell_and_say_how_vaguely(self):
        self.forget()
        self.assertEqual(self.told(), [60, 35, 78, 0])

    def test_thirty_answers_tell_more_than_a_mark_and_twenty_nine_do_not(self):
        self.forget()
        stat = self.know(self.price, 29, 1.0)
        self.assertEqual(self.told(), [60, 35, 78, 0])
        stat.answer_count = 30
        stat.flush_recordset()
        self.assertEqual(self.told(), [75, 57, 85, 50])
        self.know(self.code, 400, 0.5)
        self.assertEqual(self.told(), [75, 67, 77, 100])

    def test_papers_are_counted_as_the_bank_can_make_them(self):
        # Two of ten prices and two of ten codes.
        self.assertEqual(self.quiz.paper_count, "2\N{NO-BREAK SPACE}025")
        self.quiz.section_ids.write(
            {"question_count": 10, "template_ids": [(6, 0, self.price.ids)]}
        )
        self.quiz.invalidate_recordset()
        self.assertEqual(self.quiz.paper_count, "1")
        self.build_products(60, prefix="Cube", price=9000)
        self.quiz.invalidate_recordset()
        self.assertEqual(self.quiz.paper_count, "more than a million")

    def test_the_table_of_pass_marks_is_worked_out_until_thirty_have_taken_it(self):
        self.forget()
        self.know(self.price, 100, 1.0)
        self.know(self.code, 100, 1.0)
        table = str(self.quiz.pass_table)
        self.assertIn("Worked out", table)
        self.assertIn("80 %", table)
        people = [self.build_operator(f"Person {n}") for n in range(30)]
        attempts = self.env["callcenter.quiz.attempt"]._in_transition()
        attempts.create(
            [
                {
                    "quiz_id": self.quiz.id,
                    "employee_id": person.id,
                    "user_id": person.user_id.id,
                    "company_id": self.company.id,
                    "started_at": "2026-03-02 07:00:00",
                    "deadline_at": "2026-03-02 08:00:00",
                    "blueprint": {"pass_percent": 80},
                    "kind": "exam",
                    "state": "submitted",
                    "question_count": 4,
                    "percent": 90 if place < 15 else 70,
                }
                for place, person in enumerate(people)
            ]
        )
        self.quiz.invalidate_recordset()
        table = str(self.quiz.pass_table)
        self.assertIn("Of 30 first attempts", table)
        self.assertIn("<td>70 %</td><td>100 % (89–100)</td>", table)
        self.assertIn("<td>80 %</td><td>50 % (33–67)</td>", table)
        self.assertIn("<td>95 %</td><td>0 % (0–11)</td>", table)

    def test_what_was_asked_and_known_is_listed_of_this_quiz_alone(self):
        self.forget()
        own = self.know(self.price, 40, 0.6)
        self.know(self.template("weight"), 40, 0.6)
        self.quiz.invalidate_recordset()
        self.assertEqual(self.quiz.item_stat_ids, own)

    def test_an_empty_quiz_expects_nothing(self):
        quiz = self.quiz.create({"name": "Empty"})
        self.assertEqual((quiz.expected_percent, quiz.pass_table), (0.0, False))
        self.assertEqual(quiz.paper_count, "1")

    def test_only_trainers_read_what_is_expected(self):
        for role in ("operator", "supervisor", "hr", "director"):
            fields = self.env["callcenter.quiz"].with_user(self.users[role])
            with self.subTest(role=role):
                self.assertNotIn("expected_percent", fields.fields_get())

    def test_alike_questions_pass_as_the_binomial_says_where_all_know_the_same(self):
        sure = Part(3, 9, 1.0, 0.999, 0.9, 1.0)
        low, high = forecast.share_passing([sure], [0.5, 1.0])
        self.assertGreater(low, high)
        self.assertGreater(high, 0.9)

    def test_the_spread_of_people_keeps_the_mean(self):
        part = Part(1, 9, 1.0, 0.7, 0.45, 0.85)
        (passing,) = forecast.share_passing([part], [1.0])
        self.assertAlmostEqual(passing, 0.7, delta=0.01)

    def test_weights_count_in_the_mark(self):
        heavy = Part(1, 5, 2.0, 0.98, 0.9, 1.0)
        light = Part(1, 5, 0.5, 0.02, 0.0, 0.1)
        (passing,) = forecast.share_passing([heavy, light], [0.8])
        self.assertGreater(passing, 0.95)
        self.assertAlmostEqual(forecast.expect_mark([heavy, light])[0], 0.788)

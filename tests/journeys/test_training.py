"""Training as its people live it: on a phone, at the bank, on the map, in the round."""

import base64
import io

from browser import PHONE
from odoo import Command, fields
from odoo.tests import new_test_user, tagged
from olsport import OlsportCase
from PIL import Image
from playwright.sync_api import expect

# Two questions, each with its right answer first.
BANK = {
    "Кто кладёт трубку первым?": ("Клиент", "Оператор"),
    "Сколько гудков ждёт клиент?": ("Не больше трёх", "Не меньше десяти"),
}
TRAINER_SCREENS = (
    "item_finding_action",
    "training_plan_action",
    "retraining_rule_action",
    "training_task_action",
    "item_stat_action",
    "option_stat_action",
    "quiz_signal_action",
    "fact_action",
    "question_template_action",
)
SUPERVISOR_SCREENS = (
    "training_task_action",
    "training_course_action",
    "coverage_action",
    "coverage_slice_action",
    "knowledge_gap_action",
    "quiz_attempt_action",
)


def draw_picture(colour):
    stream = io.BytesIO()
    Image.new("RGB", (200, 200), colour).save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


@tagged("post_install", "-at_install")
class TestTraining(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_catalogue()
        cls.quiz = cls.build_quiz()
        cls.user = new_test_user(
            cls.env, "journey_operator", name="Синицына Вера Олеговна",
            groups="callcenter_ops.group_operator", lang="ru_RU",
            tz="Asia/Yekaterinburg",
        )  # fmt: skip
        cls.candidate.write(
            {
                "user_id": cls.user.id,
                "department_id": cls.department.id,
                "job_id": cls.job.id,
            }
        )
        cls.candidate._transition({"callcenter_status": "appointed"})
        for login, name in (("trainer", "Ким Алла Петровна"), ("second", "Орлов Ян")):
            new_test_user(
                cls.env, f"journey_{login}", name=name, lang="ru_RU",
                groups="callcenter_training.group_trainer",
            )  # fmt: skip

    def attempt(self):
        return self.env["callcenter.quiz.attempt"].search(
            [("user_id", "=", self.user.id)], limit=1
        )

    def test_an_operator_takes_a_quiz_on_the_phone_by_keys_alone(self):
        with self.window("journey_operator", PHONE) as page:
            self.open_action(page, "callcenter_training.quiz_action_mine")
            self.picture(page, "training-my-quizzes-phone")
            page.get_by_text("Ассортимент: 10 вопросов").first.click()
            page.wait_for_selector(".o_callcenter_quiz_start")
            self.assert_accessible(page, ".o_callcenter_quiz")
            self.picture(page, "training-intro-phone")
            page.keyboard.press("Enter")
            for number in range(10):
                place = page.locator(".o_callcenter_quiz_place")
                expect(place).to_contain_text(f"Вопрос {number + 1} из 10")
                if not number:
                    self.assert_accessible(page, ".o_callcenter_quiz")
                    self.picture(page, "training-question-phone")
                wide = page.evaluate("document.documentElement.scrollWidth")
                self.assertLessEqual(wide, PHONE["width"])
                if page.locator(".o_callcenter_quiz_question input").count():
                    page.keyboard.type("1000")
                else:
                    page.keyboard.press("1")
                page.keyboard.press("Enter")
            page.wait_for_selector(".o_callcenter_quiz_result")
            self.assert_accessible(page, ".o_callcenter_quiz")
            self.picture(page, "training-result-phone")
        attempt = self.attempt()
        self.assertEqual(attempt.state, "submitted")
        self.assertEqual(len(attempt.item_ids.filtered("answered_at")), 10)

    def test_an_answer_lost_on_the_way_is_sent_again_and_a_closed_window_comes_back(
        self,
    ):
        lost = ["before the server", "after it"]

        def lose(route):
            where = lost.pop(0) if lost else None
            if where == "after it":
                route.fetch()  # stored, but the window never learns it
            if where:
                route.abort("connectionreset")
            else:
                route.continue_()

        place = ".o_callcenter_quiz_place"
        with self.window("journey_operator", PHONE) as page:
            page.route("**/callcenter.quiz.runner/answer", lose)
            self.take_up_quiz(page)
            page.get_by_text("Не знаю").click()
            page.wait_for_selector(".o_callcenter_quiz_offline")
            self.picture(page, "training-offline-phone")
            expect(page.locator(place)).to_contain_text("Вопрос 2 из 10")
            expect(page.locator(".o_callcenter_quiz_offline")).to_have_count(0)
            self.assertEqual(lost, [])
        with self.database():
            answered = self.attempt().item_ids.filtered("answered_at")
            self.assertEqual(answered.mapped("position"), [0])
        with self.window("journey_operator", PHONE) as page:
            self.open_action(page, "callcenter_training.quiz_action_mine")
            page.get_by_text("Ассортимент: 10 вопросов").first.click()
            expect(page.locator(place)).to_contain_text("Вопрос 2 из 10")

    def take_up_quiz(self, page):
        """From the list of quizzes to the first question."""
        self.open_action(page, "callcenter_training.quiz_action_mine")
        page.get_by_text("Ассортимент: 10 вопросов").first.click()
        page.wait_for_selector(".o_callcenter_quiz_start")
        page.keyboard.press("Enter")
        expect(page.locator(".o_callcenter_quiz_place")).to_contain_text("Вопрос 1 из")

    def test_an_operator_practises_on_the_phone(self):
        with self.window("journey_operator", PHONE) as page:
            self.open_action(page, "callcenter_training.practice_action")
            page.wait_for_selector(".o_callcenter_quiz_question")
            self.picture(page, "training-practice-phone")
            if page.locator(".o_callcenter_quiz_question input").count():
                page.keyboard.type("1000")
            else:
                for key in "123456789":
                    page.keyboard.press(key)
            page.click(".o_callcenter_quiz_answer")
            page.wait_for_selector(".o_callcenter_practice_next")
            self.assert_accessible(page, ".o_callcenter_practice")
            self.picture(page, "training-lesson-phone")
        with self.database():
            card = self.env["callcenter.practice.card"].search(
                [("employee_id", "=", self.candidate.id)]
            )
            self.assertTrue(card.answered_at)

    def test_an_operator_practises_from_the_desk_in_a_pause(self):
        with self.window("journey_operator") as page:
            self.open_action(page, "callcenter_ops.desk_action")
            page.wait_for_selector(".o_cc_desk .o_cc_state")
            self.assertEqual(page.locator(".o_cc_practice").count(), 0)
            page.keyboard.press("F4")
            expect(page.locator(".o_cc_pause_reason").first).to_be_visible()
            page.keyboard.press("1")
            page.click(".o_cc_practice")
            page.wait_for_selector(".o_callcenter_quiz_question")
            self.picture(page, "training-practice-from-desk")
        with self.database():
            cards = self.env["callcenter.practice.card"].search(
                [("employee_id", "=", self.candidate.id)]
            )
            self.assertEqual(len(cards), 1)

    def test_every_kind_of_question_is_answered_on_the_phone_and_rated(self):
        quiz, words = self.build_kinds()
        with self.window("journey_operator", PHONE) as page:
            page.goto(f"/odoo/callcenter.quiz/{quiz.id}")
            page.locator("button[name=action_take]").click()
            page.wait_for_selector(".o_callcenter_quiz_start")
            page.keyboard.press("Enter")
            for number in range(6):
                place = page.locator(".o_callcenter_quiz_place")
                expect(place).to_contain_text(f"Вопрос {number + 1} из 6")
                stem = page.locator(".o_callcenter_quiz_stem").inner_text()
                self.answer_by_keys(page, words[stem])
                self.picture(page, f"kinds-{words[stem]}-phone")
                wide = page.evaluate("document.documentElement.scrollWidth")
                self.assertLessEqual(wide, PHONE["width"])
                page.click(".o_callcenter_quiz_answer")
            page.wait_for_selector(".o_callcenter_quiz_waits")
            self.picture(page, "kinds-waits-phone")
        with self.window("journey_trainer") as page:
            self.open_action(page, "callcenter_training.quiz_answer_action")
            self.picture(page, "kinds-to-rate")
            page.locator(".o_data_row button[name=action_rate]").first.click()
            page.locator(".modal .o_data_row td[name=points]").first.click()
            page.fill(".modal .o_selected_row [name=points] input", "2")
            self.picture(page, "kinds-rate")
            page.click(".modal button[name=action_save]")
            page.locator(".modal-footer .btn-primary:visible").last.click()
            expect(page.locator(".modal")).to_have_count(0)
        with self.window("journey_operator", PHONE) as page:
            with self.database():
                attempt = self.attempt()
                self.assertEqual((attempt.state, attempt.percent), ("submitted", 100.0))
            self.open_record(page, attempt)
            page.locator("button[name=action_show_result]:visible").click()
            page.click(".o_callcenter_quiz_show")
            expect(page.locator(".o_callcenter_quiz_review")).to_have_count(6)
            self.picture(page, "kinds-review-phone")

    def answer_by_keys(self, page, word):
        """What is right of each question; a pair and a place by their texts."""
        if word in ("short", "spoken"):
            text = (
                "КРЕПЛЕНИЯ." if word == "short" else "Добрый день! Это Вера, «Старт»."
            )
            page.locator(".o_callcenter_quiz_question [aria-label]").last.fill(text)
            return
        texts = {
            "match": ["Палки", "Крепления"],
            "order": ["Первое", "Второе", "Третье"],
        }
        for text in texts.get(word, ["Да"]):
            option = page.locator(".o_callcenter_quiz_option", has_text=text)
            page.keyboard.press(option.locator("kbd").inner_text())

    def build_kinds(self):
        """A quiz that asks each new kind once, and ``{stem: what it is}``."""
        topic = self.env["callcenter.topic"].create({"name": "Виды", "code": "kinds"})
        pictures = [draw_picture(colour) for colour in ("navy", "orange")]
        yes = [{"text": "Да", "is_right": True}, {"text": "Нет"}]
        kinds = {
            "short": [{"text": "крепления", "is_right": True}],
            "match": [
                {"prompt": "Лыжи беговые", "text": "Палки", "image_128": pictures[0]},
                {"prompt": "Ботинки", "text": "Крепления", "image_128": pictures[1]},
            ],
            "order": [{"text": text} for text in ("Первое", "Второе", "Третье")],
            "spoken": [{"text": "Здоровается и называет себя", "points": 2}],
        }
        questions = self.env["callcenter.question"].create(
            [
                {"kind": kind, "topic_id": topic.id, "stem": f"Вопрос вида {kind}?",
                 "option_ids": [
                     Command.create(vals | {"sequence": place})
                     for place, vals in enumerate(options)
                 ]}
                for kind, options in kinds.items()
            ]
            + [
                {"kind": "case", "topic_id": topic.id, "stem": "Возврат",
                 "dialogue": "Клиент возвращает лыжи: катался на них один день, "
                 "скользящая поверхность поцарапана, чек сохранился.",
                 "child_ids": [
                     Command.create({
                         "stem": stem, "sequence": place,
                         "option_ids": [Command.create(vals) for vals in yes],
                     })
                     for place, stem in enumerate(("Спросить чек?", "Осмотреть лыжи?"))
                 ]},
            ]
        )  # fmt: skip
        (questions | questions.child_ids)._transition({"state": "ready"})
        section = {
            "name": "Виды", "source": "questions", "question_count": 6,
            "topic_ids": [Command.set(topic.ids)],
        }  # fmt: skip
        quiz = self.env["callcenter.quiz"].create(
            {
                "name": "Все виды вопросов",
                "review_right": "after",
                "review_marks": "after",
                "section_ids": [Command.create(section)],
            }
        )
        quiz._transition({"state": "in_force"})
        words = {f"Вопрос вида {kind}?": kind for kind in kinds}
        return quiz, words | {"Спросить чек?": "case", "Осмотреть лыжи?": "case"}

    def test_a_trainer_writes_a_question_and_another_releases_it(self):
        topic = self.env["callcenter.topic"].search([], limit=1)
        question = self.env["callcenter.question"].with_user(
            self.env["res.users"].search([("login", "=", "journey_trainer")])
        ).create(
            {
                "stem": "Кто представляется первым?",
                "topic_id": topic.id,
                "option_ids": [
                    Command.create({"text": "Тот, кто звонит", "is_right": True}),
                    Command.create({"text": "Тот, кому звонят"}),
                ],
            }
        )  # fmt: skip
        with self.window("journey_trainer") as page:
            self.open_record(page, question)
            page.click("button[name=action_submit]")
            expect(page.locator("button[name=action_submit]")).to_be_hidden()
            self.picture(page, "training-question-review")
            for xmlid in TRAINER_SCREENS:
                self.open_action(page, f"callcenter_training.{xmlid}")
                self.picture(page, f"training-{xmlid}")
        with self.window("journey_second") as page:
            self.open_record(page, question)
            page.click("button[name=action_approve]")
            expect(page.locator("button[name=action_approve]")).to_be_hidden()
        with self.database():
            self.assertEqual(question.state, "ready")
            self.assertEqual(question.reviewer_id.login, "journey_second")

    def test_a_lone_trainer_brings_a_file_to_a_clearance(self):
        quiz = self.draft_quiz()
        with self.window("journey_trainer") as page:
            self.import_bank(page)
            page.locator("thead .o_list_record_selector input").click()
            page.click("button[name=action_submit]")
            expect(page.locator(".o_data_row")).to_have_count(0)
            self.wait_a_day(quiz)
            self.open_action(page, "callcenter_training.question_action")
            page.locator(".o_group_header", has_text="Звонок").click()
            expect(page.locator(".o_data_row")).to_have_count(len(BANK))
            page.locator("thead .o_list_record_selector input").click()
            page.click("button[name=action_approve]")
            ready = page.locator(".o_data_row [name=state]").first
            expect(ready).to_have_text("Готов")
            self.picture(page, "training-lone-released")
            self.announce(page, quiz)
        with self.window("journey_operator", PHONE) as page:
            self.open_action(page, "callcenter_training.quiz_action_mine")
            page.get_by_text("Звонок по телефону").first.click()
            page.wait_for_selector(".o_callcenter_quiz_start")
            page.keyboard.press("Enter")
            for number in range(len(BANK)):
                place = page.locator(".o_callcenter_quiz_place")
                expect(place).to_contain_text(f"Вопрос {number + 1} из {len(BANK)}")
                stem = page.locator(".o_callcenter_quiz_stem").inner_text().strip()
                page.get_by_text(BANK[stem][0], exact=True).click()
                page.click(".o_callcenter_quiz_answer")
            page.wait_for_selector(".o_callcenter_quiz_result")
            self.picture(page, "training-lone-passed")
        with self.database():
            clearance = self.env["callcenter.clearance"].search(
                [("quiz_id", "=", quiz.id)]
            )
            self.assertEqual(clearance.employee_id, self.candidate)
            self.assertEqual(clearance.state, "valid")
            self.assertEqual(quiz.state, "announced")

    def draft_quiz(self):
        """A draft about a topic without questions; the author may release his own."""
        self.company.callcenter_question_release = "author"
        topic = self.env["callcenter.topic"].create(
            {"name": "Звонок", "code": "journey_call"}
        )
        return self.env["callcenter.quiz"].create(
            {
                "name": "Звонок по телефону",
                "job_ids": [Command.set(self.job.ids)],
                "section_ids": [
                    Command.create(
                        {
                            "name": "Звонок",
                            "source": "questions",
                            "topic_ids": [Command.set(topic.ids)],
                            "question_count": len(BANK),
                        }
                    )
                ],
            }
        )

    def import_bank(self, page):
        """Load the file from the list of questions and open what came of it."""
        lines = [
            f"{stem} {{={right} ~{wrong}}}" for stem, (right, wrong) in BANK.items()
        ]
        text = "$CATEGORY: journey_call\n\n" + "\n\n".join(lines)
        with self.database():
            button = self.env.ref("callcenter_training.question_import_action").id
        self.open_action(page, "callcenter_training.question_action")
        page.click(f"button[name='{button}']")
        page.set_input_files(
            ".modal input[type=file]",
            {"name": "call.gift", "mimeType": "text/plain", "buffer": text.encode()},
        )
        page.click(".modal button[name=action_import]")
        expect(page.locator(".modal [name=created_count]")).to_have_text("2")
        page.click(".modal button[name=action_open_questions]")
        expect(page.locator(".o_data_row")).to_have_count(len(BANK))

    def wait_a_day(self, quiz):
        """The author reads his questions once more on another day."""
        with self.database():
            questions = self.env["callcenter.question"].search(
                [("topic_id", "in", quiz.section_ids.topic_ids.ids)]
            )
            yesterday = fields.Datetime.subtract(fields.Datetime.now(), days=1)
            questions._transition({"submitted_at": yesterday})
            self.env.flush_all()

    def announce(self, page, quiz):
        """Try the draft, then announce it: who has not passed it is named."""
        self.open_record(page, quiz)
        page.click("button[name=action_try]:visible")
        expect(page.locator(".modal")).to_contain_text(next(iter(BANK)))
        page.click(".modal .btn-close")
        expect(page.locator(".modal")).to_have_count(0)
        page.click("button[name=action_announce]:visible")
        expect(page.locator(".modal [name=stopped]")).to_contain_text("Синицына")
        page.click(".modal button[name=action_announce]")
        expect(page.locator(".modal")).to_have_count(0)

    def test_a_supervisor_reads_the_map_and_leads_the_morning_round(self):
        self._teach()
        briefing = self.briefing()
        with self.window("journey_supervisor") as page:
            for xmlid in SUPERVISOR_SCREENS:
                self.open_action(page, f"callcenter_training.{xmlid}")
                if xmlid == "coverage_action":
                    self.assert_accessible(page, ".o_cc_coverage_map")
                self.picture(page, f"training-{xmlid}")
            self.open_record(page, briefing)
            page.click("button[name=action_fill]")
            page.wait_for_selector("[name=line_ids] .o_data_row")
            self.picture(page, "training-briefing-form")
            page.click("button[name=action_play]")
            page.wait_for_selector(".o_callcenter_briefing_next")
            page.keyboard.press("Enter")
            page.wait_for_selector(".o_callcenter_briefing .list-group-item-success")
            self.assert_accessible(page, ".o_callcenter_briefing")
            self.picture(page, "training-briefing")

    def test_an_override_takes_two_persons(self):
        override = self.env["callcenter.clearance.override"].with_user(
            self.people["supervisor"]
        ).create(
            {
                "employee_id": self.candidate.id,
                "quiz_id": self.quiz.id,
                "reason": "Выставка на этой неделе",
                "date_to": fields.Date.add(self.company._callcenter_today(), days=2),
            }
        )  # fmt: skip
        with self.window("journey_supervisor") as page:
            self.open_record(page, override)
            self.assertEqual(page.locator("button[name=action_approve]").count(), 0)
        with self.window("journey_director") as page:
            self.open_record(page, override)
            page.click("button[name=action_approve]")
            expect(page.locator("button[name=action_approve]")).to_be_hidden()
            self.picture(page, "training-override")
        with self.database():
            self.assertEqual(override.state, "approved")
            self.assertEqual(override.approver_id, self.people["director"])

    def test_the_director_regrades_an_attempt(self):
        attempt = self._teach()
        with self.window("journey_director") as page:
            self.open_record(page, attempt)
            self.picture(page, "training-attempt")
            page.click("button[name=action_regrade]")
            page.wait_for_selector(".modal [name=line_ids] .o_data_row")
            page.fill(".modal [name=reason] textarea", "Ошибка в прайс-листе")
            page.locator(".modal .o_data_row td[name=decision]").first.click()
            page.locator(
                ".modal .o_selected_row [name=decision] input, "
                ".modal .o_selected_row [name=decision] select"
            ).first.click()
            page.locator(
                ".o_select_menu_item", has_text="Засчитать верным"
            ).first.click()
            self.picture(page, "training-regrade")
            page.click(".modal button[name=action_regrade]")
            expect(page.locator(".modal")).to_be_hidden()
        with self.database():
            marks = self.env["callcenter.quiz.mark"].search(
                [("attempt_id", "=", attempt.id)], order="id"
            )
            self.assertEqual(marks.mapped("percent")[0], 0.0)
            self.assertGreater(marks[1].percent, 0.0)
            self.assertEqual(marks[1].author_id, self.people["director"])

    def briefing(self):
        return self.env["callcenter.briefing"].create(
            {"department_id": self.department.id, "question_count": 4}
        )

    def _teach(self):
        """The operator answers nothing right: every fact he saw is a weak one."""
        runner = self.env["callcenter.quiz.runner"].with_user(self.user)
        shown = runner.question(runner.start(self.quiz.id)["attempt_id"])
        while "nonce" in shown:
            shown = runner.answer(
                shown["attempt_id"], shown["position"], [], shown["nonce"]
            )
        runner.submit(shown["attempt_id"])
        return self.attempt()

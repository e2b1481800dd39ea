import io

from odoo import Command
from openpyxl import load_workbook
from pypdf import PdfReader

from .common import WorkstationCase


class TestPapers(WorkstationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_employee(
            "Иванова Анна Петровна", user=cls.users["operator"], job_id=cls.job.id
        )

    def print_text(self, report, record):
        with self.allow_pdf_render():
            pdf, _kind = (
                self.env["ir.actions.report"]
                .with_user(self.users["hr"])
                .with_context(force_report_rendering=True)
                ._render_qweb_pdf(f"callcenter_ops.{report}", record.ids)
            )
        pages = PdfReader(io.BytesIO(pdf)).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        return text, len(pages)

    def build_amendment(self, budget):
        change = {
            "item_id": self.items["Internet"].id,
            "month": "2026-06-01",
            "amount": 100.10,
        }
        return self.env["callcenter.workstation.amendment"].create(
            {
                "budget_id": budget.id,
                "reason": "Больше звонков",
                "line_ids": [Command.create(change)],
            }
        )

    def test_the_act_names_the_sides_the_equipment_and_the_sum_in_words(self):
        computer = self.build_equipment("Системный блок", serial_no="SN-1", price=20000)
        act = self.hand_over(
            self.operator, computer, self.build_place("А-01"), date="2026-03-02"
        )
        text, pages = self.print_text("handover_action_report", act)
        self.assertEqual(pages, 1)
        for part in (
            f"АКТ ПРИЁМА-ПЕРЕДАЧИ № {act.name}",
            "2 марта 2026 г.",
            "Рабочее место: А-01",
            "Системный блок",
            computer.inventory_no,
            "SN-1",
            "20 000,00",
            "Двадцать тысяч рублей 00 копеек",
            "Сдал",
            "Принял",
            "Иванова Анна Петровна",
            "подпись, дата",
        ):
            self.assertIn(part, text)

    def test_many_acts_print_each_on_its_page(self):
        things = [self.build_equipment(f"Гарнитура {number}") for number in range(3)]
        acts = self.env["callcenter.handover"]
        for thing in things:
            acts |= self.build_act(self.operator, thing)
        text, pages = self.print_text("handover_action_report", acts)
        self.assertEqual(pages, 3)
        self.assertEqual(text.count("АКТ ПРИЁМА-ПЕРЕДАЧИ"), 3)

    def test_the_budget_shows_every_month_and_the_sum_in_words(self):
        budget = self.approve(self.build_budget())
        text, pages = self.print_text("workstation_budget_action_report", budget)
        self.assertEqual(pages, 1)
        for part in (
            "УТВЕРЖДАЮ",
            "Первый месяц: 27 400,00",
            "каждый следующий месяц: 7 400,00",
            "108 800,00",
            "Сто восемь тысяч восемьсот рублей 00 копеек",
            "03.2026",
            "02.2027",
        ):
            self.assertIn(part, text)

    def test_the_budget_names_its_amendments_and_the_reasons_of_deviations(self):
        budget = self.approve(self.build_budget())
        self.approve(self.build_amendment(budget))
        budget.line_ids[0].deviation_reason = "Дороже у поставщика"
        text, _pages = self.print_text(
            "workstation_budget_action_report_execution", budget
        )
        self.assertIn("С учётом изменений: № 1 от", text)
        self.assertIn("108 900,10", text)
        self.assertIn("Дороже у поставщика", text)
        signed, _pages = self.print_text("workstation_budget_action_report", budget)
        self.assertIn("108 800,00", signed)
        self.assertNotIn("108 900,10", signed)

    def test_months_to_come_deviate_from_nothing(self):
        budget = self.approve(self.build_budget())
        with self.at("2026-04-15 06:00:00"):
            rows = {row["title"]: row for row in budget._get_execution()["rows"]}
        self.assertEqual(rows["03.2026"]["deviation"], "-27\u00a0400,00")
        self.assertEqual(rows["05.2026"]["deviation"], "—")
        begun = rows["По наступившим месяцам"]
        self.assertEqual(begun["plan"], "34\u00a0800,00")
        self.assertEqual(begun["deviation"], "-34\u00a0800,00")

    def test_further_months_have_one_sum_only_where_they_are_equal(self):
        budget = self.build_budget()
        self.assertEqual(budget._get_paper()["further"], "7\u00a0400,00")
        step = Command.create({"month": "2026-06-01", "seat_count": 5})
        uneven = self.build_budget(seat_count=2, seat_step_ids=[step])
        self.assertEqual(uneven._get_paper()["further"], "")

    def test_the_budget_says_when_its_seats_grow(self):
        step = Command.create({"month": "2026-06-01", "seat_count": 5})
        budget = self.build_budget(seat_count=2, seat_step_ids=[step])
        self.assertEqual(budget._get_paper()["seats"], "2; с 01.06.2026 — 5")

    def test_the_amendment_shows_the_plan_before_and_after_it(self):
        budget = self.approve(self.build_budget())
        first, second = (self.build_amendment(budget) for _number in range(2))
        self.approve(first)
        self.approve(second)
        text, pages = self.print_text("workstation_amendment_action_report", first)
        self.assertEqual(pages, 1)
        for part in (
            "УТВЕРЖДАЮ",
            f"ИЗМЕНЕНИЕ № 1 К БЮДЖЕТУ РАБОЧИХ МЕСТ КОЛЛ-ЦЕНТРА № {budget.name}",
            "06.2026",
            "План до изменения: 108 800,00",
            "Изменение: 100,10 (Сто рублей 10 копеек)",
            "План с учётом изменения: 108 900,10",
        ):
            self.assertIn(part, text)
        self.assertEqual(second._get_paper()["before"], "108\u00a0900,10")

    def test_the_count_lists_what_is_missing_with_lines_to_sign(self):
        found = self.build_equipment("Телефонный аппарат")
        missing = self.build_equipment("Гарнитура")
        stocktake = self.env["callcenter.stocktake"].create({})
        self.as_("hr", stocktake).action_start()
        self.as_("hr", stocktake).scan(found.inventory_no)
        text, pages = self.print_text("stocktake_action_report", stocktake)
        self.assertEqual(pages, 1)
        for part in (
            "ВЕДОМОСТЬ ИНВЕНТАРИЗАЦИИ",
            f"{missing.inventory_no} Гарнитура — не найдено",
            f"{found.inventory_no} Телефонный аппарат — в наличии",
            "Числится по учёту: 2 шт. Найдено: 1 шт. Не найдено: 1 шт.",
            "Председатель комиссии",
        ):
            self.assertIn(part, text)

    def test_the_budget_is_approved_on_the_day_of_the_companys_clock(self):
        with self.at("2026-03-04 20:30:00"):  # 01:30 of the next day in the Urals
            budget = self.approve(self.build_budget())
        self.assertEqual(budget._get_paper()["approved_on"], "5 марта 2026 г.")

    def test_labels_print_for_each_thing(self):
        things = self.build_equipment("One") | self.build_equipment("Two")
        report = "maintenance_equipment_action_report_label"
        text, _pages = self.print_text(report, things)
        for thing in things:
            self.assertIn(thing.inventory_no, text)

    def test_the_workbook_sums_its_own_lines(self):
        budget = self.approve(self.build_budget())
        book = load_workbook(io.BytesIO(budget._get_xlsx()))
        rows = list(book.active.iter_rows(min_row=4, values_only=True))
        self.assertEqual(len(rows), 37 + 1)
        self.assertEqual(sum(row[3] for row in rows[:-1]), 108800)
        self.assertEqual(rows[-1][3], "=SUM(D4:D40)")

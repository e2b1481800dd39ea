import io
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.modules.migration import load_script
from odoo.modules.module import get_module_path
from openpyxl import Workbook

from ..imports.common import ImportCase

HEADER = (
    "ФИО",
    "Таб. номер",
    "Должность",
    "Отдел",
    "Принят",
    "Приказ",
    "Дата приказа",
    "Договор",
    "Дата договора",
    "Оклад",
    "Окончание",
)


class TestStaffImport(ImportCase):
    """The opening load brings people in with the orders of their papers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Order = cls.env["callcenter.personnel.order"]

    def setUp(self):
        super().setUp()
        clock = self.at("2026-03-02 07:00:00")
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)

    def bring_in(self, *rows, **vals):
        book = Workbook()
        for row in (HEADER, *rows):
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        record = self.build_import(
            stream.getvalue(), role="hr", kind="staff", filename="staff.xlsx", **vals
        )
        record.action_read_file()
        record.action_start()
        self.run_imports()
        return record

    def line(self, name, **vals):
        values = {
            "ФИО": name,
            "Таб. номер": "",
            "Должность": "Менеджер зала",
            "Отдел": "Колл-центр",
            "Принят": "01.09.2023",
            "Приказ": "45-к",
            "Дата приказа": "31.08.2023",
            "Договор": "15",
            "Дата договора": "31.08.2023",
            "Оклад": "45 000,00",
        }
        return [str((values | vals).get(name, "")) for name in HEADER]

    def find_order(self, name):
        return self.Order.search([("employee_id.name", "=", name)]).sudo()

    def test_a_line_becomes_a_card_and_an_executed_order_without_a_signature(self):
        record = self.bring_in(self.line("Первая Анна Ивановна"))
        self.assertEqual(self.outcomes(record), [(2, "created")])
        order = self.find_order("Первая Анна Ивановна")
        self.assertEqual(order.state, "executed")
        self.assertTrue(order.brought_in)
        self.assertEqual((order.name, order.number), ("45-к", 0))
        self.assertEqual(order.date_order, date(2023, 8, 31))
        self.assertFalse(order.signed_by_id or order.signed_on)
        self.assertEqual(order.contract_id.number, "15")
        person = order.employee_id
        self.assertEqual(person.callcenter_status, "appointed")
        self.assertEqual(person.contract_date_start, date(2023, 9, 1))
        self.assertEqual((person.job_id.name, person.wage), ("Менеджер зала", 45000))

    def test_its_paper_says_for_ever_what_was_brought_in_and_names_no_signer(self):
        self.bring_in(self.line("Первая Анна Ивановна"))
        order = self.find_order("Первая Анна Ивановна")
        person = order.employee_id._in_transition()
        person.name = "Переименованная Анна Ивановна"
        paper = self.as_("hr", order)._get_paper()
        self.assertEqual(
            {name: paper[name] for name in ("person", "number", "date", "kept")},
            {
                "person": "Первая Анна Ивановна",
                "number": "45-к",
                "date": "31.08.2023",
                "kept": "Приказ подписан на бумаге до начала работы с программой; "
                "внесён 02.03.2026 со слов бумаги.",
            },
        )
        self.assertEqual(paper["tab_number"], person.callcenter_personnel_number)
        self.assertEqual((paper["signer"], paper["signer_title"]), ("", ""))
        answer = self.as_("hr", order).action_verify_paper()
        self.assertEqual(answer["params"]["type"], "success")

    def test_an_upgrade_keeps_the_words_of_those_brought_in_before(self):
        self.bring_in(self.line("Первая Анна Ивановна"))
        order = self.find_order("Первая Анна Ивановна")
        with self.as_owner_of(order._table) as cr:
            cr.execute(
                "UPDATE callcenter_personnel_order"
                " SET paper_words = NULL, paper_hash = NULL WHERE id = %s",
                [order.id],
            )
        self.env.invalidate_all()
        path = get_module_path("callcenter_ops")
        script = f"{path}/migrations/19.0.4.0.0/post-papers.py"
        load_script(script, "post_papers").migrate(self.env.cr, "19.0.3.0.0")
        self.env.invalidate_all()
        self.assertEqual(order.paper_words["person"], "Первая Анна Ивановна")
        self.assertIn("обновления 02.03.2026", order.paper_words["kept"])
        self.assertTrue(order.paper_kept_later)

    def test_bad_lines_are_named_and_the_good_ones_come_in(self):
        record = self.bring_in(
            self.line("Плохая Дата", **{"Принят": "31.02.2023"}),
            self.line("Без Номера", **{"Приказ": ""}),
            self.line("Будущий Человек", **{"Принят": "01.09.2027"}),
            self.line("Хороший Пётр Ильич", **{"Приказ": "46-к"}),
        )
        self.assertEqual(
            self.outcomes(record),
            [(2, "error"), (3, "error"), (4, "error"), (5, "created")],
        )
        self.assertIn("31.02.2023", self.fault(record, 2))
        self.assertFalse(self.find_order("Плохая Дата"))

    def test_a_candidate_is_appointed_by_his_line_and_a_second_load_changes_nothing(
        self,
    ):
        card = self.build_employee("Директор Олег Львович")
        line = self.line("Директор Олег Львович", **{"Приказ": "1-к"})
        self.assertEqual(self.outcomes(self.bring_in(line)), [(2, "updated")])
        self.assertEqual(card.sudo().callcenter_status, "appointed")
        self.assertEqual(self.outcomes(self.bring_in(line)), [(2, "unchanged")])
        self.assertEqual(len(self.find_order("Директор Олег Львович")), 1)

    def test_the_register_never_gives_a_number_that_a_paper_bears(self):
        vals = {"Принят": "01.02.2026", "Дата приказа": "01.02.2026"}
        self.bring_in(self.line("Старая Вера Петровна", **vals, Приказ="7-П/2026"))
        person = self.build_employee("Новая Ольга Юрьевна")
        order = self.Order.with_user(self.users["hr"]).create(
            {
                "employee_id": person.id,
                "job_id": self.job.id,
                "department_id": self.department.id,
                "wage": 40000,
            }
        )
        order.action_submit()
        self.as_("director", order).action_sign()
        self.assertEqual(order.sudo().name, "8-П/2026")

    def test_a_running_term_is_watched_and_what_is_past_is_not(self):
        self.bring_in(
            self.line("Срочный Иван Ильич", **{"Окончание": "31.12.2026"}),
        )
        duties = self.find_order("Срочный Иван Ильич").duty_ids
        self.assertEqual(duties.rule_id.mapped("code"), ["contract_end"])

    def test_nobody_but_hr_brings_people_in(self):
        for role in ("operator", "supervisor", "director", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.build_import("ФИО\nКто-то", role=role, kind="staff")

    def test_nobody_marks_an_order_as_brought_in_by_hand(self):
        for vals in ({"brought_in": True}, {"name": "9-к", "state": "executed"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.Order.with_user(self.users["hr"]).create(
                    {"employee_id": self.build_employee("X Y").id} | vals
                )

import io
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase
from pypdf import PdfReader

from ...tools.common import date_words, money_words
from .common import TODAY, PersonnelCase

REPORT = "callcenter_ops.report_personnel_order"
# What every unified form has around its own body, by the resolution that set them.
HEAD_AND_FOOT = (
    "Утверждена постановлением Госкомстата России от 05.01.2004 № 1",
    "ООО «Проба»",
    "наименование организации",
    "Код",
    "Форма по ОКУД",
    "по ОКПО 00000017",
    "Номер документа",
    "Дата составления",
    "02.03.2026",
    "ПРИКАЗ",
    "(распоряжение)",
    "фамилия, имя, отчество",
    "Табельный номер",
    "0042",
    "структурное подразделение",
    "должность (специальность, профессия), разряд, класс (категория) квалификации",
    "Руководитель организации",
    "Директор",
    "личная подпись",
    "расшифровка подписи",
    "П. И. Кедров",
    "С приказом (распоряжением) работник ознакомлен",
    "«___» ______________ 20___ г.",
)


class TestPaperWords(BaseCase):
    def test_sums_in_words_agree_with_the_number(self):
        expected = {
            27400: "Двадцать семь тысяч четыреста рублей 00 копеек",
            41500.5: "Сорок одна тысяча пятьсот рублей 50 копеек",
            1: "Один рубль 00 копеек",
            2.02: "Два рубля 02 копейки",
        }
        for amount, words in expected.items():
            with self.subTest(amount=amount):
                self.assertEqual(money_words.amount_in_words(amount), words)

    def test_a_sum_is_split_without_float_noise(self):
        self.assertEqual(money_words.split_amount(41500.1 + 0.2), ("41\u00a0500", "30"))

    def test_dates_are_written_in_words(self):
        self.assertEqual(date_words.date_in_words(TODAY), "2 марта 2026 г.")
        self.assertEqual(date_words.date_on_form(TODAY), "«02» марта 2026 г.")


class TestOrderPaper(PersonnelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"name": "ООО «Проба»", "callcenter_okpo": "00000017"})
        cls.department.name = "Колл-центр"
        cls.job.name = "Оператор колл-центра"
        cls.candidate.callcenter_personnel_number = "0042"
        cls.users["director"].name = "Кедров Пётр Ильич"

    def read_pdf(self, orders, role="hr"):
        """``(text, pages)`` of the PDF as that role prints it."""
        report = self.env["ir.actions.report"].with_user(self.users[role])
        with self.allow_pdf_render():
            content, _kind = report.with_context(
                force_report_rendering=True
            )._render_qweb_pdf(REPORT, orders.ids)
        reader = PdfReader(io.BytesIO(content))
        text = " ".join(page.extract_text() for page in reader.pages)
        return " ".join(text.split()), len(reader.pages)

    def assert_says(self, text, *expected):
        for part in expected:
            with self.subTest(part=part):
                self.assertIn(part, text)

    def test_form_t1_has_every_field_on_one_page(self):
        order = self.appoint(
            wage=41500.5,
            trial_months=3,
            date_end="2026-12-31",
            contract_number="15",
            contract_date=TODAY,
            note="полная занятость",
        )
        text, pages = self.read_pdf(order)
        self.assertEqual(pages, 1)
        self.assert_says(
            text,
            *HEAD_AND_FOOT,
            "Унифицированная форма № Т-1",
            "Форма по ОКУД 0301001",
            "1-П/2026",
            "о приёме работника на работу",
            "Принять на работу",
            "с «02» марта 2026 г.",
            "по «31» декабря 2026 г.",
            "Синицыну Веру Олеговну",
            "Колл-центр",
            "Оператор колл-центра",
            "полная занятость",
            "условия приёма на работу, характер работы",
            "с тарифной ставкой (окладом) 41 500 руб. 50 коп.",
            "Сорок одна тысяча пятьсот рублей 50 копеек",
            "надбавкой",
            "с испытанием на срок 3 месяца",
            "Основание:",
            "Трудовой договор от «02» марта 2026 г. № 15",
        )

    def test_form_t8_has_every_field_on_one_page(self):
        self.appoint()
        order = self.dismiss(
            self.candidate,
            contract_number="15",
            contract_date=TODAY,
            basis="заявление от 01.03.2026",
        )
        text, pages = self.read_pdf(order)
        self.assertEqual(pages, 1)
        self.assert_says(
            text,
            *HEAD_AND_FOOT,
            "Унифицированная форма № Т-8",
            "Форма по ОКУД 0301006",
            "1-У/2026",
            "о прекращении (расторжении) трудового договора с работником",
            "Прекратить действие трудового договора от «02» марта 2026 г. № 15",
            "уволить «02» марта 2026 г.",
            "ненужное зачеркнуть",
            "Синицыну Веру Олеговну",
            "Колл-центр",
            "Оператор колл-центра",
            "Расторжение трудового договора по инициативе работника",
            "п. 3 ч. 1 ст. 77 ТК РФ",
            "основание прекращения (расторжения) трудового договора (увольнения)",
            "Основание (документ, номер, дата):",
            "заявление от 01.03.2026",
            "заявление работника, служебная записка, медицинское заключение",
            "Мотивированное мнение выборного профсоюзного органа",
        )

    def test_form_t8_strikes_out_the_contract_that_it_does_not_name(self):
        self.appoint()
        order = self.dismiss(self.candidate)
        self.assertIn(b'<tr class="struck">', self.render(order))
        named = self.build_dismissal(
            self.build_operator("Named"), contract_number="15", contract_date=TODAY
        )
        self.assertNotIn(b'class="struck"', self.render(named))

    def render(self, order, role="hr"):
        report = self.env["ir.actions.report"].with_user(self.users[role])
        return report._render_qweb_html(REPORT, order.ids)[0]

    def test_form_t5_names_the_former_and_the_new_place(self):
        self.appoint()
        senior = self.env["hr.job"].create({"name": "Старший оператор"})
        shop = self.env["hr.department"].create({"name": "Отдел продаж"})
        order = self.sign(
            self.build_order(
                order_type="transfer",
                job_id=senior.id,
                department_id=shop.id,
                wage=50000,
                contract_number="15-1",
                contract_date=TODAY,
                note="по производственной необходимости",
                basis="заявление",
            )
        )
        text, pages = self.read_pdf(order)
        self.assertEqual(pages, 1)
        self.assert_says(
            text,
            *HEAD_AND_FOOT,
            "Унифицированная форма № Т-5",
            "Форма по ОКУД 0301004",
            "1-ПВ/2026",
            "Перевести на другую работу",
            "с «02» марта 2026 г.",
            "Синицыну Веру Олеговну",
            "постоянно",
            "вид перевода (постоянно, временно)",
            "Прежнее место работы",
            "Колл-центр",
            "Оператор колл-центра",
            "по производственной необходимости",
            "причина перевода",
            "Новое место работы",
            "Отдел продаж",
            "Старший оператор",
            "с тарифной ставкой (окладом) 50 000 руб. 00 коп.",
            "надбавкой",
            "Основание:",
            "изменение к трудовому договору от «02» марта 2026 г. № 15-1",
            "или другой документ заявление",
        )

    def test_own_forms_say_who_acts_and_what_is_cancelled(self):
        self.supervisor.write({"name": "Рябинин Олег Львович"})
        acting = self.sign(
            self.build_order(
                order_type="acting",
                absent_employee_id=self.supervisor.id,
                date_end="2026-03-16",
            )
        )
        text, _pages = self.read_pdf(acting)
        self.assert_says(
            text,
            "отсутствием Рябинина Олега Львовича",
            "на Синицыну Веру Олеговну",
            "с 2 марта 2026 г. по 16 марта 2026 г. включительно",
        )
        text, _pages = self.read_pdf(self.cancel(acting))
        self.assert_says(text, "Отменить приказ № 1-ИО/2026 от 2 марта 2026 г.")

    def test_several_orders_come_in_one_file(self):
        orders = self.appoint() | self.appoint(self.build_employee("Иванов Пётр"))
        _text, pages = self.read_pdf(orders)
        self.assertEqual(pages, 2)

    def test_hrs_own_form_of_the_name_wins(self):
        self.candidate.callcenter_name_acc = "Синицыну-Вольную Веру"
        self.assertEqual(
            self.build_order()._get_paper()["person_acc"], "Синицыну-Вольную Веру"
        )

    def test_pasted_markup_is_printed_as_text(self):
        order = self.build_order(basis="<b>memo</b><script>x</script>")
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["hr"])
            ._render_qweb_html(REPORT, order.ids)
        )
        self.assertIn(b"&lt;script&gt;", html)
        self.assertNotIn(b"<script>x", html)

    def test_the_wage_is_printed_for_hr_director_and_the_person_alone(self):
        order = self.appoint(
            self.build_employee("Петров Илья", user=self.users["operator"])
        )
        for role in ("hr", "director", "operator"):
            self.assertEqual(
                self.as_(role, order)._get_paper()["roubles"], "40\u00a0000"
            )
        for role in ("supervisor", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, order).action_print()
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, order)._get_paper()

    def test_hr_registers_the_scan_and_the_date_of_the_paper(self):
        order = self.appoint()
        wizard = self.env["callcenter.order.paper.register"].with_user(self.users["hr"])
        wizard.create(
            {
                "order_id": order.id,
                "paper_date": TODAY,
                "paper_scan": b"c2Nhbg==",
                "paper_scan_name": "scan.pdf",
            }
        ).action_register()
        self.assertEqual((order.paper_date, order.paper_scan), (TODAY, b"c2Nhbg=="))
        self.assertIn("«02» марта 2026 г.", order._get_paper()["acknowledged"])

    def test_a_refusal_to_sign_names_its_witnesses(self):
        order = self.appoint()
        wizard = self.env["callcenter.order.paper.register"].with_user(self.users["hr"])
        refusal = wizard.create({"order_id": order.id, "paper_refused": True})
        kim = self.build_employee("Ким Олег Петрович", job_id=self.job.id)
        with self.assertRaisesRegex(UserError, "two witnesses"):
            refusal.action_register()
        for witnesses in (kim, kim | order.employee_id):
            refusal.witness_ids = witnesses
            with self.assertRaisesRegex(UserError, "two witnesses"):
                refusal.action_register()
        self.assertFalse(order.paper_refused)
        refusal.witness_ids = kim | self.build_employee("Орлова Анна")
        refusal.action_register()
        self.assertTrue(order.paper_refused)
        paper = order._get_paper()
        self.assertEqual(
            paper["witnesses"],
            "Ким Олег Петрович, Оператор колл-центра; Орлова Анна",
        )
        self.assertEqual(paper["refused"], "«02» марта 2026 г.")
        self.assertEqual(paper["acknowledged"], "")
        row = self.as_("hr", order)._get_register_row()
        self.assertEqual(row[-2], "отказ 02.03.2026")

    def test_a_paper_is_registered_once_on_a_day_that_can_be(self):
        order = self.appoint()
        today = order.company_id._callcenter_today()
        for day in (TODAY - timedelta(days=1), today + timedelta(days=1), False):
            with self.subTest(day=day), self.assertRaisesRegex(UserError, "between"):
                self.as_("hr", order)._register_paper(day)
        self.assertFalse(order.paper_date)
        witnesses = self.build_employee("Ким Олег") | self.build_employee("Орлова Анна")
        self.as_("hr", order)._register_paper(TODAY, True, witnesses)
        with self.assertRaisesRegex(UserError, "has been registered"):
            self.as_("hr", order)._register_paper(TODAY)
        self.assertTrue(order.paper_refused)

    def test_a_missing_scan_is_added_once(self):
        order = self.appoint()
        self.as_("hr", order)._register_paper(TODAY)
        self.as_("hr", order)._add_scan(b"c2Nhbg==", "scan.pdf")
        self.assertEqual(order.paper_scan, b"c2Nhbg==")
        with self.assertRaisesRegex(UserError, "has been registered"):
            self.as_("hr", order)._add_scan(b"YW5v", "other.pdf")
        self.assertEqual(order.paper_scan, b"c2Nhbg==")

    def test_nobody_but_hr_registers_a_paper_and_never_of_a_draft(self):
        order, draft = self.appoint(), self.build_order(self.build_employee("Draft"))
        for role in ("operator", "supervisor", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.as_(role, order)._register_paper(TODAY)
        with self.assertRaisesRegex(UserError, "not signed"):
            self.as_("hr", draft)._register_paper(TODAY)
        with self.assertRaises(UserError):
            self.as_("hr", order).write({"paper_date": TODAY})
        self.assertFalse(order.paper_date)

"""The company of the journeys: people, catalogue, documents, clients; in Russian."""

from browser import BrowserCase
from freezegun import freeze_time
from odoo import Command
from odoo.tests import new_test_user
from playwright.sync_api import expect

PEOPLE = {
    "director": ("Громов Павел Андреевич", "callcenter_ops.group_director"),
    "hr": ("Лебедева Ирина Сергеевна", "callcenter_ops.group_hr"),
    "supervisor": ("Вершинин Олег Николаевич", "callcenter_ops.group_supervisor"),
    "manager": ("Ершов Денис Ильич", "callcenter_ops.group_manager"),
}
# The customer's own list of what a workplace costs.
COSTS = [
    ("Компьютер", "equipment", "one_time", 20000),
    ("Канцелярские принадлежности", "consumable", "monthly", 100),
    ("Услуги связи", "telephone", "monthly", 6700),
    ("Интернет", "internet", "monthly", 600),
]
CLIENTS = [
    ("Спортмастерская «Вершина»", "+73430001001"),
    ("Лыжный клуб «Снежный барс»", "+73430001002"),
    ("Магазин «Пятое колесо»", "+73510001003"),
]
GOODS = {
    "Мячи": ["Футбольный", "Баскетбольный", "Волейбольный", "Гандбольный", "Теннисный"],
    "Лыжи": ["Беговые", "Горные", "Детские", "Туристические", "Роликовые"],
    "Коньки": ["Хоккейные", "Фигурные", "Ледовые", "Раздвижные", "Беговые ледовые"],
}
COLOURS = ["красный", "синий", "зелёный", "чёрный", "белый"]
SCRIPT = """<p>Здравствуйте! Меня зовут {{ operator_name }},
компания {{ own_company }}.</p>
<p>Рассказываем о новинках сезона для {{ client_name }}.</p>"""


class OfficeCase(BrowserCase):
    """What a hand does on the screens of personnel."""

    def choose(self, page, field, name, typed=None):
        """Choose a record by its whole name; ``typed`` is what the hand types."""
        self.choose_record(page, f"[name={field}] input", name, typed)

    def sign_order(self, page, order, words):
        """As the Director: read the paper, which says ``words``, and sign it."""
        with self.database():
            signing = self.env.ref("callcenter_ops.order_signing_action").id
        self.open_record(page, order)
        button = page.locator(f".o_form_statusbar button[name='{signing}']")
        button.click()
        paper = page.locator(".modal [name=paper_html]")
        expect(paper).to_contain_text(words)
        self.picture(page, f"paper-{order.id}")
        page.click(".modal button[name=action_sign]:visible")
        expect(page.locator(".modal")).to_have_count(0)
        expect(button).to_be_hidden()

    def end_the_day(self):
        """The first instant of tomorrow in the company: what is due is executed."""
        company = self.env.company
        _start, midnight = company._callcenter_day_bounds(company._callcenter_today())
        with self.database(), freeze_time(midnight):
            self.env["callcenter.personnel.order"]._cron_execute_due()
            self.env.flush_all()
        self.env.invalidate_all()

    @classmethod
    def approve_description(cls, job, director):
        """The job description of a post, version 1, approved by the Director."""
        sections = {
            "Общие положения": [
                "Оператор назначается на должность и освобождается от неё приказом "
                "Директора.",
                "Оператор подчиняется директору департамента продаж.",
            ],
            "Основная задача": [
                "Исходящий информативный обзвон по клиентской базе с записью "
                "результата в отчётный лист и в базу данных.",
            ],
        }
        description = cls.env["callcenter.job.description"].create(
            {
                "job_id": job.id,
                "section_ids": [
                    Command.create(
                        {
                            "name": name,
                            "clause_ids": [Command.create({"text": c}) for c in texts],
                        }
                    )
                    for name, texts in sections.items()
                ],
            }
        )
        description.with_user(director).action_approve()
        return description


class OlsportCase(OfficeCase):
    """Builds what exists before the first order is drafted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.env = cls.env(context=dict(cls.env.context, lang="ru_RU"))
        cls.company = cls.env.company
        cls.env.ref("base.RUB").active = True
        cls.company.write(
            {
                "name": "ООО «Олспорт»",
                "currency_id": cls.env.ref("base.RUB").id,
                "country_id": cls.env.ref("base.ru").id,
                "callcenter_tz": "Asia/Yekaterinburg",
            }
        )
        cls.people = {role: cls._build_person(role) for role in PEOPLE}
        cls.department = cls.env["hr.department"].create(
            {
                "name": "Колл-центр",
                "manager_id": cls.people["supervisor"].employee_id.id,
            }
        )
        cls.job = cls.env["hr.job"].create(
            {"name": "Оператор колл-центра", "department_id": cls.department.id}
        )
        cls.candidate = cls.env["hr.employee"].create(
            {
                "name": "Синицына Вера Олеговна",
                "work_email": "sinitsyna@olsport.example",
                "sex": "female",
            }
        )

    @classmethod
    def _build_person(cls, role):
        name, group = PEOPLE[role]
        user = new_test_user(
            cls.env,
            f"journey_{role}",
            name=name,
            groups=f"base.group_user,{group}",
            lang="ru_RU",
            tz="Asia/Yekaterinburg",
        )
        cls.env["hr.employee"].create({"name": name, "user_id": user.id})
        return user

    @classmethod
    def build_operator(cls, login, name):
        """An appointed operator of the call centre with an account."""
        user = new_test_user(
            cls.env,
            login,
            groups="callcenter_ops.group_operator",
            lang="ru_RU",
            tz="Asia/Yekaterinburg",
            name=name,
        )
        employee = cls.env["hr.employee"].create(
            {
                "name": name,
                "user_id": user.id,
                "job_id": cls.job.id,
                "department_id": cls.department.id,
            }
        )
        employee._transition({"callcenter_status": "appointed"})
        return employee

    @classmethod
    def build_description(cls):
        """The approved job description of the post, version 1."""
        return cls.approve_description(cls.job, cls.people["director"])

    @classmethod
    def build_catalogue(cls):
        """Fifteen goods in three categories, each with a price and a colour."""
        cls.env["product.template"].search([("sale_ok", "=", True)]).sale_ok = False
        colour = cls.env["product.attribute"].create(
            {
                "name": "Цвет",
                "create_variant": "no_variant",
                "value_ids": [Command.create({"name": name}) for name in COLOURS],
            }
        )
        for place, (category, names) in enumerate(GOODS.items(), 1):
            record = cls.env["product.category"].create({"name": category})
            for number, name in enumerate(names):
                value = colour.value_ids[number]
                cls.env["product.template"].create(
                    {
                        "name": f"{name} {category.lower()} «Старт»",
                        "default_code": f"{place}{number:02}",
                        "list_price": 1000 * place + 150 * number,
                        "categ_id": record.id,
                        "attribute_line_ids": [
                            Command.create(
                                {
                                    "attribute_id": colour.id,
                                    "value_ids": [Command.set(value.ids)],
                                }
                            )
                        ],
                    }
                )

    @classmethod
    def build_quiz(cls):
        """Ten questions by price, code and colour, needed for the post."""
        quotas = [("Цены", "price", 4), ("Артикулы", "product_to_code", 3)]
        quotas.append(("Цвета", "colours", 3))
        templates = {
            code: cls.env.ref(f"callcenter_training.question_template_{code}")
            for _name, code, _count in quotas
        }
        quiz = cls.env["callcenter.quiz"].create(
            {
                "name": "Ассортимент: 10 вопросов",
                "job_ids": [Command.set(cls.job.ids)],
                "pass_percent": 80,
                "section_ids": [
                    Command.create(
                        {
                            "name": name,
                            "template_ids": [Command.set(templates[code].ids)],
                            "question_count": count,
                        }
                    )
                    for name, code, count in quotas
                ],
            }
        )
        quiz._transition({"state": "in_force"})
        return quiz

    @classmethod
    def build_kit(cls):
        """The customer's kit in force: 27 400 the first month, 7 400 each further."""
        items = cls.env["callcenter.cost.item"].create(
            [
                {"name": name, "kind": kind, "periodicity": period, "amount": amount}
                for name, kind, period, amount in COSTS
            ]
        )
        kit = cls.env["callcenter.workstation.kit"].create(
            {
                "name": "Рабочее место оператора",
                "line_ids": [Command.create({"item_id": item.id}) for item in items],
            }
        )
        kit.action_approve()
        return kit

    @classmethod
    def build_clients(cls):
        return cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "phone": phone,
                    "city": "Екатеринбург",
                    "country_id": cls.env.ref("base.ru").id,
                    "state_id": cls.env.ref("base.state_ru_sve").id,
                }
                for name, phone in CLIENTS
            ]
        )

    @classmethod
    def build_campaign(cls, clients):
        """A draft campaign that may call at any hour, so that nights do not matter."""
        rules = cls.env["callcenter.rule.set"].create(
            {
                "name": "Круглосуточно",
                "for_informative": True,
                "version_ids": [
                    Command.create(
                        {
                            "date_from": "2020-01-01",
                            "workday_from": 0,
                            "workday_to": 24,
                            "dayoff_from": 0,
                            "dayoff_to": 24,
                        }
                    )
                ],
            }
        )
        return cls.env["callcenter.campaign"].create(
            {
                "name": "Весенний ассортимент",
                "rule_set_id": rules.id,
                "partner_domain": repr([("id", "in", clients.ids)]),
                "script": SCRIPT,
            }
        )

import base64
import hashlib
from datetime import date

from lxml import html as lxml_html
from odoo import Command
from odoo.exceptions import UserError
from odoo.modules.migration import load_script
from odoo.modules.module import get_module_path
from odoo.tests import tagged
from odoo.tools import SQL

from ..figures.common import SupervisionCase
from ..personnel.common import TODAY, PersonnelCase
from ..position.common import PositionCase

_MIXIN = "callcenter.signed.paper.mixin"
# What a paper of a model prints beside its own report.
_MORE_REPORTS = {
    "callcenter.job.description": ["job_description_action_report_sheet"],
    "callcenter.policy": ["policy_action_report_sheet"],
}


class PapersCase(PersonnelCase, PositionCase, SupervisionCase):
    """One signed paper of every kind, and a world in which every name changes."""

    rows = 2
    long = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rub = cls.env.ref("base.RUB")
        cls.rub.active = True
        cls.company.write({"name": "ООО «Проба»", "currency_id": cls.rub.id})
        cls.company.city = "Екатеринбург"
        cls.department.name = f"Колл-центр{cls.long}"
        cls.job.name = f"Оператор колл-центра{cls.long}"
        cls.director = cls.build_employee(
            "Кедров Пётр Ильич", user=cls.users["director"], job_title="Директор"
        )
        cls.hr = cls.build_employee("Липова Анна Львовна", user=cls.users["hr"])
        cls.supervisor.name = "Рябинина-Верхнеуральская Александра Константиновна"
        # as an order of a new name does
        cls.operator._in_transition().name = (
            "Огородникова-Староверцева Екатерина Владиславовна"
        )
        cls.operator.write({"birthday": "1990-05-01"})
        cls.candidate.callcenter_personnel_number = "0042"

    @classmethod
    def build_employee(cls, name, user=None, **vals):
        return super().build_employee(name, user=user, **vals)

    def sign(self, record, **kwargs):
        """Orders are signed by the Director, acknowledgements by their employee."""
        if record._name == "callcenter.acknowledgement":
            return PositionCase.sign(self, record, **kwargs)
        return PersonnelCase.sign(self, record)

    # -- one of each --

    def build_papers(self):
        """``{what it is: signed record}`` of every kind of paper."""
        papers = self.build_orders() | self.build_documents()
        papers |= self.build_place_papers()
        return papers | {"sheet": self.build_sheet(), "bonus": self.build_bonus()}

    def build_orders(self):
        person = self.candidate
        contract = {"contract_number": "15", "contract_date": TODAY}
        appointment = self.appoint(person, trial_months=3, **contract)
        senior = self.env["hr.job"].create({"name": f"Старший оператор{self.long}"})
        self.renamed_later = senior
        transfer = self.sign(
            self.build_order(
                person,
                order_type="transfer",
                job_id=senior.id,
                department_id=self.department.id,
                wage=50000,
            )
        )
        acting = self.sign(
            self.build_order(
                self.operator,
                order_type="acting",
                absent_employee_id=self.supervisor.id,
                date_end="2026-03-16",
                additional_pay=12000,
            )
        )
        cancellation = self.cancel(acting)
        dismissal = self.sign(self.build_dismissal(person, basis="заявление"))
        return {
            "appointment": appointment,
            "transfer": transfer,
            "acting": acting,
            "cancellation": cancellation,
            "dismissal": dismissal,
        }

    def build_documents(self):
        texts = [f"Пункт {number}. Звонит клиентам." for number in range(self.rows)]
        description = self.approve(self.build_description(texts=texts, number="ДИ-7"))
        policy = self.approve(self.build_policy(number="ЛНА-1"))
        briefing = self.approve(self.build_briefing())
        answers = {"description": description, "policy": policy, "briefing": briefing}
        for name in list(answers):
            for person in (self.colleague, self.operator):
                request = self.get_acknowledgement(person, answers[name])
                answers[f"{name}, signed"] = self.answer(request)
        return answers

    def answer(self, request):
        """A click, and where the law wants a hand on paper its registration."""
        self.sign(request)
        if request.state == "pending":
            self.as_("hr", request)._register_paper(TODAY)
        return request

    def build_briefing(self, **vals):
        return self.build_policy(
            **{
                "name": f"Инструктаж на рабочем месте{self.long}",
                "number": "И-1",
                "kind": "briefing",
                "briefing_field": "labour_safety",
                "briefing_type": "repeated",
                "instructor_id": self.supervisor.id,
            }
            | vals
        )

    def build_place_papers(self):
        things = self.env["maintenance.equipment"].create(
            [
                {"name": f"Системный блок {number}{self.long}", "price": 20000}
                for number in range(self.rows)
            ]
        )
        self.things = things
        self.place = self.env["callcenter.workstation"].create({"name": "А-01"})
        act = self.env["callcenter.handover"].create(
            {
                "employee_id": self.operator.id,
                "workstation_id": self.place.id,
                "line_ids": [
                    Command.create({"equipment_id": thing.id}) for thing in things
                ],
            }
        )
        self.as_("hr", act).action_issue()
        act.with_user(self.users["operator"]).action_accept()
        count = self.env["callcenter.stocktake"].create({})
        self.as_("hr", count).action_start()
        self.as_("hr", count).scan(things[0].inventory_no)
        self.as_("hr", count).action_close()
        budget = self.approve(self.build_budget())
        amendment = self.approve(self.build_amendment(budget))
        return {"act": act, "count": count, "budget": budget, "amendment": amendment}

    def build_budget(self):
        self.item = self.env["callcenter.cost.item"].create(
            {
                "name": f"Связь{self.long}",
                "code": "link",
                "kind": "telephone",
                "periodicity": "monthly",
                "amount": 6700,
                "currency_id": self.rub.id,
            }
        )
        line = Command.create({"item_id": self.item.id})
        self.kit = self.env["callcenter.workstation.kit"].create(
            {"name": "Офис", "date_from": "2026-01-01", "line_ids": [line]}
        )
        return self.env["callcenter.workstation.budget"].create(
            {
                "kit_id": self.kit.id,
                "seat_count": 3,
                "months": max(12, self.rows),
                "date_from": date(2026, 3, 1),
            }
        )

    def build_amendment(self, budget):
        change = {"item_id": self.item.id, "month": "2026-06-01", "amount": 100.10}
        return self.env["callcenter.workstation.amendment"].create(
            {
                "budget_id": budget.id,
                "reason": "Больше звонков",
                "line_ids": [Command.create(change)],
            }
        )

    def build_sheet(self):
        for number in range(self.rows):
            call = self.build_call(note=f"Разговор {number}{self.long}")
        sheet = call.sheet_id
        sheet.with_user(self.users["operator"]).action_submit()
        sheet.with_user(self.users["supervisor"]).action_check()
        return sheet

    def build_bonus(self):
        formula = {"date_from": "2026-02-01", "formula": "attempts * 100"}
        self.scheme = self.env["callcenter.bonus.scheme"].create(
            {
                "name": f"Премия операторов{self.long}",
                "month": "2026-02-01",
                "version_ids": [Command.create(formula)],
            }
        )
        self.as_("director", self.scheme).action_work_out()
        sheet = self.env["callcenter.bonus.sheet"].search(
            [("employee_id", "=", self.operator.id)]
        )
        with self.at("2026-03-02 06:00:00"):
            self.as_("director", sheet).action_confirm()
        return sheet

    # -- a world of other names --

    def rename_everything(self):
        people = self.env["hr.employee"].search([])
        people._in_transition().write({"name": "Переименованов Иван"})
        self.env["res.users"].search([]).partner_id.write({"name": "Другой Человек"})
        self.env["hr.job"].search([]).write({"name": "Специалист"})
        for lang in ("en_US", "ru_RU"):
            jobs = self.env["hr.job"].with_context(lang=lang).search([])
            jobs.write({"name": "Специалист"})
            departments = self.env["hr.department"].with_context(lang=lang)
            departments.search([]).write({"name": "Служба"})
        moved = self.operator._in_transition()
        moved.write({"department_id": self.build_department("Новая служба").id})
        self.operator.birthday = False
        self.director._in_transition().job_title = "Президент"
        self.supervisor._in_transition().job_id = self.job
        self.operator.user_id.login = "another_login"
        self.candidate._in_transition().callcenter_personnel_number = "9999"
        self.company.write(
            {
                "name": "АО «Другое»",
                "city": "Москва",
                "callcenter_okpo": "99999999",
                "callcenter_signer_title": "Президент",
            }
        )
        self.things.write({"name": "Другое устройство", "price": 1})
        self.place.name = "Я-99"
        self.item.name = "Другая статья"
        self.scheme.name = "Другая премия"
        self.kit._transition({"name": "Другая норма"})
        self.client.name = "Другой клиент"
        self.env["callcenter.disposition"].search([]).write({"name": "Другой итог"})
        self.ground.write({"name": "Другое основание", "article": "ст. 0"})
        self.env.flush_all()
        self.env.invalidate_all()

    def build_department(self, name):
        return self.env["hr.department"].create({"name": name})

    # -- what is printed --

    def read_all(self, papers):
        """``{what it is: text}`` of every paper, journal and register included."""
        texts = {name: self.read(record) for name, record in papers.items()}
        texts["register"] = self.read_register(papers)
        journal = self.env["callcenter.briefing.journal"].create({})
        texts["journal"] = journal._get_lines()
        for person in (self.operator.browse(), self.operator):
            texts[f"week {person.id}"] = self.read_week(person)
        return texts

    def read_week(self, person):
        """The words of a period: of one operator, or of the team without one."""
        weeks = self.as_("supervisor", self.env["callcenter.report.sheet.period"])
        paper = weeks.create({"employee_id": person.id})._get_paper()
        return [*paper.get_head(), *paper.get_lines()]

    def read(self, record):
        if record._name == "callcenter.acknowledgement":
            return self.as_("hr", record)._get_paper()
        reports = [record._paper_report.removeprefix("callcenter_ops.")]
        reports += _MORE_REPORTS.get(record._name, [])
        return [self.render(report, record) for report in reports]

    def read_register(self, papers):
        orders = [
            paper
            for paper in papers.values()
            if paper._name == "callcenter.personnel.order"
        ]
        return [self.as_("hr", order)._get_register_row() for order in orders]

    def render(self, report, record):
        """Words of the page, without those of the company's layout around it."""
        role = "supervisor" if record._name == "callcenter.report.sheet" else "hr"
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        page, _kind = reports._render_qweb_html(f"callcenter_ops.{report}", record.ids)
        body = lxml_html.fromstring(page).find("body")
        for style in body.iter("style"):
            style.text = ""
        return " ".join(body.text_content().split())


@tagged("post_install", "-at_install")
class TestSignedPapers(PapersCase):
    def test_renamed_afterwards_every_signed_paper_prints_the_same_words(self):
        papers = self.build_papers()
        before = self.read_all(papers)
        self.rename_everything()
        after = self.read_all(papers)
        for name, text in before.items():
            with self.subTest(paper=name):
                self.assertEqual(after[name], text)
        kinds = {paper._name for paper in papers.values()}
        heirs = self.env.registry.descendants([_MIXIN], "_inherit")
        self.assertEqual(
            kinds, {name for name in heirs if not self.env[name]._abstract}
        )

    def test_renamed_afterwards_every_signed_paper_is_verified(self):
        papers = self.build_papers()
        self.rename_everything()
        for name, paper in papers.items():
            role = "supervisor" if name == "sheet" else "hr"
            with self.subTest(paper=name):
                answer = self.as_(role, paper).action_verify_paper()
                self.assertEqual(answer["params"]["type"], "success")
        signed = papers["description, signed"]
        answer = self.as_("hr", signed).action_verify()
        self.assertEqual(answer["params"]["type"], "success")

    def test_words_that_were_changed_past_the_system_are_found_out(self):
        for name, paper in self.build_papers().items():
            if name.endswith("signed"):
                continue  # the database itself refuses that, see the guard's tests
            with self.as_owner_of(paper._table) as cr:
                cr.execute(
                    SQL(
                        "UPDATE %s SET paper_words = paper_words || %s WHERE id = %s",
                        SQL.identifier(paper._table),
                        '{"company": "Forged"}',
                        paper.id,
                    )
                )
            role = "supervisor" if name == "sheet" else "hr"
            with self.subTest(paper=name):
                answer = self.as_(role, paper).action_verify_paper()
                self.assertEqual(answer["params"]["type"], "danger")

    def test_nobody_reads_or_forges_kept_words_past_the_paper(self):
        order = self.appoint()
        for role in ("hr", "director", "manager", "operator"):
            with self.subTest(role=role), self.assertRaises(UserError):
                self.as_(role, order).read(["paper_words"])
            with self.subTest(role=role), self.assertRaises(UserError):
                self.as_(role, order).write({"paper_words": {"company": "Forged"}})
        draft = {"default_paper_words": {"company": "Forged"}}
        with self.assertRaises(UserError):
            self.Order.with_user(self.users["hr"]).with_context(**draft).create(
                {"order_type": "appointment", "employee_id": self.operator.id}
            )
        self.assertEqual(order.paper_words["company"], "ООО «Проба»")

    def test_the_job_keeps_the_pdf_and_printing_gives_it_back(self):
        order = self.appoint()
        with self.allow_pdf_render():
            forced = self.env["callcenter.signed.paper.mixin"].with_context(
                force_report_rendering=True
            )
            forced._cron_render_papers()
        kept = base64.b64decode(order.paper_pdf)
        self.assertEqual(kept[:4], b"%PDF")
        self.assertEqual(order.paper_pdf_hash, hashlib.sha256(kept).hexdigest())
        self.candidate._in_transition().name = "Переименованова Вера"
        reports = self.env["ir.actions.report"].with_user(self.users["hr"])
        printed, kind = reports._render_qweb_pdf(order._paper_report, order.ids)
        self.assertEqual((printed, kind), (kept, "pdf"))

    def test_a_paper_that_cannot_be_rendered_keeps_its_words(self):
        order = self.appoint()

        def fail(_self, *_args, **_kwargs):
            raise OSError("no printer")

        self.patch(type(self.env["ir.actions.report"]), "_render_qweb_pdf", fail)
        with self.assertLogs("odoo.addons.callcenter_ops", "ERROR"):
            self.env["callcenter.signed.paper.mixin"]._cron_render_papers()
        self.assertFalse(order.paper_pdf)
        self.assertEqual(order.paper_words["person"], "Синицына Вера Олеговна")
        self.assertEqual(order.state, "executed")

    def test_a_reopened_sheet_is_kept_anew_when_it_is_checked_again(self):
        sheet = self.build_sheet()
        sheet.with_user(self.users["supervisor"]).action_reopen("Fix")
        self.assertFalse(sheet.paper_words)
        sheet.with_user(self.users["operator"]).action_submit()
        self.operator._in_transition().name = "Новая Фамилия"
        sheet.with_user(self.users["supervisor"]).action_check()
        self.assertIn(["Оператор", "Новая Фамилия"], sheet.paper_words["head"])

    def test_an_upgrade_keeps_the_words_of_older_papers_and_says_so(self):
        papers = self.build_papers()
        older = self.get_older(papers)
        self.forget_words(older)
        migration = self.load_migration()
        migration.keep_departments(self.env.cr)
        migration.keep_words_of_signed_papers(self.env)
        for name, paper in older.items():
            with self.subTest(paper=name):
                self.assertTrue(paper.sudo().paper_kept_later)
                self.assertEqual(
                    paper.sudo().paper_words["kept"],
                    "Слова бумаги — по состоянию на дату обновления 02.03.2026.",
                )
        before = self.read_all(older)
        self.rename_everything()
        self.assertEqual(self.read_all(older), before)

    def test_an_upgrade_names_sheets_by_a_day_as_people_write_it(self):
        sheet = self.build_sheet()
        name = f"{self.operator.name}, 02.03.2026"
        self.assertEqual(sheet.name, name)
        self.env.cr.execute(
            "UPDATE callcenter_report_sheet SET name = %s WHERE id = %s",
            [f"{self.operator.name}, 2026-03-02", sheet.id],
        )
        script = f"{get_module_path('callcenter_ops')}/migrations/19.0.4.0.0"
        migration = load_script(f"{script}/post-papers.py", "post_papers")
        migration.write_days_of_sheets(self.env.cr)
        self.env.invalidate_all()
        self.assertEqual(sheet.name, name)

    def get_older(self, papers):
        """The papers whose words the database lets go: signatures are append-only.

        Bonuses came with kept words from the first day.
        """
        return {
            name: paper
            for name, paper in papers.items()
            if not name.endswith("signed") and name != "bonus"
        }

    def forget_words(self, papers):
        for paper in papers.values():
            with self.as_owner_of(paper._table) as cr:
                cr.execute(
                    SQL(
                        "UPDATE %s SET paper_words = NULL, paper_hash = NULL"
                        " WHERE id = %s",
                        SQL.identifier(paper._table),
                        paper.id,
                    )
                )
        self.env.invalidate_all()

    def load_migration(self):
        path = get_module_path("callcenter_ops")
        return load_script(f"{path}/migrations/19.0.3.0.0/post-migration.py", "post")

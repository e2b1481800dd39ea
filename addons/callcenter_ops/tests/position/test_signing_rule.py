from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..personnel.common import PersonnelCase
from .common import PositionCase


@tagged("post_install", "-at_install")
class TestSigningRule(PersonnelCase, PositionCase):
    """How each kind of paper is signed is a dated setting with its source."""

    def sign(self, record, **kwargs):
        """Orders are signed by the Director, acknowledgements by their employee."""
        if record._name == "callcenter.acknowledgement":
            return PositionCase.sign(self, record, **kwargs)
        return PersonnelCase.sign(self, record)

    def ask(self, policy):
        return self.get_acknowledgement(self.anna, self.approve(policy))

    def setUp(self):
        super().setUp()
        self.anna = self.build_operator("Рудакова Анна Сергеевна", work_email="a@b.ru")
        self.rules = self.env["callcenter.signing.rule"]

    def build_briefing(self):
        return self.build_policy(
            kind="briefing",
            briefing_field="labour_safety",
            briefing_type="primary",
            name="Safety",
        )

    def register(self, acknowledgement, day, role="hr"):
        wizard = self.env["callcenter.acknowledgement.paper"]
        return (
            wizard.with_user(self.users[role])
            .create({"acknowledgement_ids": acknowledgement.ids, "date": day})
            .action_register()
        )

    def codes(self, day=date(2026, 3, 2)):
        return [one["code"] for one in self.get_blockers(self.anna, day)]

    def test_the_law_keeps_dismissals_and_briefings_on_paper(self):
        for kind, day, way in (
            ("dismissal", date(2026, 3, 2), "paper"),
            ("briefing", date(2026, 3, 2), "paper"),
            ("briefing", date(2021, 11, 21), "click"),
            ("appointment", date(2026, 3, 2), "click"),
            ("local_act", date(2026, 3, 2), "click"),
        ):
            with self.subTest(kind=kind, day=day):
                self.assertEqual(self.rules._get_way(kind, self.company, day), way)
        paper = self.env.ref("callcenter_ops.signing_rule_dismissal")
        self.assertIn("ст. 22.1", paper.source)

    def test_the_company_s_own_rule_goes_before_the_common_one_from_its_day(self):
        self.rules.with_user(self.users["hr"]).create(
            {
                "paper_kind": "local_act",
                "way": "electronic",
                "date_from": "2026-03-01",
                "source": "Положение о КЭДО",
                "company_id": self.company.id,
            }
        )
        ways = [
            self.rules._get_way("local_act", self.company, day)
            for day in (date(2026, 2, 28), date(2026, 3, 1))
        ]
        self.assertEqual(ways, ["click", "electronic"])
        signed = PositionCase.sign(self, self.ask(self.build_policy()))
        self.assertEqual((signed.state, signed.signed_way), ("signed", "electronic"))

    def test_a_click_under_a_briefing_clears_only_with_the_date_of_the_sheet(self):
        asked = self.ask(self.build_briefing())
        PositionCase.sign(self, asked, signature="Рудакова А. С.")
        self.assertEqual((asked.state, asked.signed_on), ("pending", False))
        self.assertTrue(asked.read_on)
        self.assertEqual(self.codes(), ["acknowledgement_pending"])
        self.register(asked, "2026-03-02")
        self.assertEqual((asked.state, asked.signed_way), ("signed", "paper"))
        self.assertEqual(self.codes(), [])

    def test_a_sheet_is_registered_by_hr_with_a_possible_day(self):
        asked = self.ask(self.build_briefing())
        for day in ("2026-03-01", "2026-03-03"):
            with self.subTest(day=day), self.assertRaises(UserError):
                self.register(asked, day)
        for role in ("supervisor", "director", "operator"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.register(asked, "2026-03-02", role)
        self.assertEqual(asked.state, "pending")

    def test_a_dismissal_order_is_not_closed_by_a_click(self):
        self.appoint()
        order = self.sign(
            self.build_dismissal(self.candidate, date_effective=date(2026, 4, 1))
        )
        asked = self.get_acknowledgement(self.candidate, order)
        self.sign(asked)
        self.assertEqual((asked.state, bool(asked.read_on)), ("pending", True))
        with self.assertRaisesRegex(UserError, "on the order itself"):
            self.register(asked, "2026-03-02")
        self.as_("hr", order)._register_paper(date(2026, 3, 2))
        self.assertEqual((asked.state, asked.signed_way), ("signed", "paper"))

    def test_nobody_signs_with_another_s_name(self):
        asked = self.ask(self.build_policy())
        for typed in ("Вася Пупкин", "Рудакова", "Рудакова В. С."):
            with self.subTest(typed=typed), self.assertRaisesRegex(UserError, "own"):
                PositionCase.sign(self, asked, signature=typed)
        self.assertEqual((asked.state, asked.signature), ("pending", False))
        PositionCase.sign(self, asked, signature="рудакова а.с.")
        self.assertEqual(asked.signature, "рудакова а.с.")

    def test_the_sheet_marks_what_was_signed_by_click(self):
        policy = self.build_policy()
        asked = self.ask(policy)
        PositionCase.sign(self, asked)
        (line,) = policy._get_sheet_lines()
        name = "Рудакова Анна Сергеевна"
        mark = asked.with_context(lang=policy._get_paper_lang()).env._
        self.assertEqual(line["signature"], f"{name} ({mark('marked by click')})")

    def test_the_click_screen_says_probation_contract_and_schedule(self):
        order = self.appoint(
            trial_months=3,
            contract_number="45-ТД",
            contract_date=date(2026, 3, 2),
            resource_calendar_id=self.env.company.resource_calendar_id.id,
        )
        asked = self.get_acknowledgement(self.candidate, order)
        shown = asked.with_user(asked.user_id).document_html
        calendar = self.env.company.resource_calendar_id.name
        for text in ("45-ТД", "02.03.2026", calendar, ">3<"):
            self.assertIn(text, shown)

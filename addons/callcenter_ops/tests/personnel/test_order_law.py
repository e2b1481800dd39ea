from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ...models.personnel.order_kinds import ORDER_KINDS
from ...tools.personnel.labour_checks import CHECKS
from .common import TODAY, PersonnelCase


class TestOrderLaw(PersonnelCase):
    """What the law refuses is refused; what it warns of is kept with who went on."""

    def test_every_check_has_its_dated_record_with_an_article(self):
        checks = self.env["callcenter.labour.check"]
        codes = set(dict(checks._fields["code"].selection))
        self.assertEqual(set(checks.search([]).mapped("code")), codes)
        self.assertEqual(codes, set(CHECKS))

    def test_a_probation_of_99_months_is_refused_by_its_article(self):
        order = self.build_order(trial_months=99)
        with self.assertRaisesRegex(UserError, "ст. 70 ТК РФ"):
            self.as_("hr", order).action_submit()
        self.assertEqual(order.state, "draft")

    def test_a_month_s_contract_has_no_probation(self):
        order = self.build_order(trial_months=3, date_end=date(2026, 4, 1))
        with self.assertRaisesRegex(UserError, "ч. 4 ст. 70"):
            self.as_("hr", order).action_submit()

    def test_who_goes_on_in_spite_of_a_warning_stands_in_the_history(self):
        order = self.build_order(wage=20000, contract_number="15")
        self.assertIn("ст. 133", order.labour_warning)
        self.sign(order)
        lines = [m for m in order.sudo().message_ids if "ст. 133" in (m.body or "")]
        authors = {line.author_id for line in lines}
        hands = self.users["hr"] | self.users["director"]
        self.assertEqual(authors, set(hands.partner_id))

    def test_the_minimum_wage_is_that_of_the_day(self):
        checks = self.env["callcenter.labour.check"]
        for day, limit in ((date(2025, 12, 31), 22440), (date(2026, 1, 1), 27093)):
            found = checks._get_in_force(day)
            found = found.filtered(lambda one: one.code == "wage_minimum")
            self.assertEqual(found.mapped("limit"), [limit])

    def test_a_check_turned_off_is_not_asked_from_its_day(self):
        self.env["callcenter.labour.check"].create(
            {
                "code": "trial_too_long",
                "name": "Off",
                "article": "-",
                "date_from": TODAY,
                "severity": "off",
            }
        )
        order = self.sign(self.build_order(trial_months=12))
        self.assertEqual(order.state, "executed")

    def test_own_wish_on_the_same_day_warns_of_the_notice(self):
        self.appoint()
        order = self.build_dismissal(self.candidate)
        self.assertIn("ст. 80", order.labour_warning)
        order.notice_date = date(2026, 2, 16)
        self.assertFalse(order.labour_warning)

    def test_own_wish_during_probation_is_article_77_with_three_days(self):
        ground = self.env.ref("callcenter_ops.dismissal_ground_71_4")
        self.assertEqual(ground.article, "п. 3 ч. 1 ст. 77 ТК РФ")
        self.assertEqual(ground.notice_days, 3)

    def test_orders_dated_far_back_or_ahead_get_no_number(self):
        for day in (date(2019, 3, 2), date(2030, 3, 2)):
            order = self.build_order(date_order=day, date_effective=day)
            with self.subTest(day=day), self.assertRaises(UserError):
                self.as_("hr", order).action_submit()
            self.assertFalse(order.name)

    def test_days_that_no_paper_names_are_refused(self):
        for day in (date.max, date(26, 3, 2)):
            for name in ("date_effective", "date_end", "date_order"):
                with self.subTest(day=day, name=name):
                    self.assert_refused_dates({name: day})

    @mute_logger("odoo.sql_db")
    def assert_refused_dates(self, dates):
        try:
            with self.env.cr.savepoint():
                self.build_order(trial_months=3, **dates)
        except (ValidationError, CheckViolation):
            return
        self.fail(f"An order may say {dates}")

    @mute_logger("odoo.sql_db")
    def test_a_wage_beyond_all_measure_is_refused(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.build_order(wage=1e300)


class TestRetroactiveOrders(PersonnelCase):
    YESTERDAY = date(2026, 3, 1)

    @mute_logger("odoo.sql_db")
    def test_without_a_reason_no_order_reaches_back(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.build_order(date_effective=self.YESTERDAY)

    def test_late_papers_after_actual_admission(self):
        order = self.appoint(
            date_effective=self.YESTERDAY, retro_reason="actual_admission"
        )
        self.assertEqual(order.state, "executed")
        person = self.candidate.sudo()
        self.assertEqual(person.contract_date_start, self.YESTERDAY)

    def test_each_kind_takes_its_own_reasons_only(self):
        self.appoint(date_effective=date(2026, 2, 16), retro_reason="actual_admission")
        for kind, reason in (("dismissal", "actual_admission"), ("transfer", "death")):
            self.assertNotIn(reason, ORDER_KINDS[kind].retro_reasons)
        order = self.build_dismissal(
            self.candidate,
            date_effective=self.YESTERDAY,
            retro_reason="actual_admission",
        )
        with self.assertRaisesRegex(UserError, "before its own date"):
            self.as_("hr", order).action_submit()
        self.assertEqual(order.state, "draft")

    def test_a_death_ends_the_contract_on_its_day(self):
        death = self.env.ref("callcenter_ops.dismissal_ground_83_1_6")
        with self.at("2026-02-16 07:00:00"):
            day = date(2026, 2, 16)
            self.appoint(date_order=day, date_effective=day)
        order = self.sign(
            self.build_dismissal(
                self.candidate,
                date_effective=date(2026, 2, 27),
                dismissal_ground_id=death.id,
                retro_reason="death",
            )
        )
        self.assertEqual(order.state, "executed")
        self.assertEqual(self.candidate.sudo().callcenter_status, "dismissed")

    def test_the_register_marks_it(self):
        order = self.appoint(
            date_effective=self.YESTERDAY, retro_reason="actual_admission"
        )
        self.assertIn("задним числом", self.get_register_row(order)[-1])

    def get_register_row(self, order):
        printing = self.env["callcenter.order.register.print"]
        printing = printing.with_user(self.users["hr"]).create({})
        return next(row for row in printing._get_rows() if order.name in row)

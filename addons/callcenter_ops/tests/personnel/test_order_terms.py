from datetime import date, timedelta

from odoo.exceptions import UserError

from .common import TODAY, PersonnelCase


class TestOrderTerms(PersonnelCase):
    """What was ordered for a time ends by itself, or HR is told in good time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.senior = cls.env["hr.job"].create({"name": "Senior operator"})

    def watch(self, day):
        with self.at(f"{day} 07:00:00"):
            self.Order._cron_watch_terms()
        self.env.invalidate_all()

    def transfer_for_a_week(self, **vals):
        values = {
            "order_type": "transfer",
            "job_id": self.senior.id,
            "department_id": self.department.id,
            "wage": 50000,
            "date_end": TODAY + timedelta(days=6),
        }
        return self.sign(self.build_order(**values | vals))

    def test_a_temporary_transfer_goes_back_after_its_last_day(self):
        self.appoint()
        order = self.transfer_for_a_week()
        person = self.candidate.sudo()
        self.watch(order.date_end)
        self.assertEqual(person.job_id, self.senior)
        self.watch(order.date_end + timedelta(days=1))
        self.assertEqual((person.job_id, person.wage), (self.job, 40000))
        self.assertTrue(person.user_id.has_group("callcenter_ops.group_operator"))
        self.assertEqual(order.ended_on, order.date_end)
        self.assertEqual(order.state, "executed")

    def test_a_later_order_on_the_post_stands(self):
        self.appoint()
        order = self.transfer_for_a_week()
        third = self.env["hr.job"].create({"name": "Third post"})
        self.transfer_for_a_week(job_id=third.id, date_end=False)
        self.watch(order.date_end + timedelta(days=1))
        self.assertEqual(self.candidate.sudo().job_id, third)
        self.assertEqual(order.ended_on, order.date_end)

    def test_a_transfer_for_good_does_not_end(self):
        self.appoint()
        self.transfer_for_a_week(date_end=False)
        self.watch(date(2027, 3, 2))
        self.assertEqual(self.candidate.sudo().job_id, self.senior)

    def test_nothing_takes_effect_after_the_last_working_day(self):
        self.appoint()
        last = TODAY + timedelta(days=3)
        self.dismiss(self.candidate, date_effective=last)
        for kind, vals in (
            ("transfer", {"job_id": self.senior.id}),
            ("pay", {"wage": 50000}),
            ("terms", {"note": "part time"}),
        ):
            order = self.build_order(
                order_type=kind,
                department_id=self.department.id,
                date_effective=last + timedelta(days=1),
                **vals,
            )
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "05.03"):
                self.as_("hr", order).action_submit()
            self.assertEqual(order.state, "draft")

    def test_a_fixed_term_contract_is_warned_of_three_days_before(self):
        order = self.appoint(date_end=date(2026, 12, 31), contract_number="15")
        duty = self.find_duty(order, "contract_end")
        self.assertEqual(duty.date_last, date(2026, 12, 28))
        self.assertIn("ст. 79", duty.article)
        self.assertTrue(duty.consequence)
        self.watch(date(2026, 12, 13))
        self.assertFalse(duty.activity_ids)
        self.watch(date(2026, 12, 14))
        self.assertEqual(duty.activity_ids.user_id, self.users["hr"])
        self.assertEqual(duty.activity_ids.date_deadline, date(2026, 12, 28))
        self.watch(date(2026, 12, 15))
        self.assertEqual(len(duty.activity_ids), 1)

    def test_the_probation_is_decided_on_three_days_before_its_end(self):
        order = self.appoint(trial_months=3)
        duty = self.find_duty(order, "trial_decision")
        self.assertEqual(duty.date_last, date(2026, 5, 29))

    def test_the_tile_counts_what_is_due_and_loses_what_is_done(self):
        panel = self.env.ref("callcenter_ops.personnel_panel_duties")
        panel = panel.with_user(self.users["hr"])
        before = panel.count
        order = self.appoint(trial_months=3)
        panel.invalidate_recordset()
        self.assertEqual(panel.count, before + 2)
        duty = self.find_duty(order, "hire_report")
        self.assertEqual(duty.date_last, date(2026, 3, 3))
        self.as_("hr", duty).action_done()
        panel.invalidate_recordset()
        self.assertEqual(panel.count, before + 1)
        self.assertEqual(duty.done_by_id, self.users["hr"])

    def test_only_hr_closes_what_is_due(self):
        duty = self.find_duty(self.appoint(), "hire_report")
        for role in ("operator", "supervisor", "director", "outsider"):
            with self.subTest(role=role), self.assertRaises(UserError):
                self.as_(role, duty).action_done()
        self.assertEqual(duty.state, "open")

    def test_working_days_leave_out_the_public_holidays_of_the_company(self):
        self.env["callcenter.duty.rule"].create(
            {
                "code": "probe",
                "name": "Tell the fund",
                "order_type": "appointment",
                "anchor": "date_order",
                "days": 3,
                "is_working_days": True,
                "article": "-",
                "date_from": "2026-01-01",
            }
        )
        self.assertEqual(self.find_last_day(self.appoint()), date(2026, 3, 5))
        self.close_on("2026-03-04", "2026-03-09")
        other = self.appoint(self.build_employee("Другая Анна Ильинична"))
        self.assertEqual(self.find_last_day(other), date(2026, 3, 11))

    def find_last_day(self, order):
        duty = order.duty_ids.filtered(lambda one: one.rule_id.code == "probe")
        return duty.date_last

    def close_on(self, first, last):
        """Public holidays, as Odoo keeps them: from the first to the last day."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holidays",
                "company_id": self.company.id,
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": f"{first} 00:00:00",
                "date_to": f"{last} 18:59:59",
            }
        )

    def test_leaving_and_cancelling_settle_the_terms_of_the_post(self):
        order = self.appoint(trial_months=3)
        decision = self.find_duty(order, "trial_decision")
        dismissal = self.dismiss(self.candidate)
        self.assertEqual(decision.state, "dropped")
        pay = self.find_duty(dismissal, "dismissal_pay")
        with self.at("2026-03-03 07:00:00"):
            self.cancel(
                dismissal,
                date_order=date(2026, 3, 3),
                date_effective=date(2026, 3, 3),
            )
        self.assertEqual(pay.state, "dropped")

    def test_a_prolonged_term_replaces_the_old_one(self):
        order = self.appoint(date_end=date(2026, 12, 31), contract_number="15")
        old = self.find_duty(order, "contract_end")
        longer = self.sign(
            self.build_order(
                order_type="terms",
                date_end=date(2027, 6, 30),
                contract_number="15-1",
            )
        )
        self.assertEqual(old.state, "dropped")
        new = self.find_duty(longer, "new_term_end")
        self.assertEqual((new.state, new.date_last), ("open", date(2027, 6, 27)))
        person = self.candidate.sudo()
        self.assertEqual(person.contract_date_end, date(2027, 6, 30))

    def find_duty(self, order, code):
        return order.duty_ids.filtered(lambda duty: duty.rule_id.code == code)


class TestContracts(PersonnelCase):
    def test_the_signature_enters_the_contract_that_the_order_names(self):
        order = self.appoint(contract_number="15", contract_date=date(2026, 3, 1))
        contract = order.contract_id
        self.assertEqual(contract.contract_type, "contract")
        self.assertEqual((contract.number, contract.wage), ("15", 40000))
        self.assertEqual(contract.employee_id, self.candidate)

    def test_an_order_of_pay_rests_on_an_agreement_to_the_contract(self):
        contract = self.appoint(contract_number="15").contract_id
        order = self.sign(
            self.build_order(order_type="pay", wage=45000, contract_number="15-1")
        )
        self.assertEqual(order.contract_id.parent_id, contract)
        self.assertEqual(order.name, "1-ОТ/2026")
        self.assertEqual(self.candidate.sudo().wage, 45000)
        self.cancel(order)
        self.assertEqual(self.candidate.sudo().wage, 40000)

    def test_a_dismissal_names_the_contract_by_itself(self):
        self.appoint(contract_number="15", contract_date=date(2026, 3, 1))
        order = self.build_dismissal(self.candidate)
        self.assertEqual(order.contract_number, "15")
        self.assertEqual(order.contract_date, date(2026, 3, 1))

    def test_a_contract_in_force_is_changed_by_an_agreement_alone(self):
        contract = self.appoint(contract_number="15").contract_id
        for change in ({"wage": 1}, {"number": "16"}, {"date_end": TODAY}):
            with self.subTest(change=change), self.assertRaises(UserError):
                self.as_("hr", contract).write(change)
        with self.assertRaises(UserError):
            self.as_("hr", contract).unlink()
        self.assertEqual((contract.number, contract.wage), ("15", 40000))

    def test_the_papers_of_pay_and_terms_say_what_changes(self):
        self.appoint(contract_number="15")
        pay = self.build_order(order_type="pay", wage=45000)
        self.assertIn("45\u00a0000,00 руб.", pay._get_kind().get_sentence())
        terms = self.build_order(order_type="terms", date_end=date(2027, 6, 30))
        self.assertIn("30 июня 2027 г.", terms._get_kind().get_sentence())
        report = self.env["ir.actions.report"].with_user(self.users["hr"])
        page = report._render_qweb_html(
            "callcenter_ops.report_personnel_order", (pay | terms).ids
        )[0].decode()
        self.assertIn("об изменении оплаты труда", page)
        self.assertIn("об изменении условий трудового договора", page)

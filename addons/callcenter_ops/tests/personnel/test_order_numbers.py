from datetime import date

from odoo.exceptions import UserError, ValidationError

from .common import TODAY, PersonnelCase


class TestOrderNumbers(PersonnelCase):
    """The company's own numbers: letters, form and start, and never a gap."""

    def build_series(self, **vals):
        return (
            self.env["callcenter.order.series"]
            .with_user(self.users["hr"])
            .create({"order_type": "appointment", "date_from": TODAY} | vals)
        )

    def test_the_register_goes_on_where_the_paper_one_ended(self):
        self.build_series(first_number=42)
        names = [
            self.appoint(self.build_employee(f"Number {n}")).name for n in range(3)
        ]
        self.assertEqual(names, ["42-П/2026", "43-П/2026", "44-П/2026"])

    def test_letters_and_form_are_the_company_s_from_their_day(self):
        self.build_series(letters="к", number_format="{number}/{series}-{year}")
        self.assertEqual(self.appoint().name, "1/к-2026")

    def test_a_form_without_the_number_or_with_strange_words_is_refused(self):
        for form in ("П/{year}", "{number}-{month}", "{number}{"):
            with self.subTest(form=form), self.assertRaises(ValidationError):
                self.build_series(number_format=form)

    def test_a_series_that_has_given_numbers_stays(self):
        series = self.build_series(letters="к", first_number=5)
        self.appoint()
        for change in ({"letters": "лс"}, {"first_number": 1}):
            with self.subTest(change=change), self.assertRaises(UserError):
                series.write(change)
        with self.assertRaises(UserError):
            series.unlink()
        with self.assertRaises(UserError):
            self.build_series(date_from=date(2026, 1, 1), first_number=9)

    def test_only_hr_and_the_administrator_set_numbers(self):
        for role in ("operator", "supervisor", "director", "outsider"):
            with self.subTest(role=role), self.assertRaises(UserError):
                self.env["callcenter.order.series"].with_user(self.users[role]).create(
                    {"order_type": "appointment", "date_from": TODAY}
                )

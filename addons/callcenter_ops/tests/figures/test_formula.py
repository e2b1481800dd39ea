"""What a bonus formula may say, and what it comes to."""

from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ...tools.figures.formula import Formula, FormulaError
from ...tools.figures.plan_days import get_due, spread

NAMES = {"contacts", "plan_contacts", "sales", "contact_rate"}


@tagged("post_install", "-at_install")
class TestFormula(BaseCase):
    def result(self, text, **values):
        return Formula(text, NAMES).work_out(values)[-1].value

    def fault(self, text, **values):
        with self.assertRaises(FormulaError) as refused:
            Formula(text, NAMES).work_out(values)
        return refused.exception.code

    def test_a_worked_example_step_by_step(self):
        formula = Formula(
            "share = min(contacts / max(plan_contacts, 1), 1.2)\n"
            "base = 5000 if share >= 0.9 and sales > 0 else 0\n"
            "round(base * share + sales * 150, 2)",
            NAMES,
        )
        steps = formula.work_out({"contacts": 46, "plan_contacts": 50, "sales": 3})
        self.assertEqual(
            [(one.name, one.numbers, one.value) for one in steps],
            [
                ("share", "min(46 / max(50, 1), 1.2)", Decimal("0.92")),
                ("base", "5000 if 0.92 >= 0.9 and 3 > 0 else 0", Decimal(5000)),
                ("result", "round(5000 * 0.92 + 3 * 150, 2)", Decimal("5050.00")),
            ],
        )
        self.assertEqual(formula.get_names(), ["contacts", "plan_contacts", "sales"])

    def test_numbers_are_exact(self):
        self.assertEqual(self.result("0.1 + 0.2"), Decimal("0.3"))
        self.assertEqual(self.result("contact_rate * 100", contact_rate=0.07), 7)

    def test_conditions_and_logic(self):
        self.assertEqual(self.result("1 if 1 < sales <= 3 else 0", sales=3), 1)
        self.assertEqual(self.result("1 if 1 < sales <= 3 else 0", sales=4), 0)
        self.assertEqual(self.result("1 if not sales or contacts else 0", sales=1), 0)
        self.assertEqual(self.result("-sales + +5", sales=2), 3)

    def test_what_has_no_value_counts_as_nothing(self):
        self.assertEqual(self.result("contact_rate + 1", contact_rate=None), 1)

    def test_what_is_no_formula_is_refused_and_never_run(self):
        for text, code in (
            ("__import__('os').system('true')", "forbidden"),
            ("().__class__", "forbidden"),
            ("sales.real", "forbidden"),
            ("lambda: 1", "forbidden"),
            ("[sales for sales in ()]", "forbidden"),
            ("'a' * 3", "forbidden"),
            ("f'{sales}'", "forbidden"),
            ("True", "forbidden"),
            ("sales ** 9", "forbidden"),
            ("sales // 2", "forbidden"),
            ("sales % 2", "forbidden"),
            ("sales in contacts", "forbidden"),
            ("1e16", "forbidden"),
            ("1j", "forbidden"),
            ("import os", "forbidden"),
            ("a = b = 1", "forbidden"),
            ("a, b = 1", "forbidden"),
            ("min(*sales)", "arguments"),
            ("min(sales, key=sales)", "arguments"),
            ("min(sales)", "arguments"),
            ("eval(sales)", "forbidden"),
            ("bonus", "name"),
            ("a = a + 1\na", "name"),
            ("sales = 1\nsales", "taken"),
            ("min = 1\nmin", "taken"),
            ("sales if", "syntax"),
            ("(a := 1)", "forbidden"),
            ("sales\n1", "no_result"),
            ("", "no_result"),
            ("# nothing", "no_result"),
            ("1 / sales", "zero"),
            ("sales / 0", "zero"),
            ("sales * 1000000000 * 1000000000", "large"),
            ("+".join(["1"] * 400), "long"),
            ("1" * 4001, "long"),
            ("(" * 300 + "1" + ")" * 300, "syntax"),
        ):
            with self.subTest(text=text[:40]):
                self.assertEqual(self.fault(text, sales=7 if "00" in text else 0), code)

    def test_signs_within_signs_are_refused_before_the_stack_ends(self):
        self.assertEqual(Formula("-" * 40 + "1", []).work_out({})[-1].value, 1)
        for sign in ("-", "+"):
            with self.assertRaises(FormulaError) as refused:
                Formula(sign * 240 + "1", [])
            self.assertEqual(refused.exception.code, "long")

    def test_the_line_of_a_fault_is_told(self):
        with self.assertRaises(FormulaError) as refused:
            Formula("a = sales\nb = a + wage\nb", NAMES)
        fault = refused.exception
        self.assertEqual((fault.code, fault.line, fault.word), ("name", 2, "wage"))

    def test_a_plan_is_spread_over_its_days_without_losing_anything(self):
        days = [1, 2, 3, 4, 5, 8, 9]
        self.assertEqual(list(spread(100, days).values()), [15, 15, 14, 14, 14, 14, 14])
        self.assertEqual(sum(spread(100, days).values()), 100)
        self.assertEqual(get_due(100, days, 3), 44)
        self.assertEqual(get_due(100, days, 7), 72)
        self.assertEqual(spread(70.0, days)[1], 10)
        self.assertEqual((spread(5, []), get_due(5, [], 9)), ({}, 0))

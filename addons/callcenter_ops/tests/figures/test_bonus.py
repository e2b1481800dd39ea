from datetime import datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import SupervisionCase

FORMULA = """share = min(contacts / max(plan_contacts, 1), 1.2)
base = 5000 if share >= 0.9 else 0
base * share + sales * 150"""


@tagged("post_install", "-at_install")
class TestBonus(SupervisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = (
            cls.env["callcenter.bonus.scheme"]
            .with_user(cls.users["director"])
            .create(
                {
                    "name": "Operators",
                    "department_id": cls.department.id,
                    "month": "2026-03-31",
                    "version_ids": [
                        (0, 0, {"date_from": "2026-03-01", "formula": FORMULA})
                    ],
                }
            )
            .with_env(cls.env)
        )
        for code, count in (("order", 3), ("informed", 6), ("no_answer", 5)):
            for _number in range(count):
                cls.build_call(code)
        cls.env["callcenter.goal"].create(
            {
                "month": "2026-03-01",
                "kpi": "contacts",
                "target": 10,
                "employee_id": cls.operator.id,
            }
        )

    def work_out(self, role="director", moment="2026-04-02 06:00:00"):
        with self.at(moment):
            self.as_(role, self.scheme).action_work_out()
        return self.sheet()

    def sheet(self, employee=None):
        return self.env["callcenter.bonus.sheet"].search(
            [("employee_id", "=", (employee or self.operator).id)]
        )

    def confirm(self, sheet, role="director", moment="2026-04-02 06:00:00"):
        with self.at(moment):
            self.as_(role, sheet).action_confirm()

    def test_a_month_is_worked_out_line_by_line(self):
        """9 of 10 contacts planned, 3 orders: 5000 × 0.9 + 3 × 150 = 4 950."""
        sheet = self.work_out()
        self.assertEqual(
            (sheet.amount, sheet.state, sheet.fault), (4950, "draft", False)
        )
        self.assertEqual(
            sheet.figures, {"contacts": "9", "plan_contacts": "10", "sales": "3"}
        )
        self.assertEqual(
            [(name, numbers, value) for name, _text, numbers, value in sheet.steps],
            [
                ("share", "min(9 / max(10, 1), 1.2)", "0.9"),
                ("base", "5000 if 0.9 >= 0.9 else 0", "5000"),
                ("result", "5000 * 0.9 + 3 * 150", "4950"),
            ],
        )

    def test_the_operator_reads_how_it_was_worked_out(self):
        sheet = self.work_out()
        shown = self.as_("operator", sheet).explanation
        self.assertIn(
            "<td>Contacts</td><td><code>contacts</code></td><td>9</td>", shown
        )
        self.assertIn("5000 * 0.9 + 3 * 150", shown)
        self.assertEqual(self.as_("operator", sheet).formula, FORMULA)
        self.assertEqual(sheet.version_id.display_name, "March 2026")

    def test_an_operator_sees_his_own_alone(self):
        self.work_out()
        other = self.sheet(self.colleague)
        self.assertTrue(other)
        sheets = self.as_("operator", self.env["callcenter.bonus.sheet"])
        self.assertEqual(sheets.search([]).ids, self.sheet().ids)
        with self.assertRaises(AccessError):
            self.as_("operator", other).read(["amount"])
        for record in (self.scheme, self.scheme.version_ids):
            with self.assertRaises(AccessError):
                self.as_("operator", record).read(["company_id"])

    def test_a_supervisor_reads_his_department_and_works_nothing_out(self):
        sheet = self.work_out()
        self.assertEqual(self.as_("supervisor", sheet).amount, 4950)
        for role in ("operator", "supervisor", "hr", "manager"):
            with self.assertRaises(AccessError):
                self.work_out(role)
            with self.assertRaises(AccessError):
                self.confirm(sheet, role)
        other = self.env["hr.department"].create({"name": "Evening shift"})
        sheet._transition({"department_id": other.id})
        with self.assertRaises(AccessError):
            self.as_("supervisor", sheet).read(["amount"])
        self.assertEqual(sheet.state, "draft")

    def test_a_draft_is_worked_out_anew_and_a_confirmed_sheet_stays(self):
        sheet = self.work_out()
        self.build_call("order")
        self.assertEqual(self.work_out(), sheet)
        self.assertEqual(sheet.amount, 5600)
        self.confirm(sheet)
        self.build_call("order")
        self.work_out()
        self.assertEqual((sheet.amount, sheet.state), (5600, "confirmed"))
        self.assertEqual(sheet.confirmed_by_id, self.users["director"])
        for vals in ({"amount": 1}, {"figures": {}}, {"state": "draft"}):
            with self.assertRaises(UserError):
                sheet.with_user(self.users["director"]).sudo().write(vals)

    def test_a_confirmed_sheet_is_a_paper_that_verifies_and_a_row_of_the_seal(self):
        sheet = self.work_out()
        self.confirm(sheet)
        self.assertTrue(sheet._verify_paper())
        words = self.as_("operator", sheet)._get_paper()
        self.assertEqual(words["employee"], "Operator One")
        self.assertIn("4\u00a0950,00", words["amount"])
        tables = self.env["callcenter.day.seal"]._get_sealed_tables()
        [row] = tables["callcenter.bonus.sheet", 1].read_rows(self.env, sheet.ids)
        with self.as_owner_of("callcenter_bonus_sheet") as cr:
            cr.execute("UPDATE callcenter_bonus_sheet SET amount = 9999")
        [changed] = tables["callcenter.bonus.sheet", 1].read_rows(self.env, sheet.ids)
        self.assertNotEqual(row[1], changed[1])

    def test_a_month_that_is_not_over_is_not_confirmed(self):
        sheet = self.work_out(moment="2026-03-20 06:00:00")
        for moment in ("2026-03-20 06:00:00", "2026-03-31 18:59:00"):
            with self.assertRaises(UserError):
                self.confirm(sheet, moment=moment)
        self.assertEqual(sheet.state, "draft")
        self.confirm(sheet, moment="2026-03-31 19:00:00")
        self.assertEqual(sheet.state, "confirmed")

    def write(self, formula, role="director", month="2026-05-01"):
        versions = self.as_(role, self.env["callcenter.bonus.version"])
        return versions.create(
            {"scheme_id": self.scheme.id, "date_from": month, "formula": formula}
        )

    def test_a_fault_is_told_while_the_formula_is_written(self):
        for formula, words in (
            ("a = sales\na * wage", "Line 2: “wage” is no name of a figure."),
            ("__import__('os')", "may not stand in a formula"),
        ):
            with self.assertRaisesRegex(ValidationError, words), self.cr.savepoint():
                self.write(formula)
        for role in ("supervisor", "operator", "hr", "manager"):
            with self.assertRaises(AccessError):
                self.write("sales", role)

    def test_each_month_goes_by_the_formula_that_held_in_it(self):
        self.write("sales * 1000", month="2026-04-15")
        self.build_call("order", started_at=datetime(2026, 4, 6, 7))
        self.work_out()
        self.assertEqual(self.sheet().amount, 4950)
        self.scheme.month = "2026-04-30"
        self.work_out(moment="2026-05-02 06:00:00")
        self.assertEqual(sorted(self.sheet().mapped("amount")), [1000, 4950])
        self.scheme.month = "2026-02-01"
        with self.assertRaises(UserError):
            self.work_out()

    def test_a_formula_that_is_there_is_never_rewritten(self):
        version = self.scheme.version_ids
        with self.assertRaises(UserError):
            self.as_("director", version).formula = "sales * 9000"
        self.work_out()
        with self.assertRaises(UserError):
            self.as_("director", version).unlink()
        self.assertEqual(version.formula, FORMULA)

    def test_what_cannot_be_worked_out_says_so_and_is_not_confirmed(self):
        self.scheme.version_ids.unlink()
        self.write("100 / refusals", month="2026-03-01")
        sheet = self.work_out()
        self.assertEqual(sheet.amount, 0)
        self.assertIn("nothing can be divided by 0", sheet.fault)
        with self.assertRaises(UserError):
            self.confirm(sheet)
        self.assertEqual(sheet.state, "draft")

    def test_nobody_confirms_a_bonus_of_his_own(self):
        sheet = self.work_out()
        self.operator.user_id = False
        self.operator.user_id = self.users["director"]
        with self.assertRaises(UserError):
            self.confirm(sheet)
        self.assertEqual(sheet.state, "draft")

    def test_every_name_has_its_words_and_its_value(self):
        sheets = self.env["callcenter.bonus.sheet"]
        words = sheets._get_name_words()
        month = datetime(2026, 3, 1).date()
        values = sheets._get_month_values(self.company, self.operator, month)
        self.assertEqual(set(values[self.operator.id]), set(words))
        self.assertEqual(values[self.operator.id]["worked_days"], 1)
        shown = self.as_("director", self.scheme).names
        self.assertTrue(all(f"<code>{name}</code>" in shown for name in words))

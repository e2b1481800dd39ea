"""What counts as text that somebody typed into a screen."""

from odoo.tests import TransactionCase
from odoo.tools.safe_eval import safe_eval

from ...tools.common.action_code import is_plain, reaches_database
from ...tools.common.outside_code import runs_outside_code


class TestOutsideCode(TransactionCase):
    def test_the_product_itself_is_not_outside(self):
        self.assertFalse(runs_outside_code())

    def test_whatever_text_is_evaluated_is_outside(self):
        for mode in ("eval", "exec"):
            seen = []
            text = "look(runs())"
            names = {"look": seen.append, "runs": runs_outside_code}
            safe_eval(text, names, mode=mode)
            self.assertEqual(seen, [True])

    def test_one_plain_call_is_the_products_own(self):
        for text in (
            "model._cron_run()",
            "model._gc(batch_size=50)",
            "action = records.action_print_all()",
        ):
            self.assertTrue(is_plain(text), text)

    def test_anything_more_is_not(self):
        for text in (
            "record._transition({'state': 'signed'})",
            "records._sign()",
            "model._insert_row({'employee_id': 1, 'company_id': 1})",
            "model.create([{}])",
            "model.browse(1)._sign()",
            "env['res.users'].search([])",
            "[r._sign() for r in records]",
        ):
            self.assertFalse(is_plain(text), text)

    def test_ways_to_sql_are_known(self):
        for text in ("env.cr.commit()", "model._cr", "env.registry.cursor()"):
            self.assertTrue(reaches_database(text), text)
        self.assertFalse(reaches_database("model._cron_run()"))

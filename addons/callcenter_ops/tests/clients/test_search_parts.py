from odoo.tests import TransactionCase
from odoo.tools import SQL


class TestSearchParts(TransactionCase):
    """A part of a client's name is found without reading the whole client base."""

    def test_a_name_is_looked_up_in_indexes_alone(self):
        if not self.env.registry.has_trigram:
            self.skipTest("the database has no trigrams")
        partners = self.env["res.partner"].with_context(active_test=False)
        query = partners._search([("display_name", "ilike", "Снегир")], order="id")
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_indexscan = off")
        rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(line for (line,) in rows)
        for column in ("complete_name", "email", "ref", "vat"):
            self.assertIn(f"res_partner_callcenter_{column}_parts_idx", plan)

from odoo.tests import tagged

from ...fastpath.prepared import BY_ONE_PLAN
from ..calling.common import CallingCase

_GROWING = (
    "callcenter_call",
    "callcenter_call_stat",
    "callcenter_campaign_contact",
    "callcenter_consent",
    "callcenter_operator_state",
    "callcenter_report_sheet",
    "callcenter_stop_entry",
    "crm_lead",
    "res_partner",
)


@tagged("post_install", "-at_install")
class TestPreparedPlans(CallingCase):
    """What a desk sends at every client is planned once, for tables of any size."""

    def explain(self, name, count):
        """The lines of the one plan of a prepared statement."""
        values = f"({', '.join(['NULL'] * count)})" if count else ""
        self.env.cr.execute(f"EXPLAIN EXECUTE {name} {values}")
        return [line for (line,) in self.env.cr.fetchall()]

    def test_no_statement_reads_a_growing_table_from_end_to_end(self):
        operator = self.build_operator("Anna Primerova")
        clients = self.build_client() + self.build_client()
        self.build_campaign(clients, rule_set_id=self.build_rules().id)
        for code in ("no_answer", "interested"):
            self.call_through(operator, code, claim_next=True)
        # Tests before this one left plans on the connection, made without a desk.
        self.env.cr.execute("DISCARD PLANS; " + BY_ONE_PLAN)
        self.env.cr.execute(
            "SELECT name, cardinality(parameter_types) FROM pg_prepared_statements"
            " WHERE name LIKE 'callcenter\\_%'"
        )
        statements = self.env.cr.fetchall()
        self.assertGreater(len(statements), 10)
        for name, count in statements:
            plan = self.explain(name, count)
            scans = [
                line
                for line in plan
                for table in _GROWING
                if f"Seq Scan on {table} " in f"{line} "
            ]
            self.assertEqual(scans, [], "\n".join(plan))

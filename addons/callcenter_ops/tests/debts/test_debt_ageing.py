import random
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ...tools.debts.ageing import get_bucket
from ..calling.common import CallingCase

_EDGES = {
    "not_due": (-9999, -1),
    "to_30": (0, 30),
    "to_60": (31, 60),
    "to_90": (61, 90),
    "beyond": (91, 99999),
}


class TestBuckets(BaseCase):
    def test_thirty_days_wide_and_the_last_one_open(self):
        for name, edges in _EDGES.items():
            for days in edges:
                self.assertEqual(get_bucket(days), name, days)
        self.assertEqual(get_bucket(None), "unknown")


@tagged("post_install", "-at_install")
class TestDebtAgeing(CallingCase):
    """Forty debts of half a year, with payments, promises and what was struck out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Debtor")
        chance = random.Random(20261201)
        cls.debts = cls.env["callcenter.debt"].create(
            [
                {
                    "name": f"Invoice {number}",
                    "partner_id": cls.client.id,
                    "amount": chance.randrange(1, 500) * 10,
                    "date_due": date(2025, 11, 1)
                    + timedelta(days=chance.randrange(180)),
                }
                for number in range(40)
            ]
        )
        for number in range(60):
            cls.build_payment(chance, number)
            cls.build_promise(chance)

    @classmethod
    def build_payment(cls, chance, number):
        debt = chance.choice(cls.debts)
        payment = cls.env["callcenter.debt.payment"].create(
            {
                "debt_id": debt.id,
                "name": f"P-{number}",
                "amount": chance.choice([debt.amount, 10, 99.5]),
                "date": date(2025, 12, 1) + timedelta(days=chance.randrange(120)),
            }
        )
        if chance.random() < 0.2:
            payment._transition({"active": False})

    @classmethod
    def build_promise(cls, chance):
        made = date(2025, 12, 1) + timedelta(days=chance.randrange(100))
        cls.env["callcenter.promise"].create(
            {
                "partner_id": cls.client.id,
                "debt_id": chance.choice([False, *cls.debts.ids]),
                "employee_id": cls.operator.id,
                "department_id": cls.department.id,
                "company_id": cls.company.id,
                "amount": chance.choice([100, 250.5]),
                "date_made": made,
                "date_promised": made + timedelta(days=chance.randrange(10)),
                "state": chance.choice(
                    ["open", "kept", "kept", "broken", "replaced", "cancelled"]
                ),
            }
        )

    def count(self, first="2026-01-01", last="2026-01-31", role="supervisor"):
        ageing = self.as_(role, self.env["callcenter.debt.ageing"]).create(
            {"date_from": first, "date_to": last}
        )
        ageing.action_count()
        return {row.bucket: row for row in ageing.row_ids}

    def fetch(self, query, *values):
        self.env.flush_all()
        self.env.cr.execute(query, values)
        return self.env.cr.fetchone()

    def test_every_period_equals_what_the_tables_tell(self):
        for first, last in (
            ("2026-01-01", "2026-01-31"),
            ("2025-12-15", "2026-03-31"),
            ("2026-02-10", "2026-02-10"),
            ("2020-01-01", "2030-01-01"),
        ):
            rows = self.count(first, last)
            for bucket, (low, high) in _EDGES.items():
                with self.subTest(first=first, last=last, bucket=bucket):
                    self.check(rows[bucket], first, last, low, high)

    def check(self, row, first, last, low, high):
        owed = self.fetch(
            """
            SELECT count(*), COALESCE(sum(left_), 0) FROM (
                SELECT d.amount - (SELECT COALESCE(sum(p.amount), 0)
                    FROM callcenter_debt_payment p WHERE p.debt_id = d.id
                     AND p.active = TRUE AND p.date <= %s) AS left_
                  FROM callcenter_debt d WHERE d.partner_id = %s
                   AND %s::date - d.date_due BETWEEN %s AND %s) x WHERE left_ > 0
            """,
            *(last, self.client.id, last, low, high),
        )
        promised = self.fetch(
            """
            SELECT count(*), COALESCE(sum(m.amount), 0),
                   COALESCE(sum(CASE m.state WHEN 'kept' THEN 1 END), 0),
                   COALESCE(sum(CASE m.state WHEN 'kept' THEN m.amount END), 0)
              FROM callcenter_promise m, callcenter_debt d
             WHERE d.id = m.debt_id AND d.partner_id = %s
               AND m.state NOT IN ('replaced', 'cancelled')
               AND m.date_promised >= %s AND m.date_promised <= %s
               AND m.date_promised - d.date_due BETWEEN %s AND %s
            """,
            *(self.client.id, first, last, low, high),
        )
        collected = self.fetch(
            """
            SELECT COALESCE(sum(p.amount), 0) FROM callcenter_debt_payment p,
                   callcenter_debt d
             WHERE d.id = p.debt_id AND d.partner_id = %s AND p.active = TRUE
               AND p.date >= %s AND p.date <= %s AND p.date - d.date_due
                   BETWEEN %s AND %s
            """,
            *(self.client.id, first, last, low, high),
        )
        told = (
            *(row.debt_count, row.amount_left, row.promise_count),
            *(row.amount_promised, row.kept_count, row.amount_kept),
            row.amount_collected,
        )
        for value, by_hand in zip(told, (*owed, *promised, *collected), strict=True):
            self.assertAlmostEqual(value, float(by_hand), 2)

    def test_what_a_row_counts_is_listed(self):
        row = self.count("2025-12-15", "2026-03-31")["to_60"]
        for action, count in (
            (row.action_open_debts(), row.debt_count),
            (row.action_open_promises(), row.promise_count),
        ):
            found = self.as_("supervisor", self.env[action["res_model"]])
            self.assertEqual(found.search_count(action["domain"]), count)
        action = row.action_open_payments()
        payments = self.env["callcenter.debt.payment"].search(action["domain"])
        self.assertEqual(sum(payments.mapped("amount")), row.amount_collected)

    def test_a_promise_about_any_debt_stands_apart(self):
        rows = self.count("2020-01-01", "2030-01-01")
        count = self.env["callcenter.promise"].search_count(
            [
                ("debt_id", "=", False),
                ("partner_id", "=", self.client.id),
                ("state", "in", ("open", "kept", "broken")),
            ]
        )
        self.assertEqual(rows["unknown"].promise_count, count)

    def test_it_is_for_who_leads(self):
        self.assertTrue(self.count(role="director"))
        for role in ("operator", "hr", "outsider"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.count(role=role)
        with self.assertRaisesRegex(UserError, "ends before"):
            self.count("2026-02-01", "2026-01-01")

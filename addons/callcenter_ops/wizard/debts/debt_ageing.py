from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.common.period import first_of_month
from ...tools.debts.ageing import BUCKETS, UNKNOWN, bucket_sql

_SUMS = (
    *("debt_count", "amount_left", "promise_count", "amount_promised"),
    *("kept_count", "decided_count", "amount_kept", "amount_collected"),
)
# What each debt, promise and payment adds to its bucket. A promise about any debt of a
# client has no age. Debts as they stood at the end of the last day.
_FACTS = f"""
SELECT 'debt' AS kind, debt.id, {bucket_sql("(%(last)s - debt.date_due)")} AS bucket,
       1 AS debt_count, debt.amount - paid.amount AS amount_left,
       0 AS promise_count, 0 AS amount_promised, 0 AS kept_count,
       0 AS decided_count, 0 AS amount_kept, 0 AS amount_collected
  FROM callcenter_debt debt
 CROSS JOIN LATERAL (
       SELECT COALESCE(sum(amount), 0) AS amount FROM callcenter_debt_payment
        WHERE debt_id = debt.id AND active AND date <= %(last)s) paid
 WHERE debt.id IN %(debts)s AND debt.amount - paid.amount >= 0.005
 UNION ALL
SELECT 'promise', promise.id,
       {bucket_sql("(promise.date_promised - debt.date_due)")},
       0, 0, 1, promise.amount, (promise.state = 'kept')::int,
       (promise.state IN ('kept', 'broken'))::int,
       CASE WHEN promise.state = 'kept' THEN promise.amount ELSE 0 END, 0
  FROM callcenter_promise promise
  LEFT JOIN callcenter_debt debt ON debt.id = promise.debt_id
 WHERE promise.id IN %(promises)s
   AND promise.date_promised BETWEEN %(first)s AND %(last)s
   AND promise.state IN ('open', 'kept', 'broken')
 UNION ALL
SELECT 'payment', payment.id, {bucket_sql("(payment.date - debt.date_due)")},
       0, 0, 0, 0, 0, 0, 0, payment.amount
  FROM callcenter_debt_payment payment
  JOIN callcenter_debt debt ON debt.id = payment.debt_id
 WHERE payment.id IN %(payments)s AND payment.active
   AND payment.date BETWEEN %(first)s AND %(last)s
"""  # noqa: S608
_MODELS = {
    "debt": "callcenter.debt",
    "promise": "callcenter.promise",
    "payment": "callcenter.debt.payment",
}


class DebtAgeing(models.TransientModel):
    """What is owed by age at the end of a period; what was promised, kept and collected
    in it.
    """

    _name = "callcenter.debt.ageing"
    _description = "Ageing of debts"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: first_of_month(self.env.company._callcenter_today()),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
    )
    row_ids = fields.One2many("callcenter.debt.ageing.row", "ageing_id", readonly=True)

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Ageing of debts")

    def action_count(self):
        """Count the period by the debts, promises and payments that one may read."""
        self.ensure_one()
        self.check_access("write")
        if self.date_to < self.date_from:
            raise UserError(self.env._("The period ends before it begins."))
        found = self._count()
        names = [name for name, _most in BUCKETS] + [UNKNOWN] * (UNKNOWN in found)
        nothing = dict.fromkeys(_SUMS, 0)
        rows = [{"bucket": name, **found.get(name, nothing)} for name in names]
        self.row_ids = [Command.clear(), *map(Command.create, rows)]

    def _count(self):
        """Bucket -> sums by name."""
        sums = [SQL("sum(%s)", SQL.identifier(name)) for name in _SUMS]
        query = SQL(
            "SELECT bucket, %s FROM (%s) AS fact GROUP BY bucket",
            SQL(", ").join(sums),
            self._get_facts(),
        )
        return {
            bucket: dict(zip(_SUMS, values, strict=True))
            for bucket, *values in self.env.execute_query(query)
        }

    def _get_facts(self):
        readable = {}
        for name, model in (
            ("debts", "callcenter.debt"),
            ("promises", "callcenter.promise"),
            ("payments", "callcenter.debt.payment"),
        ):
            self.env[model].flush_model()
            domain = [("company_id", "=", self.company_id.id)]
            readable[name] = self.env[model]._search(domain).subselect()
        return SQL(_FACTS, first=self.date_from, last=self.date_to, **readable)

    def _find(self, kind, bucket):
        """Ids of the debts, promises or payments that a row counts."""
        query = SQL(
            "SELECT id FROM (%s) AS fact WHERE kind = %s AND bucket = %s",
            self._get_facts(),
            kind,
            bucket,
        )
        return [id_ for (id_,) in self.env.execute_query(query)]

    def _open(self, kind, bucket):
        return {
            "type": "ir.actions.act_window",
            "name": self.env[_MODELS[kind]]._description,
            "res_model": _MODELS[kind],
            "view_mode": "list,form" if kind != "payment" else "list",
            "domain": [("id", "in", self._find(kind, bucket))],
        }

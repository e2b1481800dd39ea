from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

_WEAK_LEADS = Domain("active", "in", (True, False)) & (
    Domain("won_status", "=", "lost") | Domain("callcenter_mark", "=", "bad")
)


class SamplingRule(models.Model):
    """Which calls are listened to: so many a week of every operator."""

    _name = "callcenter.sampling.rule"
    _description = "Sampling rule of calls"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    scorecard_id = fields.Many2one(
        "callcenter.scorecard",
        required=True,
        ondelete="restrict",
        help="The version in force of this scorecard is used.",
    )
    kind = fields.Selection(
        [
            ("random", "Random contacts"),
            ("longest", "Longest conversations"),
            ("refusal", "Refusals"),
            ("sale", "Customer orders"),
            ("lead", "Leads lost or found useless"),
        ],
        required=True,
        default="random",
    )
    call_count = fields.Integer(string="Calls of an operator", default=2, required=True)
    days = fields.Integer(string="Of the last days", default=7, required=True)
    min_seconds = fields.Integer(
        string="Shortest conversation, seconds",
        default=30,
        help="Shorter calls say nothing about the quality.",
    )

    _count_range = models.Constraint(
        "CHECK (call_count BETWEEN 1 AND 50)", "Take between 1 and 50 calls."
    )
    _days_range = models.Constraint(
        "CHECK (days BETWEEN 1 AND 92)", "Look back between 1 and 92 days."
    )

    def action_sample(self):
        """Choose calls now; the list of evaluations to be made opens."""
        self.env["callcenter.evaluation"]._check_evaluator()
        made = self._sample()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.evaluation_action"
        )
        return action | {"domain": [("id", "in", made.ids)], "context": {}}

    @api.model
    def _cron_sample(self):
        """Choose calls by every rule; a call is chosen once for a scorecard."""
        rules = self.search([("company_id", "!=", False)])
        for number, rule in enumerate(rules, 1):
            rule._sample()
            self.env["ir.cron"]._commit_progress(1, remaining=len(rules) - number)

    def _sample(self):
        """Plan evaluations of the calls chosen by these rules; return them."""
        evaluations = self.env["callcenter.evaluation"]
        for rule in self:
            card = rule._get_card_in_force()
            calls = rule._choose_calls(card)
            evaluations |= evaluations._plan(calls, card, rule)
        return evaluations

    def _get_card_in_force(self):
        self.ensure_one()
        return self.scorecard_id.search(
            [
                ("root_id", "=", self.scorecard_id.root_id.id),
                ("state", "=", "approved"),
            ],
            limit=1,
        )

    def _choose_calls(self, card):
        """The first calls of every operator in the order that the rule asks for."""
        self.ensure_one()
        calls = self.env["callcenter.call"]
        calls.flush_model()
        since = fields.Datetime.now() - timedelta(days=self.days)
        # The caller's own rights decide which calls may be chosen at all.
        readable = calls._search(
            self._get_kind_domain()
            & Domain("company_id", "=", self.company_id.id)
            & Domain("started_at", ">=", since)
            & Domain("talk_seconds", ">=", self.min_seconds)
            & Domain("is_contact", "=", True)
            & Domain("is_in_force", "=", True)
        )
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM (
                    SELECT call.id, row_number() OVER (
                               PARTITION BY call.employee_id
                               ORDER BY %(order)s) AS place
                      FROM callcenter_call call
                     WHERE call.id IN %(readable)s
                       AND NOT EXISTS (
                           SELECT FROM callcenter_evaluation evaluation
                             JOIN callcenter_scorecard used
                               ON used.id = evaluation.scorecard_id
                            WHERE evaluation.call_id = call.id
                              AND used.root_id = %(root)s)) AS chosen
                 WHERE place <= %(count)s
                """,
                order=self._get_order(),
                readable=readable.subselect(),
                root=card.root_id.id,
                count=self.call_count if card else 0,
            )
        )
        return calls.browse([row[0] for row in self.env.cr.fetchall()])

    def _get_kind_domain(self):
        return {
            "refusal": Domain("refusal_reason_id", "!=", False),
            "sale": Domain("is_sale", "=", True),
            # any!: the Director chooses calls, whose leads he may not open
            "lead": Domain("lead_id", "any!", _WEAK_LEADS),
        }.get(self.kind, Domain.TRUE)

    def _get_order(self):
        if self.kind == "longest":
            return SQL("call.talk_seconds DESC, call.id")
        return SQL("random()")

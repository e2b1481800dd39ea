from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

BATCH = 2000


class RecycleRule(models.Model):
    """After which results, and how long after them, contacts are called once more.

    It only puts them back into the queue: every rule of the campaign is asked anew
    when they are handed out.
    """

    _name = "callcenter.recycle.rule"
    _description = "Rule by which contacts are called once more"
    _inherit = "callcenter.guarded.mixin"
    _order = "campaign_id, sequence, id"
    _rec_name = "campaign_id"
    # What it did stands in the trail of its campaign.
    _trail_field = None
    _guarded_fields = ("returned_count", "last_run_at")
    _settled_fields = ("campaign_id",)

    campaign_id = fields.Many2one(
        "callcenter.campaign", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="campaign_id.company_id", store=True, readonly=True
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    disposition_ids = fields.Many2many(
        "callcenter.disposition", string="Last results", required=True
    )
    after_hours = fields.Integer(
        string="Hours after the call", default=24, required=True
    )
    max_times = fields.Integer(
        string="Times at most",
        default=1,
        required=True,
        help="So often rules may bring a contact back.",
    )
    reset_attempts = fields.Boolean(
        string="Count attempts anew",
        default=True,
        help="Otherwise those whose attempts are exhausted stay out.",
    )
    date_from = fields.Date(
        string="In force from", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="In force until")
    returned_count = fields.Integer(
        string="Contacts brought back", readonly=True, copy=False
    )
    last_run_at = fields.Datetime(string="Last run", readonly=True, copy=False)

    _positive = models.Constraint(
        "CHECK (after_hours > 0 AND max_times > 0)",
        "A contact comes back some hours after the call, and once at least.",
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "A rule cannot end before it begins.",
    )

    @api.constrains("disposition_ids")
    def _check_dispositions(self):
        for record in self:
            final = record.disposition_ids.filtered(
                lambda one: one.is_stop or one.is_bad_number or one.is_sale
            )
            if final or not record.disposition_ids:
                raise ValidationError(
                    self.env._(
                        "Choose results after which a client may be called once more; "
                        "these are none: %(results)s.",
                        results=", ".join(final.mapped("name")) or "—",
                    )
                )

    @api.model
    def _cron_recycle(self):
        """Bring back the contacts whose time has come, batch by batch."""
        rules = self.search([("campaign_id.state", "=", "running")])
        rules = rules.filtered(lambda one: one._is_in_force())
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(rules))
        for number, rule in enumerate(rules, 1):
            while rule._recycle_batch() == BATCH:
                if not cron._commit_progress(remaining=len(rules) - number + 1):
                    return
            cron._commit_progress(1, remaining=len(rules) - number)

    def _is_in_force(self):
        today = self.company_id._callcenter_today()
        return self.date_from <= today and (not self.date_to or today <= self.date_to)

    def _recycle_batch(self):
        """:return: how many contacts came back"""
        now = fields.Datetime.now()
        contacts = self.env["callcenter.campaign.contact"].search(
            self._get_due_domain(now), limit=BATCH, order="last_call_at, id"
        )
        for times, same in contacts.grouped("recycle_count").items():
            same._return_to_queue(self.reset_attempts)
            same._transition({"recycle_count": times + 1})
        self._note_run(len(contacts), now)
        return len(contacts)

    def _get_due_domain(self, now):
        return [
            *self.campaign_id._get_recycle_domain(self.disposition_ids),
            ("last_call_at", "<=", now - timedelta(hours=self.after_hours)),
            ("recycle_count", "<", self.max_times),
        ]

    def _note_run(self, count, now):
        values = {"last_run_at": now, "returned_count": self.returned_count + count}
        self._transition(values)
        if count:
            campaign = self.campaign_id
            reader = campaign._told_to()
            reader._log_line(
                reader.env._(
                    "%(count)s contacts came back by a rule, %(hours)s hours after: "
                    "%(results)s.",
                    count=count,
                    hours=self.after_hours,
                    results=", ".join(
                        self.disposition_ids.with_env(reader.env).mapped("name")
                    ),
                )
            )

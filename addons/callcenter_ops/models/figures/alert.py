from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ...tools.common.row_guard import frozen
from .alert_metric import METRICS, SHARE, SIDES, WATCHED

_LEADERS = ("callcenter_ops.group_supervisor", "callcenter_ops.group_director")
_SETTLED = (
    "rule_id",
    "metric",
    "company_id",
    "department_id",
    "campaign_id",
    "comparison",
    "threshold",
    "window_minutes",
    "value",
    "raised_at",
    "user_ids",
)


class Alert(models.Model):
    """A rule rang: what was measured then, who has seen it, when it was over."""

    _name = "callcenter.alert"
    _description = "Alert"
    _inherit = [
        "callcenter.row.guard.mixin",
        "callcenter.guarded.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "raised_at desc, id desc"

    _guarded_fields = (
        *_SETTLED,
        "state",
        "acknowledged_by_id",
        "acknowledged_at",
        "cleared_at",
        "cleared_value",
    )
    _frozen_states = ("cleared",)
    _guard_update, _guard_delete = frozen(
        "callcenter.alert", _frozen_states, emptied=("rule_id",), stays=True
    )

    rule_id = fields.Many2one(
        "callcenter.alert.rule", readonly=True, index=True, ondelete="set null"
    )
    name = fields.Char(string="Alert", compute="_compute_name")
    metric = fields.Selection(
        WATCHED,
        string="What was watched",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    department_id = fields.Many2one(
        "hr.department", string="Team", readonly=True, index="btree_not_null"
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign", readonly=True, index="btree_not_null"
    )
    comparison = fields.Selection(SIDES, required=True, readonly=True)
    threshold = fields.Float(readonly=True, aggregator=None)
    window_minutes = fields.Integer(
        string="Window, minutes", readonly=True, aggregator=None
    )
    value = fields.Float(string="Measured", readonly=True, aggregator=None)
    state = fields.Selection(
        [
            ("open", "Rings"),
            ("acknowledged", "Acknowledged"),
            ("cleared", "Over"),
        ],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    raised_at = fields.Datetime(string="Rang", required=True, readonly=True)
    user_ids = fields.Many2many("res.users", string="Told", readonly=True)
    acknowledged_by_id = fields.Many2one("res.users", readonly=True)
    acknowledged_at = fields.Datetime(readonly=True)
    cleared_at = fields.Datetime(string="Over since", readonly=True)
    cleared_value = fields.Float(
        string="Measured when over", readonly=True, aggregator=None
    )
    delivery_ids = fields.One2many(
        "callcenter.alert.delivery",
        "alert_id",
        groups="callcenter_ops.group_director,callcenter_ops.group_manager",
    )

    _live_unique = models.UniqueIndex(
        "(rule_id) WHERE state <> 'cleared'", "This rule rings already."
    )

    @api.depends("metric", "value", "comparison", "threshold", "window_minutes")
    @api.depends_context("lang")
    def _compute_name(self):
        for alert in self:
            alert.name = alert._describe()

    # -------------------------------------------------------------------- its life

    @api.model
    def _ring(self, rule, value):
        """An alert of a rule, and everybody is told."""
        names = (
            "metric",
            "comparison",
            "threshold",
            "window_minutes",
        )
        alert = self._in_transition().create(
            {
                **{name: rule[name] for name in names},
                "rule_id": rule.id,
                "company_id": rule.company_id.id,
                "department_id": rule.department_id.id,
                "campaign_id": rule.campaign_id.id,
                "value": value,
                "raised_at": fields.Datetime.now(),
                "user_ids": [(6, 0, rule._get_told().ids)],
            }
        )
        alert._tell()
        return alert

    def _clear(self, value):
        """What it rang for is over; whoever was to look at it need not any more."""
        for alert in self:
            # sudo: reminders of an alert that is over, whoever has them
            alert.sudo().activity_ids.unlink()
            alert._transition(
                {
                    "state": "cleared",
                    "cleared_at": fields.Datetime.now(),
                    "cleared_value": value or 0,
                }
            )
            alert._queue_webhook()

    def action_acknowledge(self):
        """I have seen it (who leads, of the alerts that he may read)."""
        self._check_role(*_LEADERS)
        self._check_in_state("open")
        # sudo: nobody writes alerts; role, rights and state were checked above
        self.sudo()._transition(
            {
                "state": "acknowledged",
                "acknowledged_by_id": self.env.uid,
                "acknowledged_at": fields.Datetime.now(),
            }
        )
        # sudo: seen by one, it need not be seen by the others
        self.sudo().activity_ids.unlink()
        return True

    # --------------------------------------------------------------------- telling

    def _tell(self):
        rule = self.rule_id
        for user in self.user_ids:
            reader = self._told_to(user)
            if rule.by_activity:
                reader._remind(user)
            if rule.by_mail:
                reader._mail(user)
        if rule.channel_id:
            reader = self._told_to()
            # sudo: into the channel that whoever made the rule could read
            rule.sudo().channel_id.message_post(
                body=reader._get_text(),
                message_type="notification",
                subtype_xmlid="mail.mt_comment",
            )
        self._queue_webhook()

    def _remind(self, user):
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.company_id._callcenter_today(),
            user_id=user.id,
            summary=self._describe(),
        )

    def _mail(self, user):
        self.env["mail.mail"].create(
            {
                "subject": self._describe(),
                "body_html": self._get_text(),
                "recipient_ids": [(6, 0, user.partner_id.ids)],
                "auto_delete": True,
            }
        )

    def _queue_webhook(self):
        # sudo: the address is the administrator's; a rule only names it
        webhook = self.rule_id.sudo().webhook_id
        if webhook:
            self.env["callcenter.alert.delivery"]._queue(self, webhook)

    def _get_text(self):
        """One line, and where to look."""
        scope = self.campaign_id.name or self.department_id.name or self.company_id.name
        return f"{self._describe()} ({scope}). {self._get_link()}"

    def _get_link(self):
        return f"{self.get_base_url()}/odoo/alerts/{self.id}"

    def _describe(self):
        """What rang, e.g. ``Service level, %: 61 (below 80)``."""
        metric = dict(self._fields["metric"]._description_selection(self.env))
        side = dict(self._fields["comparison"]._description_selection(self.env))
        return self.env._(
            "%(metric)s: %(value)s (%(side)s %(threshold)s)",
            metric=metric.get(self.metric, ""),
            value=self._get_number(self.value),
            side=side.get(self.comparison, "").lower(),
            threshold=self._get_number(self.threshold),
        )

    def _get_number(self, value):
        is_share = self.metric and METRICS[self.metric].unit == SHARE
        digits = 1 if is_share and value % 1 else 0
        return formatLang(self.env, value, digits=digits)

    # -------------------------------------------------------------- what explains it

    def action_explain(self):
        """The screen that explains the alert, with what it was about."""
        self.ensure_one()
        self.check_access("read")
        metric = METRICS[self.metric]
        action = self.env["ir.actions.actions"]._for_xml_id(metric.action)
        domain = metric.get_domain(self)
        if domain is not None:
            # Its own filters would hide what the alert is about.
            action |= {"domain": list(domain), "context": {}}
        return action

    def _get_scope_domain(self):
        """Company, team and campaign of the alert."""
        domain = Domain("company_id", "=", self.company_id.id)
        if self.department_id:
            domain &= Domain("department_id", "child_of", self.department_id.id)
        if self.campaign_id:
            domain &= Domain("campaign_id", "=", self.campaign_id.id)
        return domain

    def _get_window_domain(self, moment):
        """What happened in the minutes that were measured.

        :param moment: field with the time of the things counted
        """
        since = self.raised_at - timedelta(minutes=self.window_minutes)
        return (
            self._get_scope_domain()
            & Domain(moment, ">", fields.Datetime.to_string(since))
            & Domain(moment, "<=", fields.Datetime.to_string(self.raised_at))
        )

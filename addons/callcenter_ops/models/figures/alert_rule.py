from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.figures.alerting import is_back, is_beyond, is_quiet
from .alert_metric import METRICS, SIDES, WATCHED

_MINUTES_AN_HOUR = 60
_DIGITS = (16, 1)
_LEADERS = (
    "callcenter_ops.group_supervisor",
    "callcenter_ops.group_director",
    "callcenter_ops.group_manager",
)


class AlertRule(models.Model):
    """Something that somebody wants to be told of: a figure beyond its threshold.

    Rules of the company are the Director's; a supervisor has rules of his departments.
    """

    _name = "callcenter.alert.rule"
    _description = "Alert rule"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    metric = fields.Selection(
        WATCHED,
        string="What is watched",
        required=True,
    )
    comparison = fields.Selection(
        SIDES,
        compute="_compute_comparison",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    threshold = fields.Float(
        required=True, digits=_DIGITS, help="In the unit of what is watched."
    )
    margin = fields.Float(
        digits=_DIGITS,
        string="Over when better by",
        help="The alert is over once the figure is on the right side again by so much: "
        "a figure that trembles at the threshold rings once.",
    )
    window_minutes = fields.Integer(
        string="Window, minutes",
        default=60,
        help="Of how many last minutes it is measured; how long an operator is idle. "
        "Letters, promises, plan and budget are measured as they stand.",
    )
    sample_min = fields.Integer(
        string="At least so many calls",
        default=20,
        help="With fewer calls in the window a share says nothing: no alert.",
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Team",
        index="btree_not_null",
        help="With the teams below it. Empty: the whole company.",
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign", check_company=True, index="btree_not_null"
    )
    quiet_from = fields.Float(
        string="Quiet from", help="By the company's clock; the next morning as well."
    )
    quiet_to = fields.Float(string="Quiet until")
    cooldown_minutes = fields.Integer(
        string="Rings again after, minutes",
        default=60,
        help="Counted from when it rang last.",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Who is told",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Empty: who heads the team today, or the Directors.",
    )
    by_activity = fields.Boolean(string="Activity", default=True)
    by_mail = fields.Boolean(string="Mail")
    channel_id = fields.Many2one("discuss.channel", string="Discuss channel")
    webhook_id = fields.Many2one(
        "callcenter.alert.webhook",
        check_company=True,
        groups="callcenter_ops.group_director,callcenter_ops.group_manager",
    )
    alert_ids = fields.One2many("callcenter.alert", "rule_id")
    last_rung_at = fields.Datetime(string="Rang last", readonly=True, copy=False)
    last_value = fields.Float(
        digits=_DIGITS, string="Measured last", readonly=True, copy=False
    )
    measured_at = fields.Datetime(readonly=True, copy=False)

    _sensible = models.Constraint(
        "CHECK (window_minutes > 0 AND window_minutes <= 1440 AND margin >= 0"
        " AND cooldown_minutes >= 0 AND sample_min >= 0)",
        "The window is up to a day; margin, pause and sample are not negative.",
    )
    _hours = models.Constraint(
        "CHECK (COALESCE(quiet_from, 0) BETWEEN 0 AND 24"
        " AND COALESCE(quiet_to, 0) BETWEEN 0 AND 24)",
        "Quiet hours are hours of a day.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._check_channel()
        return rules

    def write(self, vals):
        result = super().write(vals)
        # A supervisor's rule stays one of his own departments.
        self.check_access("write")
        if "channel_id" in vals:
            self._check_channel()
        if not vals.get("active", True):
            self._end_live()
        return result

    def unlink(self):
        self.check_access("unlink")
        self._end_live()
        return super().unlink()

    def _end_live(self):
        """What nobody watches any more does not ring on."""
        # sudo: alerts follow their rule, whose change was just allowed
        live = self.sudo().alert_ids.filtered(lambda one: one.state != "cleared")
        live._clear(None)

    @api.depends("metric")
    def _compute_comparison(self):
        for rule in self:
            metric = METRICS.get(rule.metric)
            rule.comparison = metric.worse if metric else "above"

    @api.constrains("metric", "department_id", "campaign_id")
    def _check_scope(self):
        for rule in self:
            scopes = METRICS[rule.metric].scopes
            for name in ("department_id", "campaign_id"):
                if rule[name] and name not in scopes:
                    raise ValidationError(
                        self.env._(
                            "“%(metric)s” cannot be told by “%(scope)s”.",
                            metric=rule._get_metric_label(),
                            scope=self._fields[name]._description_string(self.env),
                        )
                    )

    @api.constrains("user_ids", "company_id")
    def _check_users(self):
        for rule in self:
            for user in rule.user_ids:
                if not rule._is_led_by(user):
                    raise ValidationError(
                        self.env._(
                            "Alerts are for those who lead in the company; "
                            "%(name)s does not.",
                            name=user.name,
                        )
                    )

    def _is_led_by(self, user):
        """Whether the user leads in the company of the rule."""
        is_leader = any(map(user.has_group, _LEADERS))
        return is_leader and self.company_id in user.company_ids

    def _check_channel(self):
        """Nobody has it written into a channel that he himself does not read."""
        self.channel_id.check_access("read")

    def _get_metric_label(self):
        return dict(self._fields["metric"]._description_selection(self.env))[
            self.metric
        ]

    # ------------------------------------------------------------------- watching

    @api.model
    def _cron_watch(self):
        """Measure all rules, ring and clear, then send what waits to be sent."""
        # People make rules by hand: there are few, and each is looked at.
        rules = self.search([], order="id")  # pylint: disable=no-search-all
        for (metric, minutes), same in rules.grouped(_get_reading).items():
            same._judge_all(METRICS[metric], minutes)
        self.env["ir.cron"]._commit_progress(len(rules))
        self.env["callcenter.alert.delivery"]._send_due()

    def _judge_all(self, metric, minutes):
        self.env.flush_all()
        now = fields.Datetime.now()
        rows = metric.read_rows(self.env, now, minutes)
        teams = self._get_teams()
        for rule in self:
            mine = [row[3:] for row in rows if rule._is_of_scope(row[:3], teams)]
            sums = [sum(map(_to_number, one)) for one in zip(*mine, strict=True)]
            rule._judge(metric.measure(sums), metric.count_sample(sums))

    def _get_teams(self):
        """Department id -> ids of it and those below it."""
        departments = self.env["hr.department"]
        return {
            one.id: set(departments.search([("id", "child_of", one.id)]).ids)
            for one in self.department_id
        }

    def _is_of_scope(self, keys, teams):
        company_id, department_id, campaign_id = keys
        team = teams.get(self.department_id.id)
        is_team = team is None or department_id in team
        is_campaign = not self.campaign_id or campaign_id == self.campaign_id.id
        return company_id == self.company_id.id and is_team and is_campaign

    def _judge(self, value, sample):
        """Ring, or clear what rang, by what was measured just now.

        :param value: None where nothing could be measured
        :param sample: of how many calls it speaks; None where that does not matter
        """
        now = fields.Datetime.now()
        self.write({"last_value": value or 0, "measured_at": now})
        live = self.alert_ids.filtered(lambda one: one.state != "cleared")
        if live:
            if is_back(value, self.comparison, self.threshold, self.margin):
                live._clear(value)
            return
        is_told_enough = sample is None or sample >= self.sample_min
        if is_told_enough and is_beyond(value, self.comparison, self.threshold):
            if not self._is_silent(now):
                self.last_rung_at = now
                self.env["callcenter.alert"]._ring(self, value)

    def _is_silent(self, now):
        """Whether it may not ring now: quiet hours, or it rang a moment ago."""
        local = self.company_id._callcenter_local(now)
        hour = local.hour + local.minute / _MINUTES_AN_HOUR
        if is_quiet(hour, self.quiet_from, self.quiet_to):
            return True
        pause = timedelta(minutes=self.cooldown_minutes)
        return bool(self.last_rung_at and now < self.last_rung_at + pause)

    def _get_told(self):
        """The users who are told of an alert; who leads no more hears nothing."""
        # sudo: whom a rule tells; the job that asks is the server's own
        rule = self.sudo()
        named = rule.user_ids.filtered(lambda one: one.active and rule._is_led_by(one))
        if named:
            return named
        if rule.department_id:
            today = rule.company_id._callcenter_today()
            head = rule.department_id._get_acting_manager(today)
            if head.user_id:
                return head.user_id
        directors = self.env.ref("callcenter_ops.group_director").all_user_ids
        return directors.filtered(lambda user: rule.company_id in user.company_ids)

    def action_open_alerts(self):
        """The alerts of a rule."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Alerts"),
            "res_model": "callcenter.alert",
            "view_mode": "list,form",
            "domain": [("rule_id", "in", self.ids)],
        }


def _get_reading(rule):
    """Rules of one reading share a statement."""
    has_window = METRICS[rule.metric].has_window
    return rule.metric, rule.window_minutes if has_window else 0


def _to_number(value):
    return value or 0

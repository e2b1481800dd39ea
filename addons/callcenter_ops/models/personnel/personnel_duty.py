from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

_GROUP_HR = "callcenter_ops.group_hr"
_TODO = "mail.mail_activity_data_todo"
# What ends with the post: nobody warns a dismissed person of the end of his contract.
_OF_THE_POST = ("date_end", "date_trial_end")


class PersonnelDuty(models.Model):
    """Something that HR has to do by a day because of a signed order.

    Made by the signature from the rules of its day, closed by HR or by the order that
    settles it. The daily run tells HR in good time.
    """

    _name = "callcenter.personnel.duty"
    _description = "Due by law or by term"
    _inherit = ["callcenter.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_last, id"
    _rec_name = "rule_id"
    _guarded_fields = ("state", "done_on", "done_by_id", "is_told")
    _frozen_states = ("done", "dropped")

    order_id = fields.Many2one(
        "callcenter.personnel.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    rule_id = fields.Many2one(
        "callcenter.duty.rule",
        string="What to do",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    employee_id = fields.Many2one(
        related="order_id.employee_id", store=True, index=True
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    article = fields.Char(related="rule_id.article")
    consequence = fields.Char(related="rule_id.consequence")
    date_last = fields.Date(string="Last day", required=True, readonly=True, index=True)
    date_shown = fields.Date(
        string="Shown from", required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [("open", "To do"), ("done", "Done"), ("dropped", "Needless")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    done_on = fields.Datetime(readonly=True)
    done_by_id = fields.Many2one("res.users", readonly=True)
    is_told = fields.Boolean(readonly=True, help="HR has been told of it.")
    days_left = fields.Integer(
        compute="_compute_days_left", help="Negative: so many days late."
    )

    _one_of_a_rule = models.UniqueIndex(
        "(order_id, rule_id)", "The order has made this due already."
    )

    @api.depends("date_last", "company_id")
    def _compute_days_left(self):
        for duty in self:
            today = (duty.company_id or self.env.company)._callcenter_today()
            duty.days_left = duty.date_last and (duty.date_last - today).days

    def action_done(self):
        """HR has done it."""
        self._check_role(_GROUP_HR)
        self._check_in_state("open")
        self._close("done")

    def action_open_order(self):
        """The order that made it due."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "callcenter.personnel.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }

    def _close(self, state):
        duties = self.sudo()  # sudo: nobody writes duties, who may was checked
        duties._transition(
            {
                "state": state,
                "done_on": fields.Datetime.now(),
                "done_by_id": self.env.uid,
            }
        )
        duties.activity_unlink([_TODO])

    @api.model
    def _make_for(self, order):
        """What the signature of an order makes due; of one brought in, the coming."""
        # sudo: the Director signs and need not read the rules
        rules = self.env["callcenter.duty.rule"].sudo()._get_in_force(order)
        today = order.company_id._callcenter_today()
        values = []
        for rule in rules:
            day = rule._get_last_day(order)
            if day and not (order.brought_in and day < today):
                values.append(self._prepare(order, rule, day))
        return self.sudo().create(values)  # sudo: made by the signature alone

    @api.model
    def _prepare(self, order, rule, day):
        return {
            "order_id": order.id,
            "rule_id": rule.id,
            "date_last": day,
            "date_shown": day - timedelta(days=rule.remind_days),
        }

    @api.model
    def _drop_of_post(self, employee, names=_OF_THE_POST, keep=None):
        """The terms of the post do not matter any more: left, or agreed anew.

        :param names: fields of orders from which the days were counted
        :param keep: the order whose own duties stay
        """
        # sudo: nobody writes duties, the executed order settles them
        duties = self.sudo().search(
            [
                ("employee_id", "=", employee.id),
                ("state", "=", "open"),
                ("rule_id.anchor", "in", names),
                ("order_id", "not in", keep.ids if keep else []),
            ]
        )
        duties._close("dropped")

    @api.model
    def _get_shown_domain(self):
        """What HR should look at today."""
        today = self.env.company._callcenter_today()
        return Domain("state", "=", "open") & Domain("date_shown", "<=", today)

    @api.model
    def _cron_tell(self):
        """Tell HR, once, of what comes due soon."""
        for company, today in self.env["res.company"]._callcenter_todays():
            self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "open"),
                    ("is_told", "=", False),
                    ("date_shown", "<=", today),
                ]
            )._tell()

    def _tell(self):
        for duty in self:
            teller = duty._get_teller()
            reader = duty._told_to(teller)
            duty.activity_schedule(
                _TODO,
                date_deadline=duty.date_last,
                summary=f"{reader.rule_id.name}: {duty.employee_id.name}",
                note=" — ".join(filter(None, [reader.article, reader.consequence])),
                user_id=teller.id,
            )
        self._transition({"is_told": True})

    def _get_teller(self):
        """Who prepared the order if still in HR, else anybody of HR."""
        author = self.order_id.create_uid
        if author.active and author.has_group(_GROUP_HR):
            return author
        # sudo: a scheduled job finds the members of a group
        users = self.env.ref(_GROUP_HR).sudo().all_user_ids
        own = users.filtered(lambda user: self.company_id in user.company_ids)
        return own[:1] or self.env.ref("base.user_admin")

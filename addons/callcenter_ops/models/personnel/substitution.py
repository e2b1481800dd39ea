from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

_GROUP_SUPERVISOR = "callcenter_ops.group_supervisor"


class Substitution(models.Model):
    """Who stands in for an absent head, from which day to which.

    Made by signing an acting order and by nothing else. On its days the deputy holds
    the supervisor's rights, unless he has them of his own.
    """

    _name = "callcenter.substitution"
    _description = "Substitution"
    _order = "date_from desc, id desc"
    _rec_name = "absent_employee_id"

    order_id = fields.Many2one(
        "callcenter.personnel.order",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="restrict"
    )
    absent_employee_id = fields.Many2one(
        "hr.employee",
        string="Absent",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    deputy_employee_id = fields.Many2one(
        "hr.employee",
        string="Deputy",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    is_cancelled = fields.Boolean(string="Cancelled", readonly=True)
    is_granted = fields.Boolean(
        string="Rights given",
        readonly=True,
        help="The deputy holds the supervisor's rights because of this substitution.",
    )
    period = fields.Selection(
        [
            ("future", "To come"),
            ("current", "Acting today"),
            ("past", "Over"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_period",
    )

    _order_unique = models.Constraint(
        "unique (order_id)", "This order has its substitution already."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The last day cannot come before the first one."
    )
    _deputy_is_another = models.Constraint(
        "CHECK (absent_employee_id <> deputy_employee_id)",
        "Nobody can stand in for himself: choose another deputy.",
    )
    # A range of one id needs no extension of PostgreSQL, a bare id would.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(absent_employee_id, absent_employee_id, '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&) "
        "WHERE (is_cancelled IS NOT TRUE)",
        "Somebody else stands in for this employee on some of these days already.",
    )

    @api.depends("date_from", "date_to", "is_cancelled", "company_id")
    def _compute_period(self):
        for record in self:
            today = record.company_id._callcenter_today()
            if record.is_cancelled:
                record.period = "cancelled"
            elif record.date_from > today:
                record.period = "future"
            else:
                record.period = "current" if record.date_to >= today else "past"

    @api.depends("absent_employee_id", "deputy_employee_id", "date_from", "date_to")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._(
                "%(deputy)s for %(absent)s, %(start)s to %(end)s",
                deputy=record.deputy_employee_id.name,
                absent=record.absent_employee_id.name,
                start=format_date(self.env, record.date_from),
                end=format_date(self.env, record.date_to),
            )

    @api.model
    def _cron_sync_rights(self):
        """Give and take the deputies' rights; runs at each company's midnight too."""
        self._sync_rights()

    @api.model
    def _get_in_force_domain(self, on_date):
        return (
            Domain("is_cancelled", "=", False)
            & Domain("date_from", "<=", on_date)
            & Domain("date_to", ">=", on_date)
        )

    @api.model
    def _get_deputies(self, on_date):
        """``{absent hr.employee id: deputy hr.employee}`` in force on a date."""
        # sudo: every role asks who heads a department today
        found = self.sudo().search_fetch(self._get_in_force_domain(on_date))
        return {
            record.absent_employee_id.id: record.deputy_employee_id for record in found
        }

    def _sync_rights(self):
        """Bring the supervisor's rights of all deputies in line with today."""
        records = self.sudo()  # sudo: groups of users follow from signed orders
        wanted = records.browse()
        for (company,) in records._read_group([], ["company_id"]):
            domain = self._get_in_force_domain(company._callcenter_today())
            wanted |= records.search(domain & Domain("company_id", "=", company.id))
        granted = records.search([("is_granted", "=", True)])
        (granted - wanted)._revoke()
        (wanted - granted)._grant()

    def _grant(self):
        group = self.env.ref(_GROUP_SUPERVISOR)
        for record in self.filtered(lambda record: record._replaces_head()):
            user = record.deputy_employee_id.user_id
            if not user or (group in user.all_group_ids and not record._has_twin(user)):
                continue  # a supervisor of his own right keeps it afterwards
            user.write({"group_ids": [Command.link(group.id)]})
            record.is_granted = True
            record._pass_on_approvals(user)
            record.order_id._log_line(
                self.env._(
                    "%(deputy)s holds the rights of %(absent)s until %(end)s.",
                    deputy=user.name,
                    absent=record.absent_employee_id.name,
                    end=format_date(self.env, record.date_to),
                )
            )

    def _pass_on_approvals(self, deputy):
        """Tell the deputy of the orders that wait for the absent head's approval."""
        waiting = self.env["callcenter.order.visa"].search(
            [
                ("user_id", "=", self.absent_employee_id.user_id.id or 0),
                ("state", "=", "pending"),
                ("order_id.state", "=", "submitted"),
            ]
        )
        for order in waiting.order_id:
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.with_context(lang=deputy.lang).env._("Approve the order"),
                user_id=deputy.id,
            )

    def _revoke(self):
        group = self.env.ref(_GROUP_SUPERVISOR)
        for record in self:
            record.is_granted = False
            user = record.deputy_employee_id.user_id
            if not record._has_twin(user):
                user.write({"group_ids": [Command.unlink(group.id)]})
            record.order_id._log_line(
                self.env._("The rights of %(deputy)s ended.", deputy=user.name)
            )

    def _has_twin(self, user):
        """Another substitution has given the same user the same rights."""
        return bool(
            self.search_count(
                [
                    ("id", "!=", self.id),
                    ("is_granted", "=", True),
                    ("deputy_employee_id.user_id", "=", user.id),
                ],
                limit=1,
            )
        )

    def _replaces_head(self):
        """The absent person heads a department, supervises, or stands in himself."""
        self.ensure_one()
        absent = self.absent_employee_id
        if absent.user_id and absent.user_id.has_group(_GROUP_SUPERVISOR):
            return True
        heads = self.env["hr.department"].search_count(
            [("manager_id", "=", absent.id)], limit=1
        )
        return bool(heads) or absent in self._get_deputies(self.date_from).values()

    def _end_before(self, day):
        """Call off what lies on and after ``day`` (order of cancellation)."""
        for record in self:
            if record.date_from < day:
                record.date_to = min(record.date_to, day - timedelta(days=1))
            else:
                record.is_cancelled = True
        self._sync_rights()

    def _schedule_rights(self):
        """Wake the cron at the first instant of the first day and after the last."""
        cron = self.env.ref("callcenter_ops.ir_cron_sync_substitutions")
        for record in self:
            company = record.company_id
            start, _end = company._callcenter_day_bounds(record.date_from)
            _start, end = company._callcenter_day_bounds(record.date_to)
            cron._trigger(at=[start, end])

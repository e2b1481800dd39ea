from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

_GROUP_SUPERVISOR = "callcenter_ops.group_supervisor"
_GROUP_DIRECTOR = "callcenter_ops.group_director"
_TODO = "mail.mail_activity_data_todo"


class Substitution(models.Model):
    """Who stands in for an absent head, from which day to which.

    Made by signing an acting order and by nothing else. On his days a head's deputy
    holds the supervisor's rights, unless he holds them anyway. The Director's are held
    by whoever ends the chain of deputies: one person signs on one day.
    """

    _name = "callcenter.substitution"
    _inherit = ["callcenter.headship.source.mixin"]
    _description = "Substitution"
    _order = "date_from desc, id desc"
    _rec_name = "absent_employee_id"
    _headship_fields = frozenset(
        (
            "absent_employee_id",
            "deputy_employee_id",
            "date_from",
            "date_to",
            "is_cancelled",
        )
    )

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
    is_director_granted = fields.Boolean(
        string="Signs for the Director",
        readonly=True,
        help="The deputy holds the Director's rights because of this substitution.",
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

    @api.depends_context("lang")
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

    # -- who acts for whom --

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

    @api.model
    def _get_stand_ins(self, employees, on_date):
        """Who is at work on a date in the place of each of ``employees``.

        He himself, or his deputy, or the deputy's own deputy and so on.

        :return: ``{employee id: hr.employee}`` with a key for each; empty where
            deputies stand in for one another or the last one has left
        """
        people = employees.browse()
        if not employees:
            return {}
        heads = SQL("SELECT unnest(%s)", employees.ids)
        rows = self.env.execute_query(self._get_stand_ins_query(heads, on_date))
        found = dict(rows)
        return {one: people.browse(found.get(one)) for one in employees.ids}

    @api.model
    def _get_stand_ins_query(self, heads, on_date):
        """The one definition of who acts for whom.

        :param heads: ``SQL`` of a query of ids of employees
        :return: ``SQL`` of a query of pairs (head, who acts for him); without a row
            for a head in whose place nobody is at work
        """
        return SQL(
            """
            WITH RECURSIVE in_force AS (
                SELECT absent_employee_id AS absent_id, deputy_employee_id AS deputy_id
                  FROM callcenter_substitution
                 WHERE is_cancelled IS NOT TRUE
                   AND %(day)s BETWEEN date_from AND date_to
            ), chain (head_id, acting_id, seen) AS (
                SELECT head.id, head.id, ARRAY[head.id] FROM (%(heads)s) AS head (id)
                 UNION ALL
                SELECT chain.head_id, link.deputy_id, chain.seen || link.deputy_id
                  FROM chain
                  JOIN in_force AS link ON link.absent_id = chain.acting_id
                 WHERE link.deputy_id <> ALL (chain.seen)
            )
            SELECT chain.head_id, chain.acting_id
              FROM chain
              JOIN hr_employee AS person ON person.id = chain.acting_id
             WHERE person.active
               AND COALESCE(person.callcenter_last_day, %(day)s) >= %(day)s
               AND chain.acting_id NOT IN (SELECT absent_id FROM in_force)
            """,
            day=on_date,
            heads=heads,
            to_flush=self._get_stand_ins_sources(),
        )

    @api.model
    def _get_stand_ins_sources(self):
        """The fields that decide who acts: written out before the query reads them."""
        people = self.env["hr.employee"]._fields
        return [
            *(self._fields[name] for name in self._headship_fields),
            *(people[name] for name in ("active", "user_id", "callcenter_last_day")),
        ]

    def _end_before(self, day):
        """Call off what lies on and after ``day`` (order of cancellation)."""
        for record in self:
            if record.date_from < day:
                record.date_to = min(record.date_to, day - timedelta(days=1))
            else:
                record.is_cancelled = True
        self._sync_rights()

    # -- rights of deputies --

    def _schedule_rights(self):
        """Wake the cron at the first instant of the first day and after the last."""
        cron = self.env.ref("callcenter_ops.ir_cron_sync_substitutions")
        for record in self:
            company = record.company_id
            start, _end = company._callcenter_day_bounds(record.date_from)
            _start, end = company._callcenter_day_bounds(record.date_to)
            cron._trigger(at=[start, end])

    @api.model
    def _cron_sync_rights(self):
        """Give and take the deputies' rights; runs at each company's midnight too."""
        self._sync_rights()

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
        records._sync_director_rights()

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
                record.order_id._told_to().env._(
                    "%(deputy)s holds the rights of %(absent)s until %(end)s.",
                    deputy=user.name,
                    absent=record.absent_employee_id.name,
                    end=format_date(record._told_to().env, record.date_to),
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
                summary=order._told_to(deputy).env._("Approve the order"),
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
                record.order_id._told_to().env._(
                    "The rights of %(deputy)s ended.", deputy=user.name
                )
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

    # -- who signs and approves while the Director is away --

    def _sync_director_rights(self):
        """Bring the Director's rights of all deputies in line with today."""
        granted = self.search([("is_director_granted", "=", True)])
        wanted = self._get_acting_for_directors(granted)
        (granted - wanted)._revoke_director(wanted.deputy_employee_id.user_id)
        (wanted - granted)._grant_director()

    @api.model
    def _get_acting_for_directors(self, granted):
        """Substitutions of today whose deputy, at the end of the chain, is acting
        for a Director.

        :param granted: substitutions that have given the rights already: their
            deputies are no Directors of their own
        """
        wanted = self.browse()
        borrowed = granted.deputy_employee_id.user_id
        own = self.env.ref(_GROUP_DIRECTOR).all_user_ids - borrowed
        for company, heads in own.employee_ids.grouped("company_id").items():
            today = company._callcenter_today()
            acting = self._get_stand_ins(heads, today).values()
            deputies = heads.browse().union(*acting) - own.employee_ids
            in_force = self.search(self._get_in_force_domain(today))
            replaced = heads | in_force.deputy_employee_id
            wanted |= in_force.filtered_domain(
                [
                    ("deputy_employee_id", "in", deputies.ids),
                    ("absent_employee_id", "in", replaced.ids),
                ]
            )
        return wanted

    def _grant_director(self):
        group = self.env.ref(_GROUP_DIRECTOR)
        for record in self.filtered("deputy_employee_id.user_id"):
            user = record.deputy_employee_id.user_id
            user.write({"group_ids": [Command.link(group.id)]})
            record.is_director_granted = True
            record._ask_for_signatures(user)
            record.order_id._log_line(
                record.order_id._told_to().env._(
                    "%(deputy)s may sign in the Director's place until %(end)s.",
                    deputy=user.name,
                    end=format_date(record._told_to().env, record.date_to),
                )
            )

    def _ask_for_signatures(self, deputy):
        """Tell the deputy of the orders that wait for the Director's signature."""
        for order in self._get_waiting_orders():
            order.activity_schedule(
                _TODO,
                date_deadline=order.date_effective,
                summary=order._told_to(deputy).env._("Sign the order"),
                user_id=deputy.id,
            )

    def _get_waiting_orders(self):
        return self.env["callcenter.personnel.order"].search(
            [("state", "=", "submitted"), ("company_id", "in", self.company_id.ids)]
        )

    def _revoke_director(self, kept):
        """:param kept: users whom another substitution leaves the rights"""
        group = self.env.ref(_GROUP_DIRECTOR)
        for record in self:
            record.is_director_granted = False
            user = record.deputy_employee_id.user_id
            if user not in kept:
                user.write({"group_ids": [Command.unlink(group.id)]})
                record._get_waiting_orders().activity_unlink(
                    [_TODO], user_id=user.id, only_automated=True
                )
            record.order_id._log_line(
                record.order_id._told_to().env._(
                    "%(deputy)s signs no more.", deputy=user.name
                )
            )

    @api.model
    def _get_represented_director(self, user):
        """The absent Director in whose place the user signs today, as ``hr.employee``;
        empty for a Director and for everybody else."""
        # sudo: every role may know who the Directors are
        own = self.env.ref(_GROUP_DIRECTOR).sudo().all_user_ids
        # sudo: a deputy may not read his own card
        person = user.sudo().employee_id
        today = (person.company_id or self.env.company)._callcenter_today()
        directors = own.employee_ids.filtered(
            lambda one: one.company_id == person.company_id
        )
        acting = self._get_stand_ins(directors - person, today)
        return directors.filtered(lambda one: person and acting.get(one.id) == person)[
            :1
        ]

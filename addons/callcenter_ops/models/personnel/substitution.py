from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date


class Substitution(models.Model):
    """Who stands in for an absent head, from which day to which.

    Made by signing an acting order and by nothing else.
    """

    _name = "callcenter.substitution"
    _inherit = [
        "callcenter.headship.source.mixin",
        "callcenter.substitution.rights",
    ]
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

    def _schedule_rights(self):
        """Wake the cron at the first instant of the first day and after the last."""
        cron = self.env.ref("callcenter_ops.ir_cron_sync_substitutions")
        for record in self:
            company = record.company_id
            start, _end = company._callcenter_day_bounds(record.date_from)
            _start, end = company._callcenter_day_bounds(record.date_to)
            cron._trigger(at=[start, end])

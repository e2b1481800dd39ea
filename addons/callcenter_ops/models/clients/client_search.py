from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# So long may a client who was found be called without searching again.
_VALID = timedelta(minutes=30)
_BY_NUMBER = """
SELECT id FROM res_partner
 WHERE active AND partner_share AND (company_id IS NULL OR company_id = %(company)s)
   AND (phone_sanitized = %(query)s
        OR string_to_array(replace(callcenter_other_phones, ' ', ''), ',')
           @> ARRAY[%(query)s])
 ORDER BY id LIMIT %(limit)s
"""
_BY_NAME = """
SELECT id FROM res_partner
 WHERE active AND partner_share AND (company_id IS NULL OR company_id = %(company)s)
   AND lower(name) = lower(%(query)s)
 ORDER BY id LIMIT %(limit)s
"""


class ClientSearch(models.Model):
    """Each look-up in the client base: who, when, for whom, how many.

    By hand, by a letter that was registered, or by one that was taken and put back: all
    count towards one limit of the person. A search by hand is also the right to what
    was found: only a client of one's own recent search can be called or answered.
    """

    _name = "callcenter.client.search"
    _description = "Search of a client"
    _order = "searched_at desc, id desc"
    _rec_name = "query"

    employee_id = fields.Many2one(
        "hr.employee", string="Operator", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    number = fields.Integer(
        required=True,
        readonly=True,
        aggregator=None,
        help="Running number of the operator's searches.",
    )
    searched_at = fields.Datetime(string="When", required=True, readonly=True)
    direction = fields.Selection(
        [("out", "To call"), ("in", "Caller on the line"), ("letter", "Letter")],
        string="What for",
        required=True,
        readonly=True,
    )
    kind = fields.Selection(
        [("number", "Number"), ("name", "Name"), ("sender", "Sender")],
        string="Searched by",
        required=True,
        readonly=True,
    )
    query = fields.Char(string="What was searched", readonly=True)
    outcome = fields.Selection(
        [
            ("found", "Found"),
            ("none", "Nobody found"),
            ("many", "Too many to show"),
            ("unreadable", "No full number"),
            ("refused", "Limit of searches reached"),
        ],
        readonly=True,
    )
    found_count = fields.Integer(string="Found", readonly=True, aggregator=None)
    partner_ids = fields.Many2many(
        "res.partner",
        "callcenter_client_search_partner_rel",
        string="Clients shown",
        readonly=True,
    )

    # Two requests at once get two numbers, so that neither misses the other's row
    # when the searches are counted.
    _number_unique = models.UniqueIndex("(user_id, number)")
    _user_moment_idx = models.Index("(user_id, searched_at)")

    @api.model
    def _note(self, employee, direction, kind, query):
        """Begin a search: the row counts from now on.

        :return: the search; its outcome is ``refused`` when the limit is reached
        """
        self.env.flush_all()
        [[search_id]] = self.env.execute_query(
            SQL(
                # A rival's number makes this fail as a serialisation error, which
                # the request is repeated for.
                """
                INSERT INTO callcenter_client_search (
                    employee_id, user_id, company_id, number, searched_at, direction,
                    kind, query, found_count, create_uid, write_uid, create_date,
                    write_date)
                SELECT %(employee)s, %(user)s, %(company)s,
                       COALESCE(max(number), 0) + 1, %(now)s, %(direction)s, %(kind)s,
                       %(query)s, 0, %(user)s, %(user)s, %(now)s, %(now)s
                  FROM callcenter_client_search WHERE user_id = %(user)s
                ON CONFLICT DO NOTHING
                RETURNING id
                """,
                employee=employee.id,
                user=employee.user_id.id,
                company=employee.company_id.id,
                now=fields.Datetime.now(),
                direction=direction,
                kind=kind,
                query=query,
            )
        )
        search = self.browse(search_id)
        if search._is_over_limit():
            search.outcome = "refused"
        return search

    def _is_over_limit(self):
        """Whether this search is one too many in the last hour or day."""
        return any(
            limit and self._count_since(self.user_id, period) > limit
            for period, limit in self.company_id._callcenter_search_limits()
        )

    @api.model
    def _is_spent(self, employee):
        """Whether the next look-up of the employee would be one too many."""
        return any(
            limit and self._count_since(employee.user_id, period) >= limit
            for period, limit in employee.company_id._callcenter_search_limits()
        )

    @api.model
    def _count_since(self, user, period):
        domain = [
            ("user_id", "=", user.id),
            ("searched_at", ">", fields.Datetime.now() - period),
            ("outcome", "!=", "refused"),
        ]
        return self.search_count(domain)

    def _look_up(self, limit):
        """The clients whom the operator may be shown, in superuser mode.

        More than ``limit`` are shown to nobody: they are counted alone.
        """
        # sudo: the client base is closed to operators; the search counts and is kept
        partners = self.env["res.partner"].sudo()
        if self.outcome == "refused":
            return partners
        if self.kind == "number" and not self.query.startswith("+"):
            self.outcome = "unreadable"
            return partners
        partners.flush_model()
        rows = self.env.execute_query(
            SQL(
                _BY_NUMBER if self.kind == "number" else _BY_NAME,
                query=self.query,
                company=self.company_id.id,
                limit=limit + 1,
            )
        )
        return self._conclude(partners.browse(id_ for (id_,) in rows), limit)

    def _conclude(self, partners, limit):
        """Keep how many were found; more than ``limit`` are not shown at all."""
        if not partners:
            outcome = "none"
        else:
            outcome = "found" if len(partners) <= limit else "many"
        shown = partners if outcome == "found" else partners.browse()
        self.write(
            {
                "outcome": outcome,
                "found_count": len(partners),
                "partner_ids": [(6, 0, shown.ids)],
            }
        )
        return shown

    @api.model
    def _forget_client(self, partner):
        """Take the number and the name of a forgotten client out of the log."""
        words = [word for word in (partner.phone_sanitized, partner.name) if word]
        domain = ["|", ("partner_ids", "in", partner.ids), ("query", "in", words)]
        self.search(domain).write({"query": False, "partner_ids": [(3, partner.id)]})

    @api.model
    def _find_recent(self, user, direction, domain):
        """A search of ``user`` that still gives the right to what it found."""
        recent = [
            ("user_id", "=", user.id),
            ("direction", "=", direction),
            ("searched_at", ">", fields.Datetime.now() - _VALID),
        ]
        return self.search([*recent, *domain], limit=1)

from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.callcenter_ops.tools.common.date_words import date_in_digits
from odoo.fields import Domain

_AHEAD_DAYS = 60


class LeaveProposal(models.Model):
    """Remembers for which absence of a head a substitution was proposed already."""

    _name = "callcenter.leave.proposal"
    _description = "Proposed substitution"
    _order = "id desc"
    _rec_name = "employee_id"

    leave_id = fields.Integer(required=True, readonly=True, aggregator=None)
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    order_id = fields.Many2one(
        "callcenter.personnel.order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The drafted acting order; empty when no deputy was known.",
    )

    _leave_once = models.Constraint(
        "unique (leave_id)", "A substitution was proposed for this absence already."
    )

    @api.model
    def _cron_propose(self):
        """Propose a substitution for every approved absence of a head, once."""
        for company, today in self.env["res.company"]._callcenter_todays():
            proposals = self.with_company(company)
            proposals._propose(proposals._get_absences(company, today), today)

    @api.model
    def _get_absences(self, company, today):
        """Approved absences of heads that come soon: ``[(id, employee, from, to)]``."""
        heads = self._get_heads(company)
        leaves = self.env["hr.leave"].search(
            [
                ("employee_id", "in", heads.ids),
                ("state", "=", "validate"),
                ("request_date_to", ">=", today),
                ("request_date_from", "<=", today + timedelta(days=_AHEAD_DAYS)),
            ],
            order="request_date_from, id",
        )
        return [
            (
                leave.id,
                leave.employee_id,
                leave.request_date_from,
                leave.request_date_to,
            )
            for leave in leaves
        ]

    @api.model
    def _get_heads(self, company):
        """Managers of the departments in which somebody holds a post by an order."""
        appointed = self.env["hr.employee"].search(
            [("callcenter_status", "=", "appointed"), ("company_id", "=", company.id)]
        )
        departments = self.env["hr.department"].search(
            [("id", "parent_of", appointed.department_id.ids)]
        )
        return departments.manager_id.filtered(lambda one: one.company_id == company)

    @api.model
    def _propose(self, absences, today):
        """Draft an acting order, or ask HR for one, for each new absence.

        :param absences: list of ``(leave id, hr.employee, first day, last day)``
        :return: the new ``callcenter.leave.proposal``
        """
        known = set(
            self.search(
                [("leave_id", "in", [leave for leave, *_rest in absences])]
            ).mapped("leave_id")
        )
        made = self.browse()
        for leave, head, first, last in absences:
            start = max(first, today)
            if leave not in known and not self._is_covered(head, start, last):
                made |= self._propose_one(leave, head, start, last)
        return made

    @api.model
    def _is_covered(self, head, first, last):
        """A deputy is named, or an order about it is on its way."""
        order_domain = (
            Domain("absent_employee_id", "=", head.id)
            & Domain("order_type", "=", "acting")
            & Domain("state", "in", ("draft", "submitted", "signed", "executed"))
            & Domain("date_effective", "<=", last)
            & Domain("date_end", ">=", first)
        )
        return bool(
            self.env["callcenter.personnel.order"].search_count(order_domain, limit=1)
        )

    @api.model
    def _propose_one(self, leave, head, first, last):
        order = self._draft_order(head, first, last)
        proposal = self.create(
            {
                "leave_id": leave,
                "employee_id": head.id,
                "company_id": head.company_id.id,
                "order_id": order.id,
            }
        )
        proposal._tell_hr(order or head, first, last)
        return proposal

    @api.model
    def _draft_order(self, head, first, last):
        deputy = self._get_usual_deputy(head, last)
        orders = self.env["callcenter.personnel.order"]
        if not deputy:
            return orders
        return orders.create(
            {
                "order_type": "acting",
                "company_id": head.company_id.id,
                "employee_id": deputy.id,
                "absent_employee_id": head.id,
                "date_order": head.company_id._callcenter_today(),
                "date_effective": first,
                "date_end": last,
                "basis": head._told_to().env._("Approved time off"),
            }
        )

    @api.model
    def _get_usual_deputy(self, head, last):
        """Whoever stood in for the head the last time, if he is still here."""
        former = self.env["callcenter.substitution"].search(
            [("absent_employee_id", "=", head.id), ("is_cancelled", "=", False)],
            order="date_to desc",
            limit=1,
        )
        return former.deputy_employee_id.filtered(lambda one: one._works_on(last))

    def _tell_hr(self, record, first, last):
        for user in self._get_hr_users():
            record.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=first,
                summary=self._told_to(user).env._(
                    "%(name)s is away from %(start)s to %(end)s: name a deputy",
                    name=self.employee_id.name,
                    start=date_in_digits(first),
                    end=date_in_digits(last),
                ),
                user_id=user.id,
            )

    def _get_hr_users(self):
        users = self.env.ref("callcenter_ops.group_hr").all_user_ids
        return users.filtered(lambda user: self.company_id in user.company_ids)

from odoo.exceptions import UserError

from ....tools.common.date_words import date_in_digits, date_in_words
from ....tools.common.money_words import amount_in_digits, amount_in_words
from .order_kind import OrderKind


class Acting(OrderKind):
    """Lets one employee stand in for another for some days.

    The signature fixes the period, so that any later date can be asked about; the
    rights come and go with the days.
    """

    series = "ИО"
    title = "о возложении исполнения обязанностей"
    paper_template = "callcenter_ops.paper_acting"
    works_once_signed = True
    ends_by_itself = True

    def check(self):
        order = self.order
        if not order.absent_employee_id:
            raise UserError(self.env._("Name the employee who will be absent."))
        if not order.date_end:
            raise UserError(self.env._("Name the last day of the substitution."))
        if not order.employee_id.active:
            raise UserError(
                self.env._(
                    "%(name)s does not work here any more and cannot be the deputy.",
                    name=order.employee_id.name,
                )
            )
        self._check_deputy_stays()
        self._check_no_other_deputy()

    def _check_deputy_stays(self):
        deputy = self.order.employee_id
        if not deputy._works_on(self.order.date_end):
            raise UserError(
                self.env._(
                    "%(name)s leaves on %(date)s and cannot be the deputy until "
                    "%(end)s: choose other days or another deputy.",
                    name=deputy.name,
                    date=date_in_digits(deputy.callcenter_last_day),
                    end=date_in_digits(self.order.date_end),
                )
            )

    def _check_no_other_deputy(self):
        # sudo: an overlap counts whoever looks
        substitutions = self.env["callcenter.substitution"].sudo()
        other = substitutions.search(
            [
                ("absent_employee_id", "=", self.order.absent_employee_id.id),
                ("is_cancelled", "=", False),
                ("order_id", "!=", self.order.id),
                ("date_from", "<=", self.order.date_end),
                ("date_to", ">=", self.order.date_effective),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "%(name)s stands in for this employee from %(start)s to %(end)s "
                    "already: choose other days or cancel that order.",
                    name=other.deputy_employee_id.name,
                    start=date_in_digits(other.date_from),
                    end=date_in_digits(other.date_to),
                )
            )

    def after_sign(self):
        order = self.order
        substitution = self.env["callcenter.substitution"].create(
            {
                "order_id": order.id,
                "company_id": order.company_id.id,
                "absent_employee_id": order.absent_employee_id.id,
                "deputy_employee_id": order.employee_id.id,
                "date_from": order.date_effective,
                "date_to": order.date_end,
            }
        )
        substitution._schedule_rights()
        if not order.employee_id.user_id.active:
            order._log_line(
                order._told_to().env._(
                    "%(name)s has no user account: the rights of the absent head come "
                    "as soon as there is one.",
                    name=order.employee_id.name,
                )
            )

    def execute(self):
        self.order.substitution_ids._sync_rights()

    def end_term(self):
        self.order.substitution_ids._sync_rights()

    def undo(self, order):
        """The period ends on the eve of the cancelling order."""
        self.order.substitution_ids._end_before(order.date_effective)

    def paper(self):
        absent, pay = self.order.absent_employee_id, self.order.additional_pay
        return {
            "additional_pay": amount_in_digits(pay) if pay else "",
            "additional_pay_words": amount_in_words(pay) if pay else "",
            "absent_gen": absent._get_name_in_case("genitive") if absent else "",
            "absent_job": absent.job_id.name or "",
        }

    def get_register_content(self):
        order = self.order
        absent = order.absent_employee_id._get_name_in_case("genitive")
        start, end = map(date_in_words, (order.date_effective, order.date_end))
        return f"на время отсутствия {absent}, {start} — {end}"

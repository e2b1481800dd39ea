from odoo.exceptions import UserError

from ....tools.common.date_words import date_in_digits
from ....tools.common.plural import plural
from .post_kind import PostKind

_OF_DEPARTURE = ("departure_date", "departure_reason_id", "departure_description")


class Appointment(PostKind):
    """Takes a person into a post and opens his account."""

    series = "П"
    form = "Т-1"
    okud = "0301001"
    title = "о приёме работника на работу"
    paper_template = "callcenter_ops.paper_appointment"
    retro_reasons = ("actual_admission", "decision")

    def check(self):
        if not self.order.job_id or not self.order.department_id:
            raise UserError(
                self.env._("Name the post and the department of the appointment.")
            )
        if self.employee.callcenter_status == "appointed":
            raise UserError(
                self.env._(
                    "%(name)s is appointed already: use an order of transfer.",
                    name=self.employee.name,
                )
            )
        self._check_after_leaving()
        self.account.check_login_free()

    def _check_after_leaving(self):
        # sudo: the day of leaving is HR's
        left_on = self.employee.sudo().callcenter_left_on
        if left_on and self.order.date_effective <= left_on:
            raise UserError(
                self.env._(
                    "%(name)s worked here until %(date)s: the new employment begins "
                    "later.",
                    name=self.employee.name,
                    date=date_in_digits(left_on),
                )
            )

    def before_sign(self):
        self.employee._give_personnel_number()

    def execute(self):
        self.remember_previous()
        if not self.employee.active:
            self.employee.action_unarchive()
        self.write_version(self.order.date_effective, self._prepare_version())
        self.write_manager()
        self.account.open()
        self.employee._transition({"callcenter_status": "appointed"})
        self.employee._after_callcenter_appointment(self.order)

    def undo(self, order):
        """Annul the appointment: as if the person had never started."""
        previous = self.order.previous_values["callcenter_status"]
        self.employee._transition({"callcenter_status": previous})
        self.restore_previous(self.order.date_effective)
        self.account.close()

    def _prepare_version(self):
        order, start = self.order, self.order.date_effective
        vals = {
            "job_id": order.job_id.id,
            "department_id": order.department_id.id,
            "wage": order.wage,
        }
        if order.resource_calendar_id:
            vals["resource_calendar_id"] = order.resource_calendar_id.id
        # Whoever comes back begins anew: nothing of the former employment stays.
        vals["trial_date_end"] = order.date_trial_end or False
        vals |= dict.fromkeys(_OF_DEPARTURE, False)
        if not self.employee._get_version(start)._is_in_contract(start):
            vals["contract_date_start"] = start
            vals["contract_date_end"] = order.date_end
        return vals

    def paper(self):
        return {
            **self.get_wage_terms(),
            **self.get_contract_terms(),
            **self._get_trial(),
        }

    def _get_trial(self):
        months = self.order.trial_months
        if not months:
            return {"trial_months": "", "trial_unit": "месяца(ев)"}
        unit = plural(months, "месяц", "месяца", "месяцев")
        return {"trial_months": str(months), "trial_unit": unit}

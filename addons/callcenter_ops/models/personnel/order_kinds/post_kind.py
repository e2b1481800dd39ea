from odoo import fields
from odoo.exceptions import UserError

from ....tools.common.date_words import (
    date_in_digits,
    date_in_words,
    date_on_form,
)
from ....tools.common.money_words import amount_in_words, split_amount
from .order_kind import OrderKind
from .user_account import UserAccount

_REMEMBERED = (
    "job_id",
    "department_id",
    "wage",
    "resource_calendar_id",
    "contract_date_start",
    "contract_date_end",
    "trial_date_end",
)


class PostKind(OrderKind):
    """An order that gives a post, changes it or takes it away.

    It writes the employee's versions, remembers what stood there before, and puts
    that back when it is cancelled.
    """

    moves_employee = True

    @property
    def employee(self):
        return self.order.employee_id

    @property
    def account(self):
        return UserAccount(self.order)

    def check_stays(self):
        """Appointed, and not to leave before the order takes effect."""
        self.check_appointed()
        day = self.order.date_effective
        if not self.employee._works_on(day):
            # sudo: the Director, who signs, may not read the card's last day
            last_day = self.employee.sudo().callcenter_last_day
            raise UserError(
                self.env._(
                    "The last working day of %(name)s is %(last)s: no order can take "
                    "effect on %(date)s.",
                    name=self.employee.name,
                    last=date_in_digits(last_day),
                    date=date_in_digits(day),
                )
            )

    def check_appointed(self):
        if self.employee.callcenter_status != "appointed":
            raise UserError(
                self.env._(
                    "%(name)s is not appointed: an order of appointment must be "
                    "executed first.",
                    name=self.employee.name,
                )
            )

    # -- the employee's card --

    def write_version(self, date_from, vals):
        """Write ``vals`` on the employee's versions from ``date_from`` on.

        ``create_version`` returns an existing version of that day and drops the
        values, so they are written afterwards; a version that begins later keeps
        what was changed there on purpose and takes over the rest.
        """
        employee = self.employee._in_transition()  # past the card's own guard
        before = employee._get_version(date_from)
        old = {name: before[name] for name in vals}
        # sudo: create_version drops it, and contract fields are HR's alone
        version = employee.create_version({"date_version": date_from}).sudo()
        version.write(vals)
        for later in employee.version_ids.filtered(
            lambda later: later.date_version > date_from
        ):
            later.write({k: v for k, v in vals.items() if later[k] == old[k]})
        self._make_current()

    def _make_current(self):
        """Show the version of today in the company's zone, not of the UTC day."""
        version = self.employee._get_version(self.order.company_id._callcenter_today())
        if self.employee.current_version_id != version:
            self.employee._in_transition().current_version_id = version

    def write_manager(self):
        """Put the person under the head of the department, or make him its head."""
        order = self.order
        department = order.department_id
        if order.is_head:
            self._set_head(department, self.employee)
        manager = department.manager_id
        if manager and manager != self.employee:
            self.employee._in_transition().parent_id = manager

    def remember_previous(self):
        """Keep with the order what the card says before it is executed."""
        version = self.employee._get_version(self.order.date_effective)
        self.order._transition(
            {
                "previous_values": self._read_version(version)
                | {
                    "parent_id": self.employee.parent_id.id,
                    "head_id": self.order.department_id.manager_id.id,
                    "callcenter_status": self.employee.callcenter_status,
                    "callcenter_left_on": fields.Date.to_string(
                        self.employee.callcenter_left_on
                    )
                    or False,
                },
                "previous_job_id": version.job_id.id,
                "previous_department_id": version.department_id.id,
            }
        )

    def _read_version(self, version):
        """The remembered fields as JSON takes them, dates as ISO texts."""
        values = {
            name: version._fields[name].convert_to_write(version[name], version)
            for name in _REMEMBERED
        }
        return {
            name: value.isoformat()
            if value and version._fields[name].type == "date"
            else value
            for name, value in values.items()
        }

    def restore_previous(self, date_from):
        previous = dict(self.order.previous_values or {})
        self._give_back_headship(previous.pop("head_id", False))
        self.employee._in_transition().parent_id = previous.pop("parent_id", False)
        previous.pop("callcenter_status", None)
        previous.pop("callcenter_left_on", None)
        self.write_version(date_from, previous)

    def _give_back_headship(self, former):
        department = self.order.department_id
        if self.order.is_head and department.manager_id == self.employee:
            self._set_head(department, self.env["hr.employee"].browse(former))

    def _set_head(self, department, head):
        moving = self.employee._in_transition().env  # past the guard of the people
        department.with_env(moving).manager_id = head

    # -- what the paper says --

    def get_contract_terms(self):
        order = self.get_contract_source()
        number, day = order.contract_number, order.contract_date
        reference = ""
        if number or day:
            written = date_in_words(day) or "____________"
            reference = f"трудовой договор от {written} № {number or '____'}"
        return {
            "contract": reference,
            "contract_number": number or "",
            "contract_date": date_on_form(day),
        }

    def get_contract_source(self):
        """The order that names the contract: by default this one."""
        return self.order

    def get_wage_terms(self):
        wage = self.order.wage
        roubles, kopecks = split_amount(wage) if wage else ("", "")
        return {
            "roubles": roubles,
            "kopecks": kopecks,
            "wage_words": amount_in_words(wage) if wage else "",
        }

from odoo.exceptions import UserError

from ....tools.personnel.name_cases import CASES, clean_name, inflect_name
from .order_kind import OrderKind

_FORMS = (*(f"callcenter_name_{case[:3]}" for case in CASES), "callcenter_name_short")


class NameChange(OrderKind):
    """Gives an appointed person the name of the new passport.

    The account and the contact take it over. HR's own forms of the old name are put
    away with the order, so that no paper prints them any more.
    """

    series = "Ф"
    title = "об изменении фамилии, имени, отчества работника"
    paper_template = "callcenter_ops.paper_name_change"

    @property
    def employee(self):
        return self.order.employee_id

    def check(self):
        employee, name = self.employee, clean_name(self.order.new_name)
        if employee.callcenter_status != "appointed":
            raise UserError(
                self.env._(
                    "%(name)s is not appointed: correct the name on the card.",
                    name=employee.name,
                )
            )
        if not name or name == clean_name(employee.name):
            raise UserError(self.env._("Give the new name, surname first."))
        if not self.order.basis:
            raise UserError(
                self.env._("Give the paper that proves the new name as basis.")
            )

    def execute(self):
        employee = self.employee
        self.order._transition(
            {"previous_values": {n: employee[n] for n in ("name", *_FORMS)}}
        )
        self._write_name(clean_name(self.order.new_name), dict.fromkeys(_FORMS, False))

    def undo(self, order):
        previous = dict(self.order.previous_values)
        self._write_name(previous.pop("name"), previous)

    def _write_name(self, name, forms):
        """The card, the account and the contact: they are one person."""
        employee = self.employee._in_transition()  # past the card's own guard
        vals = {"name": name}
        if employee.legal_name == employee.name:
            vals["legal_name"] = name
        user, contact = employee.user_id, employee.work_contact_id
        employee.write(vals | forms)
        user.write({"name": name})
        contact.filtered(lambda one: one != user.partner_id).write({"name": name})

    # -- what the paper says --

    def paper(self):
        old, new = self._get_names()
        return {
            "old_name": old,
            "old_name_gen": self._inflect(old, "genitive"),
            "new_name": new,
            "new_name_acc": self._inflect(new, "accusative"),
        }

    def _get_names(self):
        former = self.order.previous_values or {}
        old = former.get("name") or self.employee.name
        return clean_name(old), clean_name(self.order.new_name)

    def _inflect(self, name, case):
        return inflect_name(name, case, self.employee.sex)

    def get_register_content(self):
        return " → ".join(self._get_names())

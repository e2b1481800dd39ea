from odoo import Command
from odoo.exceptions import UserError

from ....tools.common.date_words import date_in_digits, date_in_words
from .post_kind import PostKind


class Dismissal(PostKind):
    """Ends the employment, hands the work over and closes the account.

    Its date is the last working day (Labour Code, art. 84.1), which is worked.
    """

    series = "У"
    form = "Т-8"
    okud = "0301006"
    title = "о прекращении (расторжении) трудового договора с работником (увольнении)"
    paper_template = "callcenter_ops.paper_dismissal"
    ends_work = True
    ends_contract = True
    retro_reasons = ("absence", "death", "decision")

    def check(self):
        self.check_appointed()
        order = self.order
        if not order.dismissal_ground_id:
            raise UserError(self.env._("Choose the dismissal ground."))
        # sudo: the start of the contract stands on a version, which is HR's
        start = self.employee.sudo().contract_date_start
        if start and start > order.date_effective:
            raise UserError(
                self.env._(
                    "The contract of %(name)s begins on %(start)s: the dismissal "
                    "cannot come before it.",
                    name=self.employee.name,
                    start=date_in_digits(start),
                )
            )
        if order.successor_id and not order.successor_id.active:
            raise UserError(
                self.env._("The successor does not work here any more: name another.")
            )

    def refuse_early(self):
        raise UserError(
            self.env._(
                "%(order)s: %(date)s is the last working day and is worked till "
                "its end; the order is executed by itself when the day is over. "
                "To end the access earlier on that day use “End the last day now”.",
                order=self.order.display_name,
                date=date_in_digits(self.order.date_effective),
            )
        )

    def after_submit(self):
        """Lay out the leaver's checklist from the company's items, once."""
        if self.order.checklist_ids:
            return
        items = self.env["callcenter.order.checklist.item"].search(
            [("active", "=", True)]
        )
        # sudo: nobody adds lines by hand; who may submit was checked before
        lines = self.env["callcenter.order.checklist"].sudo()
        lines._in_transition().create(
            [
                {
                    "order_id": self.order.id,
                    "name": item.name,
                    "responsible": item.responsible,
                    "sequence": item.sequence,
                }
                for item in items
            ]
        )

    def execute(self):
        self.remember_previous()
        user = self.employee.user_id
        self._hand_over()
        self._warn_about_checklist()
        if user:
            self._end_access(user)
        self._register_departure()
        self.env["callcenter.personnel.duty"]._drop_of_post(self.employee)
        self.employee._transition(
            {
                "callcenter_status": "dismissed",
                "callcenter_left_on": self.order.date_effective,
            }
        )

    def undo(self, order):
        """Take the person back: the card, the contract and the account re-open."""
        previous = self.order.previous_values or {}
        left_on = previous.get("callcenter_left_on", False)
        self.employee.action_unarchive()
        self.restore_previous(self.order.date_effective)
        self.employee._transition(
            {"callcenter_status": "appointed", "callcenter_left_on": left_on}
        )
        self.account.restore(self.employee.user_id)
        self._give_back()

    def _give_back(self):
        """What the heirs still hold of it goes back to the person."""
        for part in self.order.handed_over or ():
            if "field" in part:
                self._give_back_part(part)
        self.employee._take_back_callcenter_work(self.order)

    def _give_back_part(self, part):
        """:param part: dict as of ``hr.employee._note_given``"""
        # The dismissal itself was let through the guards, and so is its undoing.
        model = self.order._in_transition().env[part["model"]]
        records = model.with_context(active_test=False).browse(part["ids"]).exists()
        field = part["field"]
        kept = records.filtered(lambda record: record[field].id == part["to"])
        kept.write({field: part["from"]})

    # -- handing over --

    def _hand_over(self):
        """All rooms take part through the employee's hook; the order lists it."""
        reader = self.employee._told_to()
        lines = reader._hand_over_callcenter_work(self.order, self._get_successor())
        lines = [line for line in lines if line["count"]]
        self._store_handover(lines)
        parts = [line["given"] for line in lines if line.get("given")]
        self.order._transition({"handed_over": parts})
        head = reader.env._("Handed over at dismissal:")
        rows = [f"{line['what']}: {line['count']} → {line['to']}" for line in lines]
        self.order._log_line("\n".join([head, *(rows or ["—"])]))

    def _get_successor(self):
        """Named on the order, else whoever heads the department that day."""
        if self.order.successor_id:
            return self.order.successor_id
        department = self.employee.department_id
        head = department and department._get_acting_manager(
            self.order.company_id._callcenter_today()
        )
        candidates = (head or self.employee.parent_id) - self.employee
        return candidates.filtered("active")

    def _store_handover(self, lines):
        """:param lines: list of ``{"what": str, "count": int, "to": str}``"""
        self.env["callcenter.order.handover"].create(
            [
                {
                    "order_id": self.order.id,
                    "what": line["what"],
                    "count": line["count"],
                    "to_whom": line["to"],
                }
                for line in lines
            ]
        )

    def _warn_about_checklist(self):
        if self.order.checklist_open_count:
            self.order._log_line(
                self.order._told_to().env._(
                    "Lines of the leaver's checklist still open: %(count)s.",
                    count=self.order.checklist_open_count,
                )
            )

    def _end_access(self, user):
        keys, devices = self.account.end_access(user)
        env = self.order._told_to().env
        ended = {
            env._("Sessions and devices"): devices,
            env._("API keys"): keys,
        }
        nobody = env._("ended")
        self._store_handover(
            [
                {"what": what, "count": count, "to": nobody}
                for what, count in ended.items()
                if count
            ]
        )

    def _register_departure(self):
        """Run Odoo's own departure, so that every installed app takes part.

        The only place that knows the wizard: later versions of Odoo replace it.
        Equipment stays with the person until the return act is signed.
        """
        order = self.order._in_transition()  # the card's guard lets the order through
        wizard = order.env["hr.departure.wizard"].with_context(
            employee_termination=True, active_ids=[]
        )
        vals = {
            "employee_ids": [Command.set(self.employee.ids)],
            "departure_reason_id": order.dismissal_ground_id.departure_reason_id.id,
            "departure_date": order.date_effective,
            "remove_related_user": True,
            "set_date_end": True,
        }
        if "unassign_equipment" in wizard._fields:
            vals["unassign_equipment"] = False
        wizard.create(vals).action_register_departure()

    # -- what the paper says --

    def get_contract_source(self):
        """The contract that ends: the appointment's, unless the order names it."""
        order = self.order
        if order.contract_number or order.contract_date:
            return order
        appointments = order.search(
            [
                ("employee_id", "=", order.employee_id.id),
                ("order_type", "=", "appointment"),
                ("state", "=", "executed"),
            ]
        )
        return appointments.sorted("date_effective")[-1:] or order

    def paper(self):
        ground = self.order.dismissal_ground_id
        return {
            **self.get_contract_terms(),
            "ground": ground.name or "",
            "article": ground.article or "",
        }

    def get_register_content(self):
        last_day = date_in_words(self.order.date_effective)
        return f"{last_day}, {self.order.dismissal_ground_id.article}"

from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class OrderDismissal(models.AbstractModel):
    """What an order of dismissal asks for and does."""

    _name = "callcenter.order.dismissal"
    _description = "Order of dismissal"

    dismissal_ground_id = fields.Many2one(
        "callcenter.dismissal.ground", ondelete="restrict", tracking=True
    )
    successor_id = fields.Many2one(
        "hr.employee",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Takes over the clients and tasks; empty = the head of the department.",
    )
    handover_ids = fields.One2many(
        "callcenter.order.handover", "order_id", string="Handed over", readonly=True
    )

    checklist_ids = fields.One2many(
        "callcenter.order.checklist", "order_id", string="Leaver's checklist"
    )
    checklist_open_count = fields.Integer(
        string="Open lines of the checklist", compute="_compute_checklist_open_count"
    )

    _successor_is_another = models.Constraint(
        "CHECK (successor_id IS NULL OR successor_id <> employee_id)",
        "The work cannot be handed over to the dismissed person: choose another.",
    )

    @api.depends("checklist_ids.is_done")
    def _compute_checklist_open_count(self):
        for order in self:
            open_lines = order.checklist_ids.filtered(lambda line: not line.is_done)
            order.checklist_open_count = len(open_lines)

    def action_end_last_day(self, note=False):
        """End the access before the last working day is over (HR).

        For the day of dismissal itself: the papers are signed, the work is done and
        HR does not wait for midnight. Executes the order; who, when and why stay in
        the chatter.

        :param str note: the reason, required
        """
        self._check_role("callcenter_ops.group_hr")
        orders = self.sudo()  # sudo: executing writes users, which HR may not
        orders.lock_for_update()
        self._check_in_state("signed")
        for order in self:
            order._check_last_day(note)
        orders._log_line(
            self.env._(
                "The last working day was ended before its time: %(reason)s",
                reason=note,
            )
        )
        orders._execute()

    def _check_last_day(self, note):
        if not self.is_last_day:
            raise UserError(
                self.env._(
                    "%(order)s: only a dismissal can be ended early, and only on its "
                    "last working day.",
                    order=self.display_name,
                )
            )
        if not note or not note.strip():
            raise UserError(self.env._("Say why the last working day ends early."))

    def _after_submit_dismissal(self):
        """Lay out the leaver's checklist from the company's items, once."""
        if self.checklist_ids:
            return
        items = self.env["callcenter.order.checklist.item"].search(
            [("active", "=", True)]
        )
        # sudo: nobody adds lines by hand; who may submit was checked before
        lines = self.env["callcenter.order.checklist"].sudo()
        lines._in_transition().create(
            [
                {
                    "order_id": self.id,
                    "name": item.name,
                    "responsible": item.responsible,
                    "sequence": item.sequence,
                }
                for item in items
            ]
        )

    def _check_dismissal(self):
        self._check_appointed()
        if not self.dismissal_ground_id:
            raise UserError(self.env._("Choose the dismissal ground."))
        start = self._get_contract_start()
        if start and start > self.date_effective:
            raise UserError(
                self.env._(
                    "The contract of %(name)s begins on %(start)s: the dismissal "
                    "cannot come before it.",
                    name=self.employee_id.name,
                    start=start,
                )
            )
        if self.successor_id and not self.successor_id.active:
            raise UserError(
                self.env._("The successor does not work here any more: name another.")
            )

    def _get_contract_start(self):
        return self.employee_id.sudo().contract_date_start  # sudo: versions are HR's

    def _execute_dismissal(self):
        self._remember_previous()
        employee = self.employee_id
        user = employee.user_id
        self._store_handover(self._hand_over(self._get_successor()))
        self._warn_about_checklist()
        self._close_account(user)
        self._register_departure()
        employee._transition({"callcenter_status": "dismissed"})

    def _undo_dismissal(self, order):
        """Take the person back: the card, the contract and the account re-open."""
        employee = self.employee_id
        employee.action_unarchive()
        self._restore_previous(self.date_effective)
        employee._transition({"callcenter_status": "appointed"})
        self._reopen_account(employee.user_id)

    def _reopen_account(self, user):
        if user:
            groups = self._get_groups()
            user.write({"active": True, "group_ids": [Command.set(groups)]})

    def _get_successor(self):
        """Named on the order, else whoever heads the department that day."""
        if self.successor_id:
            return self.successor_id
        employee = self.employee_id
        head = employee.department_id and employee.department_id._get_acting_manager(
            self.company_id._callcenter_today()
        )
        candidates = (head or employee.parent_id) - employee
        return candidates.filtered("active")

    def _hand_over(self, successor):
        """Lines of the report; all rooms take part through the employee's hook."""
        lines = self.employee_id._hand_over_callcenter_work(self, successor)
        return [line for line in lines if line["count"]]

    def _store_handover(self, lines):
        self.env["callcenter.order.handover"].create(
            [
                {
                    "order_id": self.id,
                    "what": line["what"],
                    "count": line["count"],
                    "to_whom": line["to"],
                }
                for line in lines
            ]
        )
        self._log_line(self._format_handover(lines))

    def _format_handover(self, lines):
        head = self.env._("Handed over at dismissal:")
        rows = [f"{line['what']}: {line['count']} → {line['to']}" for line in lines]
        return "\n".join([head, *(rows or ["—"])])

    def _warn_about_checklist(self):
        if self.checklist_open_count:
            self._log_line(
                self.env._(
                    "Lines of the leaver's checklist still open: %(count)s.",
                    count=self.checklist_open_count,
                )
            )

    def _close_account(self, user):
        """End sessions, keys and operator's rights; others keep their own company."""
        if not user:
            return
        keys, devices = user.api_key_ids, user.device_ids
        self._store_access_lines(len(keys), len(devices))
        user._action_revoke_all_devices()
        keys.unlink()
        group = self.env.ref("callcenter_ops.group_operator")
        user.write({"group_ids": [Command.unlink(group.id)]})

    def _store_access_lines(self, keys, devices):
        nobody = self.env._("ended")
        counts = {
            self.env._("Sessions and devices"): devices,
            self.env._("API keys"): keys,
        }
        self.env["callcenter.order.handover"].create(
            [
                {"order_id": self.id, "what": what, "count": count, "to_whom": nobody}
                for what, count in counts.items()
                if count
            ]
        )

    def _register_departure(self):
        """Run Odoo's own departure, so that every installed app takes part.

        The only place that knows the wizard: later versions of Odoo replace it.
        Equipment stays with the person until the return act is signed.
        """
        orders = self._in_transition()  # the card's guard lets the order through
        wizard = orders.env["hr.departure.wizard"].with_context(
            employee_termination=True, active_ids=[]
        )
        vals = {
            "employee_ids": [Command.set(self.employee_id.ids)],
            "departure_reason_id": self.dismissal_ground_id.departure_reason_id.id,
            "departure_date": self.date_effective,
            "remove_related_user": True,
            "set_date_end": True,
        }
        if "unassign_equipment" in wizard._fields:
            vals["unassign_equipment"] = False
        wizard.create(vals).action_register_departure()

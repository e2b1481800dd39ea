from odoo import fields, models


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    callcenter_workstation_ids = fields.One2many(
        "callcenter.workstation",
        "employee_id",
        string="Workplace",
        groups="hr.group_hr_user,callcenter_ops.group_supervisor",
    )
    callcenter_share_ids = fields.One2many(
        "callcenter.workstation.share",
        "employee_id",
        string="Shared workplaces",
        groups="hr.group_hr_user,callcenter_ops.group_supervisor",
    )
    # Read as a relation, so that a board of many employees reads their acts once.
    callcenter_handover_ids = fields.One2many(
        "callcenter.handover",
        "employee_id",
        string="Handover acts",
        groups="hr.group_hr_user",
    )

    def _get_callcenter_blockers(self, on_date):
        blockers = super()._get_callcenter_blockers(on_date)
        for employee in self._filter_by_workplace_policy("block"):
            blockers[employee.id] += employee._get_workplace_obstacles(on_date)
        return blockers

    def _get_callcenter_steps(self):
        codes = ("no_workplace", "workplace_unsigned", "workplace_out_of_order")
        return [*super()._get_callcenter_steps(), (self.env._("Workplace"), codes)]

    def _get_callcenter_conditions(self, on_date):
        conditions = super()._get_callcenter_conditions(on_date)
        if self._filter_by_workplace_policy("block"):
            has_place = not self._get_workplace_obstacles(on_date)
            conditions.append((self.env._("Workplace"), has_place))
        return conditions

    def _get_callcenter_blocker_sources(self):
        return [
            *super()._get_callcenter_blocker_sources(),
            "res_company WHERE id = %(company)s",
            "callcenter_workstation WHERE employee_id = %(employee)s OR id IN ("
            "SELECT workstation_id FROM callcenter_workstation_share"
            " WHERE employee_id = %(employee)s)",
            "callcenter_workstation_share WHERE employee_id = %(employee)s",
        ]

    def _get_callcenter_warnings(self, on_date):
        warnings = super()._get_callcenter_warnings(on_date)
        for employee in self._filter_by_workplace_policy("warn"):
            warnings[employee.id] += employee._get_workplace_obstacles(on_date)
        return warnings

    def _filter_by_workplace_policy(self, policy):
        """Those whose company takes a missing workplace for ``policy``."""
        setting = "callcenter_workplace_policy"
        # sudo: operators ask for themselves and may not read their company's settings
        people = self.sudo().filtered(
            lambda employee: (
                employee.company_id._get_callcenter_setting(setting) == policy
            )
        )
        return self.browse(people.ids)

    def _get_workplace(self, on_date):
        """The own place, or the one that is shared on that day."""
        # sudo: operators ask for themselves, the answer names only their own place
        person = self.sudo()
        if own := person.callcenter_workstation_ids[:1]:
            return own
        shares = person.callcenter_share_ids
        return shares.filtered(lambda one: one._is_in_force(on_date)).workstation_id

    def _get_workplace_obstacles(self, on_date):
        """What is missing of the workplace; empty when the operator can work."""
        place = self._get_workplace(on_date)
        if place and place.state != "out_of_order":
            return []
        if place:
            return [
                {
                    "code": "workplace_out_of_order",
                    "message": self.env._(
                        "Workplace %(place)s is out of order: %(reason)s.",
                        place=place.name,
                        reason=place.out_of_order_reason,
                    ),
                    "action": False,
                }
            ]
        return [self._get_no_workplace_obstacle()]

    def _get_no_workplace_obstacle(self):
        # sudo: an operator is told of his own act, nothing else of it is shown
        act = self.sudo().callcenter_handover_ids.filtered(
            lambda act: act.handover_type == "handover" and act.state == "issued"
        )[:1]
        if not act:
            message = self.env._("No workplace was handed over to %s.", self.name)
            return {"code": "no_workplace", "message": message, "action": False}
        return {
            "code": "workplace_unsigned",
            "message": self.env._(
                "The handover act %(number)s waits for your signature.", number=act.name
            ),
            "action": act._get_form_action(),
        }

    def _hand_over_callcenter_work(self, order, successor):
        """Free the place and issue the return act for what the employee holds."""
        report = super()._hand_over_callcenter_work(order, successor)
        self.ensure_one()
        # sudo: the order was signed and checked; its executor need not be HR
        person = self.sudo()
        report += person._leave_places() + person._leave_shares(order)
        act = person._create_return_act(order)
        if not act:
            return report
        what = self.env._("Equipment to return")
        return [*report, {"what": what, "count": len(act.line_ids), "to": act.name}]

    def _leave_places(self):
        """Free the places; a cancelled dismissal gives back those still free."""
        places = self.callcenter_workstation_ids
        if not places:
            return []
        given = self._note_given(places, "employee_id", self.browse())
        given["from"] = self.id
        places._free()
        what, free = self.env._("Workplaces"), self.env._("free")
        return [{"what": what, "count": len(places), "to": free, "given": given}]

    def _leave_shares(self, order):
        """End the shares; a cancelled dismissal gives back those still free."""
        last_day = order.date_effective
        shares = self.callcenter_share_ids.filtered(
            lambda share: not share.date_to or share.date_to > last_day
        )
        if not shares:
            return []
        given = {"model": shares._name, "rows": shares._describe_for_return()}
        what, free = self.env._("Shared workplaces"), self.env._("free")
        line = {"what": what, "count": len(shares), "to": free, "given": given}
        shares._end_after(last_day)
        return [line]

    def _take_back_shares(self, order):
        # sudo: the order was signed and checked; its executor need not be HR
        shares = self.env["callcenter.workstation.share"].sudo()
        parts = [
            part for part in order.handed_over or () if part["model"] == shares._name
        ]
        for part in parts:
            for place in shares._give_back(part["rows"]):
                order._log_line(
                    order._told_to().env._(
                        "Others share %(place)s now: the seat could not be given back.",
                        place=place.name,
                    )
                )

    def _take_back_callcenter_work(self, order):
        """What the person goes on using need not be returned."""
        result = super()._take_back_callcenter_work(order)
        self._take_back_shares(order)
        # sudo: the order was signed and checked; its executor need not be HR
        acts = self.env["callcenter.handover"].sudo()
        acts.search(
            [
                ("employee_id", "=", self.id),
                ("handover_type", "=", "return"),
                ("state", "=", "issued"),
                ("date", "=", order.date_effective),
            ]
        )._transition({"state": "cancelled"})
        return result

    def _create_return_act(self, order):
        """Issued return act of all that the employee holds; empty when nothing."""
        acts = self.env["callcenter.handover"]
        self._cancel_open_acts()
        act = acts.create(
            {
                "handover_type": "return",
                "employee_id": self.id,
                "company_id": self.company_id.id,
                "basis": order.display_name,
                "date": order.date_effective,
            }
        )
        act._fill()
        if not act.line_ids:
            act.unlink()
            return acts
        act._issue()
        return act

    def _cancel_open_acts(self):
        """What was about to be handed over no longer is."""
        acts = self.env["callcenter.handover"].search(
            [
                ("employee_id", "=", self.id),
                ("handover_type", "=", "handover"),
                ("state", "in", ["draft", "issued"]),
            ]
        )
        acts._transition({"state": "cancelled"})

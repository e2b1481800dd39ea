from odoo import models
from odoo.exceptions import UserError


class HandoverEquipment(models.AbstractModel):
    """What an act does with the equipment, and what it may do."""

    _name = "callcenter.handover.equipment"
    _description = "Movement of equipment by an act"

    def _move_equipment(self):
        """Carry the act out on the cards of the equipment and of the place."""
        self.ensure_one()
        for line in self.line_ids:
            line.equipment_id.condition = line.condition
        if self.handover_type == "handover":
            self._hand_out()
        else:
            self._take_back()

    def _hand_out(self):
        if self.workstation_id:
            self.workstation_id._occupy(self.employee_id, self)
        for place, things in self._get_things_by_place().items():
            things._move_to(self.employee_id, self.workstation_id or place, self)

    def _take_back(self):
        if self.workstation_id.employee_id == self.employee_id:
            self.workstation_id.with_context(callcenter_act=self)._free()
        for place, things in self._get_things_by_place().items():
            things._move_to(self.employee_id.browse(), place, self)

    def _get_things_by_place(self):
        return self.line_ids.equipment_id.grouped("workstation_id")

    def _get_expected_equipment(self):
        if self.handover_type == "return":
            return self._get_held_equipment() - self._get_waiting_returns()
        return self.workstation_id.equipment_ids.filtered(
            lambda thing: not thing.employee_id and not thing.scrap_date
        )

    def _get_held_equipment(self):
        things = self.env["maintenance.equipment"].with_context(active_test=False)
        return things.search([("employee_id", "=", self.employee_id.id)])

    def _get_waiting_returns(self):
        """Equipment that stands on a return act that nobody signed yet."""
        acts = self.search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("handover_type", "=", "return"),
                ("state", "=", "issued"),
            ]
        )
        return acts.line_ids.equipment_id

    def _check_lines(self):
        """Everything on the act can change hands the way the act says."""
        if not self.line_ids and not self.workstation_id:
            raise UserError(
                self.env._("The act names neither a place nor any equipment.")
            )
        if self.handover_type == "handover":
            self._check_available()
        else:
            self._check_held()

    def _check_available(self):
        for thing in self.line_ids.equipment_id:
            if thing.scrap_date:
                self._refuse_line(thing, self.env._("it is written off"))
            if thing.employee_id - self.employee_id:
                self._refuse_line(
                    thing,
                    self.env._("%(name)s holds it", name=thing.employee_id.name),
                )

    def _check_held(self):
        for thing in self.line_ids.equipment_id:
            if thing.employee_id != self.employee_id:
                self._refuse_line(
                    thing,
                    self.env._("%(name)s does not hold it", name=self.employee_id.name),
                )

    def _refuse_line(self, thing, why):
        raise UserError(
            self.env._(
                "%(thing)s cannot stand on this act: %(why)s.",
                thing=thing.display_name,
                why=why,
            )
        )

from odoo import models

from .ordered_card import OrderedCard


class ResourceResource(models.Model):
    """The name, the archiving and the user of an employee are kept here."""

    _inherit = "resource.resource"

    def write(self, vals):
        self._refuse_ordered_changes(vals)
        if "user_id" not in vals:
            return super().write(vals)
        # sudo: the cards of these resources, whoever may read them
        employees = self.sudo().with_context(active_test=False).employee_id
        before = employees._get_callcenter_links()
        result = super().write(vals)
        employees._follow_callcenter_links(before)
        return result

    def _refuse_ordered_changes(self, vals):
        """Name and archiving follow from orders alone."""
        if self.env["hr.employee"]._is_in_transition():
            return
        # sudo: the status is shown to few, the rule holds for all
        for resource in self.sudo():
            resource._refuse_ordered(vals)

    def _refuse_ordered(self, vals):
        for person in self.with_context(active_test=False).employee_id:
            card = OrderedCard(self, person)
            changed = card.get_changed(vals)
            if changed and person.callcenter_status == "appointed":
                card.refuse(changed)

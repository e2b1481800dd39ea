from odoo import models

from .ordered_card import OrderedCard


class ResourceResource(models.Model):
    """The name, the user and the archiving of a card stand here, behind it.

    The name and the archiving change by orders alone.
    """

    _inherit = "resource.resource"

    def write(self, vals):
        if not self.env["hr.employee"]._is_in_transition():
            # sudo: the status is shown to few, the rule holds for all
            for resource in self.sudo():
                resource._refuse_ordered(vals)
        if "user_id" not in vals:
            return super().write(vals)
        # sudo: the cards of these resources, whoever may read them
        employees = self.sudo().with_context(active_test=False).employee_id
        before = employees._get_callcenter_links()
        result = super().write(vals)
        employees._follow_callcenter_links(before)
        return result

    def _refuse_ordered(self, vals):
        for person in self.with_context(active_test=False).employee_id:
            card = OrderedCard(self, person)
            changed = card.get_changed(vals)
            if changed and person.callcenter_status == "appointed":
                card.refuse(changed)

from odoo import models

from .ordered_card import OrderedCard


class ResourceResource(models.Model):
    """The name and the archiving of an employee are kept here: both by orders alone."""

    _inherit = "resource.resource"

    def write(self, vals):
        if not self.env["hr.employee"]._is_in_transition():
            # sudo: the status is shown to few, the rule holds for all
            for resource in self.sudo():
                resource._refuse_ordered(vals)
        return super().write(vals)

    def _refuse_ordered(self, vals):
        for person in self.with_context(active_test=False).employee_id:
            card = OrderedCard(self, person)
            changed = card.get_changed(vals)
            if changed and person.callcenter_status == "appointed":
                card.refuse(changed)

from odoo import api, models
from odoo.exceptions import UserError


class Desk(models.AbstractModel):
    _inherit = "callcenter.desk"

    @api.model
    def write_to_client(self, claim_id):
        """The window for a letter or message to the client in the operator's hands.

        :raise UserError: he rang himself and waits in no queue of the campaign
        """
        claim = self._get_claim(self._get_operator(), claim_id)
        if not claim.contact_id:
            raise UserError(
                self.env._("This client belongs to no campaign that writes to him.")
            )
        return claim.contact_id._get_writing_window()

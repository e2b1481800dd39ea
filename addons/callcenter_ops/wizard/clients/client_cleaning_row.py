from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class ClientCleaningRow(models.TransientModel):
    """One fault of a client's card, what is proposed and what became of it."""

    _name = "callcenter.client.cleaning.row"
    _description = "Fault of a client's card"
    _order = "kind, id"

    cleaning_id = fields.Many2one(
        "callcenter.client.cleaning", required=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("number", "Bad number"), ("zone", "No time zone"), ("double", "Double")],
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", string="Client", readonly=True)
    found = fields.Char(readonly=True)
    proposal = fields.Char(readonly=True)
    target_id = fields.Many2one("res.partner", string="Goes into", readonly=True)
    state_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    is_fixable = fields.Boolean(string="Can be mended", readonly=True)
    is_chosen = fields.Boolean(string="Mend")
    outcome = fields.Char(readonly=True)

    def _mend(self):
        """Do what is proposed; a refusal stands in the row and stops no other."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                getattr(self, f"_mend_{self.kind}")()
        except (UserError, AccessError) as error:
            self.outcome = str(error)
        else:
            self.write(
                {
                    "outcome": self.env._("Mended"),
                    "is_fixable": False,
                    "is_chosen": False,
                }
            )

    def _mend_number(self):
        # Read again: the card may have changed since the look.
        first, *others = self.cleaning_id._read_numbers(self.partner_id) or [None]
        if not first:
            raise UserError(self.env._("The card has changed: look again."))
        known = self.partner_id._get_callcenter_numbers()
        self.partner_id.write(
            {
                "phone": first,
                "callcenter_other_phones": ", ".join(dict.fromkeys(known + others))
                or False,
            }
        )

    def _mend_zone(self):
        if self.partner_id._get_call_region()["timezone"]:
            raise UserError(self.env._("The card has changed: look again."))
        self.partner_id.state_id = self.state_id

    def _mend_double(self):
        """Odoo joins the cards, with all that hangs on them."""
        both = self.partner_id | self.target_id
        if len(both.exists()) < 2 or set(both.mapped("phone_sanitized")) != {
            self.found
        }:
            raise UserError(self.env._("The card has changed: look again."))
        if both != both.filtered_domain(self.cleaning_id._get_scope()):
            raise UserError(self.env._("Only cards of clients are joined."))
        both.check_access("write")
        merger = self.env["base.partner.merge.automatic.wizard"]
        merger._merge(both.ids, self.target_id)

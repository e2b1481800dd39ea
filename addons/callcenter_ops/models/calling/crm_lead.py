from odoo import fields, models
from odoo.tools import plaintext2html

# What decides whether a lead is still open.
_DECIDES = {"stage_id", "active", "probability", "automated_probability"}


class CrmLead(models.Model):
    _inherit = "crm.lead"

    callcenter_call_ids = fields.One2many(
        "callcenter.call", "lead_id", string="Calls", readonly=True
    )
    callcenter_product_ids = fields.Many2many(
        "product.product",
        "callcenter_lead_product_rel",
        string="Products of interest",
    )

    def write(self, vals):
        """A lead that is won or lost leaves nothing promised about it."""
        result = super().write(vals)
        if _DECIDES & vals.keys():
            self._settle_followups()
        return result

    def _settle_followups(self):
        # sudo: whoever decides the lead settles what was promised about it
        followups = self.env["callcenter.followup"].sudo()
        about = followups.search([("lead_id", "in", self.ids), ("state", "=", "open")])
        labels = dict(self._fields["won_status"]._description_selection(self.env))
        for followup in about.filtered(lambda one: one.lead_id.won_status != "pending"):
            followup._close(labels[followup.lead_id.won_status])

    def _merge_dependences(self, opportunities):
        """The calls of leads that are joined to this one are its calls."""
        # sudo: nobody writes calls; the right to join the leads was checked
        opportunities.sudo().callcenter_call_ids.lead_id = self.id
        # sudo: the same for what was promised about them
        followups = self.env["callcenter.followup"].sudo()
        followups.search([("lead_id", "in", opportunities.ids)]).lead_id = self.id
        return super()._merge_dependences(opportunities)

    def _has_order_by_call(self):
        """Whether a call that counts ended with an order about this lead."""
        domain = [("lead_id", "=", self.id), ("is_sale", "=", True)]
        in_force = [*domain, ("is_in_force", "=", True)]
        return bool(self.env["callcenter.call"].search_count(in_force, limit=1))

    def _add_call(self, call):
        """A further call about the same lead: its sum, products and words are added."""
        self.ensure_one()
        vals = {"callcenter_product_ids": [(4, id_) for id_ in call.product_ids.ids]}
        if call.expected_revenue:
            vals["expected_revenue"] = call.expected_revenue
        self.write(vals)
        if call.note:
            self._message_log(body=plaintext2html(call.note))

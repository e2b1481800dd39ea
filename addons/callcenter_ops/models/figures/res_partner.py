from odoo import api, fields, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "callcenter.call.story.mixin"]

    callcenter_call_count = fields.Integer(
        string="Calls", compute="_compute_callcenter_call_count"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_callcenter_call_count(self):
        """Calls with the client and with the people of his company."""
        calls = self.env["callcenter.call"]
        counts = {}
        if calls.has_access("read"):
            people = self.with_context(active_test=False).search_fetch(
                [("id", "child_of", self.ids)], ["parent_id"]
            )
            rows = calls._read_group(
                [("partner_id", "in", people.ids), ("is_in_force", "=", True)],
                ["partner_id"],
                ["__count"],
            )
            counts = {partner.id: count for partner, count in rows}
        for partner in self:
            family = {partner.id, *partner.child_ids.ids}
            partner.callcenter_call_count = sum(counts.get(one, 0) for one in family)

    def _get_callcenter_clients(self):
        return self

    def action_view_callcenter_calls(self):
        """The calls with this client as a list."""
        self.ensure_one()
        return self.env["callcenter.call"]._get_list_action(
            [("partner_id", "child_of", self.id)]
        )

    def _forget_numbers(self, numbers):
        """Also in the journal of the PBX."""
        # sudo: the journal is written by its import alone
        calls = self.env["callcenter.pbx.call"].sudo()
        calls.search([("phone", "in", numbers)]).write({"phone": False})
        return super()._forget_numbers(numbers)

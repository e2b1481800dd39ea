from odoo import api, fields, models

_VIEWERS = "callcenter_ops.group_supervisor,callcenter_ops.group_director"
_LAST = 10


class CallStoryMixin(models.AbstractModel):
    """What was said with a client and what comes next, on his card and his leads."""

    _name = "callcenter.call.story.mixin"
    _description = "Story of the calls with a client"

    callcenter_last_call_ids = fields.Many2many(
        "callcenter.call",
        string="Last calls",
        compute="_compute_callcenter_story",
        groups=_VIEWERS,
    )
    callcenter_last_disposition_id = fields.Many2one(
        "callcenter.disposition",
        string="Last result",
        compute="_compute_callcenter_story",
        groups=_VIEWERS,
    )
    callcenter_next_contact_id = fields.Many2one(
        "callcenter.campaign.contact",
        string="Queued in",
        compute="_compute_callcenter_story",
        groups=_VIEWERS,
        help="The campaign in which the client is called next.",
    )
    callcenter_next_call_at = fields.Datetime(
        string="Next call",
        compute="_compute_callcenter_story",
        groups=_VIEWERS,
        help="Empty = as soon as his turn comes.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_callcenter_story(self):
        """A form shows one client: each record asks for its own calls."""
        calls = self.env["callcenter.call"]
        for record in self:
            last = calls.search(record._get_callcenter_calls_domain(), limit=_LAST)
            contact = record._find_callcenter_next_contact()
            record.callcenter_last_call_ids = last
            record.callcenter_last_disposition_id = last[:1].disposition_id
            record.callcenter_next_contact_id = contact
            record.callcenter_next_call_at = contact.next_call_at

    def _get_callcenter_calls_domain(self):
        """Calls in force with the clients behind this record."""
        clients = self._get_callcenter_clients()
        return [("partner_id", "child_of", clients.ids), ("is_in_force", "=", True)]

    def _find_callcenter_next_contact(self):
        """The contact that is called first of those that wait; empty without any."""
        contacts = self.env["callcenter.campaign.contact"].search(
            [
                ("partner_id", "child_of", self._get_callcenter_clients().ids),
                ("state", "in", ("queued", "claimed")),
                ("campaign_id.state", "in", ("running", "paused")),
            ]
        )
        # Who may be called now comes before whoever waits for a time.
        waits = contacts.filtered("next_call_at").sorted("next_call_at")
        return (contacts - waits + waits)[:1]

    def _get_callcenter_clients(self):
        raise NotImplementedError

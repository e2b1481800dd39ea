from odoo import api, fields, models

from ...tools.calling.contact_kind import CHANNELS


class RuleRefusal(models.Model):
    """A call or message that a rule forbade: proof that a limit of the law was kept.

    Written at the hand-out for rule sets that ask for it, never changed.
    """

    _name = "callcenter.rule.refusal"
    _description = "Call refused by a rule"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    date = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, readonly=True, index=True
    )
    phone = fields.Char(string="Number", readonly=True)
    channel = fields.Selection(
        CHANNELS, required=True, default="phone", readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    version_id = fields.Many2one(
        "callcenter.rule.set.version", string="Rules of", readonly=True
    )
    basis = fields.Char(readonly=True)
    rule = fields.Char(required=True, readonly=True)
    until = fields.Datetime(string="Next possible", readonly=True)

    @api.model
    def _log(self, contact, verdict, channel="phone"):
        """Note why ``contact`` was not reached, where its rule set asks for it."""
        self._log_client(
            contact.campaign_id, contact.partner_id, contact.phone, verdict, channel
        )

    @api.model
    def _log_client(self, campaign, partner, phone, verdict, channel="phone"):
        """The same of a client who may be no contact of the campaign."""
        version = campaign._get_rule_version()
        if not version.logs_refusals:
            return
        claims = campaign._told_to().env["callcenter.call.claim"]
        label = claims._get_rule_label(verdict.reason)
        # sudo: nobody writes the log, the desk's rules do
        self.sudo().create(
            {
                "campaign_id": campaign.id,
                "partner_id": partner.id,
                "phone": phone,
                "channel": channel,
                "company_id": campaign.company_id.id,
                "version_id": version.id,
                "basis": version.source,
                "rule": label,
                "until": verdict.until,
            }
        )

from odoo import api, fields, models


class RuleRefusal(models.Model):
    """A call that a rule forbade: the proof that a limit of the law was kept.

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
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    version_id = fields.Many2one(
        "callcenter.rule.set.version", string="Rules of", readonly=True
    )
    basis = fields.Char(readonly=True)
    rule = fields.Char(required=True, readonly=True)
    until = fields.Datetime(string="Next possible", readonly=True)

    @api.model
    def _log(self, contact, verdict):
        """Note why ``contact`` was not called, where its rule set asks for it."""
        version = contact.campaign_id._get_rule_version()
        if not version.logs_refusals:
            return
        label = self.env["callcenter.call.claim"]._get_rule_label(verdict.reason)
        # sudo: nobody writes the log, the desk's rules do
        self.sudo().create(
            {
                "campaign_id": contact.campaign_id.id,
                "partner_id": contact.partner_id.id,
                "phone": contact.phone,
                "company_id": contact.company_id.id,
                "version_id": version.id,
                "basis": version.source,
                "rule": label,
                "until": verdict.until,
            }
        )

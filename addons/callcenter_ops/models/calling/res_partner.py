from odoo import fields, models
from odoo.addons.base.models.res_partner import _tz_get


class ResPartner(models.Model):
    _inherit = "res.partner"

    callcenter_tz = fields.Selection(
        _tz_get,
        string="Time zone of calls",
        help="Only where the number and the address tell the wrong zone.",
    )
    callcenter_bad_phone = fields.Char(
        string="Number found bad",
        copy=False,
        help="Operators found this number wrong; a new number lifts the mark.",
    )
    callcenter_grant_ids = fields.One2many(
        "callcenter.client.grant",
        "partner_id",
        string="In the hands of",
        readonly=True,
        copy=False,
        groups="callcenter_ops.group_supervisor",
    )
    callcenter_consent_ids = fields.One2many(
        "callcenter.consent",
        "partner_id",
        string="Consents",
        groups="callcenter_ops.group_supervisor",
    )

    def _get_call_region(self):
        """Where a client is called to, and by which clock.

        The client's own zone wins, then the number plan, then the address.

        :return: ``{"state_id", "timezone", "federal_district", "region_source"}``
        """
        self.ensure_one()
        plan = self.env["callcenter.number.range"]._get_region(self.phone_sanitized)
        state = self.state_id
        region = plan or {
            "state_id": state.id or False,
            "timezone": state.callcenter_tz or False,
            "federal_district": state.federal_district or False,
        }
        source = "number" if plan else "address" if state else False
        if self.callcenter_tz:
            source = source or "client"
        return region | {
            "timezone": self.callcenter_tz or region["timezone"],
            "region_source": source,
        }

from odoo import fields, models
from odoo.addons.base.models.res_partner import _tz_get

from ...tools.number_plan import FEDERAL_DISTRICTS


class ResCountryState(models.Model):
    _inherit = "res.country.state"

    federal_district = fields.Selection(
        FEDERAL_DISTRICTS, string="Federal district", index="btree_not_null"
    )
    callcenter_tz = fields.Selection(
        _tz_get,
        string="Time zone of calls",
        help="Clients of this region are called by this clock, unless their number "
        "or their own record says otherwise.",
    )

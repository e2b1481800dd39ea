from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tells the web client by which clock the company's day goes."""
        # sudo: the zone of one's own company is no secret
        zone = self.env.company.sudo().callcenter_tz
        return super().session_info() | {"callcenter_tz": zone}

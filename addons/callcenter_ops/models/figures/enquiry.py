from odoo import api, models


class Enquiry(models.Model):
    _inherit = "callcenter.enquiry"

    @api.model_create_multi
    def create(self, vals_list):
        enquiries = super().create(vals_list)
        self.env["callcenter.wallboard"]._announce_service(enquiries.company_id)
        return enquiries

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self.env["callcenter.wallboard"]._announce_service(self.company_id)
        return result

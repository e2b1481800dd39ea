from odoo import models


class Acknowledgement(models.Model):
    _inherit = "callcenter.acknowledgement"

    def write(self, vals):
        """What was to be read is read: the signature is the evidence."""
        result = super().write(vals)
        if vals.get("state") == "signed":
            tasks = self.env["callcenter.training.task"]
            # sudo: whose signature it is, for his own tasks
            for employee in self.sudo().employee_id:
                tasks._settle_open(employee, "document")
        return result

from odoo import api, models


class Certificate(models.Model):
    _inherit = "callcenter.certificate"

    @api.model
    def _issue(self, clearance):
        """The certificate stands on the resume of its holder as well."""
        certificate = super()._issue(clearance)
        certificate._show_on_resume()
        return certificate

    def _show_on_resume(self):
        """Add the line once. It is for display: no clearance is ever read from it."""
        self.ensure_one()
        lines = self.env["hr.resume.line"]
        name = f"{self.scope} ({self.name})"
        domain = [("employee_id", "=", self.employee_id.id), ("name", "=", name)]
        if not lines.search_count(domain, limit=1):
            lines.create(
                {
                    "employee_id": self.employee_id.id,
                    "name": name,
                    "date_start": self.issued_on,
                    "date_end": self.valid_until,
                }
            )

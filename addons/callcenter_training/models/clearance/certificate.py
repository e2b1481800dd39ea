import secrets
from base64 import b64encode
from io import BytesIO

import qrcode
from odoo import api, fields, models
from odoo.addons.callcenter_ops.models.common.figure_text import percent_text


class Certificate(models.Model):
    """The paper of a clearance: numbered, unchangeable, checked on a public page."""

    _name = "callcenter.certificate"
    _inherit = ["callcenter.append.only.mixin"]
    _description = "Certificate"
    _order = "id desc"

    name = fields.Char(string="Number", required=True)
    employee_id = fields.Many2one(
        "hr.employee", required=True, ondelete="restrict", index=True
    )
    user_id = fields.Many2one("res.users", index="btree_not_null")
    holder_name = fields.Char(string="Holder", required=True)
    quiz_id = fields.Many2one(
        "callcenter.quiz", required=True, ondelete="restrict", index=True
    )
    scope = fields.Char(required=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    company_name = fields.Char(
        help="As it was at the issue; empty on those of earlier versions."
    )
    attempt_id = fields.Many2one(
        "callcenter.quiz.attempt", required=True, ondelete="restrict", index=True
    )
    percent = fields.Float(string="Mark, %")
    issued_on = fields.Date(required=True)
    valid_until = fields.Date()
    # "." is Odoo's mark of a field that nobody reads; developer mode reads others.
    token = fields.Char(required=True, groups=".")

    _name_uniq = models.UniqueIndex(
        "(company_id, name)", "The number is given already."
    )
    _token_uniq = models.UniqueIndex("(token)", "The code is given already.")
    _attempt_uniq = models.UniqueIndex(
        "(attempt_id)", "An attempt gives one certificate."
    )

    def action_print(self):
        """The PDF of the certificate."""
        self.check_access("read")
        report = self.env.ref("callcenter_training.certificate_action_report")
        return report.report_action(self)

    @api.model
    def _issue(self, clearance):
        """The certificate of a clearance that has just been granted."""
        attempt = clearance.attempt_id
        issued = self.search([("attempt_id", "=", attempt.id)])
        if issued:  # a second mark of the same attempt
            return issued
        return self._in_transition().create(
            {
                "name": self._get_next_number(clearance),
                "employee_id": clearance.employee_id.id,
                "user_id": clearance.user_id.id,
                "holder_name": clearance.employee_id.name,
                "quiz_id": clearance.quiz_id.id,
                "scope": clearance.quiz_id.name,
                "company_id": clearance.company_id.id,
                "company_name": clearance.company_id.name,
                "attempt_id": attempt.id,
                "percent": attempt.percent,
                "issued_on": clearance.valid_from,
                "valid_until": clearance.valid_until,
                "token": secrets.token_urlsafe(18),
            }
        )

    def _get_next_number(self, clearance):
        sequence = self.env["ir.sequence"].with_company(clearance.company_id)
        return sequence.next_by_code(
            "callcenter.certificate", sequence_date=clearance.valid_from
        )

    def _get_public_state(self):
        """What a stranger with the code may know: no person, no mark."""
        self.ensure_one()
        today = self.company_id._callcenter_today()
        clearance = self.env["callcenter.clearance"].search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("quiz_id", "=", self.quiz_id.id),
            ]
        )
        if self.valid_until and self.valid_until < today:
            return "expired"
        renewed = clearance.attempt_id != self.attempt_id
        if not clearance or (not renewed and clearance.state != "valid"):
            return "suspended"
        return "replaced" if renewed else "valid"

    def _get_mark_text(self):
        """The mark as the reader writes shares."""
        self.ensure_one()
        return percent_text(self.env, self.percent / 100)

    def _get_verification_url(self):
        self.ensure_one()
        # sudo: the code is printed on the paper of whoever may print it
        return f"{self.get_base_url()}/callcenter/certificate/{self.sudo().token}"

    def _get_qr_code(self):
        """The verification address as a picture inside the page."""
        stream = BytesIO()
        qrcode.make(self._get_verification_url()).save(stream, "PNG")
        return f"data:image/png;base64,{b64encode(stream.getvalue()).decode()}"

from odoo import api, fields, models


class AcknowledgementSign(models.TransientModel):
    """The document in full, with the place to sign.

    What it shows is read with the signer's own rights: the number of somebody else's
    request opens nothing.
    """

    _name = "callcenter.acknowledgement.sign"
    _description = "Read and sign"
    _file_limits = {"image": 1 << 20}

    acknowledgement_id = fields.Many2one(
        "callcenter.acknowledgement", required=True, readonly=True, ondelete="cascade"
    )
    document_name = fields.Char(
        related="acknowledgement_id.document_name", related_sudo=False
    )
    document_html = fields.Html(
        related="acknowledgement_id.document_html", related_sudo=False
    )
    state = fields.Selection(related="acknowledgement_id.state", related_sudo=False)
    is_mine = fields.Boolean(related="acknowledgement_id.is_mine", related_sudo=False)
    signing_way = fields.Selection(
        related="acknowledgement_id.signing_way", related_sudo=False
    )
    due_date = fields.Date(related="acknowledgement_id.due_date", related_sudo=False)
    signed_on = fields.Datetime(
        related="acknowledgement_id.signed_on", related_sudo=False
    )
    shown_hash = fields.Char(readonly=True)
    signature = fields.Char(
        string="Your name", help="Typed signature: your name as you sign."
    )
    image = fields.Binary(string="Draw your signature (optional)")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        acknowledgement = self.env["callcenter.acknowledgement"].browse(
            values.get("acknowledgement_id")
        )
        if acknowledgement:
            acknowledgement.check_access("read")
            # sudo: the signer may read what he is asked to sign
            record = acknowledgement.sudo()
            values["shown_hash"] = record._get_document()._get_content_hash()
            values["signature"] = record.employee_id.name
        return values

    @api.model_create_multi
    def create(self, vals_list):
        pages = super().create(vals_list)
        pages.acknowledgement_id.check_access("read")
        return pages

    def action_sign(self):
        """Sign with what was typed or drawn."""
        self.check_access("write")
        self.ensure_one()
        self.acknowledgement_id.action_acknowledge(
            signature=self.signature, image=self.image, shown_hash=self.shown_hash
        )
        return {"type": "ir.actions.act_window_close"}

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.calling.script_text import fill_script, unknown_tokens

TOKENS = ("client_name", "own_company", "operator_name", "subject", "received_on")


class ReadyText(models.Model):
    """Words that answer many letters, with the files that go with them."""

    _name = "callcenter.ready.text"
    _description = "Ready text of an answer"
    _order = "sequence, name"

    name = fields.Char(required=True, help="What the client asks.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    body = fields.Html(
        string="Text",
        required=True,
        sanitize_attributes=True,
        help="Text between double braces is filled in: "
        + ", ".join("{{ %s }}" % token for token in TOKENS),
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    inbox_ids = fields.Many2many(
        "callcenter.inbox", string="Inboxes", help="Empty = all."
    )
    company_id = fields.Many2one(
        "res.company", default=lambda self: self.env.company, help="Empty = all."
    )

    @api.constrains("body")
    def _check_body(self):
        for record in self:
            unknown = unknown_tokens(record.body, TOKENS)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "The text asks for %(unknown)s, which nothing fills in. "
                        "Known are: %(known)s.",
                        unknown=", ".join(unknown),
                        known=", ".join(TOKENS),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._own_files()
        return records

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        return result

    def _own_files(self):
        """Whoever reads the text reads its files: they belong to it, not to him who
        sent them up.
        """
        for record in self:
            files = record.attachment_ids
            loose = files.filtered(
                lambda one: one.res_model == self._name and not one.res_id
            )
            loose.write({"res_id": record.id})

    def _fill(self, enquiry):
        """The text for a letter, in HTML."""
        self.ensure_one()
        company = enquiry.company_id
        received = company._callcenter_local(enquiry.received_at)
        return fill_script(
            self.body,
            {
                "client_name": enquiry.partner_id.name or enquiry.sender,
                "own_company": company.name,
                "operator_name": self.env.user.name,
                "subject": enquiry.name,
                "received_on": f"{received:%d.%m.%Y}",
            },
        )

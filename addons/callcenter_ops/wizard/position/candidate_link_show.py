from odoo import fields, models


class CandidateLinkShow(models.TransientModel):
    """Shows a candidate's new link once; it is never stored."""

    _name = "callcenter.candidate.link.show"
    _description = "Candidate's new link"

    url = fields.Char(string="Link", readonly=True, store=False)
    expires_on = fields.Datetime(string="Valid until", readonly=True, store=False)

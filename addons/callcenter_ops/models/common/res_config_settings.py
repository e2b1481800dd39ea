from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The settings of the call centre that Odoo's administrator sets by company."""

    _inherit = "res.config.settings"

    callcenter_workplace_policy = fields.Selection(
        related="company_id.callcenter_workplace_policy", readonly=False
    )
    callcenter_life_months = fields.Integer(
        related="company_id.callcenter_life_months", readonly=False
    )
    callcenter_acknowledgement_days = fields.Integer(
        related="company_id.callcenter_acknowledgement_days", readonly=False
    )
    callcenter_renewal_days = fields.Integer(
        related="company_id.callcenter_renewal_days", readonly=False
    )
    callcenter_escalation_days = fields.Integer(
        related="company_id.callcenter_escalation_days", readonly=False
    )
    callcenter_okpo = fields.Char(related="company_id.callcenter_okpo", readonly=False)
    callcenter_signer_title = fields.Char(
        related="company_id.callcenter_signer_title", readonly=False
    )
    callcenter_signer_title_acting = fields.Char(
        related="company_id.callcenter_signer_title_acting", readonly=False
    )
    callcenter_four_eyes = fields.Boolean(
        related="company_id.callcenter_four_eyes", readonly=False
    )
    callcenter_separate_duties = fields.Boolean(
        related="company_id.callcenter_separate_duties", readonly=False
    )
    callcenter_absent_right_rests = fields.Boolean(
        related="company_id.callcenter_absent_right_rests", readonly=False
    )
    callcenter_local_acts_policy = fields.Selection(
        related="company_id.callcenter_local_acts_policy", readonly=False
    )
    callcenter_candidate_link_days = fields.Integer(
        related="company_id.callcenter_candidate_link_days", readonly=False
    )
    callcenter_preview_lease = fields.Integer(
        related="company_id.callcenter_preview_lease", readonly=False
    )
    callcenter_preview_limit = fields.Integer(
        related="company_id.callcenter_preview_limit", readonly=False
    )
    callcenter_talk_lease = fields.Integer(
        related="company_id.callcenter_talk_lease", readonly=False
    )
    callcenter_search_hour = fields.Integer(
        related="company_id.callcenter_search_hour", readonly=False
    )
    callcenter_search_day = fields.Integer(
        related="company_id.callcenter_search_day", readonly=False
    )
    callcenter_pace = fields.Integer(
        related="company_id.callcenter_pace", readonly=False
    )

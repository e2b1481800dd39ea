from odoo import api, fields, models

from ..common.live_check import Fault


class ResCompany(models.Model):
    _inherit = "res.company"

    callcenter_acknowledgement_days = fields.Integer(
        string="Days to acknowledge",
        default=3,
        help="The company's own rule: days between the request, or the first day of "
        "the document, and the last day to sign.",
    )
    callcenter_renewal_days = fields.Integer(
        string="Days to renew before expiry",
        default=14,
        help="A briefing is asked for again so many days before it expires.",
    )
    callcenter_escalation_days = fields.Integer(
        string="Days until escalation",
        default=2,
        help="So many days after the last day to sign, the supervisor is told.",
    )

    callcenter_local_acts_policy = fields.Selection(
        [
            ("none", "Is not looked at"),
            ("warn", "Is noted on the order"),
            ("block", "Keeps the order from being signed"),
        ],
        string="A paper not read before the contract",
        default="warn",
        required=True,
        help="Local acts and the job description are acknowledged before the contract "
        "is signed (Labour Code, art. 68).",
    )
    callcenter_candidate_link_days = fields.Integer(
        string="Days that a candidate's link is valid", default=7
    )

    _candidate_link_days_positive = models.Constraint(
        "CHECK (callcenter_candidate_link_days > 0)",
        "A candidate's link is valid for one day at least.",
    )
    _acknowledgement_days_not_negative = models.Constraint(
        "CHECK (callcenter_acknowledgement_days >= 0 AND callcenter_renewal_days >= 0"
        " AND callcenter_escalation_days >= 0)",
        "Days to acknowledge, to renew and to escalate cannot be negative.",
    )

    @api.model
    def _find_callcenter_faults(self):
        return super()._find_callcenter_faults() + list(self._find_changed_texts())

    @api.model
    def _find_changed_texts(self):
        """Signatures under a text that is not the one that was signed."""
        signed = self.env["callcenter.acknowledgement"].search(
            [("content_hash", "!=", False)]
        )
        hashes = {}
        for one in signed:
            document = one._get_document()
            if document not in hashes:
                hashes[document] = document._get_content_hash()
            if one.content_hash != hashes[document]:
                yield Fault(
                    "text",
                    f"acknowledgement {one.id}: the text is not the one signed",
                    "Compare the document with the signed paper or with a backup.",
                )

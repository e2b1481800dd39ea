import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.common.row_guard import same_client, unchanged

# Hash and end come later than the consent itself.
_MOVING = ("attachment_hash", "partner_id", "withdrawn_at", "withdrawn_by_id")


class Consent(models.Model):
    """A consent is evidence: it is withdrawn, never rewritten or deleted."""

    _name = "callcenter.consent"
    _inherit = ["callcenter.row.guard.mixin", "callcenter.guarded.mixin"]
    _description = "Consent of a client"
    _order = "date desc, id desc"
    _guarded_fields = ("withdrawn_at", "withdrawn_by_id")
    _evidence_links = {"attachment_id": "attachment_hash"}
    # It is withdrawn once; a merged client takes his consents along.
    _guard_update = f"""
        IF {unchanged(_MOVING)} AND {same_client()}
                AND (OLD.withdrawn_at IS NULL OR OLD.withdrawn_at = NEW.withdrawn_at)
                AND (OLD.attachment_hash IS NULL
                    OR OLD.attachment_hash = NEW.attachment_hash) THEN
            RETURN NEW;
        END IF;
    """

    partner_id = fields.Many2one(
        "res.partner", string="Client", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("personal_data", "Processing of personal data"),
            ("advertising", "Advertising by telephone"),
            ("mass_calls", "Mass calls"),
        ],
        required=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    source = fields.Selection(
        [
            ("paper", "Paper form"),
            ("site", "Web form"),
            ("call", "Spoken, recorded call"),
            ("contract", "Contract"),
        ],
        required=True,
        default="paper",
    )
    text_version = fields.Char(
        string="Version of the text", required=True, help="What exactly was agreed to."
    )
    attachment_id = fields.Many2one("ir.attachment", string="Document")
    attachment_hash = fields.Char(
        string="Hash of the document (SHA-256)", readonly=True, copy=False
    )
    withdrawn_at = fields.Datetime(readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one(
        "res.users", string="Withdrawal noted by", readonly=True, copy=False
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    _live = models.UniqueIndex(
        "(partner_id, kind, company_id) WHERE withdrawn_at IS NULL",
        "This client has given that consent already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        consents = super().create(vals_list)
        for consent in consents.filtered("attachment_id"):
            # sudo: the document of a consent is hashed whoever may open it
            content = consent.sudo().attachment_id.raw or b""
            digest = hashlib.sha256(content).hexdigest()
            consent._transition({"attachment_hash": digest})
        return consents

    def write(self, vals):
        if not self._is_in_transition():
            raise UserError(
                self.env._("A consent is evidence and cannot be changed: withdraw it.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        raise UserError(
            self.env._("A consent is evidence and cannot be deleted: withdraw it.")
        )

    @api.depends_context("lang")
    @api.depends("partner_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for record in self:
            record.display_name = f"{record.partner_id.name}: {kinds[record.kind]}"

    def _is_frozen(self):
        """From the first moment: see ``write``."""
        return bool(self.id)

    def action_withdraw(self):
        """Note the withdrawal; calls for that purpose stop at once."""
        self.check_access("write")
        self._withdraw()
        return True

    def _withdraw(self):
        live = self.filtered(lambda consent: not consent.withdrawn_at)
        live._transition(
            {"withdrawn_at": fields.Datetime.now(), "withdrawn_by_id": self.env.uid}
        )
        # A consent given anew in the same request must not meet the old one.
        live.flush_recordset()

    def _join_live(self):
        """Leave one live consent of a kind; none where the last word was no."""
        for consents in self.grouped(lambda one: (one.kind, one.company_id)).values():
            live = consents.filtered(lambda one: not one.withdrawn_at).sorted("date")
            ends = [one.withdrawn_at.date() for one in consents if one.withdrawn_at]
            keeps = live and (not ends or live[-1].date > max(ends))
            (live[:-1] if keeps else live)._withdraw()

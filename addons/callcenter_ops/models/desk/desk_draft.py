import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.common.keepable import is_keepable

_SIZE_LIMIT = 20_000
_KEPT_FOR = timedelta(days=3)


class DeskDraft(models.Model):
    """What an operator has typed about a call and not saved: kept on the server.

    So a browser that dies or a session that ends loses no word. Read and written by
    the desk alone, which knows whose call it is.
    """

    _name = "callcenter.desk.draft"
    _description = "Draft of a result"

    claim_ref = fields.Integer(string="Claim", required=True, readonly=True)
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="cascade"
    )
    content = fields.Json(string="What is typed", readonly=True)
    written_at = fields.Datetime(
        string="Written", required=True, readonly=True, index=True
    )

    _claim_unique = models.UniqueIndex("(claim_ref)")

    @api.model
    def _save(self, employee, claim_ref, values):
        """
        :param values: dict as the browser keeps it; what the database cannot keep and
            what is too long is refused
        """
        values = values if isinstance(values, dict) else {}
        if not is_keepable(values):
            raise UserError(
                self.env._("The note holds a character that cannot be kept: remove it.")
            )
        content = json.dumps(values)
        if len(content) > _SIZE_LIMIT:
            raise UserError(self.env._("The note is too long: shorten it."))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO callcenter_desk_draft (
                    claim_ref, employee_id, content, written_at)
                VALUES (%(claim)s, %(employee)s, %(content)s::jsonb, %(now)s)
                ON CONFLICT (claim_ref) DO UPDATE
                   SET content = EXCLUDED.content, written_at = EXCLUDED.written_at
                 WHERE callcenter_desk_draft.employee_id = EXCLUDED.employee_id
                """,
                claim=claim_ref,
                employee=employee.id,
                content=content,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model()

    @api.model
    def _load(self, claim_ref):
        """The draft of a call, {} without one."""
        # sudo: the desk asks for the draft of a call that it has checked
        draft = self.sudo().search([("claim_ref", "=", claim_ref or 0)], limit=1)
        return draft.content or {}

    @api.model
    def _get_notes(self, claims):
        """``{claim id: note}`` of those that have one."""
        # sudo: the job that ends claims of silent desks keeps what was written there
        drafts = self.sudo().search([("claim_ref", "in", claims.ids)])
        notes = {one.claim_ref: str(one.content.get("note") or "") for one in drafts}
        return {claim_id: note for claim_id, note in notes.items() if note}

    @api.autovacuum
    def _gc(self):
        """What was saved or given up long ago."""
        old = [("written_at", "<", fields.Datetime.now() - _KEPT_FOR)]
        # sudo: a job of the server; nobody has rights on drafts
        self.sudo().search(old, limit=10_000).unlink()

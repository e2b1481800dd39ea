from odoo import api, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.common.action_code import is_plain, reaches_database
from .guarded_mixin import TRUSTED_KEYS, is_guarded

# Kinds of action that write by themselves.
_WRITING = {"object_copy", "object_create", "object_write", "mail_post"}


class IrActionsServer(models.Model):
    """What somebody types into a screen moves no guarded record and speaks no SQL.

    Plain calls of the product's own methods stay possible: those check by themselves.
    """

    _inherit = "ir.actions.server"

    @api.constrains("code", "state", "model_id")
    def _check_touches_no_evidence(self):
        for action in self:
            fault = action._get_evidence_fault()
            if fault:
                raise ValidationError(fault)

    def run(self):
        for action in self.sudo():  # sudo: whoever runs it, what it does is judged
            fault = action._get_evidence_fault()
            if fault:
                raise AccessError(fault)
        # An action never inherits the trust of the method that set it off.
        clean = dict.fromkeys(TRUSTED_KEYS & set(self.env.context))
        return super(IrActionsServer, self.with_context(**clean)).run()

    def _get_evidence_fault(self):
        """Why the action is refused, in words; empty if it may run."""
        is_code = self.state == "code" and self.code
        if is_code and reaches_database(self.code):
            return self.env._("SQL has no place in a server action of this database.")
        model = self.model_id.model or ""
        # Odoo's own models that are guarded have actions of Odoo's; there the guard
        # itself refuses what it must.
        if not model.startswith("callcenter.") or not is_guarded(self.env, model):
            return ""
        if self.state in _WRITING or (is_code and not is_plain(self.code)):
            return self.env._(
                "Records of %(model)s are moved by their own buttons, not by actions "
                "and automations.",
                model=self.model_id.name,
            )
        return ""

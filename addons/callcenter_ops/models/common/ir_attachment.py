from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.common.outside_code import runs_outside_code
from .base import FILE_LIMIT, describe_file_limit
from .guarded_mixin import is_guarded, is_in_transition

# What a file is and where it belongs.
_CONTENT = frozenset(
    (
        *("checksum", "datas", "db_datas", "file_size", "mimetype", "name", "raw"),
        *("res_field", "res_id", "res_model", "store_fname", "type", "url"),
    )
)
_PLACE = {"res_field", "res_id", "res_model"}


class IrAttachment(models.Model):
    """Files of guarded records are as frozen as the records.

    A file in a field changes through the field alone. What stands in a chatter or is
    linked as evidence stays once its record is frozen.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_size(vals)
        attachments = super().create(vals_list)
        if not is_in_transition(self.env):
            attachments._check_field_files(is_new=True)
        return attachments

    def write(self, vals):
        self._check_size(vals)
        checked = _CONTENT & set(vals) and not is_in_transition(self.env)
        if checked:
            self._check_field_files()
            self._check_free_files()
        result = super().write(vals)
        if checked and _PLACE & set(vals):
            self._check_field_files(is_new=True)
        return result

    def unlink(self):
        if not is_in_transition(self.env):
            self._check_field_files()
            self._check_free_files()
        return super().unlink()

    @api.model
    def _check_size(self, vals):
        """Refuse what fills the disk; files of fields have limits of their own."""
        if self.env.su:
            return
        for name in ("datas", "raw"):
            content = vals.get(name) or b""
            size = len(content) * 3 // 4 if name == "datas" else len(content)
            if size > FILE_LIMIT:
                raise UserError(describe_file_limit(self.env, size, FILE_LIMIT))

    def _check_field_files(self, is_new=False):
        """Fields write their files as superuser, behind the record's own guard."""
        by_field = self.env.su and not runs_outside_code()
        # sudo: of what field a file is decides, whoever may read it
        for one in self.sudo().filtered("res_field"):
            record = one._get_guarded()
            if record and not (by_field and record._may_change_file(one, is_new)):
                one._refuse_change()

    def _check_free_files(self):
        # sudo: whether others rely on a file does not depend on who asks
        files = self.sudo().filtered(lambda file: not file.res_field)
        linked = files._find_linked_evidence()
        for one in files:
            record = one._get_guarded()
            frozen = record and record._is_frozen() and not one._waits_for_message()
            if frozen or one in linked:
                one._refuse_change()

    def _get_guarded(self):
        """The guarded record that the file belongs to; empty or None without."""
        if self.res_id and is_guarded(self.env, self.res_model):
            return self.env[self.res_model].browse(self.res_id).exists()
        return None

    def _waits_for_message(self):
        """One's own file that was sent up for a message not written yet."""
        if self.create_uid.id != self.env.uid:
            return False
        messages = self.env["mail.message"]
        return not messages.search_count([("attachment_ids", "in", self.ids)], limit=1)

    def _find_linked_evidence(self):
        """Those that a frozen record of any model names as its evidence."""
        linked = self.browse()
        for name, model in self.env.registry.items():
            for link in getattr(model, "_evidence_links", ()) if self else ():
                holders = self.env[name].search([(link, "in", self.ids)])
                linked |= holders.filtered(lambda one: one._is_frozen())[link]
        return linked

    def _refuse_change(self):
        raise AccessError(
            self.env._(
                "The file belongs to a record that keeps it as it is: it is changed "
                "on the record's own form, as long as that is open."
            )
        )

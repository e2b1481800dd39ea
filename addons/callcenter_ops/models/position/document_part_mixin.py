from odoo import api, models
from odoo.exceptions import UserError


class DocumentPartMixin(models.AbstractModel):
    """A row of a versioned document: editable while the document is a draft."""

    _name = "callcenter.document.part.mixin"
    _description = "Part of a document in versions"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_document_open()
        return parts

    def write(self, vals):
        self.check_access("write")
        self._check_document_open()
        result = super().write(vals)
        self._check_document_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_document_open()

    def _get_documents(self):
        """The documents that these parts belong to."""
        raise NotImplementedError

    def _check_document_open(self):
        # sudo: the state decides, whatever the user may read
        frozen = self._get_documents().sudo().filtered(lambda d: d._is_frozen())
        if frozen:
            raise UserError(
                self.env._(
                    "The text of %(document)s is approved and cannot be changed: "
                    "make a new version.",
                    document=frozen[0].display_name,
                )
            )

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.position.document_text import plain_text


class DocumentPartMixin(models.AbstractModel):
    """A row of a versioned document: editable while the document is a draft."""

    _name = "callcenter.document.part.mixin"
    _description = "Part of a document in versions"

    # Fields that keep plain text: pasted markup is taken out of them.
    _plain_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create([self._clean(vals) for vals in vals_list])
        parts._check_document_open()
        return parts

    def write(self, vals):
        self.check_access("write")
        self._check_document_open()
        result = super().write(self._clean(vals))
        self._check_document_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._check_document_open()

    def _clean(self, vals):
        given = [name for name in self._plain_fields if vals.get(name)]
        return vals | {name: plain_text(vals[name]) for name in given}

    def _get_place(self, siblings):
        """The part's place among its siblings as they are printed, from 1 on."""
        self.ensure_one()
        # A row being entered has no id yet: it stands behind its equals.
        printed = siblings.sorted(
            lambda part: (part.sequence, not part._origin, part._origin.id)
        )
        return 1 + next(
            (place for place, sibling in enumerate(printed) if sibling == self),
            len(printed),
        )

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

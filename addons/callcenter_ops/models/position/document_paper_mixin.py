from odoo import models
from odoo.fields import Domain
from odoo.tools.image import image_data_uri
from odoo.tools.misc import format_date

from ...tools.personnel.name_cases import short_name


class DocumentPaperMixin(models.AbstractModel):
    """What the paper of a document says beside its text."""

    _name = "callcenter.document.paper.mixin"
    _description = "Paper of a document"

    def _get_paper_lang(self):
        """Papers are Russian wherever Russian is installed."""
        return self.env["res.lang"]._get_callcenter_paper_lang()

    def _get_paper_title(self):
        """The line under the kind of the document."""
        self.ensure_one()
        return self.display_name

    def _get_stamp(self):
        """Who approved it, as the stamp shows: blanks to fill in for a draft."""
        self.ensure_one()
        # sudo: the Director's post is on every paper
        signer = self.sudo().approved_by_id
        acting = self.approved_for_id and self.company_id.callcenter_signer_title_acting
        employee = signer.employee_ids.filtered(
            lambda e: e.company_id == self.company_id
        )[:1]
        return {
            "post": acting or employee.job_title or self.env._("Director"),
            "name": self._get_signer_name(employee, signer) or "______________",
            "date": self.approved_on and self._format_moment(self.approved_on),
        }

    def _get_signer_name(self, employee, user):
        if employee:
            return employee._get_short_name()
        return short_name(user.name or "")

    def _get_sheet_title(self):
        self.ensure_one()
        return self.env._("Acknowledgement sheet: %s", self.display_name)

    def _get_sheet_lines(self):
        """Rows of the acknowledgement sheet: signed first, then who is still asked.

        Whoever prints it finds on it those whose acknowledgements he may see: HR and
        the Director everybody, a supervisor his people, an operator himself.

        :return: list of ``{"name", "post", "date", "signature", "image"}``
        """
        self.ensure_one()
        field = self._acknowledgement_field
        visible = self.env["callcenter.acknowledgement"].search(
            Domain(field, "=", self.id)
            & (
                Domain("signed_on", "!=", False)
                | Domain("state", "in", ("pending", "refused"))
            )
        )
        return [
            # sudo: names of the employees whose acknowledgement the reader may read
            self._prepare_sheet_line(acknowledgement.sudo())
            for acknowledgement in visible.sorted(
                lambda a: (not a.signed_on, a.signed_on or a.id, a.id)
            )
        ]

    def _prepare_sheet_line(self, acknowledgement):
        image = acknowledgement.signature_image
        return acknowledgement._get_kept_words() | {
            "image": image and image_data_uri(image)
        }

    def _format_moment(self, moment):
        return format_date(self.env, self.company_id._callcenter_local(moment).date())

from odoo import models

from .signed_paper_mixin import SignedPaperMixin


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def retrieve_attachment(self, record):
        """A signed paper is printed from the PDF that was kept with it."""
        if isinstance(record, SignedPaperMixin) and self._prints_paper(record):
            return record._get_kept_pdf()
        return super().retrieve_attachment(record)

    def _prints_paper(self, record):
        name = record._paper_report
        return bool(name) and self == self.env.ref(name, raise_if_not_found=False)

from odoo import models
from odoo.tools.pdf import merge_pdf

from ...tools.common.paper_pages import split_pages
from .signed_paper_mixin import SignedPaperMixin


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Signed papers are printed from the PDF that was kept with each of them."""
        papers = self._get_kept_papers(self._get_report(report_ref), res_ids)
        if papers:
            files = [paper.raw for paper in papers]
            return files[0] if len(files) == 1 else merge_pdf(files), "pdf"
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _get_rendering_context(self, report, docids, data):
        """Papers cut their tables into pages: see ``callcenter_ops.paper_grid``."""
        values = super()._get_rendering_context(report, docids, data)
        return values | {"split_pages": split_pages}

    def _get_kept_papers(self, report, res_ids):
        """The attachments in the order of ``res_ids``; empty unless all are kept."""
        nothing = self.env["ir.attachment"].sudo()  # sudo: an empty recordset
        model = self.env.get(report.model)
        if (
            not isinstance(model, SignedPaperMixin)
            or not model._paper_report
            or not res_ids
        ):
            return nothing
        if report != self.env.ref(model._paper_report):
            return nothing
        ids = [res_ids] if isinstance(res_ids, int) else res_ids
        papers = [record._get_kept_pdf() for record in model.browse(ids)]
        return nothing.concat(*papers) if all(papers) else nothing

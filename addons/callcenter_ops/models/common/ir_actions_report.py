from odoo import models
from odoo.tools.pdf import merge_pdf

from ...tools.common.outside_addresses import drop_outside_addresses
from ...tools.common.paper_pages import split_pages
from .signed_paper_mixin import SignedPaperMixin


class IrActionsReport(models.Model):
    """Papers are printed for those who may read what is on them.

    The address of a report takes any ids, and a paper reads much in the server's name.
    """

    _inherit = "ir.actions.report"

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Signed papers are printed from the PDF that was kept with each of them."""
        # A paper kept as a file is handed out before anything is rendered.
        self._check_may_read_documents(self._get_report(report_ref), res_ids)
        papers = self._get_kept_papers(self._get_report(report_ref), res_ids)
        if papers:
            files = [paper.raw for paper in papers]
            return files[0] if len(files) == 1 else merge_pdf(files), "pdf"
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _get_rendering_context(self, report, docids, data):
        """Papers cut their tables into pages: see ``callcenter_ops.paper_grid``."""
        self._check_may_read_documents(report, docids)
        values = super()._get_rendering_context(report, docids, data)
        return values | {"split_pages": split_pages}

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        # A paper kept as a file is handed out before anything is rendered.
        self._check_may_read_documents(self._get_report(report_ref), res_ids)
        return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)

    def _check_may_read_documents(self, report, docids):
        """Refuse documents that are closed to the reader, or not there.

        :raise AccessError: names none of them
        """
        model = self.env.get(report.model)
        if model is not None and docids:
            model.browse(docids).check_access("read")

    def _run_wkhtmltopdf(self, bodies, *args, header=None, footer=None, **kwargs):
        """The printing program loads nothing from outside, whoever wrote the text.

        An address in a text would be asked for by the server, from inside its network.
        """
        own = self._get_report_url()
        bodies = [drop_outside_addresses(body, own) for body in bodies]
        header = header and drop_outside_addresses(header, own)
        footer = footer and drop_outside_addresses(footer, own)
        return super()._run_wkhtmltopdf(
            bodies, *args, header=header, footer=footer, **kwargs
        )

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

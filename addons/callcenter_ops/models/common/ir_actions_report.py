from odoo import models

from ...tools.common.outside_addresses import drop_outside_addresses


class IrActionsReport(models.Model):
    """Papers are printed for those who may read what is on them.

    The address of a report takes any ids, and a paper reads much in the server's name.
    """

    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        self._check_may_read_documents(report, docids)
        return super()._get_rendering_context(report, docids, data)

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

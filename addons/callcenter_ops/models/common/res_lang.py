from odoo import api, models
from odoo.tools.misc import formatLang

_PAPER_LANG = "ru_RU"


class ResLang(models.Model):
    _inherit = "res.lang"

    @api.model
    def _get_callcenter_paper_lang(self):
        """Code of the language of papers: Russian wherever it is installed."""
        return _PAPER_LANG if self._get_data(code=_PAPER_LANG) else self.env.lang

    @api.model
    def _get_callcenter_share_text(self, share):
        """A share in the reader's language: ``12,5 %``, ``50 %``; a dash for no value.

        :param share: 0 to 1, or None
        """
        if share is None:
            return "—"
        percent = round(share * 100, 1)
        return f"{formatLang(self.env, percent, digits=int(percent % 1 != 0))} %"

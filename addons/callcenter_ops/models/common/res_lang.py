from odoo import api, models

_PAPER_LANG = "ru_RU"


class ResLang(models.Model):
    _inherit = "res.lang"

    @api.model
    def _get_callcenter_paper_lang(self):
        """Code of the language of papers: Russian wherever it is installed."""
        return _PAPER_LANG if self._get_data(code=_PAPER_LANG) else self.env.lang

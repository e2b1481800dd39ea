from odoo import api, models

from ...tools.kpi import KPIS


class KpiWords(models.AbstractModel):
    """Figures in the words of their readers: every sheet and dashboard asks here."""

    _name = "callcenter.kpi.words"
    _description = "Words of the key figures"

    @api.model
    def _get_sum_words(self):
        """What each sum is called: dict name -> word in the reader's language."""
        return {
            "attempts": self.env._("attempts"),
            "connected": self.env._("connected"),
            "clients": self.env._("clients"),
            "contacts": self.env._("contacts"),
            "contacted_clients": self.env._("clients reached"),
            "targets": self.env._("target contacts"),
            "leads": self.env._("interested"),
            "sales": self.env._("customer orders"),
            "amount": self.env._("amount of orders"),
            "ready_seconds": self.env._("ready"),
            "preview_seconds": self.env._("preview"),
            "talk_seconds": self.env._("talk"),
            "wrap_seconds": self.env._("wrap-up"),
            "pause_seconds": self.env._("pause"),
        }

    @api.model
    def _get_figure_words(self):
        """What each figure is called: dict code -> heading."""
        return {
            "attempts": self.env._("Attempts"),
            "contacts": self.env._("Contacts"),
            "targets": self.env._("Target contacts"),
            "leads": self.env._("Interested"),
            "sales": self.env._("Customer orders"),
            "amount": self.env._("Amount of orders"),
            "won": self.env._("Won"),
            "contact_rate": self.env._("Contact rate"),
            "conversion": self.env._("Conversion"),
            "aht": self.env._("Average handling time"),
            "occupancy": self.env._("Occupancy"),
        }

    @api.model
    def _get_formula(self, code):
        """The definition of a figure in words, e.g. ``contacts / attempts``."""
        kpi = KPIS.get(code)
        return kpi.describe(self._get_sum_words()) if kpi else ""

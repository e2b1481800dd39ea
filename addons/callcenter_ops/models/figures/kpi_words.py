from ...tools.calling.kpi import KPIS


class KpiWords:
    """Figures in the words of their readers: one figure has one word for everyone."""

    def __init__(self, env):
        self.env = env

    def get_sum_words(self):
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

    def get_figure_words(self):
        """What each figure is called: dict code -> heading."""
        return {
            "attempts": self.env._("Attempts"),
            "contacts": self.env._("Contacts"),
            "targets": self.env._("Target contacts"),
            "leads": self.env._("Interested"),
            "sales": self.env._("Customer orders"),
            "amount": self.env._("Amount of orders"),
            "won": self.env._("Won"),
            "connection_rate": self.env._("Connection rate"),
            "contact_rate": self.env._("Contact rate"),
            "target_rate": self.env._("Share of target contacts"),
            "lead_rate": self.env._("Share of interested"),
            "conversion": self.env._("Conversion"),
            "aht": self.env._("Average handling time"),
            "occupancy": self.env._("Occupancy"),
            "talk_seconds": self.env._("Talk time"),
            "wrap_seconds": self.env._("Wrap-up time"),
        }

    def get_formula(self, code):
        """The definition of a figure in words, e.g. ``contacts / attempts``."""
        kpi = KPIS.get(code)
        return kpi.describe(self.get_sum_words()) if kpi else ""

    def get_source(self, code):
        """Who defines the figure so, in the reader's language."""
        return self.get_source_words().get(code, "")

    def get_source_words(self):
        """The sources of ``tools/calling/kpi.py`` word for word: dict code -> text."""
        return {
            "contact_rate": self.env._(
                "VICIdial, Team Performance: calls with a customer contact / calls"
            ),
            "connection_rate": self.env._(
                "Convoso: answered calls, answering machines included / calls"
            ),
            "client_contact_rate": self.env._(
                "VICIdial, Lists Pass Report: clients reached / clients tried"
            ),
            "target_rate": self.env._("Right-party contacts / contacts"),
            "lead_rate": self.env._("VICIdial, Team Performance: results / contacts"),
            "conversion": self.env._("Report sheet: orders / target contacts"),
            "average_sale": self.env._("Amount of orders / orders"),
            "kept_share": self.env._(
                "Collections: promises kept in time / promises that came due"
            ),
            "aht": self.env._("Webitel, OMniLeads: (talk + wrap-up) / answered calls"),
            "average_talk": self.env._("Webitel: talk / answered calls"),
            "occupancy": self.env._(
                "Erlang: time busy with calls / time at the desk without pauses"
            ),
            "utilization": self.env._("Webitel: (online - pause) / online"),
            "attempts_per_hour": self.env._(
                "VICIdial: calls / time at the desk without pauses"
            ),
            "sales_per_hour": self.env._("VICIdial: sales / system time"),
            **self._get_source_words_of_service(),
        }

    def _get_source_words_of_service(self):
        return {
            "answered_in_time": self.env._(
                "Service level: answered before the deadline / answered and overdue"
            ),
            "service_level": self.env._(
                "Webitel: calls answered within the limit / all calls offered"
            ),
            "abandon_rate": self.env._(
                "Webitel: calls not answered / all calls offered"
            ),
            "average_wait": self.env._(
                "Webitel: waiting of answered calls / answered calls"
            ),
        }

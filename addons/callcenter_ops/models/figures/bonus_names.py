from ...tools.calling.kpi import KPIS, SECONDS, SHARE

SUMS = ("attempts", "contacts", "targets", "leads", "sales", "refusals", "amount")
_TIMES = (
    "talk_seconds",
    "wrap_seconds",
    "ready_seconds",
    "preview_seconds",
    "pause_seconds",
)
# Quotients that the sums of an operator's month give.
QUOTIENTS = (
    "connection_rate",
    "contact_rate",
    "target_rate",
    "lead_rate",
    "conversion",
    "average_sale",
    "aht",
    "average_talk",
    "occupancy",
    "utilization",
    "attempts_per_hour",
    "sales_per_hour",
)
MEASURES = ("connected", *SUMS, *_TIMES)


class BonusNames:
    """The names that a formula may speak of, in words, and their values of a month."""

    def __init__(self, env):
        self.env = env

    def get_words(self):
        """Name -> what it is, in the reader's language, in the order of a list."""
        words = self._get_sum_words()
        plans = {
            f"plan_{name}": self.env._("Plan of the month: %s", words[name])
            for name in SUMS
        }
        return words | self._get_quotient_words() | plans | self._get_day_words()

    def _get_sum_words(self):
        return {
            "attempts": self.env._("Attempts"),
            "contacts": self.env._("Contacts"),
            "targets": self.env._("Target contacts"),
            "leads": self.env._("Interested"),
            "sales": self.env._("Customer orders"),
            "refusals": self.env._("Refusals"),
            "amount": self.env._("Amount of orders"),
        }

    def _get_quotient_words(self):
        return {
            "connection_rate": self.env._("Connection rate, 0 to 1"),
            "contact_rate": self.env._("Contact rate, 0 to 1"),
            "target_rate": self.env._("Target contacts of contacts, 0 to 1"),
            "lead_rate": self.env._("Interested of contacts, 0 to 1"),
            "conversion": self.env._("Orders of target contacts, 0 to 1"),
            "average_sale": self.env._("Average amount of an order"),
            "aht": self.env._("Average handling time, seconds"),
            "average_talk": self.env._("Average talk, seconds"),
            "occupancy": self.env._("Occupancy, 0 to 1"),
            "utilization": self.env._("Time without pauses, 0 to 1"),
            "attempts_per_hour": self.env._("Attempts an hour"),
            "sales_per_hour": self.env._("Orders an hour"),
        }

    def _get_day_words(self):
        return {
            "working_days": self.env._("Working days of the month"),
            "worked_days": self.env._("Days with calls"),
        }

    def get_values(self, totals, plans, days):
        """
        :param totals: sums of ``MEASURES`` of the month
        :param plans: dict sum -> plan
        :param days: ``(working days, days with calls)``
        :return: dict name -> number, None where there is nothing to divide by
        """
        values = {name: totals.get(name) or 0 for name in SUMS}
        values |= {name: KPIS[name].value(totals) for name in QUOTIENTS}
        values |= {f"plan_{name}": plans.get(name, 0) for name in SUMS}
        return values | dict(zip(("working_days", "worked_days"), days, strict=True))


def is_share(code):
    """Whether a goal of the figure is written in per cent."""
    return code in KPIS and KPIS[code].unit == SHARE


def is_time(code):
    """Whether less is better."""
    return code in KPIS and KPIS[code].unit == SECONDS

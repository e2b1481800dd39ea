"""Key figures of calls: one definition each, used by every sheet and dashboard.

A figure is a quotient of sums. ``totals`` is a mapping of the sums by name; money
is Decimal or float, time is seconds. A quotient with nothing below the line has no
value (None) and prints as a dash.
"""

from dataclasses import dataclass

SHARE = "share"
SECONDS = "seconds"
PER_HOUR = "per_hour"
MONEY = "money"
_SECONDS_PER_HOUR = 3600


@dataclass(frozen=True)
class Kpi:
    """``sum(above) / sum(below)``; ``source`` says who defines the figure so."""

    code: str
    unit: str
    above: tuple
    below: tuple
    source: str

    @property
    def formula(self):
        """The definition as text, e.g. ``contacts / attempts``."""
        return self.describe({})

    def describe(self, words):
        """The definition with the reader's ``words`` (name -> word) for the sums."""
        factor = f"{_SECONDS_PER_HOUR} * " if self.unit == PER_HOUR else ""
        above, below = (
            _sum_text([words.get(name, name) for name in names])
            for names in (self.above, self.below)
        )
        return f"{factor}{above} / {below}"

    def value(self, totals):
        """The figure, or None when there is nothing to divide by.

        :return: share 0..1, seconds, money, or a number per hour, by ``unit``
        """
        whole = sum(totals.get(name) or 0 for name in self.below)
        if not whole:
            return None
        part = sum(totals.get(name) or 0 for name in self.above)
        return part * (_SECONDS_PER_HOUR if self.unit == PER_HOUR else 1) / whole


def _sum_text(names):
    text = " + ".join(names)
    return f"({text})" if len(names) > 1 else text


_WORK = ("preview_seconds", "talk_seconds", "wrap_seconds")
_AVAILABLE = ("ready_seconds", *_WORK)
_ONLINE = (*_AVAILABLE, "pause_seconds")

KPIS = {
    kpi.code: kpi
    for kpi in (
        Kpi(
            "contact_rate",
            SHARE,
            ("contacts",),
            ("attempts",),
            "VICIdial, Team Performance: calls with a customer contact / calls",
        ),
        Kpi(
            "connection_rate",
            SHARE,
            ("connected",),
            ("attempts",),
            "Convoso: answered calls, answering machines included / calls",
        ),
        Kpi(
            "client_contact_rate",
            SHARE,
            ("contacted_clients",),
            ("clients",),
            "VICIdial, Lists Pass Report: clients reached / clients tried",
        ),
        Kpi(
            "target_rate",
            SHARE,
            ("targets",),
            ("contacts",),
            "Right-party contacts / contacts",
        ),
        Kpi(
            "lead_rate",
            SHARE,
            ("leads",),
            ("contacts",),
            "VICIdial, Team Performance: results / contacts",
        ),
        Kpi(
            "conversion",
            SHARE,
            ("sales",),
            ("targets",),
            "Report sheet: orders / target contacts",
        ),
        Kpi(
            "average_sale",
            MONEY,
            ("amount",),
            ("sales",),
            "Amount of orders / orders",
        ),
        Kpi(
            "kept_share",
            SHARE,
            ("promises_kept",),
            ("promises_kept", "promises_broken"),
            "Collections: promises kept in time / promises that came due",
        ),
        Kpi(
            "answered_in_time",
            SHARE,
            ("answered_in_time",),
            ("answered", "overdue"),
            "Service level: answered before the deadline / answered and overdue",
        ),
        Kpi(
            "service_level",
            SHARE,
            ("calls_in_time",),
            ("calls_offered",),
            "Webitel: calls answered within the limit / all calls offered",
        ),
        Kpi(
            "abandon_rate",
            SHARE,
            ("calls_abandoned",),
            ("calls_offered",),
            "Webitel: calls not answered / all calls offered",
        ),
        Kpi(
            "average_wait",
            SECONDS,
            ("answered_wait_seconds",),
            ("calls_answered",),
            "Webitel: waiting of answered calls / answered calls",
        ),
        Kpi(
            "aht",
            SECONDS,
            ("talk_seconds", "wrap_seconds"),
            ("contacts",),
            "Webitel, OMniLeads: (talk + wrap-up) / answered calls",
        ),
        Kpi(
            "average_talk",
            SECONDS,
            ("talk_seconds",),
            ("contacts",),
            "Webitel: talk / answered calls",
        ),
        Kpi(
            "occupancy",
            SHARE,
            _WORK,
            _AVAILABLE,
            "Erlang: time busy with calls / time at the desk without pauses",
        ),
        Kpi(
            "utilization",
            SHARE,
            _AVAILABLE,
            _ONLINE,
            "Webitel: (online - pause) / online",
        ),
        Kpi(
            "attempts_per_hour",
            PER_HOUR,
            ("attempts",),
            _AVAILABLE,
            "VICIdial: calls / time at the desk without pauses",
        ),
        Kpi(
            "sales_per_hour",
            PER_HOUR,
            ("sales",),
            _AVAILABLE,
            "VICIdial: sales / system time",
        ),
    )
}


# Of these more is not better: within the band all is well. Whoever is busy for more
# than 85 % of his time has no breath between two calls; below 70 % people wait.
BANDS = {"occupancy": (0.70, 0.85)}


def place_in_band(code, value):
    """Where a figure lies: ``low``, ``good``, ``high``; None without band or value."""
    if code not in BANDS or value is None:
        return None
    low, high = BANDS[code]
    if value < low:
        return "low"
    return "high" if value > high else "good"


def change(value, previous, unit=None):
    """Change against the previous period; None where there is none.

    :return: of a share the difference of the two, which reads as points of a per
        cent; of all others the relative change
    """
    if unit == SHARE:
        return None if value is None or previous is None else value - previous
    if value is None or not previous:
        return None
    return value / previous - 1


def clock(seconds):
    """Seconds as ``h:mm:ss`` for papers; a dash for no value."""
    if seconds is None:
        return "—"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"

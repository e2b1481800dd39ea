from ...tools.calling.kpi import KPIS
from .dashboard_panel import DashboardPanel, table

_OF_CATEGORIES = ("attempts", "targets", "sales", "amount")
_OF_CHANNELS = ("attempts", "contacts", "sales", "talk_seconds")


class GoodsPanel(DashboardPanel):
    """What was talked about, and by which channel."""

    def get_data(self):
        return {"channels": self._get_channels(), "categories": self._get_categories()}

    def _get_categories(self):
        """Calls by category of goods; a call about two categories counts in both."""
        rows = self.scope.read_stats("category", ["categ_id"], _OF_CATEGORIES)
        # sudo: names of categories; the Director may have no rights on products
        labels = {row[0].id: row[0].sudo().display_name for row in rows}
        found = []
        for categ, *sums in rows:
            totals = dict(zip(_OF_CATEGORIES, sums, strict=True))
            rates = {"conversion": KPIS["conversion"].value(totals)}
            found.append({"id": categ.id, "name": labels[categ.id]} | totals | rates)
        called = [row for row in found if row["attempts"]]
        return sorted(called, key=lambda row: -row["attempts"])

    def _get_channels(self):
        """Incoming and outgoing work by channel: telephone, e-mail, letters…"""
        rows = self.scope.read_stats("operator", ["direction", "channel"], _OF_CHANNELS)
        directions = self.scope.get_labels("callcenter.call", "direction")
        channels = self.scope.get_labels("callcenter.call", "channel")
        return [
            {
                "direction": direction,
                "channel": channel,
                "name": f"{channels.get(channel)}, "
                f"{directions.get(direction, '').lower()}",
            }
            | dict(zip(_OF_CHANNELS, sums, strict=True))
            for direction, channel, *sums in rows
            if sums[0]
        ]

    def get_tables(self, data):
        words = data["words"]
        name = ("name", self.env._("Name"), "text")
        return [
            table(
                self.env._("Channels"),
                data["channels"],
                name,
                ("attempts", words["attempts"], "count"),
                ("contacts", words["contacts"], "count"),
                ("sales", words["sales"], "count"),
                ("talk_seconds", words["talk_seconds"], "seconds"),
            ),
            table(
                self.env._("Product categories"),
                data["categories"],
                name,
                ("attempts", words["attempts"], "count"),
                ("targets", words["targets"], "count"),
                ("sales", words["sales"], "count"),
                ("conversion", words["conversion"], "share"),
                ("amount", words["amount"], "money"),
            ),
        ]

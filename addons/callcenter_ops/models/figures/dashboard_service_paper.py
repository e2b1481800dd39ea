from odoo import api, models

_NUMBER, _SHARE, _CLOCK, _TEXT = "count", "share", "seconds", "text"


class DashboardServicePaper(models.AbstractModel):
    """Incoming calls, letters and people by channel on paper and in the workbook."""

    _name = "callcenter.dashboard.service.paper"
    _description = "Service of the printed dashboard"

    @api.model
    def _get_service_panels(self, service):
        return [
            self._get_waiting_panel(service),
            self._get_letters_panel(service["letters"]),
            self._get_people_panel(service["people"]),
        ]

    @api.model
    def _get_waiting_panel(self, service):
        return self._panel(
            self.env._("Incoming calls"),
            service["lines"],
            ("name", self.env._("Line"), _TEXT),
            ("calls_offered", self.env._("Incoming calls"), _NUMBER),
            ("calls_answered", self.env._("Answered"), _NUMBER),
            ("calls_abandoned", self.env._("Abandoned"), _NUMBER),
            ("service_level", self.env._("Service level"), _SHARE),
            ("abandon_rate", self.env._("Share abandoned"), _SHARE),
            ("average_wait", self.env._("Average waiting"), _CLOCK),
        )

    @api.model
    def _get_letters_panel(self, letters):
        return self._panel(
            self.env._("Letters and messages"),
            letters,
            ("name", self.env._("Channel"), _TEXT),
            ("answered", self.env._("Answered"), _NUMBER),
            ("answered_in_time", self.env._("Answered in time"), _NUMBER),
            ("share", self.env._("Share in time"), _SHARE),
            ("waiting", self.env._("To answer"), _NUMBER),
            ("overdue", self.env._("Overdue"), _NUMBER),
        )

    @api.model
    def _get_people_panel(self, people):
        """A column a channel that somebody worked."""
        labels = self.env["callcenter.dashboard"]._get_channel_labels()
        used = {channel for row in people for channel in row["channels"]}
        channels = [channel for channel in labels if channel in used]
        return self._panel(
            self.env._("Who works which channel"),
            [
                {"name": row["name"]}
                | {channel: row["channels"].get(channel, 0) for channel in channels}
                for row in people
            ],
            ("name", self.env._("Operator"), _TEXT),
            *((channel, labels[channel], _NUMBER) for channel in channels),
        )

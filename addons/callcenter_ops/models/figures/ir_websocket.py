from odoo import models


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """The wallboard's messages, for those who may see the wallboard."""
        channels = super()._build_bus_channel_list(channels)
        return [*channels, *self.env["callcenter.wallboard"]._get_channels()]

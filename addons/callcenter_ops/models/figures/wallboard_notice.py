from odoo import api, models
from odoo.addons.bus.models.bus import (
    ODOO_NOTIFY_FUNCTION,
    channel_with_db,
    get_notify_payloads,
    json_dump,
)
from odoo.sql_db import db_connect
from odoo.tools import SQL

from ...fastpath.prepared import run_prepared
from ...tools.figures.bell import Bell

_WAITING = "callcenter.wallboard.messages"
_PAUSE = 0.5
_STORE = """
INSERT INTO bus_bus (channel, message, create_date)
SELECT *, now() AT TIME ZONE 'UTC'
  FROM unnest(%(channels)s::text[], %(messages)s::text[])
"""


def _ring(channels):
    """Wake the browsers that listen, as Odoo's bus does after a commit."""
    with db_connect("postgres").cursor() as cr:
        for payload in get_notify_payloads(list(channels)):
            function = SQL.identifier(ODOO_NOTIFY_FUNCTION)
            cr.execute(SQL("SELECT %s('imbus', %s)", function, payload))


_bell = Bell(_ring, _PAUSE)


class WallboardNotice(models.AbstractModel):
    """Messages of the wallboard: stored like any of the bus, rung together.

    The bus opens a connection of its own after each commit that sent something, which
    costs more than the result of a call that it tells of.
    """

    _name = "callcenter.wallboard.notice"
    _description = "Messages of the wallboard"

    @api.model
    def _post(self, target, kind, payload):
        """Store a message for ``target`` with this transaction and ring soon after."""
        data = self.env.cr.precommit.data
        if _WAITING not in data:
            data[_WAITING] = []
            self.env.cr.precommit.add(self._store)
        channel = channel_with_db(self.env.cr.dbname, target)
        data[_WAITING].append((channel, {"type": kind, "payload": payload}))

    def _store(self):
        """Insert what waits in one statement."""
        waiting = self.env.cr.precommit.data.pop(_WAITING, [])
        if not waiting:
            return
        channels, messages = zip(*waiting, strict=True)
        # Past the ORM: a row of the bus has nothing to compute or to check.
        rows = {
            "channels": [*map(json_dump, channels)],
            "messages": [*map(json_dump, messages)],
        }
        run_prepared(self.env.cr, _STORE, rows)
        self.env.cr.postcommit.add(lambda: _bell.ask(set(channels)))

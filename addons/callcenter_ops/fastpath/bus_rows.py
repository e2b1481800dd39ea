"""Messages of the bus stored by one statement, listeners woken together.

The bus opens a connection of its own after each commit that sent something, which
costs more than the result of a call that it tells of. Messages are stored here like
any of the bus; the listeners are woken soon after.
"""

from odoo.addons.bus.models import bus
from odoo.sql_db import db_connect
from odoo.tools import SQL

from ..tools.figures.debouncer import Debouncer
from .prepared import run_prepared
from .switch import BUS, is_on

WAITING = "callcenter.bus.messages"
_PAUSE = 0.5
_STORE = """
INSERT INTO bus_bus (channel, message, create_date)
SELECT *, now() AT TIME ZONE 'UTC'
  FROM unnest(%(channels)s::text[], %(messages)s::text[])
"""


# What is used of Odoo's bus; where it is gone, the bus sends as it does.
_USED = ("ODOO_NOTIFY_FUNCTION", "channel_with_db", "get_notify_payloads", "json_dump")


def post(env, target, kind, payload):
    """Store a message with this transaction.

    :param target: a record, or a record and the part of its channel
    """
    if not is_on(BUS) or not all(hasattr(bus, name) for name in _USED):
        env["bus.bus"]._sendone(target, kind, payload)
        return
    data = env.cr.precommit.data
    if WAITING not in data:
        data[WAITING] = []
        env.cr.precommit.add(lambda: _store(env.cr))
    channel = bus.channel_with_db(env.cr.dbname, target)
    data[WAITING].append((channel, {"type": kind, "payload": payload}))


def _store(cr):
    """Insert what waits in one statement."""
    waiting = cr.precommit.data.pop(WAITING, [])
    if not waiting:
        return
    channels, messages = zip(*waiting, strict=True)
    rows = {
        "channels": [*map(bus.json_dump, channels)],
        "messages": [*map(bus.json_dump, messages)],
    }
    run_prepared(cr, _STORE, rows)
    cr.postcommit.add(lambda: _listeners.ask(set(channels)))


def _wake(channels):
    """Wake the browsers that listen, as Odoo's bus does after a commit."""
    with db_connect("postgres").cursor() as cr:
        for payload in bus.get_notify_payloads(list(channels)):
            function = SQL.identifier(bus.ODOO_NOTIFY_FUNCTION)
            cr.execute(SQL("SELECT %s('imbus', %s)", function, payload))


_listeners = Debouncer(_wake, _PAUSE)

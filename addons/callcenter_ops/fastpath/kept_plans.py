"""Connections that keep the plans of their statements from one request to the next.

Odoo's pool sends ``DISCARD ALL`` each time it lends a connection. That takes away what
one request could leave behind for the next (settings, locks, temporary tables), and the
plans of prepared statements and of foreign keys besides, which leave nothing behind:
PostgreSQL itself plans anew what changed tables are about. At a desk they cost more
than the statements, so here all is reset but them.
"""

import inspect
import logging

from odoo.sql_db import ConnectionPool, PsycoConnection
from psycopg2.extensions import ISOLATION_LEVEL_DEFAULT
from psycopg2.extensions import connection as psycopg2_connection

from .switch import PLANS, is_on

_logger = logging.getLogger(__name__)

# DISCARD ALL as PostgreSQL's manual spells it out, without the two commands for plans.
_RESET = """
CLOSE ALL;
SET SESSION AUTHORIZATION DEFAULT;
RESET ALL;
UNLISTEN *;
SELECT pg_advisory_unlock_all();
DISCARD TEMP;
DISCARD SEQUENCES;
"""


def _reset(connection):
    connection.rollback()
    # What is left to the server needs no statements when autocommit comes and goes.
    connection.isolation_level = ISOLATION_LEVEL_DEFAULT
    connection.readonly = None
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(_RESET)
    connection.autocommit = False


def _is_as_known():
    """Whether Odoo's pool still resets a connection by psycopg2's own method alone."""
    lends_by_reset = "cnx.reset()" in inspect.getsource(ConnectionPool.borrow)
    return lends_by_reset and PsycoConnection.reset is psycopg2_connection.reset


def keep_plans():
    """Let the connections of this process keep their plans; called at its start.

    Where Odoo lends its connections another way than is known here, all stays as it is.
    """
    if not is_on(PLANS) or hasattr(PsycoConnection, "callcenter_keeps_plans"):
        return
    if not _is_as_known():
        _logger.warning("Odoo lends its connections otherwise: plans are not kept.")
        return
    PsycoConnection.callcenter_keeps_plans = True
    PsycoConnection.reset = _reset

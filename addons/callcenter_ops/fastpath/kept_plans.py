"""Connections that keep the plans of their statements from one request to the next.

Odoo's pool sends ``DISCARD ALL`` each time it lends a connection. That takes away what
one request could leave behind for the next (settings, locks, temporary tables), and the
plans of prepared statements and of foreign keys besides, which leave nothing behind:
PostgreSQL itself plans anew what changed tables are about. At a desk they cost more
than the statements, so here all is reset but them.
"""

from odoo.sql_db import PsycoConnection
from psycopg2.extensions import ISOLATION_LEVEL_DEFAULT

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


def keep_plans():
    """Let the connections of this process keep their plans; asked once at its start."""
    PsycoConnection.callcenter_keeps_plans = True
    PsycoConnection.reset = _reset

"""Incoming calls of the PBX bear the field's word: the model and all that names it.

Odoo drops the table of a model that no file names any more, so it is renamed before
anything is read.
"""

from odoo.tools import SQL

_OLD, _NEW = "callcenter.exchange.call", "callcenter.pbx.call"
_OLD_TABLE, _NEW_TABLE = "callcenter_exchange_call", "callcenter_pbx_call"
# Columns in which Odoo keeps the name of a model.
_NAMED = (
    ("ir_model", "model"),
    ("ir_model_fields", "model"),
    ("ir_model_fields", "relation"),
    ("ir_model_data", "model"),
    ("ir_ui_view", "model"),
    ("ir_act_window", "res_model"),
    ("ir_filters", "model_id"),
    ("ir_exports", "resource"),
    ("ir_attachment", "res_model"),
)


def migrate(cr, version):
    cr.execute("SELECT to_regclass(%s)", [_OLD_TABLE])
    if not cr.fetchone()[0]:
        return
    rename_table(cr)
    for table, column in _NAMED:
        cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = %(new)s WHERE %(column)s = %(old)s",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                new=_NEW,
                old=_OLD,
            )
        )
    rename_external_ids(cr)
    rename_kind_of_import(cr)


def rename_table(cr):
    """The table with its sequence, indexes and constraints, whose names begin alike."""
    cr.execute(f"ALTER TABLE {_OLD_TABLE} RENAME TO {_NEW_TABLE}")
    cr.execute(f"ALTER SEQUENCE {_OLD_TABLE}_id_seq RENAME TO {_NEW_TABLE}_id_seq")
    cr.execute(
        """
        SELECT 'CONSTRAINT', conname FROM pg_constraint
         WHERE conrelid = %(table)s::regclass AND starts_with(conname, %(old)s)
        UNION ALL
        SELECT 'INDEX', index.relname
          FROM pg_index
          JOIN pg_class index ON index.oid = pg_index.indexrelid
         WHERE indrelid = %(table)s::regclass AND starts_with(index.relname, %(old)s)
           AND index.relname NOT IN (SELECT conname FROM pg_constraint)
        """,
        {"table": _NEW_TABLE, "old": _OLD_TABLE},
    )
    for kind, name in cr.fetchall():
        names = (
            SQL.identifier(name),
            SQL.identifier(_NEW_TABLE + name.removeprefix(_OLD_TABLE)),
        )
        if kind == "INDEX":
            cr.execute(SQL("ALTER INDEX %s RENAME TO %s", *names))
        else:
            table = SQL.identifier(_NEW_TABLE)
            cr.execute(SQL("ALTER TABLE %s RENAME CONSTRAINT %s TO %s", table, *names))
    cr.execute(
        "UPDATE ir_model_constraint SET name = replace(name, %s, %s)"
        " WHERE starts_with(name, %s)",
        [_OLD_TABLE, _NEW_TABLE, _OLD_TABLE],
    )


def rename_external_ids(cr):
    """``exchange_call_action`` is ``pbx_call_action``, and so on."""
    cr.execute(
        r"""
        UPDATE ir_model_data
           SET name = regexp_replace(name, '(^|_)exchange(_|$)', '\1pbx\2')
         WHERE module LIKE 'callcenter\_%' AND name ~ '(^|_)exchange(_|$)'
        """
    )


def rename_kind_of_import(cr):
    """Files of the journal that were loaded stay in their list."""
    cr.execute("UPDATE callcenter_data_import SET kind = 'pbx' WHERE kind = 'exchange'")

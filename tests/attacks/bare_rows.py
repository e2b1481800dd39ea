"""A row of any model, made past everything that the model asks of one."""

from odoo.tools import SQL


def insert_bare_row(model, /, **values):
    """Insert a row with ``values`` alone; the test's rollback undoes all of it.

    :return: its id
    """
    env, table = model.env, SQL.identifier(model._table)
    env.flush_all()
    for [column] in env.execute_query(
        SQL(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND is_nullable = 'NO' AND column_name <> 'id'",
            model._table,
        )
    ):
        column = SQL.identifier(column)
        env.cr.execute(
            SQL("ALTER TABLE %s ALTER COLUMN %s DROP NOT NULL", table, column)
        )
    columns = SQL(", ").join(map(SQL.identifier, values))
    [[row]] = env.execute_query(
        SQL(
            "INSERT INTO %s (%s) VALUES %s RETURNING id",
            table,
            columns,
            tuple(values.values()),
        )
    )
    return row

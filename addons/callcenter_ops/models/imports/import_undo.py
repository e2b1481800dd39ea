from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from .batch_loader import snapshot

_BATCH = 500


class ImportUndo:
    """Takes a loaded import back: what it made goes, what it changed is as before.

    Only as long as nothing was built on it: no record refers to what was made, and
    what was changed still stands as the import left it.
    """

    def __init__(self, record):
        """:param record: a ``callcenter.data.import`` that was loaded"""
        self.record = record
        self.env = record.env
        self.kind = record._get_kind()
        # sudo: whoever may load such a file may take back what he has loaded
        self.model = record.env[self.kind.model].sudo()
        self.rows = record.env["callcenter.data.import.row"]

    def check(self):
        """
        :raises UserError: when this kind cannot be taken back, something was built on
            the records, or somebody has changed them since
        """
        if not self.kind.is_undoable:
            raise UserError(
                self.env._("%(kind)s cannot be taken back.", kind=self.kind.get_label())
            )
        self._refuse_used(self._get_made())
        for row in self._get_changed():
            self._refuse_changed(row)

    def run(self):
        """Take everything back, or raise as ``check`` does."""
        self.check()
        for row in self._get_changed():
            record = self.model.browse(row.res_id)
            record.write(self._prepare_old(record, row.changes))
        made = self._get_made()
        for ids in split_every(_BATCH, made.ids):
            self.model.browse(ids).unlink()

    def _get_made(self):
        """Records that the import has made and that are still there."""
        domain = [("import_id", "=", self.record.id)]
        created = self.rows.search([*domain, ("outcome", "=", "created")])
        beside = self.rows.search([*domain, ("made", "!=", False)])
        ids = [*created.mapped("res_id"), *(one for row in beside for one in row.made)]
        # What hangs on another goes first.
        return self.model.browse(sorted(set(ids), reverse=True)).exists()

    def _get_changed(self):
        """Lines that changed a record which is still there."""
        rows = self.rows.search(
            [("import_id", "=", self.record.id), ("changes", "!=", False)]
        )
        there = set(self.model.browse(rows.mapped("res_id")).exists().ids)
        return rows.filtered(lambda row: row.changes and row.res_id in there)

    def _refuse_changed(self, row):
        record = self.model.browse(row.res_id)
        now = snapshot(record, row.changes)
        if any(now[name] != new for name, (_old, new) in row.changes.items()):
            raise UserError(
                self.env._(
                    "%(record)s has been changed since the import: it cannot be taken"
                    " back.",
                    record=record.display_name,
                )
            )

    def _prepare_old(self, record, changes):
        return {
            name: self._get_old(record._fields[name], old)
            for name, (old, _new) in changes.items()
        }

    def _get_old(self, field, old):
        if field.type == "many2one":
            return old[0] if old else False
        return [(6, 0, old)] if field.relational else old

    def _refuse_used(self, made):
        """Whether another record of any model refers to one of those made."""
        for table, column in self._get_references():
            used = self._find_used(made, table, column)
            if used:
                model = self.env["ir.model"]._get(table.replace("_", "."))
                raise UserError(
                    self.env._(
                        "Something was built on %(record)s (%(model)s): the import"
                        " cannot be taken back.",
                        record=used.display_name,
                        # sudo: the name of a model is no secret
                        model=model.sudo().name or table,
                    )
                )

    def _get_references(self):
        """``[(table, column)]`` of the foreign keys that point to the records.

        What belongs to a record goes with it: its many2many links and, of goods,
        whatever the database deletes along.
        """
        links = {
            field.relation
            for field in self.model._fields.values()
            if field.type == "many2many" and field.store
        }
        self.env.cr.execute(
            SQL(
                """
                SELECT child.relname, attribute.attname, con.confdeltype = 'c'
                  FROM pg_constraint con
                  JOIN pg_class child ON child.oid = con.conrelid
                  JOIN pg_attribute attribute ON attribute.attrelid = con.conrelid
                   AND attribute.attnum = con.conkey[1]
                 WHERE con.contype = 'f' AND con.confrelid = %s::regclass
                """,
                self.model._table,
            )
        )
        parts = self.kind.part_tables
        return [
            (table, column)
            for table, column, goes_along in self.env.cr.fetchall()
            if table not in links
            and not (parts and (goes_along or table.startswith(parts)))
        ]

    def _find_used(self, made, table, column):
        """One of the records that a row of ``table`` refers to, itself not made."""
        own = SQL("AND id != ALL(%s)", made.ids) if table == made._table else SQL()
        self.env.cr.execute(
            SQL(
                "SELECT %(column)s FROM %(table)s WHERE %(column)s = ANY(%(ids)s)"
                " %(own)s LIMIT 1",
                column=SQL.identifier(column),
                table=SQL.identifier(table),
                ids=made.ids,
                own=own,
            )
        )
        return self.model.browse([found for (found,) in self.env.cr.fetchall()])

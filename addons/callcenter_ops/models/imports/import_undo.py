from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from .batch_loader import snapshot

_BATCH = 500
# What people lay on a record without a foreign key: model -> (record's model, its id,
# which of them).
_LAID_ON = {
    "mail.message": ("model", "res_id", [("message_type", "!=", "user_notification")]),
    "mail.activity": ("res_model", "res_id", []),
    "ir.attachment": ("res_model", "res_id", [("res_field", "=", False)]),
}


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
        for made in self.kind.get_parts(self._get_made()):
            self._refuse_used(made)
            self._refuse_laid_on(made)
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
        for table, column in self._get_references(made):
            used = self._find_used(made, table, column)
            if used:
                self._refuse(used, table.replace("_", "."))

    def _refuse_laid_on(self, made):
        """Whether somebody wrote, planned or filed something on those made."""
        for name, (model, res_id, which) in _LAID_ON.items():
            # sudo: that there is something is told, not what
            laid = self.env[name].sudo().with_context(active_test=False)
            domain = [(model, "=", made._name), (res_id, "in", made.ids), *which]
            if found := laid.search(domain, limit=1):
                self._refuse(made.browse(found[res_id]), name)

    def _refuse(self, used, model_name):
        # sudo: the name of a model is no secret
        model = self.env["ir.model"].sudo()._get(model_name)
        raise UserError(
            self.env._(
                "Something was built on %(record)s (%(model)s): the import"
                " cannot be taken back.",
                record=used.display_name,
                model=model.name or model_name,
            )
        )

    def _get_references(self, made):
        """``[(table, column)]`` of the foreign keys that point to the records.

        What belongs to a record goes with it: its many2many links and, of goods,
        whatever the database deletes along, the links of other records excepted.
        """
        links = {
            field.relation
            for field in made._fields.values()
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
                made._table,
            )
        )
        parts = self.kind.part_tables
        others = {table for table, *_columns in self.env.registry.many2many_relations}
        return [
            (table, column)
            for table, column, goes_along in self.env.cr.fetchall()
            if table not in links
            and not (parts and table.startswith(parts))
            and not (parts and goes_along and table not in others)
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
        return made.browse([found for (found,) in self.env.cr.fetchall()])

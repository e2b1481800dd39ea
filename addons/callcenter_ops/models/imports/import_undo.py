from dataclasses import dataclass, field

from odoo.exceptions import UserError
from odoo.models import BaseModel
from odoo.tools import SQL

from .batch_loader import snapshot

# Records that are looked at, or taken back, by one transaction.
BATCH_RECORDS = 500
# Files of so many lines are looked at while the user waits.
_AT_ONCE = 2000
# What people lay on a record without a foreign key: model -> (record's model, its id,
# which of them).
_LAID_ON = {
    "mail.message": ("model", "res_id", [("message_type", "!=", "user_notification")]),
    "mail.activity": ("res_model", "res_id", []),
    "ir.attachment": ("res_model", "res_id", [("res_field", "=", False)]),
}


@dataclass(eq=False)
class _Trace:
    """What an import has left of itself in one record."""

    record: BaseModel
    line: int
    is_made: bool = False
    # ``{field: value}`` as the import left a record that it made; None: not known.
    written: dict | None = None
    # ``{field: [(old value, new value)]}`` of what lines have changed.
    changes: dict = field(default_factory=dict)

    def get_expected(self):
        """``{field: value}`` of a record that nobody has touched since."""
        return (self.written or {}) | {
            name: _get_ends(pairs)[1] for name, pairs in self.changes.items()
        }

    def get_old(self):
        """``{field: value}`` from before the import."""
        return {name: _get_ends(pairs)[0] for name, pairs in self.changes.items()}


class ImportUndo:
    """Takes a loaded import back: what it made goes, what it changed is as before.

    Only as long as nothing was built on it: no record refers to what was made, and
    all stands as the import left it. It is done by batches, the last records first.
    """

    def __init__(self, record):
        """:param record: a ``callcenter.data.import`` that was loaded"""
        self.record = record
        self.env = record.env
        self.kind = record._get_kind()
        self.rows = record.env["callcenter.data.import.row"]

    def check_kind(self):
        """:raises UserError: when this kind cannot be taken back, with the reason"""
        if not self.kind.is_undoable:
            reason = self.kind.get_undo_refusal()
            kind = self.kind.get_label()
            raise UserError(
                self.env._("%(kind)s cannot be taken back.", kind=kind)
                + (f" {reason}" if reason else "")
            )

    def check_at_once(self):
        """``check`` while the user waits, unless the file is too large for that."""
        self.check_kind()
        if self.record.position <= _AT_ONCE:
            self.check()

    def check(self):
        """
        :raises UserError: when something was built on the records, or somebody has
            changed them since: what, where and which line
        """
        before = None
        while rows := self._get_rows(before):
            self._check_traces(self._read_traces(rows))
            before = min(rows.mapped("res_id"))

    def take_back(self):
        """Take the next batch back; the count of its lines, 0 when all is done.

        :raises UserError: as ``check``, then nothing of the batch has changed
        """
        rows = self._get_rows()
        traces = self._read_traces(rows)
        self._check_traces(traces)
        for trace in traces:
            if trace.changes and not trace.is_made:
                trace.record.write(self._prepare_old(trace))
        self.kind.take_back(self._get_made(traces))
        rows._mark_undone()
        return len(rows)

    # -- what the import has left

    def _get_rows(self, before=None):
        """Lines of the next records, the newest first, all lines of each record."""
        domain = [
            ("import_id", "=", self.record.id),
            ("res_id", "<", before) if before else ("res_id", "!=", False),
            ("outcome", "!=", "undone"),
            *("|", ("outcome", "=", "created")),
            *("|", ("made", "!=", False), ("changes", "!=", False)),
        ]
        rows = self.rows.search(domain, order="res_id desc", limit=BATCH_RECORDS)
        return self.rows.search([*domain, ("res_id", "in", rows.mapped("res_id"))])

    def _read_traces(self, rows):
        """``_Trace`` of each record of the lines that is still there."""
        traces = {}
        for row in rows.sorted("line"):
            key = (row.res_model, row.res_id)
            made = {key: None} if row.outcome == "created" else {}
            for one, written in (made | self._get_made_of(row)).items():
                record = self._browse(*one)
                traces[one] = _Trace(record, row.line, True, written)
        for row in rows.filtered("changes").sorted("line"):
            key = (row.res_model, row.res_id)
            trace = traces.setdefault(key, _Trace(self._browse(*key), row.line))
            for name, pair in row.changes.items():
                trace.changes.setdefault(name, []).append(pair)
        return [trace for trace in traces.values() if trace.record.exists()]

    def _get_made_of(self, row):
        """``{(model, id): values written}`` of a line."""
        parts = {tuple(key.split(",")): made for key, made in (row.made or {}).items()}
        return {(model, int(id_)): made for (model, id_), made in parts.items()}

    def _browse(self, model, id_):
        # sudo: whoever may load such a file may take back what he has loaded
        return self.env[model].sudo().browse(id_)

    def _get_made(self, traces):
        """``{model: records made}``, the newest first."""
        made = {}
        for trace in traces:
            if trace.is_made:
                made.setdefault(trace.record._name, []).append(trace.record.id)
        return {
            # sudo: what he has loaded may be taken back by whoever may load such a file
            model: self.env[model].sudo().browse(sorted(ids, reverse=True))
            for model, ids in made.items()
        }

    def _prepare_old(self, trace):
        fields = trace.record._fields
        return {
            name: self._get_old(fields[name], old)
            for name, old in trace.get_old().items()
        }

    def _get_old(self, field_, old):
        if field_.type == "many2one":
            return old[0] if old else False
        return [(6, 0, old)] if field_.relational else old

    # -- what was built on it

    def _check_traces(self, traces):
        lines = {trace.record: trace.line for trace in traces}
        made = self._get_made(traces)
        for records in made.values():
            for part in self.kind.get_parts(records):
                self._refuse_used(part, made, lines)
                self._refuse_laid_on(part, lines)
        for trace in traces:
            self._refuse_changed(trace)

    def _refuse_changed(self, trace):
        """Whether somebody has changed the record, and which of its fields."""
        record = trace.record
        expected = trace.get_expected()
        names = set(expected)
        if trace.written is not None:
            names |= set(self.kind.get_card_fields(record))
        now = snapshot(record, [name for name in names if name in record._fields])
        changed = [
            record._fields[name]._description_string(self.env)
            for name, value in now.items()
            if (value or None) != (expected.get(name) or None)
        ]
        if changed or self._is_touched(trace):
            raise UserError(
                self.env._(
                    "%(record)s has been changed since the import (line %(line)s:"
                    " %(fields)s): it cannot be taken back.",
                    record=record.display_name,
                    line=trace.line,
                    fields=", ".join(sorted(changed)) or "…",
                )
            )

    def _is_touched(self, trace):
        """Of a record whose values nobody kept: whether it was written to later."""
        end = self.record.finished_at
        is_unknown = trace.is_made and trace.written is None and end
        return bool(is_unknown) and trace.record.write_date > end

    def _refuse_used(self, part, made, lines):
        """Whether another record of any model refers to one of those made."""
        for table, column in self._get_references(part):
            if used := self._find_used(part, made, table, column):
                self._refuse(used, self._get_model(table), lines)

    def _refuse_laid_on(self, part, lines):
        """Whether somebody wrote, planned or filed something on those made."""
        for name, (model, res_id, which) in _LAID_ON.items():
            # sudo: that there is something is told, not what
            laid = self.env[name].sudo().with_context(active_test=False)
            domain = [(model, "=", part._name), (res_id, "in", part.ids), *which]
            if found := laid.search(domain, limit=1):
                self._refuse(part.browse(found[res_id]), name, lines)

    def _refuse(self, used, model_name, lines):
        # sudo: the name of a model is no secret
        model = self.env["ir.model"].sudo()._get(model_name)
        raise UserError(
            self.env._(
                "Something was built on %(record)s, line %(line)s of the file"
                " (%(model)s): the import cannot be taken back.",
                record=used.display_name,
                line=lines.get(used, "…"),
                model=model.name or model_name,
            )
        )

    def _get_model(self, table):
        """The model of a table, of a table of links the one that links."""
        models = self.env.registry.models
        for name, model in models.items():
            if model._table == table and not model._abstract:
                return name
        links = self.env.registry.many2many_relations.items()
        of_table = [uses for (link, *_columns), uses in links if link == table]
        return sorted(of_table[0])[0][0] if of_table and of_table[0] else table

    def _get_references(self, part):
        """``[(table, column)]`` of the foreign keys that point to the records.

        What belongs to a record goes with it: its many2many links and, of goods,
        whatever the database deletes along, the links of other records excepted.
        """
        links = {
            field_.relation
            for field_ in part._fields.values()
            if field_.type == "many2many" and field_.store
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
                part._table,
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

    def _find_used(self, part, made, table, column):
        """One of the records that a row of ``table`` refers to, itself not made."""
        self.env.cr.execute(
            SQL(
                "SELECT %(column)s FROM %(table)s used WHERE %(column)s = ANY(%(ids)s)"
                " %(foreign)s LIMIT 1",
                column=SQL.identifier(column),
                table=SQL.identifier(table),
                ids=part.ids,
                foreign=self._get_foreign(made, table),
            )
        )
        return part.browse([found for (found,) in self.env.cr.fetchall()])

    def _get_foreign(self, made, table):
        """A condition: the row of ``table`` is none that this import has made."""
        ids = [id_ for one in made.values() if one._table == table for id_ in one.ids]
        own = SQL("AND used.id != ALL(%s)", ids) if ids else SQL()
        if table != self.env[self.kind.model]._table:
            return own
        return SQL(
            "%s AND NOT EXISTS (SELECT 1 FROM callcenter_data_import_row line"
            " WHERE line.import_id = %s AND line.res_id = used.id"
            " AND line.outcome = 'created')",
            own,
            self.record.id,
        )


def _get_ends(pairs):
    """``(value before all, value after all)`` of changes in any order.

    :param pairs: list of ``[old, new]``
    """
    olds = [old for old, _new in pairs]
    news = [new for _old, new in pairs]
    first = next((old for old in olds if old not in news), olds[0])
    last = next((new for new in reversed(news) if new not in olds), news[-1])
    return first, last

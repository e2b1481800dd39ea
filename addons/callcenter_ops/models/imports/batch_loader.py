import dataclasses
from dataclasses import dataclass
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.models import BaseModel
from psycopg2 import DataError, IntegrityError

from ...tools.imports.cell_values import is_error_cell, settle_amount
from ...tools.imports.number_text import NumberText
from ...tools.imports.row_problems import ParsedRow, Problem

# Refusals of a record by the base itself; anything else is a fault of ours.
_REFUSALS = (
    AccessError,
    UserError,
    ValidationError,
    ValueError,
    DataError,
    IntegrityError,
)


@dataclass(eq=False)
class Line:
    """A line on its way: what it says, the record it goes into, its fate so far."""

    row: object
    parsed: ParsedRow
    existing: BaseModel
    is_good: bool
    is_new: bool = False
    # Its keys contradict each other, and nobody has decided yet.
    is_doubtful: bool = False
    outcome: str = "unchanged"
    # {field: [old value, new value]} of a record that was there already.
    changes: dict = dataclasses.field(default_factory=dict)
    # Records that were made for it beside its own.
    made: list = dataclasses.field(default_factory=list)
    # The line of the same batch that it repeats.
    first: "Line" = None
    # The number of the earlier line of the file that went into the same record.
    first_number: int = None

    @property
    def values(self):
        return self.parsed.values

    @property
    def record(self):
        """The record that the line went into, be it by the line that it repeats."""
        return (self.first or self).existing

    def refuse(self, problem):
        self.parsed.problems.append(problem)
        self.is_good = False

    def get_fault(self):
        return "doubtful" if self.is_doubtful else "error"

    def doubt(self, problem):
        self.refuse(problem)
        self.is_doubtful = True


class BatchLoader:
    """Loads batches of lines; the kind says how a line becomes a record.

    A line is created, or matched to a record by its keys, or to an earlier line of
    the same file: then it only fills in what is still empty.
    """

    def __init__(self, record, is_preview=False):
        """
        :param record: the ``callcenter.data.import`` as who started it
        :param is_preview: each batch is rolled back: earlier lines with the keys of a
            batch are loaded with it once more
        """
        self.is_preview = is_preview
        self.record = record
        self.env = record.env
        self.rows = record.env["callcenter.data.import.row"]
        self.kind = record._get_kind()
        self.card_fields = {}
        self.width = len(record.column_ids.filtered(lambda one: not one.is_fixed))
        self.columns = record.column_ids.filtered("target")
        self.mark = record._get_decimal_mark()

    def load(self, rows, dry_run=False):
        """Load a batch.

        :param rows: ``TableRow`` of the file
        :param dry_run: only say which lines are bad
        :return: list of dicts ``line``, ``outcome``, ``message``, ``res_id``, ``cells``
        """
        lines = self._read_and_match(rows)
        if self.is_preview:
            lines = self._add_earlier(lines, rows)
        self.kind.resolve_names([line.parsed for line in _good(lines)], dry_run)
        if not dry_run:
            self._apply_updates(_good(lines))
            self._apply_creations([line for line in _good(lines) if line.is_new])
            self.kind.load_details(_good(lines))
        own = {row.line for row in rows}
        fates = [self._conclude(line) for line in lines if line.row.line in own]
        if self.is_preview:
            fates = [fate | {"made": None} for fate in fates]
        return fates

    # -- reading and matching

    def _read_and_match(self, rows):
        self.decisions = self.rows._get_decisions(
            self.record, [row.line for row in rows]
        )
        self.first = rows[0].line
        lines = [self._read_line(row) for row in rows]
        self.kind.resolve_owners(_good(lines))
        self._match_lines(_good(lines))
        return lines

    def _add_earlier(self, lines, rows):
        """The lines of a batch behind all earlier ones that they repeat."""
        earlier = {}
        while found := self._find_earlier(lines, rows[0].line, earlier):
            earlier |= found
            before = [earlier[number] for number in sorted(earlier)]
            lines = self._read_and_match([*before, *rows])
        return lines

    def _find_earlier(self, lines, before, known):
        """``{line: TableRow}`` of earlier lines that share a key with these."""
        keys = {key for line in _good(lines) for key in self._get_all_keys(line)}
        found = self.rows._get_lines_with(self.record, keys, before)
        return {line: row for line, row in found.items() if line not in known}

    def _get_all_keys(self, line):
        """The keys of a line as texts, the record that it has found among them."""
        keys = self.kind.get_keys(line.values)
        if line.existing:
            keys = [*keys, ("id", line.existing.id)]
        return list(map(repr, keys))

    def _read_line(self, row):
        parsed = self._parse_row(row)
        nothing = self.env[self.kind.model]
        return Line(row, parsed, nothing, parsed.is_loadable)

    def _parse_row(self, row):
        if len(row.cells) > self.width:
            parsed = ParsedRow(row.line)
            parsed.add("width", column=self.width, value=len(row.cells))
            return parsed
        if row.fault:
            parsed = ParsedRow(row.line)
            parsed.add(row.fault, value=row.cells[0][:60])
            return parsed
        cells, faults = self._get_cells(row)
        parsed = self.kind.parse_row(row, cells)
        parsed.problems[:0] = faults
        return parsed

    def _get_cells(self, row):
        """``{target: text}`` of a line, and what is wrong with its cells."""
        cells, faults = {}, []
        for column in self.columns:
            text = _get_cell(row, column)
            if is_error_cell(text):
                faults.append(Problem("error_cell", column.header, text, False))
                text = ""
            if column.target in self.kind.amount_targets:
                text = settle_amount(text, self.mark)
            cells[column.target] = self._join(column.target, cells, text)
        return cells, faults

    def _join(self, target, cells, text):
        """``text`` behind what another column has brought for the same target."""
        parts = [part for part in (cells.get(target), text) if part and part.strip()]
        return self.kind.joined.get(target, " ").join(parts) if parts else text

    def _match_lines(self, lines):
        keys = {key for line in lines for key in self.kind.get_keys(line.values)}
        known = self.kind.find_records(keys)
        pending = {}
        for line in lines:
            self._match_line(line, known, pending)
        self._mark_repeated(lines)

    def _match_line(self, line, known, pending):
        """Set what the line goes into: a record, an earlier line or a new record."""
        keys = self.kind.get_keys(line.values)
        if self.kind.key_fields:
            found, earlier = self._match_by_rank(line, keys, known, pending)
        else:
            found = line.existing.union(*(known[key] for key in keys if key in known))
            earlier = list({pending[key]: None for key in keys if key in pending})
        problem = self.kind.find_obstacle(line.values, found, earlier)
        if problem and line.is_good:
            line.refuse(problem)
        if not line.is_good:
            return
        line.existing = found
        line.first = next(iter(earlier), None)
        line.is_new = not found and not line.first
        first = line.first or line
        if not found:
            pending |= {key: first for key in keys if key not in pending}

    def _match_by_rank(self, line, keys, known, pending):
        """``(record, [earlier line])`` of the strongest key that says anything."""
        matches = [
            (key[0], known.get(key) or pending[key])
            for key in keys
            if known.get(key) or key in pending
        ]
        doubt = self.kind.find_doubt(line.values, matches)
        if doubt:
            matches = self._settle_doubt(line, doubt, matches)
        match = matches[0][1] if matches else line.existing
        if isinstance(match, Line):
            return line.existing, [match]
        return match, []

    def _settle_doubt(self, line, doubt, matches):
        """What is left of the matches by the decision on the line, or by the rule."""
        decision = self.decisions.get(line.row.line) or self.record.doubt_policy
        if decision == "same":
            return matches[:1]
        if decision == "separate":
            return []
        line.doubt(doubt)
        return []

    def _mark_repeated(self, lines):
        """Records that an earlier batch of this file went into are not overwritten."""
        ids = {line.existing.id for line in lines if line.existing}
        numbers = self.rows._get_first_lines(self.record, ids, self.first)
        for line in lines:
            if line.existing:
                first = numbers.setdefault(line.existing.id, line.row.line)
                line.first_number = first if first < line.row.line else None
            elif line.first:
                line.first_number = line.first.row.line

    # -- applying

    def _apply_updates(self, lines):
        for line in lines:
            if line.first:
                self.kind.merge_repeat(line.first.values, line.values)
            elif line.existing:
                self._update_existing(line)

    def _update_existing(self, line):
        changes = self._prepare_changes(line)
        if changes:
            self._write_changes(line, changes)

    def _prepare_changes(self, line):
        policy = self.record.existing_policy
        if line.first_number:
            return self.kind.prepare_repeat(line.existing, line.values)
        if policy == "skip":
            return {}
        values = self.kind.prepare_values(line.values)
        overwrite = policy == "overwrite"
        return self.kind.prepare_update(line.existing, values, overwrite)

    def _write_changes(self, line, changes):
        before = snapshot(line.existing, changes)
        try:
            with self.env.cr.savepoint():
                line.existing.write(changes)
        except _REFUSALS as error:
            self._refuse(line, error)
        else:
            after = snapshot(line.existing, changes)
            line.changes = {name: [before[name], after[name]] for name in changes}
            line.outcome = "updated"

    def _apply_creations(self, lines):
        self._create_or_split(
            [(line, self.kind.prepare_creation(line.values)) for line in lines]
        )

    def _create_or_split(self, prepared):
        """Create all; where one is refused, halve until it stands alone."""
        if not prepared:
            return
        try:
            with self.env.cr.savepoint():
                self._create_records(prepared)
        except _REFUSALS as error:
            if len(prepared) == 1:
                self._refuse(prepared[0][0], error)
                return
            middle = len(prepared) // 2
            self._create_or_split(prepared[:middle])
            self._create_or_split(prepared[middle:])

    def _create_records(self, prepared):
        records = self.kind.create_records([values for _line, values in prepared])
        self.env.flush_all()
        for (line, _values), created in zip(prepared, records, strict=True):
            line.existing = created
            line.outcome = "created"

    def _refuse(self, line, error):
        text = " ".join(str(argument) for argument in error.args)
        line.refuse(Problem("refused", value=text[:200]))

    # -- concluding

    def _conclude(self, line):
        if line.first and not line.first.is_good:
            line.is_good = False
            line.parsed.problems += line.first.parsed.problems
        elif line.is_good and line.first_number:
            line.outcome = "duplicate"
            line.parsed.add("repeated", value=line.first_number, blocking=False)
        return {
            "line": line.row.line,
            "outcome": line.outcome if line.is_good else line.get_fault(),
            "message": self.kind.describe_problems(line.parsed.problems),
            "res_id": line.is_good and line.record.id,
            "cells": None if line.is_good else list(line.row.cells),
            "changes": line.changes or None,
            "made": self._describe_made(line),
            "replay": self._prepare_replay(line),
        }

    def _describe_made(self, line):
        """``{"model,id": values}`` of what was made for a line, to tell edits later."""
        records = list(line.made)
        if line.outcome == "created" and line.is_good:
            records.append(line.existing)
        if not (records and self.kind.is_undoable):
            return None
        return {f"{one._name},{one.id}": self._describe_card(one) for one in records}

    def _describe_card(self, record):
        names = self.card_fields.get(record._name)
        if names is None:
            names = self.kind.get_card_fields(record)
            self.card_fields[record._name] = names
        values = snapshot(record, names).items()
        return {name: value for name, value in values if value}

    def _prepare_replay(self, line):
        """What a preview needs to know of a good line at its repeats."""
        if not (self.is_preview and line.is_good):
            return None
        return {
            "keys": self._get_all_keys(line),
            "cells": [
                [cell] if isinstance(cell, NumberText) else cell
                for cell in line.row.cells
            ],
        }


def snapshot(record, names):
    """``{field: plain value}`` of a record: ids of records, texts of days."""
    return {
        name: record[name].ids
        if record._fields[name].relational
        else record._fields[name].convert_to_read(record[name], record)
        for name in names
    } | {name: str(record[name]) for name in names if isinstance(record[name], date)}


def _get_cell(row, column):
    """The text of a column; a line may lack its last, empty cells."""
    if column.is_fixed:
        return column.fixed_value or ""
    return row.cells[column.position] if column.position < len(row.cells) else ""


def _good(lines):
    return [line for line in lines if line.is_good]

from odoo import models
from odoo.exceptions import AccessError, UserError, ValidationError
from psycopg2 import DataError, IntegrityError

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


class DataImportLoader(models.AbstractModel):
    """Loads batches of lines; the kinds say how a line becomes a record.

    A line is created, or matched to a record by its keys, or to an earlier line of
    the same file: then it only fills in what is still empty.
    """

    _name = "callcenter.data.import.loader"
    _description = "Loader of imported lines"

    _load_model = None

    def _load_rows(self, record, rows, dry_run=False):
        """Load a batch.

        :param record: the ``callcenter.data.import``
        :param rows: ``TableRow`` of the file
        :param dry_run: only say which lines are bad
        :return: list of dicts ``line``, ``outcome``, ``message``, ``res_id``, ``cells``
        """
        plans = [self._plan_row(record, row) for row in rows]
        self._match_plans(record, [plan for plan in plans if plan["good"]])
        self._resolve_names(record, [p["parsed"] for p in plans if p["good"]], dry_run)
        if not dry_run:
            self._apply_updates(record, [plan for plan in plans if plan["good"]])
            self._apply_creations(record, [p for p in plans if p["good"] and p["new"]])
            self._load_details(record, [plan for plan in plans if plan["good"]])
        return [self._conclude(record, plan) for plan in plans]

    # -- what the kinds answer

    def _parse_row(self, record, row, cells):
        """``ParsedRow`` of the cells by target."""
        raise NotImplementedError

    def _get_keys(self, values):
        """Keys of a line, the strongest first: list of ``(kind, value)``."""
        raise NotImplementedError

    def _find_records(self, record, keys):
        """``{key: record}`` of what is already in the base, archived ones too."""
        raise NotImplementedError

    def _find_conflict(self, values, existing):
        """``Problem`` that forbids taking ``existing`` for the line's record."""
        return

    def _resolve_names(self, record, rows, dry_run):
        """Put the ids of what lines name (regions, tags, categories) into them.

        What is missing is created, unless it is a dry run.
        """

    def _prepare_values(self, record, parsed):
        """Values of the line, for a new record and for one already there."""
        raise NotImplementedError

    def _prepare_creation(self, record, parsed):
        """Values of a new record."""
        return self._prepare_values(record, parsed)

    def _load_details(self, record, plans):
        """What hangs on the records of the good lines (contacts, attributes)."""

    def _prepare_update(self, existing, values, overwrite):
        """The part of ``values`` that changes ``existing``."""
        raise NotImplementedError

    # -- planning

    def _plan_row(self, record, row):
        parsed = self._read_row(record, row)
        return {
            "row": row,
            "parsed": parsed,
            "good": parsed.is_loadable,
            "existing": self.env[self._load_model],
            "new": False,
            "outcome": "unchanged",
            "first": None,
            "first_line": None,
        }

    def _read_row(self, record, row):
        columns = record.column_ids
        if len(row.cells) > len(columns) or (
            record.found_encoding and len(row.cells) < len(columns)
        ):
            parsed = ParsedRow(row.line)
            parsed.add("width", column=len(columns), value=len(row.cells))
            return parsed
        cells = {
            column.target: row.cells[column.position]
            for column in columns
            if column.target and column.position < len(row.cells)
        }
        return self._parse_row(record, row, cells)

    def _match_plans(self, record, plans):
        keys = {key for plan in plans for key in self._get_keys(plan["parsed"].values)}
        known = self._find_records(record, keys)
        pending = {}
        for plan in plans:
            self._match_plan(plan, known, pending)
        self._mark_repeated(record, plans)

    def _match_plan(self, plan, known, pending):
        """Set what the line goes into: a record, an earlier line or a new record."""
        keys = self._get_keys(plan["parsed"].values)
        found = self.env[self._load_model].union(
            *(known[key] for key in keys if key in known)
        )
        earlier = {id(pending[key]): pending[key] for key in keys if key in pending}
        problem = self._find_obstacle(plan["parsed"].values, found, earlier.values())
        if problem:
            plan["parsed"].problems.append(problem)
            plan["good"] = False
            return
        plan["existing"] = found
        plan["first"] = next(iter(earlier.values()), None)
        plan["new"] = not found and not plan["first"]
        first = plan["first"] or plan
        if not found:
            pending |= {key: first for key in keys if key not in pending}

    def _find_obstacle(self, values, found, earlier):
        if len(found) + len(earlier) > 1:
            names = found.mapped("display_name")
            names += [plan["parsed"].values["name"] for plan in earlier]
            return Problem("several", value=", ".join(names)[:200])
        if found and not found.active:
            return Problem("archived", value=found.display_name)
        return self._find_conflict(values, found) if found else None

    def _mark_repeated(self, record, plans):
        """Records that an earlier batch of this file went into are not overwritten."""
        ids = {plan["existing"].id for plan in plans if plan["existing"]}
        lines = self.env["callcenter.data.import.row"]._get_first_lines(record, ids)
        for plan in plans:
            existing = plan["existing"]
            if existing:
                first = lines.setdefault(existing.id, plan["row"].line)
                plan["first_line"] = first if first < plan["row"].line else None
            elif plan["first"]:
                plan["first_line"] = plan["first"]["row"].line

    # -- applying

    def _apply_updates(self, record, plans):
        for plan in plans:
            if plan["first"]:
                self._fill_earlier(record, plan)
            elif plan["existing"]:
                self._update_existing(record, plan)

    def _update_existing(self, record, plan):
        if record.existing_policy == "skip" and not plan["first_line"]:
            return
        overwrite = record.existing_policy == "overwrite" and not plan["first_line"]
        values = self._prepare_values(record, plan["parsed"])
        changes = self._prepare_update(plan["existing"], values, overwrite)
        if changes:
            self._write_changes(plan, changes)

    def _write_changes(self, plan, changes):
        try:
            with self.env.cr.savepoint():
                plan["existing"].write(changes)
        except _REFUSALS as error:
            self._refuse(plan, error)
        else:
            plan["outcome"] = "updated"

    def _fill_earlier(self, record, plan):
        """A line that repeats one of the same batch fills in what that one lacks."""
        for target, value in plan["parsed"].values.items():
            if value and not plan["first"]["parsed"].values.get(target):
                plan["first"]["parsed"].values[target] = value

    def _apply_creations(self, record, plans):
        for plan in plans:
            plan["values"] = self._prepare_creation(record, plan["parsed"])
        self._create_or_split(plans)

    def _create_or_split(self, plans):
        """Create all; where one is refused, halve until it stands alone."""
        if not plans:
            return
        try:
            with self.env.cr.savepoint():
                self._create_records(plans)
        except _REFUSALS as error:
            if len(plans) == 1:
                self._refuse(plans[0], error)
                return
            middle = len(plans) // 2
            self._create_or_split(plans[:middle])
            self._create_or_split(plans[middle:])

    def _create_records(self, plans):
        records = self.env[self._load_model].create([plan["values"] for plan in plans])
        self.env.flush_all()
        for plan, created in zip(plans, records, strict=True):
            plan["existing"] = created
            plan["outcome"] = "created"

    def _refuse(self, plan, error):
        plan["good"] = False
        plan["outcome"] = "error"
        text = " ".join(str(argument) for argument in error.args)
        plan["parsed"].problems.append(Problem("refused", value=text[:200]))

    # -- concluding

    def _conclude(self, record, plan):
        first = plan["first"]
        if first and not first["good"]:
            plan["good"] = False
            plan["outcome"] = "error"
            plan["parsed"].problems += first["parsed"].problems
        elif plan["good"] and plan["first_line"]:
            plan["outcome"] = "duplicate"
            plan["parsed"].add("repeated", value=plan["first_line"], blocking=False)
        bad = not plan["good"]
        return {
            "line": plan["row"].line,
            "outcome": "error" if bad else plan["outcome"],
            "message": record._describe_problems(plan["parsed"].problems),
            "res_id": not bad and (first or plan)["existing"].id,
            "cells": list(plan["row"].cells) if bad else None,
        }

    def _search_by_keys(self, record, field, values):
        """Records of the company (or shared) whose ``field`` is one of ``values``."""
        model = self.env[self._load_model].with_context(active_test=False)
        if not values:
            return model.browse()
        domain = [(field, "in", list(values)), *self._get_company_domain(record)]
        return model.search(domain, order="id desc")

    def _get_company_domain(self, record):
        return [("company_id", "in", (False, record.company_id.id))]

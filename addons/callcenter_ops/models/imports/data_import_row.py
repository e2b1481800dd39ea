from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, html2plaintext

from ...tools.imports.number_text import NumberText
from ...tools.imports.table_reader import TableRow

KEEP_DAYS = 90
_GC_LIMIT = 100_000


class DataImportRow(models.Model):
    """What became of a line of an imported file; written by the import alone."""

    _name = "callcenter.data.import.row"
    _description = "Line of an import"
    _order = "import_id desc, line"
    _rec_name = "line"

    import_id = fields.Many2one(
        "callcenter.data.import", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="import_id.company_id")
    line = fields.Integer(string="Line of the file", required=True, readonly=True)
    outcome = fields.Selection(
        [
            ("created", "Created"),
            ("updated", "Updated"),
            ("unchanged", "Unchanged"),
            ("duplicate", "Repeated in the file"),
            ("doubtful", "Doubtful"),
            ("error", "Bad"),
            ("undone", "Removed or restored"),
        ],
        required=True,
        readonly=True,
    )
    decision = fields.Selection(
        [
            ("same", "The same one"),
            ("separate", "Another one"),
            ("skip", "Leave it out"),
        ],
        readonly=True,
        help="What a person has decided on a doubtful line.",
    )
    message = fields.Text(readonly=True)
    cells = fields.Json(readonly=True, help="The line as it came, of bad lines only.")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )

    changes = fields.Json(
        string="Old and new values",
        readonly=True,
        help="Of a record that was there: field, old value, new value.",
    )
    made = fields.Json(
        readonly=True,
        help="Records made for the line (model, id), each with the values written.",
    )
    replay = fields.Json(
        readonly=True,
        help="Of a good line of a preview: its keys and cells, to tell its repeats.",
    )
    cells_text = fields.Text(string="As it came", compute="_compute_cells_text")
    changes_text = fields.Text(string="Changes", compute="_compute_changes_text")

    _line_unique = models.UniqueIndex("(import_id, line)")
    _import_record = models.Index("(import_id, res_id)")
    _replay_keys = models.Index(
        "USING gin ((replay -> 'keys')) WHERE replay IS NOT NULL"
    )

    @api.depends("cells")
    def _compute_cells_text(self):
        for row in self:
            row.cells_text = " · ".join(filter(None, row.cells or ()))

    @api.depends("changes", "res_model")
    def _compute_changes_text(self):
        for row in self:
            model = self.env.get(row.res_model) if row.changes else None
            row.changes_text = model is not None and "\n".join(
                self._describe_change(model, name, *values)
                for name, values in row.changes.items()
                if name in model._fields
            )

    def _describe_change(self, model, name, old, new):
        """One field of a record: its label, the old value, the new one."""
        field = model._fields[name]
        return self.env._(
            "%(field)s: %(old)s → %(new)s",
            field=field._description_string(self.env),
            old=self._describe_value(field, old),
            new=self._describe_value(field, new),
        )

    def _describe_value(self, field, value):
        if field.relational and value:
            # A preview names what it has taken back: a tag that will be made anew.
            names = self.env[field.comodel_name].browse(value).exists()
            return ", ".join(names.mapped("display_name")) or "…"
        if field.type == "html":
            value = html2plaintext(value or "")
        is_empty = value is None or value is False or value == ""
        return "—" if is_empty else str(value)

    def action_decide_same(self):
        """The record that was found is the one of the line, in spite of its keys."""
        self._decide("same")

    def action_decide_separate(self):
        """The line is somebody or something else and becomes a record of its own."""
        self._decide("separate")

    def action_decide_skip(self):
        """The line is not loaded."""
        self._decide("skip")

    def _decide(self, decision):
        """Note the decision on doubtful lines of one's own kind of import.

        :raises AccessError: when the user may not load such a file
        :raises UserError: when a line is not doubtful
        """
        self.check_access("read")
        self.import_id._check_importer()
        if any(row.outcome != "doubtful" for row in self):
            raise UserError(self.env._("There is nothing to decide on this line."))
        # sudo: lines are written by the import alone; the right was checked above
        self.sudo().decision = decision

    def action_open_record(self):
        """The client or product that the line went into."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    @api.model
    def _store(self, record, outcomes):
        """Write the fates of a batch by one statement.

        :param record: the import
        :param outcomes: list of ``tools``-free dicts with ``line``, ``outcome``,
            ``message``, ``cells`` and ``res_id``
        """
        # SQL: a row per line of the file would cost more through the ORM than the
        # loading itself; nothing is computed from these columns.
        self.env.cr.execute_values(
            "INSERT INTO callcenter_data_import_row"
            " (import_id, line, outcome, message, cells, changes, made, replay,"
            " res_model, res_id) VALUES %s"
            " ON CONFLICT (import_id, line) DO UPDATE SET outcome = EXCLUDED.outcome,"
            " message = EXCLUDED.message, cells = EXCLUDED.cells,"
            " changes = EXCLUDED.changes, made = EXCLUDED.made,"
            " replay = EXCLUDED.replay,"
            " res_model = EXCLUDED.res_model, res_id = EXCLUDED.res_id",
            [self._prepare_row(record, outcome) for outcome in outcomes],
            page_size=1000,
        )
        self.invalidate_model()

    @api.model
    def _prepare_row(self, record, outcome):
        return (
            record.id,
            outcome["line"],
            outcome["outcome"],
            outcome.get("message") or None,
            *(
                fields.Json().convert_to_column(outcome.get(name), self)
                for name in ("cells", "changes", "made", "replay")
            ),
            record._get_kind().model if outcome.get("res_id") else None,
            outcome.get("res_id") or None,
        )

    @api.model
    def _get_decisions(self, record, lines):
        """``{line: decision}`` of the lines that somebody has decided on."""
        decided = self.search_fetch(
            [
                ("import_id", "=", record.id),
                ("line", "in", lines),
                ("decision", "!=", False),
            ],
            ["line", "decision"],
        )
        return {row.line: row.decision for row in decided}

    @api.model
    def _get_first_lines(self, record, res_ids, before):
        """``{record id: first line of this file that went into it}``.

        :param before: only lines above this one count
        """
        groups = self._read_group(
            [
                ("import_id", "=", record.id),
                ("res_id", "in", list(res_ids)),
                ("line", "<", before),
            ],
            ["res_id"],
            ["line:min"],
        )
        return dict(groups)

    @api.model
    def _get_lines_with(self, record, keys, before):
        """``{line: TableRow}`` of good lines of a preview that have one of ``keys``.

        :param before: only lines above this one count
        """
        self.env.cr.execute(
            SQL(
                "SELECT line, replay -> 'cells' FROM callcenter_data_import_row"
                " WHERE replay IS NOT NULL AND replay -> 'keys' ?| %s"
                " AND import_id = %s AND line < %s",
                list(keys),
                record.id,
                before,
            )
        )
        return {
            line: TableRow(line, tuple(map(_restore_cell, cells)))
            for line, cells in self.env.cr.fetchall()
        }

    def _mark_undone(self):
        """What these lines have brought is gone again."""
        # sudo: lines are written by the import alone
        self.sudo().write({"outcome": "undone"})

    @api.autovacuum
    def _gc_rows(self):
        """Forget the fates of old lines: the bad ones hold people's data."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_DAYS)
        only_looked_at = [
            ("import_id.state", "in", ("mapped", "checked")),
            ("import_id.write_date", "<", limit),
        ]
        old = self.search(
            ["|", ("import_id.finished_at", "<", limit), "&", *only_looked_at],
            limit=_GC_LIMIT,
            order="id",
        )
        old.unlink()
        return len(old), len(old) == _GC_LIMIT


def _restore_cell(cell):
    return NumberText(cell[0]) if isinstance(cell, list) else cell

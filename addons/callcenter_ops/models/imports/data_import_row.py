from odoo import api, fields, models

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
            ("error", "Bad"),
        ],
        required=True,
        readonly=True,
    )
    message = fields.Text(readonly=True)
    cells = fields.Json(readonly=True, help="The line as it came, of bad lines only.")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )

    _line_unique = models.UniqueIndex("(import_id, line)")
    _import_record = models.Index("(import_id, res_id)")

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
            " (import_id, line, outcome, message, cells, res_model, res_id) VALUES %s"
            " ON CONFLICT (import_id, line) DO UPDATE SET outcome = EXCLUDED.outcome,"
            " message = EXCLUDED.message, cells = EXCLUDED.cells,"
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
            fields.Json().convert_to_column(outcome.get("cells"), self),
            record._get_kind().model if outcome.get("res_id") else None,
            outcome.get("res_id") or None,
        )

    @api.model
    def _get_first_lines(self, record, res_ids):
        """``{record id: first line of this file that went into it}``."""
        groups = self._read_group(
            [("import_id", "=", record.id), ("res_id", "in", list(res_ids))],
            ["res_id"],
            ["line:min"],
        )
        return dict(groups)

    @api.autovacuum
    def _gc_rows(self):
        """Forget the fates of old lines: the bad ones hold people's data."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=KEEP_DAYS)
        old = self.search(
            [("import_id.finished_at", "<", limit)], limit=_GC_LIMIT, order="id"
        )
        old.unlink()
        return len(old), len(old) == _GC_LIMIT

import os
import tempfile
from contextlib import contextmanager
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.imports.table_format import TableError, TableFormat, detect_format
from ...tools.imports.table_reader import estimate_rows, is_quick, iter_rows
from .import_kind import ImportKind
from .import_run import ImportRun
from .product_import import ProductImport
from .table_faults import describe_table_error

PREVIEW_ROWS = 8
SAMPLE_CELLS = 3

_READ_AGAIN = {"file", "kind", "encoding", "delimiter", "has_header", "sheet_name"}
_OPEN_STATES = ("draft", "mapped")


class DataImport(models.Model):
    """A file of clients, goods or the like on its way into the base.

    Uploaded, read (columns guessed, first rows shown), started by its user, loaded
    in the background by batches (``ImportRun``); every line's fate stays in
    ``callcenter.data.import.row``. What may be loaded is said by the kinds
    (``ImportKind``), each declared in the room that it fills.
    """

    _name = "callcenter.data.import"
    _description = "Import of clients or goods"
    _inherit = ["callcenter.guarded.mixin", "mail.thread"]
    _order = "id desc"
    _rec_name = "filename"
    _guarded_fields = (
        "state",
        "user_id",
        "stage",
        "position",
        "row_count",
        "created_count",
        "updated_count",
        "unchanged_count",
        "duplicate_count",
        "warning_count",
        "error_count",
        "started_at",
        "finished_at",
        "failure",
        "cancel_requested",
        "found_encoding",
        "found_delimiter",
        "preview_rows",
    )
    _frozen_states = (
        "reading",
        "queued",
        "running",
        "done",
        "rejected",
        "cancelled",
        "failed",
    )

    kind = fields.Selection("_get_kind_selection", required=True)
    file = fields.Binary(required=True, attachment=True, copy=False)
    filename = fields.Char(string="File name", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "Uploaded"),
            ("reading", "Being read"),
            ("mapped", "Read"),
            ("queued", "Waiting"),
            ("running", "Loading"),
            ("done", "Loaded"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    stage = fields.Selection(
        [("check", "Checking"), ("load", "Loading")],
        readonly=True,
        copy=False,
        help="With “all or nothing” every line is checked before the first is loaded.",
    )
    encoding = fields.Selection(
        [
            ("utf-8", "UTF-8"),
            ("utf-8-sig", "UTF-8 with a mark"),
            ("cp1251", "Windows-1251"),
            ("utf-16", "UTF-16"),
        ],
        help="Empty: found out from the file.",
    )
    delimiter = fields.Selection(
        [(";", "Semicolon"), (",", "Comma"), ("\t", "Tab"), ("|", "Bar")],
        help="Empty: found out from the file.",
    )
    found_encoding = fields.Char(readonly=True, copy=False)
    found_delimiter = fields.Char(readonly=True, copy=False)
    has_header = fields.Boolean(string="First row names the columns", default=True)
    sheet_name = fields.Char(string="Sheet", help="Empty: the first sheet.")
    existing_policy = fields.Selection(
        [
            ("fill", "Fill in what is empty"),
            ("overwrite", "Overwrite with the file"),
            ("skip", "Leave as they are"),
        ],
        string="Records already there",
        compute="_compute_existing_policy",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    error_policy = fields.Selection(
        [
            ("load_good", "Load the good lines, report the bad ones"),
            ("nothing", "Load nothing if any line is bad"),
        ],
        string="Bad lines",
        default="load_good",
        required=True,
    )
    column_ids = fields.One2many("callcenter.data.import.column", "import_id")
    preview_rows = fields.Json(readonly=True, copy=False)
    preview_html = fields.Html(
        string="First rows", compute="_compute_preview_html", sanitize=False
    )
    user_id = fields.Many2one(
        "res.users", string="Started by", readonly=True, copy=False
    )
    started_at = fields.Datetime(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    row_count = fields.Integer(string="Lines", readonly=True, copy=False)
    position = fields.Integer(string="Lines processed", readonly=True, copy=False)
    progress = fields.Float(
        compute="_compute_progress", help="Lines processed / lines of the file × 100."
    )
    created_count = fields.Integer(string="Created", readonly=True, copy=False)
    updated_count = fields.Integer(string="Updated", readonly=True, copy=False)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True, copy=False)
    duplicate_count = fields.Integer(
        string="Repeated in the file", readonly=True, copy=False
    )
    warning_count = fields.Integer(string="With remarks", readonly=True, copy=False)
    error_count = fields.Integer(string="Bad lines found", readonly=True, copy=False)
    failure = fields.Text(readonly=True, copy=False)
    cancel_requested = fields.Boolean(readonly=True, copy=False)

    @api.depends("kind")
    def _compute_existing_policy(self):
        for record in self:
            kind = record._get_kinds().get(record.kind, ImportKind)
            record.existing_policy = kind.existing_policy

    @api.depends("preview_rows", "column_ids.header")
    def _compute_preview_html(self):
        for record in self:
            record.preview_html = self.env["ir.qweb"]._render(
                "callcenter_ops.data_import_preview",
                {
                    "headers": record.column_ids.mapped("header"),
                    "rows": record.preview_rows or [],
                },
            )

    @api.depends("position", "row_count", "state")
    def _compute_progress(self):
        for record in self:
            share = record.position / record.row_count if record.row_count else 0
            record.progress = 100 if record.state == "done" else min(share, 1) * 100

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record._check_importer()
        return records

    def write(self, vals):
        result = super().write(vals)
        for record in self if "kind" in vals else ():
            record._check_importer()
        if _READ_AGAIN & set(vals) and not self._is_in_transition():
            read = self.filtered(lambda record: record.state == "mapped")
            read._transition({"state": "draft", "column_ids": [(5,)]})
        return result

    def action_read_file(self):
        """Find out the format, guess the columns, show the first rows.

        A large file is read in the background.

        :raises UserError: when the file is no table, with what to do about it
        """
        self.ensure_one()
        self._check_importer()
        self._check_in_state(*_OPEN_STATES)
        try:
            with self._open_table() as (path, table_format):
                if is_quick(path, table_format):
                    self._map_columns(path, table_format)
                else:
                    self._queue("reading")
        except TableError as error:
            raise UserError(describe_table_error(self.env, error)) from error

    def action_start(self):
        """Queue the file for loading in the background."""
        for record in self:
            record._check_importer()
            record._check_in_state("mapped")
            record._check_mapping()
            wary = record.error_policy == "nothing"
            record._queue("queued", stage="check" if wary else "load")

    def action_cancel(self):
        """Stop before the next batch; what is loaded by then stays."""
        for record in self:
            record._check_importer()
            record._check_in_state("reading", "queued", "running")
            if record.state == "reading":
                record._transition({"state": "draft"})
            elif record.state == "queued":
                record._transition(
                    {"state": "cancelled", "finished_at": fields.Datetime.now()}
                )
            else:
                record._transition({"cancel_requested": True})

    def action_view_rows(self):
        """The fate of each line, faults and remarks first."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lines of %(file)s", file=self.filename),
            "res_model": "callcenter.data.import.row",
            "view_mode": "list",
            "domain": [("import_id", "=", self.id)],
            "context": {"search_default_to_look_at": 1},
        }

    def action_view_bad_rows(self):
        """The bad lines alone."""
        action = self.action_view_rows()
        return action | {"context": {"search_default_bad": 1}}

    def action_download_report(self):
        """The bad lines with what is wrong, as a CSV that can be loaded again."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/callcenter/import/{self.id}/report.csv",
            "target": "download",
        }

    @api.model
    def _cron_run(self):
        """Read and load what waits, the oldest first, until the run's time is over."""
        waiting = ("reading", "queued", "running")
        for record in self.search([("state", "in", waiting)], order="id"):
            if not ImportRun(record).go_on():
                return

    def _queue(self, state, **vals):
        """Leave the next step to the background."""
        self._transition(
            {"state": state, "user_id": self.env.uid, "failure": False} | vals
        )
        # sudo: triggering a scheduled action is the administrator's otherwise
        self.env.ref("callcenter_ops.ir_cron_load_imports").sudo()._trigger()

    # ------------------------------------------------------------------- kinds

    @api.model
    def _get_kinds(self):
        """``{name: ImportKind}`` in the order of the choice; rooms add theirs."""
        return {"products": ProductImport}

    @api.model
    def _get_kind_selection(self):
        kinds = self._get_kinds().items()
        return [(name, kind(self).get_label()) for name, kind in kinds]

    def _get_kind(self):
        """The ``ImportKind`` of this import."""
        return self._get_kinds()[self.kind](self)

    def _check_importer(self):
        """Whether the user may import this kind at all."""
        self.check_access("write")
        kind = self._get_kind()
        if not self.env.su and not any(map(self.env.user.has_group, kind.groups)):
            raise AccessError(
                self.env._("You may not import %(kind)s.", kind=kind.get_label())
            )

    # ---------------------------------------------------------------- the file

    @contextmanager
    def _open_table(self):
        """``(path, table format)`` of the uploaded file.

        :raises TableError: when it is no table
        """
        with self._open_path() as path:
            yield (
                path,
                detect_format(path, self.encoding or "", self.delimiter or ""),
            )

    @contextmanager
    def _open_path(self):
        """A path to the bytes: the filestore's own, or a temporary copy of them."""
        attachment = self._get_attachment()
        if attachment.store_fname:
            yield attachment._full_path(attachment.store_fname)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "table")
            with open(path, "wb") as stream:
                stream.write(attachment.raw)
            yield path

    def _get_attachment(self):
        # sudo: nobody owns the attachment of a binary field; the import was checked
        attachments = self.env["ir.attachment"].sudo()
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("res_field", "=", "file"),
        ]
        return attachments.search(domain, limit=1)

    def _iter_data_rows(self, path):
        """Rows below the header, one after another: the file is never in memory."""
        rows = iter_rows(path, self._get_found_format(), self.sheet_name or "")
        return islice(rows, 1 if self.has_header else 0, None)

    def _get_found_format(self):
        if not self.found_encoding:
            return TableFormat("xlsx")
        return TableFormat("csv", self.found_encoding, self.found_delimiter)

    # ----------------------------------------------------------------- columns

    def _map_columns(self, path, table_format):
        """Write the guessed columns and the first rows, then wait for the user."""
        sheet = self.sheet_name or ""
        rows = iter_rows(path, table_format, sheet)
        head = [row.cells for row in islice(rows, PREVIEW_ROWS + 1)]
        if not head:
            raise TableError("empty")
        has_header = self.has_header and self._get_kind().names_columns(head[0])
        if is_quick(path, table_format):
            count = len(head) + sum(1 for _row in rows)
        else:
            count = estimate_rows(path, table_format, sheet)
        body = head[1:] if has_header else head
        self._transition(
            {
                "state": "mapped",
                "has_header": has_header,
                "found_encoding": table_format.encoding,
                "found_delimiter": table_format.delimiter,
                "row_count": count - has_header,
                "position": 0,
                "preview_rows": [list(cells) for cells in body[:PREVIEW_ROWS]],
                "column_ids": [
                    (5,),
                    *self._prepare_columns(head, has_header, body),
                ],
            }
        )

    def _prepare_columns(self, head, has_header, body):
        width = len(head[0]) if has_header else max(map(len, head))
        headers = head[0] if has_header else self._name_columns(width)
        targets = self._get_kind().guess_targets(headers)
        return [
            (0, 0, self._prepare_column(position, header, target, body))
            for position, (header, target) in enumerate(
                zip(headers, targets, strict=True)
            )
        ]

    def _prepare_column(self, position, header, target, body):
        sample = [row[position] for row in body if position < len(row)]
        filled = [cell.strip()[:60] for cell in sample if cell.strip()]
        return {
            "position": position,
            "header": header.strip()[:120] or self._name_columns(position + 1)[-1],
            "sample": "\n".join(filled[:SAMPLE_CELLS]),
            "target": target,
        }

    def _name_columns(self, width):
        return [
            self.env._("Column %(number)s", number=number + 1)
            for number in range(width)
        ]

    def _check_mapping(self):
        """Each target once, and what a record cannot do without mapped.

        :raises ValidationError: naming the columns
        """
        kind = self._get_kind()
        labels = kind.get_targets()
        targets = [target for target in self.column_ids.mapped("target") if target]
        for target in targets:
            if targets.count(target) > 1 and not kind.may_repeat(target):
                raise ValidationError(
                    self.env._(
                        "Two columns are both “%(target)s”: choose one of them.",
                        target=labels[target],
                    )
                )
        for choice in kind.required:
            if not set(choice) & set(targets):
                raise ValidationError(
                    self.env._(
                        "No column is chosen for: %(targets)s.",
                        targets=" / ".join(labels[target] for target in choice),
                    )
                )

    # ------------------------------------------------------------------ result

    def _get_bad_rows(self):
        return self.env["callcenter.data.import.row"].search(
            [("import_id", "=", self.id), ("outcome", "=", "error")], order="line"
        )

    def _describe_result(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(state)s: %(created)s created, %(updated)s updated, %(unchanged)s"
            " unchanged, %(duplicate)s repeated, %(error)s bad.",
            state=states[self.state],
            created=self.created_count,
            updated=self.updated_count,
            unchanged=self.unchanged_count,
            duplicate=self.duplicate_count,
            error=self.error_count,
        )

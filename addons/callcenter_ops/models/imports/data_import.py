import os
import tempfile
from contextlib import contextmanager
from hashlib import sha256
from itertools import dropwhile, islice

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.imports.cell_values import guess_decimal_mark
from ...tools.imports.column_guess import Header, join_header
from ...tools.imports.table_error import TableError
from ...tools.imports.table_format import TableFormat, detect_format
from ...tools.imports.table_reader import count_lines, is_quick, open_table
from .import_kind import ImportKind
from .import_run import ImportRun
from .import_undo import ImportUndo
from .product_import import ProductImport
from .table_faults import describe_table_error

PREVIEW_ROWS = 8
SAMPLE_CELLS = 3
# Rows from which header and decimal mark are guessed.
_SAMPLE_ROWS = 200

_READ_AGAIN = {
    "file",
    "kind",
    "encoding",
    "delimiter",
    "has_header",
    "header_line",
    "header_height",
    "sheet_name",
}
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
        "doubtful_count",
        "error_count",
        "undone_count",
        "started_at",
        "finished_at",
        "failure",
        "found_encoding",
        "found_delimiter",
        "found_kind",
        "found_sheet",
        "found_header_line",
        "found_header_height",
        "found_decimal_mark",
        "is_delimiter_named",
        "header_hash",
        "remembered_id",
        "sheet_names",
        "hidden_sheets",
        "read_peak",
        "preview_rows",
    )
    _frozen_states = (
        "reading",
        "queued",
        "running",
        "checked",
        "done",
        "part_undone",
        "undone",
        "rejected",
        "cancelled",
        "failed",
    )

    # A million clients in a workbook; Odoo takes no larger request.
    _file_limits = {"file": 100 << 20}

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
            ("checked", "Previewed"),
            ("queued", "Waiting"),
            ("running", "Loading"),
            ("done", "Loaded"),
            ("part_undone", "Taken back in part"),
            ("undone", "Taken back"),
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
        [
            ("preview", "Finding out what will happen"),
            ("check", "Checking"),
            ("load", "Loading"),
            ("decided", "Loading the lines decided on"),
            ("undo", "Taking back"),
        ],
        readonly=True,
        copy=False,
        help="With “all or nothing” every line is checked before the first is loaded.",
    )
    # What the user states, and what reading found: a thing that is not stated is
    # found out.
    encoding = fields.Selection(
        [
            ("utf-8", "UTF-8"),
            ("utf-8-sig", "UTF-8 with a mark"),
            ("cp1251", "Windows-1251"),
            ("koi8-r", "KOI8-R"),
            ("cp866", "DOS (866)"),
            ("mac-cyrillic", "Macintosh"),
            ("utf-16", "UTF-16"),
            ("utf-16-le", "UTF-16 LE without a mark"),
            ("utf-16-be", "UTF-16 BE without a mark"),
        ],
        help="Empty: found out from the file.",
    )
    delimiter = fields.Selection(
        [(";", "Semicolon"), (",", "Comma"), ("\t", "Tab"), ("|", "Bar")],
        help="Empty: found out from the file.",
    )
    sheet_name = fields.Char(
        string="Sheet", help="Empty: the first sheet that is shown and has rows."
    )
    has_header = fields.Boolean(string="The file names its columns", default=True)
    header_line = fields.Integer(
        string="Line of the names", help="0: found out from the file."
    )
    header_height = fields.Integer(
        string="Lines that the names take", help="1 or 2; 0: found out from the file."
    )
    decimal_mark = fields.Selection(
        [(",", "Comma"), (".", "Point")],
        string="Decimal mark",
        help="What stands before the fraction of an amount. Empty: found out.",
    )
    found_kind = fields.Char(string="Format", readonly=True, copy=False)
    found_encoding = fields.Char(readonly=True, copy=False)
    found_delimiter = fields.Char(readonly=True, copy=False)
    found_sheet = fields.Char(readonly=True, copy=False)
    found_header_line = fields.Integer(readonly=True, copy=False)
    found_header_height = fields.Integer(readonly=True, copy=False)
    found_decimal_mark = fields.Char(readonly=True, copy=False)
    is_delimiter_named = fields.Boolean(readonly=True, copy=False)
    sheet_names = fields.Json(readonly=True, copy=False)
    hidden_sheets = fields.Char(readonly=True, copy=False)
    header_hash = fields.Char(readonly=True, copy=False, index="btree_not_null")
    remembered_id = fields.Many2one(
        "callcenter.data.import",
        string="Columns as in",
        readonly=True,
        copy=False,
        help="The last loaded file with the same columns: they go where those went.",
    )
    template_url = fields.Char(
        string="Template to fill in", compute="_compute_template_url"
    )
    read_peak = fields.Integer(
        string="Memory for reading, MB",
        readonly=True,
        copy=False,
        help="The most that the process took that read the workbook.",
    )
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
    doubt_policy = fields.Selection(
        [
            ("ask", "Ask me about each"),
            ("same", "Take the one found by the strongest key"),
            ("separate", "Make a new one"),
            ("skip", "Leave them out"),
        ],
        string="Doubtful lines",
        default="ask",
        required=True,
        help="Lines whose keys contradict each other: the same telephone and another"
        " code.",
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
        compute="_compute_progress",
        help="Lines processed / lines of the file × 100; of an import that is taken"
        " back, lines taken back / lines processed × 100.",
    )
    created_count = fields.Integer(string="Created", readonly=True, copy=False)
    updated_count = fields.Integer(string="Updated", readonly=True, copy=False)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True, copy=False)
    duplicate_count = fields.Integer(
        string="Repeated in the file", readonly=True, copy=False
    )
    warning_count = fields.Integer(string="With remarks", readonly=True, copy=False)
    doubtful_count = fields.Integer(string="Doubtful", readonly=True, copy=False)
    error_count = fields.Integer(string="Bad lines found", readonly=True, copy=False)
    undone_count = fields.Integer(
        string="Lines taken back",
        readonly=True,
        copy=False,
        help="Lines whose records are removed, or as they were before, again.",
    )
    failure = fields.Text(readonly=True, copy=False)

    @api.depends("kind")
    def _compute_existing_policy(self):
        for record in self:
            kind = record._get_kinds().get(record.kind, ImportKind)
            record.existing_policy = kind.existing_policy

    @api.depends("kind")
    def _compute_template_url(self):
        for record in self:
            path = f"/callcenter/import/template/{record.kind}.xlsx"
            record.template_url = record.kind and path

    @api.depends("preview_rows", "column_ids.header")
    def _compute_preview_html(self):
        for record in self:
            record.preview_html = self.env["ir.qweb"]._render(
                "callcenter_ops.data_import_preview",
                {
                    "headers": record._get_file_columns().mapped("header"),
                    "rows": record.preview_rows or [],
                },
            )

    @api.depends("position", "row_count", "state", "stage", "undone_count")
    def _compute_progress(self):
        for record in self:
            part, whole = record.position, record.row_count
            if record.stage == "undo" and record.state != "done":
                part, whole = record.undone_count, record.position
            share = part / whole if whole else 0
            is_over = record.state in ("done", "undone")
            record.progress = 100 if is_over else min(share, 1) * 100

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

    def action_add_fixed_value(self):
        """A value that no column of the file has and every line gets."""
        self.ensure_one()
        self._check_importer()
        self._check_in_state("mapped")
        last = max(self.column_ids.mapped("position"), default=-1)
        self._transition({"column_ids": [(0, 0, self._prepare_fixed(last + 1))]})

    def _prepare_fixed(self, position):
        name = self.env._("Value of every line")
        return {"position": position, "header": name, "is_fixed": True}

    def action_preview(self):
        """Find out in the background what loading the file would do, line by line."""
        for record in self:
            record._check_importer()
            record._check_in_state("mapped")
            record._check_mapping()
            record._queue("queued", stage="preview", **record._get_no_counts())

    def action_back_to_columns(self):
        """Forget what the preview found, to change columns or choices."""
        for record in self:
            record._check_importer()
            record._check_in_state("checked")
            record._transition({"state": "mapped", **record._get_no_counts()})

    def action_start(self):
        """Queue the file for loading in the background."""
        for record in self:
            record._check_importer()
            record._check_in_state("mapped", "checked")
            record._check_mapping()
            stage = "check" if record.error_policy == "nothing" else "load"
            record._queue("queued", stage=stage, **record._get_no_counts())

    def action_load_decided(self):
        """Load the doubtful lines on which somebody has decided since."""
        for record in self:
            record._check_importer()
            record._check_in_state("done")
            if not record._get_decided_lines():
                raise UserError(
                    self.env._("Decide on a doubtful line first: open the lines.")
                )
            record._queue("queued", stage="decided")

    def action_undo(self):
        """Take the whole import back, as long as nothing was built on it.

        :raises UserError: naming what was built on it, or changed since
        """
        for record in self:
            record._check_importer()
            record._check_in_state("done", "cancelled", "failed", "part_undone")
            ImportUndo(record).check_at_once()
            record._queue("queued", stage="undo")

    def action_cancel(self):
        """Stop at once: the batch under way is given up, what is loaded stays."""
        for record in self:
            record._check_importer()
            record._check_in_state("reading", "queued", "running")
            record._cancel()

    def _cancel(self):
        """The job has no lock on the import: its batch fails to commit and it ends."""
        now = fields.Datetime.now()
        if self.state == "reading":
            self._transition({"state": "draft"})
        elif self.stage == "preview":
            self._transition({"state": "mapped", **self._get_no_counts()})
        elif self.stage == "undo":
            self._transition({"state": self._get_state_without_undo()})
        elif self.stage == "decided":
            self._transition({"state": "done"})
        else:
            self._transition({"state": "cancelled", "finished_at": now})

    def _get_state_without_undo(self):
        """Where an import stands whose taking back has stopped."""
        if self.undone_count:
            return "part_undone"
        return "done" if self.position >= self.row_count else "cancelled"

    def _get_no_counts(self):
        counts = [name for name in self._guarded_fields if name.endswith("_count")]
        return dict.fromkeys(counts, 0) | {
            "row_count": self.row_count,
            "position": 0,
        }

    def _get_decided_lines(self):
        """Numbers of the doubtful lines that are to be loaded after all."""
        rows = self.env["callcenter.data.import.row"].search(
            [
                ("import_id", "=", self.id),
                ("outcome", "=", "doubtful"),
                ("decision", "in", ("same", "separate")),
            ]
        )
        return set(rows.mapped("line"))

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

    def action_view_doubtful_rows(self):
        """The lines that wait for a decision."""
        action = self.action_view_rows()
        return action | {"context": {"search_default_doubtful": 1}}

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
            yield path, self._detect_format(path)

    def _detect_format(self, path):
        return detect_format(path, self.encoding or "", self.delimiter or "")

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
        sheet = self.found_sheet or self.sheet_name or ""
        with open_table(path, self._get_found_format(path), sheet) as table:
            first = self.found_header_line
            rows = dropwhile(lambda row: row.line < first, table.iter_rows())
            yield from islice(rows, self.found_header_height if first else 0, None)

    def _get_found_format(self, path):
        if not self.found_kind:
            return self._detect_format(path)
        return TableFormat(
            self.found_kind,
            self.found_encoding or "",
            self.found_delimiter or "",
            self.is_delimiter_named,
        )

    def _get_decimal_mark(self):
        return self.decimal_mark or self.found_decimal_mark or ""

    # ----------------------------------------------------------------- columns

    def _map_columns(self, path, table_format):
        """Write the guessed columns and the first rows, then wait for the user."""
        # sudo: lines are written by the import alone; what was found or decided when
        # the file was read otherwise says nothing about it now
        lines = self.env["callcenter.data.import.row"].sudo()
        lines.search([("import_id", "=", self.id)]).unlink()
        with open_table(path, table_format, self.sheet_name or "") as table:
            rows = table.iter_rows()
            head = list(islice(rows, _SAMPLE_ROWS))
            if not head:
                raise TableError("empty")
            count = self._count_rows(path, table, head, rows)
        header = self._find_header(head)
        above = header.start + header.height if header else 0
        body = [row.cells for row in head[above:]]
        columns = self._prepare_columns(header, body)
        self._transition(
            self._prepare_found(table, head, header)
            | self._remember_columns(columns)
            | {
                "state": "mapped",
                "row_count": max(count - above, 0),
                "position": 0,
                "found_decimal_mark": self._guess_decimal_mark(columns, body),
                "preview_rows": [list(cells) for cells in body[:PREVIEW_ROWS]],
                "column_ids": [(5,), *((0, 0, values) for values in columns)],
            }
        )

    def _remember_columns(self, columns):
        """Where the columns went of the last loaded file with the same ones.

        :param columns: values of the columns; their targets are changed in place
        :return: values of the import
        """
        names = [values["header"] for values in columns]
        digest = sha256("\n".join(names).lower().encode()).hexdigest()
        known = self.search(
            [
                ("kind", "=", self.kind),
                ("company_id", "=", self.company_id.id),
                ("header_hash", "=", digest),
                ("started_at", "!=", False),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        for column in known.column_ids:
            if column.is_fixed:
                fixed = self._prepare_fixed(column.position)
                value = {"target": column.target, "fixed_value": column.fixed_value}
                columns.append(fixed | value)
            else:
                columns[column.position]["target"] = column.target
        return {"header_hash": digest, "remembered_id": known.id}

    def _get_file_columns(self):
        return self.column_ids.filtered(lambda column: not column.is_fixed)

    def _count_rows(self, path, table, head, rows):
        """Rows of the table; of a large text about as many as it has lines."""
        if table.row_count and not is_quick(path, table.format):
            return table.row_count
        if is_quick(path, table.format):
            return len(head) + sum(1 for _row in rows)
        return count_lines(path)

    def _find_header(self, head):
        """The ``Header`` as stated, else as found; none of a file without."""
        if not self.has_header:
            return None
        if not self.header_line:
            return self._get_kind().find_header([row.cells for row in head])
        starts = [n for n, row in enumerate(head) if row.line >= self.header_line]
        if not starts:
            raise TableError("no_header_line", line=self.header_line)
        height = min(max(self.header_height, 1), 2)
        rows = [row.cells for row in head[starts[0] : starts[0] + height]]
        return Header(starts[0], height, join_header(rows))

    def _prepare_found(self, table, head, header):
        return {
            "has_header": bool(header),
            "found_kind": table.format.kind,
            "found_encoding": table.format.encoding,
            "found_delimiter": table.format.delimiter,
            "is_delimiter_named": table.format.is_delimiter_named,
            "found_sheet": table.sheet,
            "sheet_names": table.sheets,
            "hidden_sheets": ", ".join(table.hidden),
            "found_header_line": head[header.start].line if header else 0,
            "found_header_height": header.height if header else 0,
            "read_peak": -(-table.peak // 1024),
        }

    def _guess_decimal_mark(self, columns, body):
        """From the amounts among the first rows."""
        places = [
            values["position"]
            for values in columns
            if values["target"] in self._get_kind().amount_targets
            and not values.get("is_fixed")
        ]
        return guess_decimal_mark(
            cells[place] for cells in body for place in places if place < len(cells)
        )

    def _prepare_columns(self, header, body):
        width = max(map(len, body), default=0)
        headers = header.names if header else self._name_columns(width)
        targets = self._get_kind().guess_targets(headers)
        return [
            self._prepare_column(position, header, target, body)
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
            [("import_id", "=", self.id), ("outcome", "in", ("error", "doubtful"))],
            order="line",
        )

    def _describe_result(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(state)s: %(created)s created, %(updated)s updated, %(unchanged)s"
            " unchanged, %(duplicate)s repeated, %(doubtful)s doubtful, %(error)s bad.",
            state=states[self.state],
            created=self.created_count,
            updated=self.updated_count,
            unchanged=self.unchanged_count,
            duplicate=self.duplicate_count,
            doubtful=self.doubtful_count,
            error=self.error_count,
        )

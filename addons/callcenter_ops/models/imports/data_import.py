from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.imports.table_format import TableError
from .data_import_column import KINDS

_READ_AGAIN = {"file", "kind", "encoding", "delimiter", "has_header", "sheet_name"}
_OPEN_STATES = ("draft", "mapped")
_IMPORTER_GROUPS = {
    "clients": ("callcenter_ops.group_supervisor", "callcenter_ops.group_manager"),
    "products": ("callcenter_ops.group_manager",),
    "debts": ("callcenter_ops.group_supervisor",),
    "payments": ("callcenter_ops.group_supervisor",),
    "exchange": ("callcenter_ops.group_supervisor",),
}


class DataImport(models.Model):
    """A file of clients or goods on its way into the base.

    Uploaded, read (columns guessed, first rows shown), started by its user, loaded
    in the background by batches; every line's fate stays in
    ``callcenter.data.import.row``.
    """

    _name = "callcenter.data.import"
    _description = "Import of clients or goods"
    _inherit = [
        "callcenter.data.import.reader",
        "callcenter.guarded.mixin",
        "mail.thread",
    ]
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
    _frozen_states = ("queued", "running", "done", "rejected", "cancelled", "failed")

    kind = fields.Selection(KINDS, default="clients", required=True)
    file = fields.Binary(required=True, attachment=True, copy=False)
    filename = fields.Char(string="File name", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "Uploaded"),
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
            record.existing_policy = "fill" if record.kind == "clients" else "overwrite"

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

        :raises UserError: when the file is no table, with what to do about it
        """
        self.ensure_one()
        self._check_importer()
        self._check_in_state(*_OPEN_STATES)
        try:
            with self._open_table() as (path, table_format):
                self._map_columns(path, table_format)
        except TableError as error:
            raise UserError(self._describe_table_error(error)) from error

    def action_start(self):
        """Queue the file for loading in the background."""
        for record in self:
            record._check_importer()
            record._check_in_state("mapped")
            record._check_mapping()
            record._transition(
                {
                    "state": "queued",
                    "user_id": self.env.uid,
                    "stage": "check" if record.error_policy == "nothing" else "load",
                }
            )
        # sudo: triggering a scheduled action is the administrator's otherwise
        self.env.ref("callcenter_ops.cron_data_import").sudo()._trigger()

    def action_cancel(self):
        """Stop before the next batch; what is loaded by then stays."""
        for record in self:
            record._check_importer()
            record._check_in_state("queued", "running")
            if record.state == "queued":
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

    def _check_importer(self):
        """Whether the user may import this kind at all."""
        self.check_access("write")
        groups = self._get_importer_groups(self.kind)
        if not self.env.su and not any(map(self.env.user.has_group, groups)):
            raise AccessError(
                self.env._("You may not import %(kind)s.", kind=self._get_kind_label())
            )

    @api.model
    def _get_importer_groups(self, kind):
        """External ids of the groups that import ``kind``; rooms add theirs."""
        return _IMPORTER_GROUPS[kind]

    def _get_kind_label(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _get_loader(self):
        """The model that turns lines of this kind into records."""
        return self.env[f"callcenter.data.import.{self.kind}"]

    def _get_bad_rows(self):
        return self.env["callcenter.data.import.row"].search(
            [("import_id", "=", self.id), ("outcome", "=", "error")], order="line"
        )

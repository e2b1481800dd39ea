from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.common.row_guard import frozen
from ..common.signed_paper_mixin import PAPER_COLUMNS, PAPER_FIELDS, PAPER_MARKS
from .stocktake_paper import StocktakePaper


class Stocktake(models.Model):
    """Counts the equipment by its labels and shows what differs from the books."""

    _name = "callcenter.stocktake"
    _inherit = [
        "callcenter.workstation.mixin",
        "callcenter.row.guard.mixin",
        "callcenter.signed.paper.mixin",
        "mail.thread",
    ]
    _description = "Stock-taking"
    _order = "date desc, id desc"
    _check_company_auto = True

    _guarded_fields = ("state", *PAPER_FIELDS)
    _frozen_states = ("done",)
    _guard_update, _guard_delete = frozen(
        "callcenter.stocktake",
        ("done",),
        free=PAPER_MARKS,
        once=PAPER_COLUMNS,
        stays=True,
    )
    _paper_report = "callcenter_ops.stocktake_action_report"
    # The lines look after themselves: only their remarks may still be written.
    _frozen_exempt_fields = ("line_ids",)

    name = fields.Char(required=True, default=lambda self: self._default_name())
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    date = fields.Date(
        required=True, default=lambda self: self.env.company._callcenter_today()
    )
    room = fields.Char(help="Only the equipment of this room; empty: all of it.")
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    line_ids = fields.One2many(
        "callcenter.stocktake.line", "stocktake_id", string="Equipment"
    )
    expected_count = fields.Integer(string="Expected", compute="_compute_counts")
    found_count = fields.Integer(string="Found", compute="_compute_counts")
    missing_count = fields.Integer(string="Missing", compute="_compute_counts")
    difference_count = fields.Integer(string="Differences", compute="_compute_counts")

    @api.model
    def _default_name(self):
        return self.env._(
            "Stock-taking of %(date)s",
            date=format_date(self.env, self.env.company._callcenter_today()),
        )

    @api.depends("line_ids.result")
    def _compute_counts(self):
        groups = self.env["callcenter.stocktake.line"]._read_group(
            [("stocktake_id", "in", self.ids)], ["stocktake_id", "result"], ["__count"]
        )
        counts = {(stocktake, result): count for stocktake, result, count in groups}
        for stocktake in self:
            by_result = {
                result: counts.get((stocktake, result), 0)
                for result in ("missing", "found", "elsewhere", "extra")
            }
            stocktake.missing_count = by_result["missing"]
            stocktake.found_count = by_result["found"] + by_result["elsewhere"]
            stocktake.expected_count = sum(by_result.values()) - by_result["extra"]
            stocktake.difference_count = sum(by_result.values()) - by_result["found"]

    def action_start(self):
        """List what the books know; from now on labels are counted."""
        self._check_role("callcenter_ops.group_hr", "callcenter_ops.group_manager")
        self.check_access("write")
        self._check_in_state("draft")
        for stocktake in self:
            things = stocktake._get_expected_equipment()
            if not things:
                raise UserError(self.env._("There is no equipment to count."))
            self.env["callcenter.stocktake.line"]._in_transition().create(
                [stocktake._prepare_line_values(thing) for thing in things]
            )
            stocktake._transition({"state": "running"})

    def action_close(self):
        """End the count; the differences stay on record."""
        self._check_role("callcenter_ops.group_hr", "callcenter_ops.group_manager")
        self.check_access("write")
        self._check_in_state("running")
        for stocktake in self:
            stocktake._log_line(
                stocktake._told_to().env._(
                    "Expected %(expected)s, found %(found)s, missing %(missing)s.",
                    expected=stocktake.expected_count,
                    found=stocktake.found_count,
                    missing=stocktake.missing_count,
                )
            )
        self._transition({"state": "done"})
        self._keep_paper()

    def action_open_scan(self):
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Scan labels"),
            "res_model": "callcenter.stocktake.scan",
            "view_mode": "form",
            "target": "new",
            "context": {"default_stocktake_id": self.id},
        }

    def _get_paper_words(self):
        return StocktakePaper(self).get_texts()

    def scan(self, code, room=False):
        """Count the thing with this label (number, or the address in the QR code).

        :param room: room in which it was found; empty: where the books say
        :return: ``{"line_id": int, "message": str}``; counting twice changes nothing
        :raise UserError: no such inventory number, or the count does not run
        """
        self.ensure_one()
        self._check_role("callcenter_ops.group_hr", "callcenter_ops.group_manager")
        self.check_access("write")
        self._check_in_state("running")
        thing = self._find_equipment(code)
        if not thing:
            raise UserError(
                self.env._("No equipment has the inventory number %s.", code)
            )
        line = self._find_line(thing) or self._add_extra(thing)
        line._count(room)
        return {"line_id": line.id, "message": line._get_message()}

    @api.model
    def _find_equipment(self, code):
        """The equipment of a label, written off or not; empty when unknown."""
        number = str(code or "").strip().rstrip("/").rpartition("/")[2]
        things = self.env["maintenance.equipment"].with_context(active_test=False)
        if not number:
            return things
        company = self.company_id or self.env.company
        return things.search(
            [
                ("inventory_no", "=", number),
                ("company_id", "in", [False, company.id]),
            ],
            limit=1,
        )

    def _find_line(self, thing):
        # Asked of the database: a count of thousands is not read at every label.
        return self.env["callcenter.stocktake.line"].search(
            [("stocktake_id", "=", self.id), ("equipment_id", "=", thing.id)]
        )

    def _get_expected_equipment(self):
        domain = [
            ("company_id", "in", [False, self.company_id.id]),
            ("scrap_date", "=", False),
        ]
        if self.room:
            domain.append(("workstation_id.room", "=", self.room))
        return self.env["maintenance.equipment"].search(domain, order="inventory_no")

    def _prepare_line_values(self, thing):
        return {
            "stocktake_id": self.id,
            "equipment_id": thing.id,
            "workstation_id": thing.workstation_id.id,
            "room": thing.workstation_id.room,
            "employee_id": thing.employee_id.id,
        }

    def _add_extra(self, thing):
        lines = self.env["callcenter.stocktake.line"]._in_transition()
        return lines.create(self._prepare_line_values(thing) | {"is_extra": True})

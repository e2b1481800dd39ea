from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.common.date_words import date_in_digits
from ...tools.common.exact_money import exact_sum


class WorkstationKit(models.Model):
    _name = "callcenter.workstation.kit"
    _inherit = ["callcenter.workstation.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Workplace kit (norm)"
    _order = "name, version desc, id"
    _check_company_auto = True

    _guarded_fields = ("state", "version", "origin_id")
    _frozen_states = ("approved", "superseded")
    _frozen_exempt_fields = ("active",)

    name = fields.Char(required=True, tracking=True, translate=True)
    version = fields.Integer(
        default=1, required=True, readonly=True, copy=False, aggregator=None
    )
    origin_id = fields.Many2one(
        "callcenter.workstation.kit",
        string="First version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="All versions of one norm share their first version.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "In force"),
            ("superseded", "Superseded"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    date_from = fields.Date(
        string="In force from",
        required=True,
        default=lambda self: self.env.company._callcenter_today(),
        tracking=True,
    )
    line_ids = fields.One2many(
        "callcenter.workstation.kit.line", "kit_id", string="Lines", copy=True
    )
    note = fields.Html()
    amount_one_time = fields.Monetary(
        compute="_compute_amounts", store=True, string="One-time per seat"
    )
    amount_monthly = fields.Monetary(
        compute="_compute_amounts", store=True, string="Monthly per seat"
    )
    amount_yearly = fields.Monetary(
        compute="_compute_amounts", store=True, string="Yearly per seat"
    )
    amount_first_month = fields.Monetary(
        compute="_compute_amounts",
        store=True,
        string="First month per seat",
        help="One-time + monthly + yearly items of the norm, optional ones left out.",
    )

    _version_unique = models.UniqueIndex(
        "(COALESCE(origin_id, id), version)",
        "This version of the kit already exists.",
    )

    @api.depends("line_ids.amount_seat", "line_ids.periodicity", "line_ids.is_optional")
    def _compute_amounts(self):
        for kit in self:
            norm = kit.line_ids.filtered(lambda line: not line.is_optional)
            sums = {
                periodicity: exact_sum(
                    norm.filtered(
                        lambda line, wanted=periodicity: line.periodicity == wanted
                    ).mapped("amount_seat"),
                    kit._get_rounding(),
                )
                for periodicity in ("one_time", "monthly", "yearly")
            }
            kit.amount_one_time = float(sums["one_time"])
            kit.amount_monthly = float(sums["monthly"])
            kit.amount_yearly = float(sums["yearly"])
            kit.amount_first_month = float(sum(sums.values()))

    @api.depends_context("lang")
    @api.depends("name", "version")
    def _compute_display_name(self):
        for kit in self:
            kit.display_name = self.env._(
                "%(name)s, version %(version)s", name=kit.name, version=kit.version
            )

    def action_approve(self):
        """Put draft kits in force; the version in force before is superseded."""
        self._check_role("callcenter_ops.group_hr", "callcenter_ops.group_director")
        self.check_access("write")
        self._check_in_state("draft")
        for kit in self:
            kit._check_complete()
            kit._get_current_version()._transition({"state": "superseded"})
            kit._transition({"state": "approved"})

    def action_new_version(self):
        """Open a new draft version of this kit; returns the action that shows it."""
        self.ensure_one()
        self._check_role(
            "callcenter_ops.group_hr",
            "callcenter_ops.group_director",
            "callcenter_ops.group_manager",
        )
        self._check_in_state("approved", "superseded")
        return self._create_next_version()._get_form_action()

    def action_compare(self):
        """Show what this version changed against the one before it.

        :raise UserError: it is the first version
        """
        self.ensure_one()
        self.check_access("read")
        earlier = self._get_versions().filtered(lambda kit: kit.version < self.version)
        if not earlier:
            raise UserError(self.env._("This is the first version of the kit."))
        compare = self.env["callcenter.workstation.kit.compare"].create(
            {"before_id": earlier[0].id, "after_id": self.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Difference between kits"),
            "res_model": compare._name,
            "res_id": compare.id,
            "view_mode": "form",
            "target": "new",
        }

    def _get_versions(self):
        """All versions of the norms, the newest first."""
        first = self.mapped(lambda kit: kit.origin_id or kit)
        return self.with_context(active_test=False).search(
            ["|", ("id", "in", first.ids), ("origin_id", "in", first.ids)],
            order="version desc",
        )

    def _get_current_version(self):
        """The version in force of the same norm; empty when there is none."""
        return self._get_versions().filtered(lambda kit: kit.state == "approved")

    def _create_next_version(self):
        versions = self._get_versions()
        drafts = versions.filtered(lambda kit: kit.state == "draft")
        if drafts:
            raise UserError(
                self.env._(
                    "%(kit)s is still a draft: approve or delete it first.",
                    kit=drafts[0].display_name,
                )
            )
        return self._in_transition().copy(
            {
                "name": self.name,
                "version": versions[0].version + 1,
                "origin_id": (self.origin_id or self).id,
                "date_from": self.company_id._callcenter_today(),
            }
        )

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def _check_complete(self):
        if not self.line_ids.filtered(lambda line: not line.is_optional):
            raise UserError(
                self.env._(
                    "%(kit)s has no lines: name at least one item that is not "
                    "optional.",
                    kit=self.display_name,
                )
            )
        previous = self._get_current_version()
        if previous and previous.date_from >= self.date_from:
            raise UserError(
                self.env._(
                    "Version %(version)s is in force since %(date)s: the new one "
                    "must start later.",
                    version=previous.version,
                    date=date_in_digits(previous.date_from),
                )
            )

    def _get_norms(self, optional_lines, on_date):
        """Pure norms of one seat.

        :param optional_lines: the optional lines to take along
        :param on_date: day whose rate converts other currencies
        :return: list of ``tools.cost_plan.Norm`` keyed by cost item id
        """
        lines = self.line_ids.filtered(
            lambda line: not line.is_optional or line in optional_lines
        )
        return [line._as_norm(on_date) for line in lines]

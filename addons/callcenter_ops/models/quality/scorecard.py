from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_GROUP_SUPERVISOR = "callcenter_ops.group_supervisor"


class Scorecard(models.Model):
    """What a call is judged by. Approved versions are frozen: scores compare."""

    _name = "callcenter.scorecard"
    _description = "Scorecard"
    _inherit = ["callcenter.guarded.mixin", "mail.thread"]
    _order = "name, version desc, id desc"

    _guarded_fields = ("state", "version", "root_id")
    _frozen_states = ("approved", "superseded")

    name = fields.Char(required=True, tracking=True)
    version = fields.Integer(
        default=1, readonly=True, required=True, copy=False, aggregator=None
    )
    root_id = fields.Many2one(
        "callcenter.scorecard",
        string="First version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved"),
            ("superseded", "Superseded"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    pass_percent = fields.Float(
        string="Pass mark, %", default=80, help="Share of the points to be earned."
    )
    guide = fields.Html(help="How to judge by this scorecard.")
    criterion_ids = fields.One2many(
        "callcenter.scorecard.criterion", "scorecard_id", string="Criteria", copy=True
    )
    points_total = fields.Integer(compute="_compute_points_total")

    _approved_unique = models.UniqueIndex(
        "(root_id) WHERE state = 'approved' AND root_id IS NOT NULL",
        "A scorecard has one version in force.",
    )
    _pass_range = models.Constraint(
        "CHECK (pass_percent >= 0 AND pass_percent <= 100)",
        "The pass mark lies between 0 and 100 percent.",
    )

    @api.depends("criterion_ids.points")
    def _compute_points_total(self):
        for card in self:
            card.points_total = sum(card.criterion_ids.mapped("points"))

    @api.depends_context("lang")
    @api.depends("name", "version")
    def _compute_display_name(self):
        for card in self:
            card.display_name = self.env._(
                "%(name)s, version %(version)s", name=card.name, version=card.version
            )

    @api.model_create_multi
    def create(self, vals_list):
        cards = super().create(vals_list)
        for card in cards.filtered(lambda card: not card.root_id):
            card._transition({"root_id": card.id})
        return cards

    def action_approve(self):
        """Put this version in force; the one before goes out of force."""
        self._check_supervisor()
        for card in self:
            card._check_complete()
            versions = self.search(
                [("root_id", "=", card.root_id.id), ("state", "=", "approved")]
            )
            versions._transition({"state": "superseded"})
            # The unique index must see the old version go first.
            versions.flush_recordset()
            card._transition({"state": "approved"})
            card._log_line(card._told_to().env._("Approved: in force from now on."))

    def action_new_version(self):
        """A draft of the next version with the same criteria; the form opens."""
        self.ensure_one()
        self._check_supervisor()
        newest = self.search([("root_id", "=", self.root_id.id)], limit=1)
        if newest.state == "draft":
            raise UserError(
                self.env._(
                    "Version %(version)s is a draft yet.", version=newest.version
                )
            )
        draft = self._in_transition().copy(
            {
                "name": self.name,
                "version": newest.version + 1,
                "root_id": self.root_id.id,
            }
        )
        return draft._get_form_action()

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _check_supervisor(self):
        if not self.env.user.has_group(_GROUP_SUPERVISOR):
            raise AccessError(self.env._("Scorecards are kept by supervisors."))

    def _check_complete(self):
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("Only a draft is approved."))
        if not self.points_total:
            raise UserError(
                self.env._("Add criteria with points: nothing could be earned.")
            )

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ...tools.calling.script_text import unknown_tokens

SCRIPT_TOKENS = (
    "client_name",
    "company_name",
    "city",
    "region",
    "operator_name",
    "campaign_name",
    "own_company",
)
_STATES = [
    ("draft", "Draft"),
    ("running", "Running"),
    ("paused", "Paused"),
    ("done", "Finished"),
]


class Campaign(models.Model):
    _name = "callcenter.campaign"
    _description = "Call campaign"
    _inherit = [
        "callcenter.guarded.mixin",
        "callcenter.campaign.loading",
        "callcenter.campaign.rules",
        "callcenter.campaign.operators",
        "callcenter.campaign.overview",
        "callcenter.campaign.promises",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "state_order, priority desc, id desc"

    _guarded_fields = ("state", "load_state", "load_cursor", "load_done", "load_total")

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    purpose = fields.Selection(
        [
            ("informative", "Informative"),
            ("telemarketing", "Telemarketing"),
            ("service", "Service"),
            ("survey", "Survey"),
            ("debt", "Debt"),
            ("inbound", "Inbound"),
        ],
        required=True,
        default="informative",
        tracking=True,
    )
    state = fields.Selection(
        _STATES,
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    state_order = fields.Integer(compute="_compute_state_order", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
    )
    department_id = fields.Many2one(
        "hr.department",
        index="btree_not_null",
        tracking=True,
        help="Whose supervisors run it. Empty = every supervisor.",
    )
    partner_domain = fields.Char(
        string="Clients", required=True, default="[]", help="Filter on the client base."
    )
    partner_count = fields.Integer(
        string="Clients found", compute="_compute_partner_count"
    )
    script = fields.Html(
        sanitize_attributes=True,
        help="Text between double braces is filled in: "
        + ", ".join("{{ %s }}" % token for token in SCRIPT_TOKENS),
    )
    script_id = fields.Many2one(
        "callcenter.script",
        string="Script in steps",
        ondelete="restrict",
        index="btree_not_null",
        help="A conversation with branches; it stands before the plain text.",
    )
    disposition_ids = fields.Many2many(
        "callcenter.disposition",
        string="Dispositions",
        help="Empty = every active disposition.",
    )
    rule_set_id = fields.Many2one(
        "callcenter.rule.set",
        string="Rule set",
        required=True,
        tracking=True,
        default=lambda self: self._default_rule_set_id(),
        ondelete="restrict",
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        "callcenter_campaign_employee_rel",
        string="Operators",
        help="Empty, as the teams = every cleared operator.",
    )
    team_ids = fields.Many2many("crm.team", string="Teams")
    priority = fields.Selection(
        [("0", "Low"), ("1", "Normal"), ("2", "High"), ("3", "Urgent")],
        required=True,
        default="1",
        tracking=True,
    )
    share = fields.Integer(
        default=1,
        required=True,
        help="Among campaigns of one priority, clients are handed out in this ratio.",
    )
    date_start = fields.Date(string="From", tracking=True)
    date_end = fields.Date(string="To", tracking=True)
    plan_contacts = fields.Integer(string="Planned contacts")
    plan_results = fields.Integer(string="Planned results")
    lead_team_id = fields.Many2one("crm.team", string="Sales team of the leads")
    lead_user_id = fields.Many2one(
        "res.users",
        string="Salesperson of the leads",
        domain=[("share", "=", False)],
        help="Empty = the operator who made the call.",
    )
    utm_campaign_id = fields.Many2one("utm.campaign", copy=False, readonly=True)
    contact_ids = fields.One2many(
        "callcenter.campaign.contact",
        "campaign_id",
        groups="callcenter_ops.group_supervisor,callcenter_ops.group_director",
    )

    _dates = models.Constraint(
        "CHECK (date_start IS NULL OR date_end IS NULL OR date_start <= date_end)",
        "A campaign cannot end before it begins.",
    )
    _positive = models.Constraint(
        "CHECK (share > 0 AND COALESCE(plan_contacts, 0) >= 0"
        " AND COALESCE(plan_results, 0) >= 0)",
        "The share must be positive and the plan cannot be negative.",
    )

    @api.model
    def _default_rule_set_id(self):
        return self.env["callcenter.rule.set"].search([], limit=1)

    @api.depends("state")
    def _compute_state_order(self):
        order = {"running": 0, "paused": 1, "draft": 2, "done": 3}
        for record in self:
            record.state_order = order[record.state]

    @api.depends("partner_domain", "import_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_partner_count(self):
        for record in self:
            try:
                domain = record._get_load_domain()
            except ValidationError:
                record.partner_count = 0
                continue
            # One live count per open form: the user's own filter is the input.
            record.partner_count = self.env["res.partner"].search_count(domain)

    @api.constrains("partner_domain")
    def _check_partner_domain(self):
        for record in self:
            record._get_partner_domain()

    @api.constrains("script")
    def _check_script(self):
        for record in self:
            unknown = unknown_tokens(record.script, SCRIPT_TOKENS)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "The script asks for %(unknown)s, which nothing fills in. "
                        "Known are: %(known)s.",
                        unknown=", ".join(unknown),
                        known=", ".join(SCRIPT_TOKENS),
                    )
                )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        if "name" not in (default or {}):
            for record, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%(name)s (copy)", name=record.name)
        return vals_list

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        if any(record.state != "draft" for record in self):
            raise UserError(
                self.env._("Only a draft can be deleted: finish the campaign instead.")
            )

    def action_start(self):
        """Open the campaign to the desks; it stays closed until its first day."""
        self._check_supervisor()
        self._check_in_state("draft", "paused")
        for record in self:
            record._check_ready()
        self._ensure_utm_campaign()
        self._transition({"state": "running"})
        return True

    def action_pause(self):
        """No client is handed out until the campaign is started again."""
        self._check_supervisor()
        self._check_in_state("running")
        self._transition({"state": "paused"})
        return True

    def action_finish(self):
        """Close the campaign; live calls of it are still ended by their operators."""
        self._check_supervisor()
        self._check_in_state("running", "paused")
        self._transition({"state": "done"})
        return True

    def _check_supervisor(self):
        self.check_access("write")

    def _check_ready(self):
        self.rule_set_id._get_version(self.company_id._callcenter_today())
        is_empty = not self.env["callcenter.campaign.contact"].search_count(
            [("campaign_id", "=", self.id)], limit=1
        )
        if is_empty and self.purpose != "inbound":
            raise UserError(
                self.env._(
                    "%(name)s has no contacts yet: load them first.", name=self.name
                )
            )

    def _ensure_utm_campaign(self):
        # sudo: sources of leads are marketing data that supervisors only read
        sources = self.env["utm.campaign"].sudo()
        for record in self.filtered(lambda campaign: not campaign.utm_campaign_id):
            record.utm_campaign_id = sources.create({"title": record.name})

    def _get_partner_domain(self):
        """The filter on the client base, checked.

        :raise ValidationError: it is no domain of res.partner
        """
        self.ensure_one()
        try:
            domain = Domain(safe_eval(self.partner_domain or "[]", {"uid": 0}))
            domain.validate(self.env["res.partner"])
        except Exception as error:
            raise ValidationError(
                self.env._(
                    "The filter of clients cannot be read: %(error)s", error=error
                )
            ) from error
        return domain

    def _get_dispositions(self, direction="out", is_debtor=False):
        """Dispositions offered to operators, in order; all without a campaign.

        :param direction: ``in`` for a caller on the line
        :param is_debtor: he owes something, so he may promise to pay in any campaign
        """
        usual = [("is_system", "=", False), ("direction", "in", ("both", direction))]
        if self.purpose != "debt" and not is_debtor:
            usual.append(("only_debt", "=", False))
        chosen = self.disposition_ids.filtered_domain([("active", "=", True), *usual])
        return (chosen or self.env["callcenter.disposition"].search(usual)).sorted()

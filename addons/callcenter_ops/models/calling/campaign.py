from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ...fastpath.row_cache import warm
from ...tools.calling.ab_test import is_rival
from ...tools.calling.hand_out import Terms
from ...tools.calling.script_text import unknown_tokens
from ...tools.personnel.name_cases import CASES
from ..common.cached_settings import SETTINGS_CACHE
from .campaign_holdback import CampaignHoldback
from .campaign_wait import CampaignWait
from .contact_loader import NUMBER_REASONS, ContactLoader
from .rule_set import PURPOSES
from .script_report import ScriptReport

# ``client_name`` is as people say it; in its cases, and as the card has it.
SCRIPT_TOKENS = (
    "client_name",
    *(f"client_name_{case}" for case in CASES),
    "client_full_name",
    "company_name",
    "city",
    "region",
    "operator_name",
    "operator_full_name",
    "campaign_name",
    "own_company",
)
_STATES = [
    ("draft", "Draft"),
    ("running", "Running"),
    ("paused", "Paused"),
    ("done", "Finished"),
]

# Above this many clients the load leaves the request and runs in the background.
DIRECT_LIMIT = 5000
BATCH = 20000
# What desks read of a campaign; all workers keep it in memory.
_DESK_COLUMNS = (
    *("name", "purpose", "company_id", "script", "script_id"),
    *("rival_script_id", "rival_share"),
)
_KEPT_FIELDS = {
    *_DESK_COLUMNS,
    "active",
    "date_start",
    "date_end",
    "priority",
    "share",
    "zones",
    "employee_ids",
    "team_ids",
    "disposition_ids",
}
# What they keep of a draft too: it has no desks, but its clients may call themselves.
_KEPT_OF_DRAFTS = {"state", "company_id", "rule_set_id"}
_VIEWERS = "callcenter_ops.group_supervisor,callcenter_ops.group_director"


class Campaign(models.Model):
    """Whom to call about what, by which rules, and who calls.

    Its contacts are the queue. Desks read a campaign's ``Terms`` from memory: which
    operators, which zones, which rules; ``write`` forgets them when they change.
    """

    _name = "callcenter.campaign"
    _description = "Call campaign"
    _text_limits = {"partner_domain": 1_000_000}
    _inherit = ["callcenter.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "state_order, priority desc, id desc"
    _check_company_auto = True

    _guarded_fields = ("state", "load_state", "load_cursor", "load_done", "load_total")
    _settled_fields = ("company_id",)

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    purpose = fields.Selection(
        PURPOSES,
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
    rival_script_id = fields.Many2one(
        "callcenter.script",
        string="Against the script",
        ondelete="restrict",
        index="btree_not_null",
        help="A part of the contacts hears this one; the page “Which script works” "
        "compares them.",
    )
    rival_share = fields.Integer(
        string="Contacts that hear it, %",
        default=50,
        help="Drawn by lot; a contact hears the same script at every call.",
    )
    script_report = fields.Html(
        string="Which script works",
        compute="_compute_script_report",
        sanitize=False,
        groups=_VIEWERS,
    )
    disposition_ids = fields.Many2many(
        "callcenter.disposition",
        string="Dispositions",
        check_company=True,
        help="Empty = every active disposition.",
    )
    rule_set_id = fields.Many2one(
        "callcenter.rule.set",
        string="Rule set",
        required=True,
        tracking=True,
        compute="_compute_rule_set_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('id', 'in', possible_rule_set_ids)]",
        help="The purpose decides which sets are possible.",
    )
    possible_rule_set_ids = fields.Many2many(
        "callcenter.rule.set", compute="_compute_possible_rule_set_ids"
    )
    employee_ids = fields.Many2many(
        "hr.employee",
        "callcenter_campaign_employee_rel",
        string="Operators",
        copy=False,
        help="Empty, as the teams = every cleared operator.",
    )
    # Personnel records are closed to supervisors: they see the public side of them.
    operator_ids = fields.Many2many(
        "hr.employee.public",
        string="Chosen operators",
        compute="_compute_operator_ids",
        inverse="_inverse_operator_ids",
        domain=[("department_id.callcenter_is_supervised", "=", True)],
        help="Empty, as the teams = every cleared operator.",
    )
    team_ids = fields.Many2many("crm.team", string="Teams")
    line_ids = fields.Many2many(
        "callcenter.phone.line",
        string="Telephone lines",
        check_company=True,
        help="By which the calls go out: the called phone shows their labels.",
    )
    marking_warning = fields.Char(compute="_compute_marking_warning")
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
    date_start = fields.Date(string="From", tracking=True, copy=False)
    date_end = fields.Date(string="To", tracking=True, copy=False)
    plan_contacts = fields.Integer(string="Planned contacts")
    plan_results = fields.Integer(string="Planned results")
    lead_team_id = fields.Many2one("crm.team", string="Sales team of the leads")
    lead_user_id = fields.Many2one(
        "res.users",
        string="Salesperson of the leads",
        domain=[("share", "=", False)],
        help="Empty = the leader of the sales team, or the head of the operator.",
    )
    lead_probability = fields.Float(
        string="Probability of a new lead, %",
        default=10,
        digits=(5, 2),
        help="What a new opportunity starts with; salespeople change it as it goes.",
    )
    utm_campaign_id = fields.Many2one("utm.campaign", copy=False, readonly=True)
    contact_ids = fields.One2many(
        "callcenter.campaign.contact",
        "campaign_id",
        groups=_VIEWERS,
    )
    recycle_rule_ids = fields.One2many(
        "callcenter.recycle.rule", "campaign_id", string="Called once more", copy=True
    )
    # Zones of the contacts, noted at each load: the queue is asked zone by zone.
    zones = fields.Json(readonly=True, copy=False)

    # the load
    load_state = fields.Selection(
        [
            ("none", "Not loaded"),
            ("loading", "Loading"),
            ("done", "Loaded"),
            ("cancelled", "Cancelled"),
        ],
        string="Load",
        default="none",
        required=True,
        readonly=True,
        copy=False,
    )
    import_ids = fields.Many2many(
        "callcenter.data.import",
        string="Lists from files",
        domain="[('kind', '=', 'clients'), ('position', '>', 0),"
        " ('stage', 'in', ('load', 'decided')),"
        " ('state', 'in', ('running', 'done', 'cancelled'))]",
        help="Only the clients of these imported files; empty = the whole base.",
    )
    load_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    load_cursor = fields.Integer(readonly=True, copy=False)
    load_total = fields.Integer(string="To load", readonly=True, copy=False)
    load_done = fields.Integer(string="Read", readonly=True, copy=False)
    load_progress = fields.Float(
        string="Progress", compute="_compute_load_progress", aggregator=None
    )

    # the screen
    contact_count = fields.Integer(
        string="Contacts", compute="_compute_counts", groups=_VIEWERS
    )
    queued_count = fields.Integer(
        string="Queued", compute="_compute_counts", groups=_VIEWERS
    )
    done_count = fields.Integer(
        string="Done", compute="_compute_counts", groups=_VIEWERS
    )
    excluded_count = fields.Integer(
        string="Excluded", compute="_compute_counts", groups=_VIEWERS
    )
    progress = fields.Float(
        string="Done, %", compute="_compute_counts", groups=_VIEWERS
    )
    call_count = fields.Integer(
        string="Calls", compute="_compute_call_count", groups=_VIEWERS
    )
    lead_count = fields.Integer(
        string="Leads", compute="_compute_call_count", groups=_VIEWERS
    )
    next_callable_at = fields.Datetime(
        string="Next client", compute="_compute_next_callable_at", groups=_VIEWERS
    )
    holdback = fields.Html(
        string="What holds clients back now",
        compute="_compute_holdback",
        sanitize=False,
        groups=_VIEWERS,
    )

    _dates = models.Constraint(
        "CHECK (date_start IS NULL OR date_end IS NULL OR date_start <= date_end)",
        "A campaign cannot end before it begins.",
    )
    _rival = models.Constraint(
        "CHECK (rival_script_id IS NULL OR (script_id IS NOT NULL"
        " AND rival_script_id <> script_id AND rival_share BETWEEN 1 AND 99))",
        "Two scripts are compared: choose another one, and 1 to 99 per cent for it.",
    )
    _lead_probability = models.Constraint(
        "CHECK (lead_probability >= 0 AND lead_probability < 100)",
        "A new lead has a probability from 0 to less than 100 %.",
    )
    _positive = models.Constraint(
        "CHECK (share > 0 AND COALESCE(plan_contacts, 0) >= 0"
        " AND COALESCE(plan_results, 0) >= 0)",
        "The share must be positive and the plan cannot be negative.",
    )

    @api.depends("purpose", "company_id")
    def _compute_rule_set_id(self):
        """Another purpose brings its own rules; those that fit it as well stay."""
        for record in self:
            possible = record._find_rule_sets()
            if record.rule_set_id not in possible:
                record.rule_set_id = possible[:1]

    @api.depends("purpose", "company_id")
    def _compute_possible_rule_set_ids(self):
        for record in self:
            record.possible_rule_set_ids = record._find_rule_sets()

    def _find_rule_sets(self):
        sets = self.env["callcenter.rule.set"]
        return sets._get_for(self.purpose, self.company_id) if self.purpose else sets

    @api.constrains("purpose", "rule_set_id", "company_id")
    def _check_rule_set(self):
        labels = dict(self._fields["purpose"]._description_selection(self.env))
        for record in self:
            # sudo: whether it fits is asked of sets that the user may not read
            rules = record.rule_set_id.sudo()
            is_own = rules.company_id in (record.company_id, rules.company_id.browse())
            if not (rules._is_for(record.purpose) and is_own):
                raise ValidationError(
                    self.env._(
                        "The rule set %(rules)s is not for campaigns of the purpose "
                        "%(purpose)s, as %(campaign)s is: choose another one.",
                        rules=rules.name,
                        purpose=labels[record.purpose],
                        campaign=record.name,
                    )
                )

    @api.depends("state")
    def _compute_state_order(self):
        order = {"running": 0, "paused": 1, "draft": 2, "done": 3}
        for record in self:
            record.state_order = order[record.state]

    @api.depends("partner_domain", "import_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_partner_count(self):
        for record in self:
            record.partner_count = record._count_partners()

    def _count_partners(self):
        try:
            # One live count per open form: the user's own filter is the input.
            return ContactLoader(self).count()
        except ValidationError:
            return 0

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

    def write(self, vals):
        if self._is_kept_in_memory(vals):
            self.env.registry.clear_cache(SETTINGS_CACHE)
        return super().write(vals)

    def _is_kept_in_memory(self, vals):
        """Whether workers remember something that these values change."""
        has_desks = any(record.state != "draft" for record in self)
        kept = _KEPT_OF_DRAFTS | (_KEPT_FIELDS if has_desks else set())
        return bool(kept & vals.keys())

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        if "name" not in (default or {}):
            for record, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%(name)s (copy)", name=record.name)
        return vals_list

    def copy(self, default=None):
        """A draft with the same settings, without days and queue.

        Of the operators it has those whom the user leads.
        """
        copies = super().copy(default)
        for record, new in zip(self, copies, strict=True):
            new.operator_ids = record.operator_ids.filtered(
                "department_id.callcenter_is_supervised"
            )
        return copies

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        if any(record.state != "draft" for record in self):
            raise UserError(
                self.env._("Only a draft can be deleted: finish the campaign instead.")
            )

    def action_start(self):
        """Open the campaign to the desks; it stays closed until its first day.

        Lines whose calls are not marked are a warning, which is kept.
        """
        self._check_supervisor()
        self._check_in_state("draft", "paused")
        for record in self:
            record._check_ready()
        self._ensure_utm_campaign()
        self._transition({"state": "running"})
        warned = self.filtered("marking_warning")
        for record in warned:
            record._log_line(record._told_to().marking_warning)
        return warned._get_notification() or True

    def _get_notification(self):
        """The browser's message of what these campaigns are warned of, if any."""
        if not self:
            return False
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": "\n".join(self.mapped("marking_warning")),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.depends_context("lang")
    @api.depends("purpose", "line_ids.is_marked")
    def _compute_marking_warning(self):
        """Whoever calls shows who he is, by a contract with his operator."""
        for record in self:
            record.marking_warning = record._get_marking_warning()

    def _get_marking_warning(self):
        if self.purpose == "inbound":
            return False
        # sudo: whether a line is marked is no secret to whoever reads the campaign
        lines = self.sudo().line_ids
        if not lines:
            return self.env._(
                "%(name)s names no telephone lines: nobody knows whether its calls are "
                "marked as the law asks (Government Decree 1300 of 28.08.2025).",
                name=self.name or "—",
            )
        unmarked = lines.filtered(lambda line: not line.is_marked)
        return bool(unmarked) and self.env._(
            "%(name)s: %(lines)s without a label or a marking contract with number and "
            "date (Government Decree 1300 of 28.08.2025).",
            name=self.name or "—",
            lines=", ".join(unmarked.mapped("name")),
        )

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

    def action_reopen(self):
        """Take a finished campaign up again: on hold first, as its time has passed."""
        self._check_supervisor()
        self._check_in_state("done")
        self._transition({"state": "paused"})
        return True

    def _check_supervisor(self):
        self.check_access("write")

    def _check_ready(self):
        self._check_rule_set()
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
            source = sources.create({"title": record.name})
            record._transition({"utm_campaign_id": source.id})

    def _get_partner_domain(self):
        """The filter on the client base, checked.

        :raise ValidationError: it is no domain of res.partner, or asks for fields that
            are closed to the user
        """
        self.ensure_one()
        try:
            domain = Domain(literal_eval(self.partner_domain or "[]"))
            self.env["res.partner"]._search(domain)
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
        company = self.company_id or self.env.company
        usual = [
            ("company_id", "in", (False, company.id)),
            ("is_system", "=", False),
            ("direction", "in", ("both", direction)),
        ]
        if self.purpose != "debt" and not is_debtor:
            usual.append(("only_debt", "=", False))
        chosen = self.disposition_ids.filtered_domain([("active", "=", True), *usual])
        return (chosen or self.env["callcenter.disposition"].search(usual)).sorted()

    def _get_script(self, contact):
        """The script that a contact hears, the same at every call."""
        campaign = self._warm() if self else self
        rival = campaign.rival_script_id
        if rival and contact and is_rival(contact.id, campaign.rival_share):
            return rival
        return campaign.script_id

    # -- the load: set by set, restartable at any point --

    @api.depends("load_done", "load_total")
    def _compute_load_progress(self):
        for record in self:
            total = record.load_total
            record.load_progress = 100 * record.load_done / total if total else 0

    def action_load_contacts(self):
        """Put the clients of the filter into the queue; repeated, it adds new ones.

        Small sets are loaded at once, large ones by the background job.
        """
        self.ensure_one()
        self._check_supervisor()
        self._check_in_state("draft", "running", "paused")
        if self.load_state == "loading":
            raise UserError(
                self.env._("%(name)s is being loaded already.", name=self.name)
            )
        total = ContactLoader(self).count()
        self._transition(
            {
                "load_state": "loading",
                "load_user_id": self.env.uid,
                "load_cursor": 0,
                "load_done": 0,
                "load_total": total,
            }
        )
        if total <= DIRECT_LIMIT:
            self._load_batch(DIRECT_LIMIT + 1)
        else:
            # sudo: the scheduled job belongs to the system
            self.env.ref("callcenter_ops.ir_cron_load_campaigns").sudo()._trigger()
        return True

    def action_cancel_load(self):
        """Stop the background load; what is loaded stays."""
        self._check_supervisor()
        loading = self.filtered(lambda campaign: campaign.load_state == "loading")
        loading._transition({"load_state": "cancelled"})
        return True

    @api.model
    def _cron_load(self):
        """Load waiting campaigns batch by batch, each batch in its own transaction."""
        loading = self.search([("load_state", "=", "loading")], order="id")
        remaining = len(loading)
        for campaign in loading:
            user = campaign.load_user_id
            campaign = campaign.with_user(user)._told_to(user)
            while campaign.load_state == "loading":
                campaign._load_batch(BATCH)
                if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                    return
            remaining -= 1
        self.env["ir.cron"]._commit_progress(remaining=0)

    def _load_batch(self, size):
        """Load the next ``size`` clients; the last batch ends the load."""
        partners = ContactLoader(self).load(self.load_cursor, size)
        done = len(partners) < size
        self._transition(
            {
                "load_cursor": partners[-1] if partners else self.load_cursor,
                "load_done": self.load_done + len(partners),
                "load_state": "done" if done else "loading",
            }
        )
        if done:
            self._log_load()
        return len(partners)

    @api.model
    def _renew_numbers(self, partners):
        """Judge waiting contacts anew whose client has another number or place now."""
        contacts = self.env["callcenter.campaign.contact"].search(
            [
                ("partner_id", "in", partners.ids),
                ("campaign_id.state", "!=", "done"),
                "|",
                ("state", "in", ("queued", "claimed")),
                ("exclusion_reason", "in", NUMBER_REASONS),
            ]
        )
        for campaign, found in contacts.grouped("campaign_id").items():
            ContactLoader(campaign).renew(found.partner_id.ids)

    def _find_contacts(self, partner):
        """Contacts of one client in these campaigns, the waiting ones first."""
        contacts = self.env["callcenter.campaign.contact"].search(
            [("campaign_id", "in", self.ids), ("partner_id", "=", partner.id)]
        )
        return contacts.sorted(lambda contact: contact.state != "queued")

    def _ensure_contact(self, partner):
        """The client's contact in this campaign, judged as at a load if it is new."""
        contact = self._find_contacts(partner)
        if not contact:
            ContactLoader(self).insert(partner.ids)
            contact = self._find_contacts(partner)
        return contact

    def _log_load(self):
        groups = self.env["callcenter.campaign.contact"]._read_group(
            [("campaign_id", "=", self.id)], ["state"], ["__count"]
        )
        counts = dict(groups)
        self._log_line(
            self._told_to().env._(
                "Loaded: %(queued)s in the queue, %(excluded)s excluded.",
                queued=counts.get("queued", 0),
                excluded=counts.get("excluded", 0),
            )
        )

    def _get_recycle_domain(self, dispositions):
        """Contacts that may be called once more after these results."""
        return [
            ("campaign_id", "in", self.ids),
            ("state", "=", "done"),
            ("last_disposition_id", "in", dispositions.ids),
            ("last_disposition_id.is_stop", "=", False),
            ("last_disposition_id.is_bad_number", "=", False),
        ]

    def _recycle(self, dispositions, reset_attempts):
        """Put contacts with these last results back into the queue.

        :return: how many came back
        """
        self._check_supervisor()
        self._check_in_state("draft", "running", "paused")
        contacts = self.env["callcenter.campaign.contact"].search(
            self._get_recycle_domain(dispositions)
        )
        contacts._return_to_queue(reset_attempts)
        reader = self._told_to()
        self._log_line(
            reader.env._(
                "%(count)s contacts went back to the queue after: %(results)s.",
                count=len(contacts),
                results=", ".join(dispositions.with_env(reader.env).mapped("name")),
            )
        )
        return len(contacts)

    # -- the terms on which clients are handed out --

    def _get_operator_blockers(self, employee, on_date):
        """Why ``employee`` may not work in this campaign on ``on_date``.

        :return: list as one of ``hr.employee._get_callcenter_blockers``
        """
        self.ensure_one()
        return []

    @api.model
    def _get_open_terms(self, employee, on_date):
        """Terms of the campaigns that may hand clients to ``employee`` on a day.

        :return: list of ``hand_out.Terms``
        """
        running = self._get_running_terms(employee.company_id.id, on_date)
        teams = frozenset()
        if any(terms.team_ids for terms in running):
            teams = frozenset(employee.user_id.crm_team_ids.ids)
        return [terms for terms in running if terms.is_for(employee.id, teams)]

    @api.model
    @ormcache("company_id", "on_date", cache=SETTINGS_CACHE)
    def _get_running_terms(self, company_id, on_date):
        """Terms of a company's campaigns that run on a day, read once and kept."""
        domain = [
            ("state", "=", "running"),
            ("company_id", "=", company_id),
            "|",
            ("date_start", "=", False),
            ("date_start", "<=", on_date),
            "|",
            ("date_end", "=", False),
            ("date_end", ">=", on_date),
        ]
        # sudo: the cache is common to all users and holds settings alone
        campaigns = self.sudo().search(domain, order="priority desc, id")
        return tuple(campaign._make_terms(on_date) for campaign in campaigns)

    def _get_terms(self, on_date):
        """``hand_out.Terms`` of the campaign, from memory where it is running."""
        running = self._get_running_terms(self.company_id.id, on_date)
        known = [terms for terms in running if terms.campaign_id == self.id]
        return known[0] if known else self._make_terms(on_date)

    def _make_terms(self, on_date):
        version = self.rule_set_id._get_version(on_date)
        return Terms(
            campaign_id=self.id,
            priority=self.priority,
            share=self.share,
            zones=tuple(self.zones or ()),
            rules=version._get_rules(),
            country=self._get_country(),
            employee_ids=frozenset(self.employee_ids.ids),
            team_ids=frozenset(self.team_ids.ids),
        )

    def _get_country(self):
        """The country whose holidays count."""
        return self.company_id.country_id.code or "RU"

    def _get_rule_version(self):
        """The version of the rule set that is in force today."""
        self.ensure_one()
        today = self.company_id._callcenter_today()
        return self.rule_set_id._get_version(today)

    def _get_rules(self):
        """The rules that are in force today, as ``call_rules.Rules``."""
        self.ensure_one()
        return self._get_rules_on(self.company_id._callcenter_today())

    @ormcache("self.id", "on_date", cache=SETTINGS_CACHE)
    def _get_rules_on(self, on_date):
        # sudo: settings, which operators may not read
        return self.sudo().rule_set_id._get_version(on_date)._get_rules()

    def _warm(self):
        """The same campaign; what a desk reads of it is in the cache already."""
        warm(self, **self._get_desk_columns())
        return self

    @ormcache("self.id", cache=SETTINGS_CACHE)
    def _get_desk_columns(self):
        # sudo: settings, which operators may not read
        campaign = self.sudo()
        return {
            name: campaign._fields[name].convert_to_cache(campaign[name], campaign)
            for name in _DESK_COLUMNS
        }

    def _note_zones(self, partner_ids):
        """Remember the zones of the contacts of some clients, beside those known."""
        self.env["callcenter.campaign.contact"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT timezone FROM callcenter_campaign_contact"
                " WHERE campaign_id + 0 = %s AND partner_id = ANY(%s)"
                " AND timezone IS NOT NULL",
                self.id,
                partner_ids,
            )
        )
        zones = sorted({zone for (zone,) in rows} | set(self.zones or ()))
        if zones != (self.zones or []):
            self._transition({"zones": zones})

    def _get_next_callable_at(self, employee=None):
        """When the next client may be called, by the queue and the call windows.

        :param employee: also look at the personal call-backs of this operator
        :return: naive UTC datetime, or None when nothing waits
        """
        return CampaignWait(self).get_end(employee)

    # -- choosing operators without the right to personnel records --

    @api.depends("employee_ids")
    def _compute_operator_ids(self):
        people = self.env["hr.employee.public"]
        for record in self:
            # sudo: who works in a campaign is no secret to whoever reads it
            record.operator_ids = people.browse(record.sudo().employee_ids.ids)

    def _inverse_operator_ids(self):
        """Whoever runs the campaign puts in and takes out operators of his own.

        :raise AccessError: one of them is of a department that he does not lead
        """
        self.check_access("write")
        for record in self:
            # sudo: whom the campaign has now, to see who comes and who goes
            before = set(record.sudo().employee_ids.ids)
            chosen = record.operator_ids
            record._check_own(before ^ set(chosen.ids))
            # sudo: the link alone is written; the right to it was checked above
            record.sudo().employee_ids = [(6, 0, chosen.ids)]

    def _check_own(self, employee_ids):
        people = self.env["hr.employee.public"].browse(employee_ids)
        foreign = people.filtered(
            lambda person: not person.department_id.callcenter_is_supervised
        )
        if foreign:
            raise AccessError(
                self.env._(
                    "%(people)s: operators of other departments are chosen by those "
                    "who lead them.",
                    people=", ".join(foreign.mapped("name")),
                )
            )

    # -- the screen --

    @api.depends("contact_ids.state")
    def _compute_counts(self):
        groups = self.env["callcenter.campaign.contact"]._read_group(
            [("campaign_id", "in", self.ids)], ["campaign_id", "state"], ["__count"]
        )
        counts = {(campaign.id, state): count for campaign, state, count in groups}
        for record in self:
            by_state = {
                state: counts.get((record.id, state), 0)
                for state in ("queued", "claimed", "done", "excluded")
            }
            reachable = sum(by_state.values()) - by_state["excluded"]
            record.contact_count = sum(by_state.values())
            record.queued_count = by_state["queued"] + by_state["claimed"]
            record.done_count = by_state["done"]
            record.excluded_count = by_state["excluded"]
            record.progress = 100 * by_state["done"] / reachable if reachable else 0

    @api.depends("contact_ids.last_call_at")
    def _compute_call_count(self):
        groups = self.env["callcenter.call"]._read_group(
            [("campaign_id", "in", self.ids), ("is_in_force", "=", True)],
            ["campaign_id"],
            ["__count", "lead_id:count_distinct"],
        )
        counts = {campaign.id: (calls, leads) for campaign, calls, leads in groups}
        for record in self:
            record.call_count, record.lead_count = counts.get(record.id, (0, 0))

    @api.depends("contact_ids.state", "contact_ids.next_call_at", "state")
    def _compute_next_callable_at(self):
        for record in self:
            is_open = record.state in ("running", "paused") and record.zones
            record.next_callable_at = is_open and record._get_next_callable_at()

    @api.depends("contact_ids.state", "contact_ids.next_call_at", "rule_set_id")
    def _compute_holdback(self):
        for record in self:
            rows = record._get_holdback() if record.contact_count else []
            record.holdback = CampaignHoldback(record).render(rows)

    @api.depends("script_id", "rival_script_id", "contact_ids.last_call_at")
    def _compute_script_report(self):
        for record in self:
            record.script_report = ScriptReport(record).render()

    def action_open_contacts(self):
        """The contacts of the campaign, for whoever may see them."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.campaign_contact_action"
        )
        return action | {
            "domain": [("campaign_id", "in", self.ids)],
            "context": {"of_one_campaign": len(self) == 1},
        }

    def action_open_leads(self):
        """The leads that the calls of the campaign made."""
        self.check_access("read")
        groups = self.env["callcenter.call"]._read_group(
            [("campaign_id", "in", self.ids), ("lead_id", "!=", False)],
            [],
            ["lead_id:array_agg"],
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leads"),
            "res_model": "crm.lead",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", groups[0][0] or [])],
        }

    def _get_holdback(self):
        """How many contacts each rule holds back now, see ``CampaignHoldback``."""
        self.ensure_one()
        return CampaignHoldback(self).count()

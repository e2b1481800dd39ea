from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ...tools.common.row_guard import frozen
from ..common.signed_paper_mixin import PAPER_COLUMNS, PAPER_FIELDS
from .document_mixin import FREE_COLUMNS, FROZEN


class Policy(models.Model):
    _name = "callcenter.policy"
    _inherit = ["callcenter.document.mixin"]
    _description = "Local act or briefing"
    _text_limits = {"body": 1_000_000}
    _order = "kind, name, version desc, id desc"
    _check_company_auto = True

    _acknowledgement_field = "policy_id"
    _sheet_report = "policy_action_report_sheet"
    _paper_report = "callcenter_ops.policy_action_report"
    _guard_update, _guard_delete = frozen(
        "callcenter.policy",
        FROZEN,
        free=FREE_COLUMNS,
        once=PAPER_COLUMNS,
        stays=True,
    )
    _guarded_fields = (
        "root_id",
        "state",
        "version",
        "date_to",
        "content_hash",
        "approved_by_id",
        "approved_for_id",
        "approved_on",
        *PAPER_FIELDS,
    )

    name = fields.Char(required=True, tracking=True)
    number = fields.Char(help="Number of the act or of the instruction.")
    kind = fields.Selection(
        [("local_act", "Local act"), ("briefing", "Briefing")],
        required=True,
        default="local_act",
        index=True,
    )
    briefing_field = fields.Selection(
        [("labour_safety", "Labour safety"), ("fire_safety", "Fire safety")],
        string="Subject of the briefing",
    )
    briefing_type = fields.Selection(
        [
            ("introductory", "Introductory"),
            ("primary", "Primary"),
            ("repeated", "Repeated"),
            ("unplanned", "Unplanned"),
            ("targeted", "Targeted"),
        ]
    )
    reason = fields.Char(help="Why an unplanned or targeted briefing is held.")
    instructor_id = fields.Many2one(
        "hr.employee",
        check_company=True,
        index="btree_not_null",
        help="Who holds the briefing; printed in the journal.",
    )
    validity_months = fields.Integer(
        compute="_compute_validity_months",
        store=True,
        readonly=False,
        precompute=True,
        help="How long a signature is valid; 0 = signed once. Proposed by the dated "
        "settings of briefing periods.",
    )
    job_ids = fields.Many2many(
        "hr.job",
        string="Posts",
        check_company=True,
        help="Posts that it concerns; empty means every appointed operator.",
    )
    blocks_clearance = fields.Boolean(
        default=True,
        help="Without a valid signature the operator is handed no clients.",
    )
    body = fields.Html(string="Text", sanitize=True)
    root_id = fields.Many2one(
        "callcenter.policy",
        string="First version",
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
    )
    release_ids = fields.One2many(
        "callcenter.policy.release",
        "root_id",
        string="Releases",
        compute="_compute_release_ids",
    )
    acknowledgement_ids = fields.One2many(
        "callcenter.acknowledgement", "policy_id", readonly=True
    )

    _version_unique = models.UniqueIndex(
        "(root_id, version) WHERE version > 0 AND root_id IS NOT NULL",
        "This version of the act exists already.",
    )
    _validity_not_negative = models.Constraint(
        "CHECK (validity_months >= 0)",
        "The validity is a number of months; 0 means that it is signed once.",
    )
    _briefing_is_described = models.Constraint(
        "CHECK (kind <> 'briefing' OR "
        "(briefing_field IS NOT NULL AND briefing_type IS NOT NULL))",
        "A briefing needs its subject and its type.",
    )
    # Ranges of one integer stand for equality: no extension of PostgreSQL is needed.
    _one_in_force = models.Constraint(
        """EXCLUDE USING gist (
            int4range(root_id, root_id, '[]') WITH &&,
            daterange(date_from, CASE WHEN date_to IS NOT NULL
                THEN GREATEST(date_to + 1, date_from) END, '[)') WITH &&
        ) WHERE (state IN ('approved', 'superseded'))""",
        "Two versions of a local act cannot be in force on the same day.",
    )

    @api.depends("kind", "briefing_field", "briefing_type", "date_from")
    def _compute_validity_months(self):
        periods = self.env["callcenter.briefing.period"]
        for policy in self:
            if policy.kind != "briefing":
                policy.validity_months = policy.validity_months or 0
                continue
            policy.validity_months = periods._get_months(
                policy.briefing_field, policy.briefing_type, policy.date_from
            )

    @api.depends_context("lang")
    @api.depends("name", "version")
    def _compute_display_name(self):
        for policy in self:
            policy.display_name = self.env._(
                "%(name)s, version %(version)s",
                name=policy.name or "",
                version=policy.version,
            )

    @api.depends("root_id")
    def _compute_release_ids(self):
        releases = self.env["callcenter.policy.release"].search(
            [("root_id", "in", self.root_id.ids)]
        )
        for policy in self:
            policy.release_ids = releases.filtered_domain(
                [("root_id", "=", policy.root_id.id)]
            )

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.kind != "briefing":
            self.briefing_field = self.briefing_type = False

    def _number_versions(self):
        for policy in self.filtered(lambda p: not p.root_id):
            policy._transition({"root_id": policy.id})
        return super()._number_versions()

    def _get_paper_title(self):
        return self.name

    def _get_paper_kind(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return kinds[self.kind]

    def _get_signing_kind(self):
        return self.kind

    def _get_series_domain(self):
        self.ensure_one()
        return Domain("root_id", "=", self.root_id.id or 0)

    def _prepare_new_version_values(self):
        return super()._prepare_new_version_values() | {"root_id": self.root_id.id}

    def _get_content(self):
        self.ensure_one()
        return {
            "kind": self._name,
            "title": self.name,
            "number": self.number or "",
            "version": self.version,
            "date_from": fields.Date.to_string(self.date_from),
            "briefing": [self.briefing_field or "", self.briefing_type or ""],
            "reason": self.reason or "",
            "validity_months": self.validity_months,
            "body": self.body or "",
        }

    def _render_body(self):
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "callcenter_ops.policy_body", {"document": self}
        )

    def _get_concerned_employees(self):
        self.ensure_one()
        domain = Domain("callcenter_status", "=", "appointed") & Domain(
            "company_id", "=", self.company_id.id
        )
        if jobs := self._get_bound_jobs():
            domain &= Domain("job_id", "in", jobs.ids)
        # sudo: the Director may not search versions of employees
        employees = self.env["hr.employee"].sudo().search(domain)
        on_date = max(self.date_from, self.company_id._callcenter_today())
        released = self._get_released_jobs(on_date)[self.root_id]
        return employees.filtered(lambda e: e.job_id not in released)

    def _concerns(self, company, job, released):
        """Whether holders of the post must sign it.

        :param released: what ``_get_released_jobs`` answered for that day
        """
        self.ensure_one()
        jobs = self._get_bound_jobs()
        return (
            self.company_id == company
            and (not jobs or job in jobs)
            and job not in released[self.root_id]
        )

    def _get_bound_jobs(self):
        """The posts the act is for; archived ones too, or it would be for everybody."""
        return self.with_context(active_test=False).job_ids

    def _get_released_jobs(self, on_date):
        """``{first version: posts released from the act on that day}``, by default
        no post."""
        releases = self.env["callcenter.policy.release"]
        # sudo: operators ask through their own blockers
        groups = releases.sudo()._read_group(
            Domain("root_id", "in", self.root_id.ids)
            & releases._get_valid_domain(on_date),
            ["root_id"],
            ["job_id:recordset"],
        )
        return defaultdict(self.env["hr.job"].browse, groups)

    def _blocks_clearance(self):
        return self.blocks_clearance

    def _check_complete(self):
        if is_html_empty(self.body):
            raise UserError(
                self.env._(
                    "%(document)s has no text: there is nothing to sign.",
                    document=self.display_name,
                )
            )
        if self.briefing_type in ("unplanned", "targeted") and not self.reason:
            raise UserError(
                self.env._("An unplanned or targeted briefing needs its reason.")
            )

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.common.date_words import date_in_digits

PURPOSES = [
    ("informative", "Informative"),
    ("telemarketing", "Telemarketing"),
    ("service", "Service"),
    ("survey", "Survey"),
    ("debt", "Debt"),
    ("inbound", "Inbound"),
]
_PURPOSE_FIELDS = [f"for_{code}" for code, _name in PURPOSES]


_NOT_OVER = [("state", "!=", "done")]


class RuleSet(models.Model):
    """When, how often and with whose consent clients are called, for what purposes.

    The shared sets carry the law. A company has its own beside them; where one of the
    law is binding, the company's is no looser.
    """

    _name = "callcenter.rule.set"
    _inherit = ["callcenter.cached.settings"]
    _description = "Rule set of calls"
    _order = "sequence, id"
    # A set of a company never becomes one of all.
    _settled_fields = ("company_id",)

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.user._get_callcenter_rules_company(),
        help="Empty = every company.",
    )
    for_informative = fields.Boolean(string="Informative calls")
    for_telemarketing = fields.Boolean(string="Telemarketing")
    for_service = fields.Boolean(string="Service calls")
    for_survey = fields.Boolean(string="Surveys")
    for_debt = fields.Boolean(string="Debts")
    for_inbound = fields.Boolean(string="Incoming calls")
    binding = fields.Selection(
        [
            ("none", "Nothing: the company's own rule"),
            ("consent", "The consent"),
            ("all", "Consent, hours and limits"),
        ],
        string="Binds other sets to",
        required=True,
        default="none",
        help="What a company's own set for the same purposes may not loosen.",
    )
    version_ids = fields.One2many(
        "callcenter.rule.set.version", "rule_set_id", string="Versions", copy=True
    )
    current_version_id = fields.Many2one(
        "callcenter.rule.set.version",
        string="In force today",
        compute="_compute_current_version_id",
    )

    @api.depends("version_ids.date_from")
    def _compute_current_version_id(self):
        today = self.env.company._callcenter_today()
        for record in self:
            record.current_version_id = record._find_version(today)

    @api.model
    def _get_for(self, purpose, company):
        """Sets that a company may use for a purpose, its own first."""
        domain = [
            (f"for_{purpose}", "=", True),
            ("company_id", "in", (False, company.id)),
        ]
        return self.search(domain).sorted(lambda one: not one.company_id)

    def _is_for(self, purpose):
        """Whether a campaign of that purpose may use the set."""
        self.ensure_one()
        return bool(self[f"for_{purpose}"])

    @api.constrains(*_PURPOSE_FIELDS, "company_id")
    def _check_campaigns(self):
        """A set keeps the purposes of the campaigns that use it."""
        # sudo: the campaigns of other departments are in the way too
        campaigns = self.env["callcenter.campaign"].sudo()
        used = campaigns.search([("rule_set_id", "in", self.ids), *_NOT_OVER])
        used._check_rule_set()

    @api.constrains(*_PURPOSE_FIELDS, "company_id", "version_ids")
    def _check_law(self):
        self.version_ids._check_law()

    def _find_laws(self):
        """Shared sets that bind this one."""
        shared = [("company_id", "=", False), ("binding", "!=", "none")]
        laws = self.search([*shared, ("id", "!=", self.id)])
        purposes = [name for name in _PURPOSE_FIELDS if self[name]]
        return laws.filtered(lambda law: any(law[name] for name in purposes))

    def _get_version(self, on_date):
        """The version in force on ``on_date``.

        :raise UserError: no version has begun by that day
        """
        version = self._find_version(on_date)
        if not version:
            raise UserError(
                self.env._(
                    "The rule set %(name)s has no version in force on %(day)s: "
                    "add one to it.",
                    name=self.name,
                    day=date_in_digits(on_date),
                )
            )
        return version

    def _find_version(self, on_date):
        self.ensure_one()
        begun = self.version_ids.filtered(lambda version: version.date_from <= on_date)
        return begun.sorted("date_from")[-1:]

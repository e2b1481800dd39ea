from odoo import fields, models

from .campaign import SCRIPT_TOKENS
from .rule_set import PURPOSES

# What a campaign takes over; the words come in the language of who makes it.
_TAKEN = ("purpose", "partner_domain", "script", "plan_contacts")


class CampaignRecipe(models.Model):
    """A campaign ready to be started: whom, by which rules, with what words.

    Each is lawful as it stands: its rules are those of its purpose, and its filter
    leaves out whom they would not let be called anyway.
    """

    _name = "callcenter.campaign.recipe"
    _description = "Recipe of a campaign"
    _order = "sequence, id"
    _settled_fields = ("company_id",)

    name = fields.Char(required=True, translate=True)
    description = fields.Text(
        string="What it is for",
        translate=True,
        help="And what has to be there before it is started.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.user._get_callcenter_rules_company(),
        help="Empty = every company.",
    )
    purpose = fields.Selection(PURPOSES, required=True, default="informative")
    partner_domain = fields.Char(
        string="Clients", required=True, default="[]", help="Filter on the client base."
    )
    script = fields.Html(
        translate=True,
        sanitize_attributes=True,
        help="Text between double braces is filled in: "
        + ", ".join("{{ %s }}" % token for token in SCRIPT_TOKENS),
    )
    disposition_ids = fields.Many2many(
        "callcenter.disposition",
        string="Dispositions",
        help="Empty = every active disposition.",
    )
    plan_contacts = fields.Integer(string="Planned contacts")

    def action_use(self):
        """Make a draft campaign of the recipe and open it.

        The first rule set that its purpose may have is taken, a company's own first.
        """
        self.ensure_one()
        self.check_access("read")
        campaign = self.env["callcenter.campaign"].create(self._prepare_campaign())
        return {
            "type": "ir.actions.act_window",
            "name": campaign.name,
            "res_model": campaign._name,
            "res_id": campaign.id,
            "views": [(False, "form")],
        }

    def _prepare_campaign(self):
        return {
            **{name: self[name] for name in _TAKEN},
            "name": self.name,
            "disposition_ids": [(6, 0, self.disposition_ids.ids)],
        }

from odoo import api, fields, models
from odoo.tools import ormcache

from ...tools.calling.lead_routing import Route, least_loaded
from ..common.cached_settings import SETTINGS_CACHE


class LeadRoute(models.Model):
    """Managers of new opportunities, by campaign, region and goods.

    The first route in order that fits gives the opportunity to the one of its managers
    who has the fewest open ones.
    """

    _name = "callcenter.lead.route"
    _inherit = ["callcenter.cached.settings"]
    _description = "Route of leads"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    campaign_ids = fields.Many2many(
        "callcenter.campaign", string="Campaigns", help="Empty = every campaign."
    )
    state_ids = fields.Many2many(
        "res.country.state",
        string="Regions",
        domain=[("country_id.code", "=", "RU")],
        help="Empty = every region.",
    )
    categ_ids = fields.Many2many(
        "product.category",
        string="Product categories",
        help="With those below them; empty = whatever the call was about.",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Managers",
        required=True,
        domain=[("share", "=", False)],
    )
    team_id = fields.Many2one("crm.team", string="Sales team")

    @api.model
    def _find(self, call):
        """The route of a call's opportunity; empty where none fits.

        :param call: one ``callcenter.call``
        """
        call = call.with_env(self.env)
        categories = {
            int(number)
            for category in call.product_ids.categ_id
            for number in category.parent_path.split("/")
            if number
        }
        asked = (call.campaign_id.id, call.state_id.id, categories)
        for route_id, terms in self._get_routes(call.company_id.id):
            route = self.browse(route_id)
            if terms.fits(*asked) and route.user_ids:
                return route
        return self.browse()

    @api.model
    @ormcache("company_id", cache=SETTINGS_CACHE)
    def _get_routes(self, company_id):
        """``((id, Route), …)`` of a company, in order: asked for once, not per lead."""
        # sudo: the same for whoever ends a call; `_find` is asked by the server alone
        routes = self.sudo().search([("company_id", "=", company_id)])
        return tuple((route.id, route._get_terms()) for route in routes)

    def _get_terms(self):
        return Route(
            campaigns=frozenset(self.campaign_ids.ids),
            regions=frozenset(self.state_ids.ids),
            categories=frozenset(self.categ_ids.ids),
        )

    def _pick_manager(self):
        """The least loaded of the managers; empty on an empty route."""
        rows = self.env["crm.lead"]._read_group(
            [("user_id", "in", self.user_ids.ids), ("won_status", "=", "pending")],
            ["user_id"],
            ["__count"],
        )
        loads = {user.id: count for user, count in rows}
        managers = self.user_ids.sorted("id").ids
        return self.user_ids.browse(least_loaded(managers, loads) or [])

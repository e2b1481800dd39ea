from odoo.exceptions import AccessError
from odoo.tests import BaseCase, new_test_user, tagged

from ...tools.calling.lead_routing import Route, least_loaded
from .common import CallingCase


class TestLeadRouting(BaseCase):
    def test_a_route_fits_by_all_that_it_names(self):
        route = Route(campaigns=frozenset({1}), regions=frozenset({66, 74}))
        self.assertTrue(route.fits(1, 66, set()))
        self.assertFalse(route.fits(1, 77, set()))
        self.assertFalse(route.fits(2, 66, set()))
        self.assertTrue(Route().fits(2, 77, {5}))
        self.assertTrue(Route(categories=frozenset({5})).fits(1, 1, {5, 9}))
        self.assertFalse(Route(categories=frozenset({5})).fits(1, 1, {9}))

    def test_the_least_loaded_gets_it_and_the_first_of_equal_ones(self):
        self.assertEqual(least_loaded([3, 4, 5], {3: 7, 4: 2, 5: 2}), 4)
        self.assertEqual(least_loaded([3, 4], {3: 1}), 4)
        self.assertIsNone(least_loaded([], {}))


@tagged("post_install", "-at_install")
class TestLeadRoute(CallingCase):
    """Anna and Boris sell winter goods in the region, Vera all the rest."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client()
        cls.anna, cls.boris, cls.vera = (
            new_test_user(cls.env, name, groups="sales_team.group_sale_salesman")
            for name in ("anna", "boris", "vera")
        )
        cls.sports = cls.env["product.category"].create({"name": "Sports"})
        cls.winter = cls.env["product.category"].create(
            {"name": "Winter", "parent_id": cls.sports.id}
        )
        cls.skis = cls.env["product.product"].create(
            {"name": "Skis", "categ_id": cls.winter.id}
        )
        cls.team = cls.env["crm.team"].create({"name": "Winter"})
        routes = cls.env["callcenter.lead.route"].with_user(cls.users["supervisor"])
        cls.routes = routes.create(
            [
                {
                    "name": "Winter goods",
                    "sequence": 1,
                    "categ_ids": [(6, 0, cls.sports.ids)],
                    "user_ids": [(6, 0, (cls.anna | cls.boris).ids)],
                    "team_id": cls.team.id,
                },
                {"name": "All", "sequence": 2, "user_ids": [(6, 0, cls.vera.ids)]},
            ]
        )

    def build_lead(self, user):
        return self.env["crm.lead"].create(
            {"name": "Open", "type": "opportunity", "user_id": user.id}
        )

    def get_lead(self, **values):
        saved = self.call_through(self.operator, "interested", **values)["saved"]
        return self.env["crm.lead"].browse(saved["lead_id"])

    def test_who_has_fewest_open_leads_of_the_goods_gets_the_next(self):
        self.build_campaign(self.client)
        self.build_lead(self.anna)
        self.build_lead(self.anna)
        self.build_lead(self.boris)
        lead = self.get_lead(product_ids=self.skis.ids)
        self.assertEqual((lead.user_id, lead.team_id), (self.boris, self.team))

    def test_many_leads_ask_for_the_routes_once(self):
        self.build_campaign(self.client)
        self.get_lead()
        call = self.env["callcenter.call"].search([], limit=1)
        routes = self.env["callcenter.lead.route"].sudo()
        routes._find(call)
        with self.assertQueryCount(0):
            for _number in range(5):
                routes._find(call)
        self.routes[0].with_user(self.users["supervisor"]).categ_ids = False
        self.assertEqual(routes._find(call), self.routes[0])

    def test_other_goods_go_on_to_the_next_route(self):
        self.build_campaign(self.client)
        self.assertEqual(self.get_lead().user_id, self.vera)

    def test_whoever_the_campaign_names_comes_first(self):
        self.build_campaign(self.client, lead_user_id=self.users["director"].id)
        self.assertEqual(self.get_lead().user_id, self.users["director"])

    def test_a_manager_who_left_gets_nothing(self):
        self.build_campaign(self.client)
        self.vera.active = False
        self.assertEqual(self.get_lead().user_id, self.users["supervisor"])

    def test_only_those_who_lead_the_sales_say_who_gets_what(self):
        for role in ("operator", "hr", "outsider"):
            with self.assertRaises(AccessError):
                self.as_(role, self.routes).read(["name"])
        with self.assertRaises(AccessError):
            self.as_("director", self.routes).write({"name": "Mine"})
        self.assertEqual(self.as_("director", self.routes[0]).name, "Winter goods")

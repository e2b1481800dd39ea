"""A sales director starts a campaign of a recipe, from an empty list on."""

import re

from odoo.tests import tagged
from olsport import CLIENTS, OlsportCase
from playwright.sync_api import expect

WIDE = {"width": 1366, "height": 768}


@tagged("post_install", "-at_install")
class TestRecipe(OlsportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        russia = cls.env.ref("base.ru")
        cls.clients = cls.env["res.partner"].create(
            [
                {"name": name, "phone": phone, "country_id": russia.id}
                for name, phone in CLIENTS
            ]
        )
        campaigns = cls.env["callcenter.campaign"].search([("state", "!=", "done")])
        campaigns._transition({"state": "done"})
        # Nothing is read from the database while a browser works on it.
        cls.name = cls.env.ref("callcenter_ops.recipe_informative").name

    def test_from_an_empty_list_to_a_running_campaign(self):
        with self.window("journey_supervisor", WIDE) as page:
            self.open_action(page, "callcenter_ops.campaign_action")
            page.click(".o_view_nocontent a[type=action]")
            card = page.locator(".o_kanban_record").filter(
                has=page.get_by_text(self.name, exact=True)
            )
            self.picture(page, "campaign_recipes")
            card.locator("button[name=action_use]").click()
            expect(page.locator(".o_form_view .alert-warning")).to_be_visible()
            page.click("button[name=action_load_contacts]:visible")
            page.click("button[name=action_start]:visible")
            expect(page.locator(".o_notification")).to_contain_text(re.compile("1300"))
            self.picture(page, "campaign_of_a_recipe")
        campaign = self.env["callcenter.campaign"].search([("state", "=", "running")])
        self.assertEqual(campaign.name, self.name)
        queued = campaign.contact_ids.filtered(lambda one: one.state == "queued")
        self.assertEqual(queued.partner_id & self.clients, self.clients)

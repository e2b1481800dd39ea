"""Where the apps are, their bridges are too."""

import ast

from odoo.tests import TransactionCase, tagged
from source_tree import ADDONS

MANIFESTS = {
    path.name: ast.literal_eval((path / "__manifest__.py").read_text(encoding="utf-8"))
    for path in ADDONS
}


@tagged("post_install", "-at_install")
class TestBridges(TransactionCase):
    def test_every_bridge_came_with_its_app(self):
        """Nobody named them, and ``skip_auto_install`` is on."""
        bridges = {name for name, one in MANIFESTS.items() if one.get("auto_install")}
        self.assertIn("callcenter_ops_sale", bridges)
        modules = self.env["ir.module.module"]
        there = modules.search([("state", "=", "installed")]).mapped("name")
        self.assertEqual(bridges - set(there), set())

    def test_the_addons_that_odoo_installs_by_itself_stayed_away(self):
        paid = self.env.ref("base.module_iap").search(
            [("name", "in", ("crm_iap_enrich", "crm_iap_mine", "partner_autocomplete"))]
        )
        self.assertEqual(set(paid.mapped("state")), {"uninstalled"})

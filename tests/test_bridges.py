from odoo.exceptions import AccessDenied
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import config


@tagged("post_install", "-at_install")
class TestBridges(TransactionCase):
    """What an administrator's click on an app brings of ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.modules = cls.env["ir.module.module"]
        cls.addClassCleanup(
            config.__setitem__, "skip_auto_install", config["skip_auto_install"]
        )
        config["skip_auto_install"] = True

    def find(self, name):
        return self.modules.search([("name", "=", name)])

    def test_a_partner_brings_its_bridge_and_nothing_of_odoo(self):
        self.find("sale").button_install()
        self.assertEqual(self.find("callcenter_ops_sale").state, "to install")
        self.assertEqual(self.find("callcenter_ops_livechat").state, "uninstalled")
        # Odoo's own bridge of sales and leads.
        self.assertEqual(self.find("sale_crm").state, "uninstalled")

    def test_a_partner_that_was_there_before_is_met_at_an_upgrade(self):
        partner = (
            self.find("hr_holidays") | self.find("hr_holidays").upstream_dependencies()
        )
        partner.state = "installed"
        self.modules._install_callcenter_bridges()
        self.assertEqual(self.find("callcenter_ops_holidays").state, "to install")
        self.assertEqual(self.find("callcenter_ops_sale").state, "uninstalled")

    def test_who_is_no_administrator_installs_nothing(self):
        user = new_test_user(self.env, "curious", groups="base.group_user")
        with self.assertRaises(AccessDenied):
            self.find("sale").with_user(user).button_install()
        self.assertEqual(self.find("callcenter_ops_sale").state, "uninstalled")

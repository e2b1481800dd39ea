"""The settings of the call centre: Odoo's administrator with our role sets them."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..cases import CallcenterCase

MENU = "callcenter_ops.menu_settings"
ADMINISTRATOR = "base.group_user,base.group_system,callcenter_ops.group_manager"


class TestResConfigSettings(CallcenterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["administrator"] = new_test_user(
            cls.env, "cc_administrator", groups=ADMINISTRATOR
        )
        cls.users["odoo"] = new_test_user(
            cls.env, "cc_odoo", groups="base.group_user,base.group_system"
        )

    def open(self, role):
        return Form(self.as_(role, self.env["res.config.settings"]))

    def sees_menu(self, role):
        menus = self.as_(role, self.env["ir.ui.menu"])
        return self.env.ref(MENU).id in menus._visible_menu_ids()

    def test_the_administrator_sets_what_holds_for_his_company(self):
        form = self.open("administrator")
        form.callcenter_workplace_policy = "block"
        form.callcenter_life_months = 48
        form.callcenter_renewal_days = 7
        form.callcenter_search_day = 90
        form.save().execute()
        company = self.company
        self.assertEqual(company.callcenter_workplace_policy, "block")
        self.assertEqual(company.callcenter_life_months, 48)
        self.assertEqual(company.callcenter_renewal_days, 7)
        self.assertEqual(company.callcenter_search_day, 90)

    def test_the_rules_of_the_company_hold_here_too(self):
        form = self.open("administrator")
        form.callcenter_life_months = 0
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            form.save()
        self.assertEqual(self.company.callcenter_life_months, 36)

    def test_no_other_role_opens_or_writes_them(self):
        roles = ("operator", "supervisor", "hr", "director", "manager", "outsider")
        for role in roles:
            settings = self.as_(role, self.env["res.config.settings"])
            with self.subTest(role=role), self.assertRaises(AccessError):
                settings.create({"callcenter_workplace_policy": "none"})
            self.assertFalse(self.sees_menu(role))
        self.assertEqual(self.company.callcenter_workplace_policy, "warn")

    def test_the_page_is_shown_to_the_call_centres_administrator_alone(self):
        self.assertTrue(self.sees_menu("administrator"))
        self.assertFalse(self.sees_menu("odoo"))
        views = self.env["res.config.settings"]
        shown = views.with_user(self.users["administrator"]).get_view()["arch"]
        hidden = views.with_user(self.users["odoo"]).get_view()["arch"]
        self.assertIn("callcenter_life_months", shown)
        self.assertNotIn("callcenter_life_months", hidden)

    def test_each_company_has_its_own(self):
        other = self.env["res.company"].create({"name": "Other"})
        user = self.users["administrator"]
        user.company_ids = [Command.link(other.id)]
        settings = self.env["res.config.settings"].with_user(user).with_company(other)
        form = Form(settings)
        form.callcenter_workplace_policy = "none"
        form.save().execute()
        self.assertEqual(other.callcenter_workplace_policy, "none")
        self.assertEqual(self.company.callcenter_workplace_policy, "warn")

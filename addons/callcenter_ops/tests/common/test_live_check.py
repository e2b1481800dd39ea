"""What ``bin/check`` says: nothing of a healthy database, each fault by its name."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import config

from ...models.common.live_check import LiveCheck
from ..cases import CallcenterCase


@tagged("post_install", "-at_install")
class TestLiveCheck(CallcenterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What tests and demo companies are set up with, and production is not.
        cls.env.ref("base.user_admin").password = "a long one of its own"
        cls.set_parameter("auth_signup.invitation_scope", "b2b")

    @classmethod
    def set_parameter(cls, name, value):
        cls.env["ir.config_parameter"].set_param(name, value)

    def setUp(self):
        super().setUp()
        set_up = {"list_db": False, "dev_mode": []}
        self.enterContext(patch.dict(config.options, set_up))
        self.enterContext(
            patch.object(type(config), "verify_admin_password", lambda *_args: False)
        )

    def faults(self):
        self.env.flush_all()
        return LiveCheck(self.env).find_faults()

    def assertFault(self, code):
        self.assertIn(code, {fault.code for fault in self.faults()})

    def test_a_healthy_database_is_silent(self):
        self.assertEqual([str(fault) for fault in self.faults()], [])
        lines = []
        self.assertEqual(LiveCheck(self.env).report(lines.append), 0)
        self.assertEqual(lines, [])

    def test_a_fault_says_what_to_do_and_fails(self):
        self.set_parameter("auth_signup.invitation_scope", "b2c")
        lines = []
        self.assertEqual(LiveCheck(self.env).report(lines.append), 1)
        self.assertEqual(
            str(lines[0]),
            "sign-up: anybody can open an account of his own\n"
            "    -> Settings, Customer account: on invitation.",
        )

    def test_an_access_row_made_by_hand_is_named(self):
        self.env["ir.model.access"].create(
            {
                "name": "by hand",
                "model_id": self.env["ir.model"]._get_id("callcenter.stop.entry"),
                "group_id": self.env.ref("base.group_user").id,
                "perm_read": True,
            }
        )
        self.assertFault("rights")

    def test_a_widened_access_row_is_named(self):
        row = self.env.ref("callcenter_ops.access_callcenter_trail_director")
        row.perm_write = True
        self.assertFault("rights")

    def test_a_rule_switched_off_is_named(self):
        self.env.ref("callcenter_ops.rule_callcenter_trail_company").active = False
        self.assertFault("rule")

    def test_a_role_that_became_an_administrators_is_named(self):
        operators = self.env.ref("callcenter_ops.group_operator")
        operators.implied_ids += self.env.ref("base.group_system")
        self.assertFault("role")

    def test_a_lost_trigger_is_named(self):
        self.env.cr.execute("ALTER TABLE callcenter_stop_entry DISABLE TRIGGER USER")
        self.assertFault("guard")

    def test_a_file_without_its_record_is_named(self):
        file = {"name": "lost", "res_model": "callcenter.stop.entry", "res_id": 10**9}
        self.env["ir.attachment"].create(file)
        self.assertFault("orphan")

    def test_an_action_written_past_the_program_is_named(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Forge",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "code",
                "code": "action = model.browse()",
            }
        )
        self.env.cr.execute(
            "UPDATE ir_act_server SET code = 'env.cr.commit()' WHERE id = %s",
            [action.id],
        )
        self.env.invalidate_all()
        self.assertFault("action")

    def test_weak_settings_of_the_server_are_named(self):
        config.options.update({"list_db": True, "dev_mode": ["all"]})
        found = {fault.code for fault in self.faults()}
        self.assertLessEqual({"list_db", "dev_mode"}, found)
        with patch.object(type(config), "verify_admin_password", lambda *_args: True):
            self.assertFault("admin_passwd")

    def test_a_password_that_everybody_tries_is_named(self):
        admin = self.env.ref("base.user_admin")
        self.env.cr.execute(
            "UPDATE res_users SET login = 'admin', password = %s WHERE id = %s",
            [admin._crypt_context().hash("admin"), admin.id],
        )
        self.assertFault("password")

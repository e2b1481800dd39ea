"""What each role finds in the menu: seven groups at most, in the words of its work."""

from lxml import etree
from odoo.tests import TransactionCase, new_test_user, tagged
from test_security_matrix import role_xmlids

GROUPS = {
    "group_operator": ["Desk", "My day", "Training", "My documents"],
    "group_supervisor": [
        "Today",
        "Calling",
        "Calls",
        "The team",
        "Figures",
        "Restrictions",
        "Configuration",
    ],
    "group_hr": [
        "Today",
        "Orders",
        "Documents",
        "People",
        "Places",
        "Budget",
        "Configuration",
    ],
    "group_director": [
        "Today",
        "To sign",
        "Figures",
        "Documents",
        "People",
        "Budget",
        "My documents",
    ],
    "group_trainer": [
        "Today",
        "Quizzes",
        "Question bank",
        "Knowledge",
        "Rounds",
        "Analysis",
        "My documents",
    ],
    "group_manager": [
        "Orders",
        "Documents",
        "People",
        "Places",
        "Budget",
        "Restrictions",
        "Configuration",
    ],
    "group_user": ["My documents"],
}
OWN_PAPERS = "callcenter_ops.acknowledgement_action_own"


@tagged("post_install", "-at_install")
class TestRoleMenus(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        roles = [*role_xmlids(cls.env), "base.group_user"]
        cls.users = {
            role.rpartition(".")[2]: new_test_user(
                cls.env, f"menus_{role}", groups=f"base.group_user,{role}"
            )
            for role in roles
        }

    def test_each_role_has_its_groups_and_seven_at_most(self):
        self.assertEqual(set(self.users), set(GROUPS))
        for role, user in self.users.items():
            with self.subTest(role=role):
                shown = self.load(user)
                names = [shown[child]["name"] for child in self.get_groups(shown)]
                self.assertEqual(names, GROUPS[role])
                self.assertLessEqual(len(names), 7)

    def test_every_group_opens_something(self):
        for role, user in self.users.items():
            shown = self.load(user)
            for group in self.get_groups(shown):
                with self.subTest(role=role, group=shown[group]["name"]):
                    self.assertTrue(
                        shown[group]["action_id"] or shown[group]["children"]
                    )

    def test_everybody_finds_his_own_documents_once(self):
        action = self.env.ref(OWN_PAPERS).id
        for role, user in self.users.items():
            with self.subTest(role=role):
                opened = [menu["action_id"] for menu in self.load(user).values()]
                self.assertEqual(opened.count(action), 1)

    def test_who_has_two_roles_sees_each_group_once(self):
        both = new_test_user(
            self.env,
            "menus_both",
            groups="callcenter_ops.group_hr,callcenter_ops.group_director",
        )
        shown = self.load(both)
        names = [shown[child]["name"] for child in self.get_groups(shown)]
        self.assertEqual(len(names), len(set(names)))
        self.assertLessEqual({*GROUPS["group_hr"], "To sign", "Figures"}, {*names})

    def test_a_wizard_is_a_button_of_its_list(self):
        """A dialog that a menu opened would stand over a screen of something else."""
        opened = [
            menu.complete_name
            for menu in self.get_menus()
            if menu.action and menu.action._name == "ir.actions.act_window"
            if menu.action.target == "new" and not self.is_setting(menu)
        ]
        self.assertEqual(opened, [])
        offered = self.get_offered_wizards()
        for name in ("hire", "order.batch", "order.register.print", "question.import"):
            self.assertIn(f"callcenter.{name}", offered)

    def is_setting(self, menu):
        settings = self.env.ref("callcenter_ops.menu_configuration")
        return menu.parent_path.startswith(settings.parent_path)

    def get_offered_wizards(self):
        """Models of the dialogs that lists of ours open by a button of their head."""
        lists = self.env["ir.ui.view"].search([("type", "=", "list")])
        buttons = [
            int(button.get("name"))
            for view in lists
            for button in etree.fromstring(view.arch).iter("button")
            if button.get("type") == "action" and button.get("display") == "always"
        ]
        actions = self.env["ir.actions.act_window"].browse(buttons)
        return set(actions.mapped("res_model"))

    def get_menus(self):
        root = self.env.ref("callcenter_ops.menu_root")
        return self.env["ir.ui.menu"].search([("id", "child_of", root.id)])

    def load(self, user):
        """The menus below ours as the user is shown them, by id."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        root = self.env.ref("callcenter_ops.menu_root").id
        shown, waiting = {}, [root]
        while waiting:
            menu = menus[waiting.pop()]
            shown[menu["id"]] = menu
            waiting += menu["children"]
        return shown

    def get_groups(self, shown):
        return shown[self.env.ref("callcenter_ops.menu_root").id]["children"]

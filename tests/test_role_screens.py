"""Every role opens every screen of its menu."""

from lxml import etree
from odoo.tests import TransactionCase, new_test_user, tagged
from test_security_matrix import role_xmlids

LISTS = ("one2many", "many2many")


@tagged("post_install", "-at_install")
class TestRoleScreens(TransactionCase):
    def test_no_screen_lists_what_its_reader_may_not_read(self):
        """Such a list is an error message in place of the screen."""
        for role in sorted(role_xmlids(self.env)):
            login = f"screens_{role.partition('.')[2]}"
            user = new_test_user(self.env, login, groups=role)
            screens = self._get_screens(user)
            self.assertTrue(screens)
            for action, model in screens:
                with self.subTest(role=role, screen=action["name"]):
                    self.assertEqual(self._get_unreadable(action, model), [])

    def _get_screens(self, user):
        """``(action, its model)`` of our menus, as the user is shown them."""
        env = self.env(user=user)
        actions = {
            menu["action_id"]: env["ir.actions.act_window"].browse(menu["action_id"])
            for menu in env["ir.ui.menu"].load_menus(False).values()
            if (menu.get("xmlid") or "").startswith("callcenter_")
            and menu.get("action_model") == "ir.actions.act_window"
        }
        found = [action.sudo()._get_action_dict() for action in actions.values()]
        return [(action, env[action["res_model"]]) for action in found]

    def _get_unreadable(self, action, model):
        views = model.get_views(action["views"])["views"]
        return sorted(
            {
                name
                for kind in views.keys() - {"search"}
                for name in self._find(model, etree.fromstring(views[kind]["arch"]))
            }
        )

    def _find(self, model, node):
        """Names of the lists below ``node`` that are closed to the reader."""
        for child in node:
            field = child.tag == "field" and model._fields.get(child.get("name"))
            if not field or field.type not in LISTS:
                yield from self._find(model, child)
            elif self.env[field.comodel_name].with_env(model.env).has_access("read"):
                yield from self._find(model.env[field.comodel_name], child)
            else:
                yield f"{model._name}.{field.name}"

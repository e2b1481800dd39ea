"""Each role begins the day on its own screen, which tells what waits for it."""

from odoo.addons.callcenter_ops.tests.cases import CallcenterCase
from odoo.tests import new_test_user, tagged

TODAY = "callcenter_ops.today_action"
DESK = "callcenter_ops.desk_action"
HOMES = {
    "callcenter_ops.group_operator": DESK,
    "callcenter_ops.group_supervisor": TODAY,
    "callcenter_ops.group_hr": TODAY,
    "callcenter_ops.group_director": TODAY,
    "callcenter_training.group_trainer": TODAY,
    "callcenter_ops.group_manager": None,
    "base.group_user": None,
}


@tagged("post_install", "-at_install")
class TestFirstScreens(CallcenterCase):
    def test_each_role_lands_on_its_screen(self):
        for group, home in HOMES.items():
            with self.subTest(group=group):
                user = new_test_user(self.env, f"home_{group}", groups=group)
                expected = home and self.env.ref(home).id
                self.assertEqual(user.action_id.id, expected or False)

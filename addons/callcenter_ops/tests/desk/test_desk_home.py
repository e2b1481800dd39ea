from odoo.tests import tagged

from ..figures.common import SupervisionCase


@tagged("post_install", "-at_install")
class TestDeskHome(SupervisionCase):
    def test_an_operator_starts_at_his_desk(self):
        desk = self.env.ref("callcenter_ops.desk_action")
        self.assertEqual(self.users["operator"].action_id.id, desk.id)

    def test_a_new_operator_gets_the_desk_with_the_role(self):
        user = self.users["outsider"]
        self.assertFalse(user.action_id)
        user.group_ids += self.env.ref("callcenter_ops.group_operator")
        self.assertTrue(user.action_id)

    def test_a_chosen_page_stays(self):
        user = self.users["outsider"]
        user.action_id = self.env.ref("base.action_res_users").id
        user.group_ids += self.env.ref("callcenter_ops.group_operator")
        self.assertEqual(user.action_id.id, self.env.ref("base.action_res_users").id)

    def test_who_leads_begins_with_what_waits_for_him(self):
        today = self.env.ref("callcenter_ops.today_action").id
        for role in ("supervisor", "hr", "director"):
            self.assertEqual(self.users[role].action_id.id, today)
        self.assertFalse(self.users["manager"].action_id)

    def test_the_home_follows_the_role(self):
        user, today = (
            self.users["operator"],
            self.env.ref("callcenter_ops.today_action"),
        )
        user.group_ids += self.env.ref("callcenter_ops.group_supervisor")
        self.assertEqual(user.action_id.id, today.id)
        user.group_ids -= self.env.ref("callcenter_ops.group_supervisor")
        desk = self.env.ref("callcenter_ops.desk_action")
        self.assertEqual(user.action_id.id, desk.id)

    def test_who_is_not_cleared_sees_all_that_clearance_asks(self):
        act = {
            "name": "Fire safety",
            "body": "<p>Leave.</p>",
            "date_from": "2026-03-02",
        }
        policy = self.env["callcenter.policy"].create({**act, "kind": "local_act"})
        with self.at("2026-03-02 08:00:00"):
            policy.with_user(self.users["director"]).action_approve()
            opened = self.as_("operator", self.env["callcenter.desk"]).open_desk()
        [reason] = opened["reasons"]
        self.assertEqual(reason["code"], "acknowledgement_pending")
        self.assertTrue(reason["action"]["name"])
        clearance = {"met": ["Order of appointment"], "total": 2}
        self.assertEqual(opened["clearance"], clearance)

    def test_who_is_cleared_sees_no_list(self):
        with self.at("2026-03-02 08:00:00"):
            opened = self.as_("operator", self.env["callcenter.desk"]).open_desk()
        self.assertFalse(opened["clearance"])
        self.assertEqual(opened["reasons"], [])

    def test_the_desk_knows_the_state_of_the_sheet(self):
        with self.at("2026-03-02 08:00:00"):
            desk = self.as_("operator", self.env["callcenter.desk"])
            self.assertFalse(desk.open_desk()["figures"]["sheet_state"])
            self.build_call()
            self.assertEqual(desk.open_desk()["figures"]["sheet_state"], "draft")

from odoo.addons.callcenter_ops.tests.calling.common import CallingCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestLiveChat(CallingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.client = cls.build_client("Sports Shop", email="shop@client.example.com")
        cls.letters = cls.env["callcenter.enquiry"]

    def chat(self, agent=None, text="Do you have skis?"):
        """A chat of the client with ``agent``, ended."""
        agent = agent or self.operator.user_id
        widget = self.env["im_livechat.channel"].create(
            {"name": "Shop", "user_ids": [(6, 0, agent.ids)]}
        )
        channel = self.env["discuss.channel"].create(
            {
                "name": "Sports Shop",
                "channel_type": "livechat",
                "livechat_channel_id": widget.id,
                "livechat_operator_id": agent.partner_id.id,
                "channel_member_ids": [
                    (
                        0,
                        0,
                        {
                            "partner_id": agent.partner_id.id,
                            "livechat_member_type": "agent",
                        },
                    ),
                    (
                        0,
                        0,
                        {
                            "partner_id": self.client.id,
                            "livechat_member_type": "visitor",
                        },
                    ),
                ],
            }
        )
        if text:
            channel.message_post(
                body=text, author_id=self.client.id, message_type="comment"
            )
        channel._close_livechat_session()
        self.env.flush_all()
        self.env.invalidate_all()
        chats = [("channel", "=", "chat")]
        return self.letters.search(chats, order="id desc", limit=1)

    def test_an_ended_chat_is_in_its_operators_hands_to_get_a_result(self):
        letter = self.chat()
        self.assertEqual((letter.state, letter.partner_id), ("taken", self.client))
        self.assertEqual(letter.employee_id, self.operator)
        self.assertIn("Do you have skis?", letter.body)
        own = letter.with_user(self.operator.user_id)
        call = own.action_answer("interested", {"expected_revenue": 500}).sudo()
        self.assertEqual((call.channel, call.partner_id), ("chat", self.client))
        self.assertEqual(call.lead_id.expected_revenue, 500)

    def test_a_chat_waits_where_hands_are_full_and_is_registered_once(self):
        first = self.chat()
        second = self.chat()
        self.assertEqual(first.state, "taken")
        self.assertEqual(second.state, "new")
        channel = self.env["discuss.channel"].search(
            [("channel_type", "=", "livechat")], limit=1
        )
        self.letters._register_chat(channel)
        self.assertEqual(self.letters.search_count([("channel", "=", "chat")]), 2)

    def test_empty_chats_and_those_of_others_are_left_alone(self):
        self.assertFalse(self.chat(text=""))
        self.assertFalse(self.chat(agent=self.users["supervisor"]))

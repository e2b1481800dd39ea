from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..calling.common import CallingCase


@tagged("post_install", "-at_install")
class TestWallboardActions(CallingCase):
    """Who leads acts for one operator of his; everybody else is refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One", user=cls.users["operator"])
        cls.colleague = cls.build_operator("Operator Two")
        cls.client = cls.build_client("Lyzhnya")
        cls.campaign = cls.build_campaign(cls.client, department_id=cls.department.id)
        cls.reason = cls.env["callcenter.pause.reason"].search(
            [("max_minutes", ">", 0)], limit=1
        )
        evening = cls.env["hr.department"].create({"name": "Evening shift"})
        cls.stranger = cls.build_operator("Operator E", department_id=evening.id)

    def board(self, role="supervisor"):
        return self.as_(role, self.env["callcenter.wallboard"])

    def state(self, employee=None):
        self.env.invalidate_all()
        states = self.env["callcenter.operator.state"]
        return states._get_current(employee or self.operator)

    def hold(self, talk=False):
        """The operator has the client in hand, or speaks with him."""
        claim_id = self.desk(self.operator).claim_next()["claim"]["id"]
        if talk:
            self.desk(self.operator).start_call(claim_id)
        return self.env["callcenter.call.claim"].browse(claim_id)

    def ready(self):
        self.env["callcenter.operator.state"]._switch(self.operator, "ready")

    # ----------------------------------------------------------------------- rights

    def get_steps(self):
        return (
            ("get_choices", ()),
            ("send_message", ("Hello",)),
            ("pause_operator", (self.reason.id,)),
            ("end_pause", ()),
            ("move_operator", (self.campaign.id,)),
            ("give_client", (self.colleague.id, "Knows him")),
            ("listen", ()),
        )

    def test_who_does_not_lead_does_nothing(self):
        self.ready()
        for role in ("operator", "hr", "manager", "outsider"):
            for step, values in self.get_steps():
                with self.subTest(role=role, step=step), self.assertRaises(AccessError):
                    getattr(self.board(role), step)(self.operator.id, *values)
            with self.assertRaises(AccessError):
                self.board(role).get_waiting()
        self.assertEqual(self.state().state, "ready")

    def test_a_supervisor_acts_for_operators_of_his_departments_alone(self):
        homeless = self.build_operator("Operator H", department_id=False)
        for step, values in self.get_steps():
            for number in (
                self.stranger.id,
                homeless.id,
                self.supervisor.id,
                "1",
                None,
            ):
                with self.subTest(step=step), self.assertRaises(AccessError):
                    getattr(self.board(), step)(number, *values)

    def test_the_director_writes_and_pauses_but_runs_no_campaigns(self):
        self.ready()
        self.board("director").pause_operator(self.operator.id, self.reason.id)
        self.assertEqual(self.state().state, "pause")
        choices = self.board("director").get_choices(self.operator.id)
        self.assertFalse(choices["can_run"] or choices["campaigns"])
        with self.assertRaises(AccessError):
            self.board("director").move_operator(self.operator.id, self.campaign.id)

    # --------------------------------------------------------------------- messages

    def test_a_message_is_a_chat_of_two(self):
        self.board().send_message(self.operator.id, "  Come to me <b>now</b> ")
        operator, supervisor = (
            self.users[role].partner_id for role in ("operator", "supervisor")
        )
        message = self.env["mail.message"].search(
            [("model", "=", "discuss.channel"), ("author_id", "=", supervisor.id)]
        )
        chat = self.env["discuss.channel"].browse(message.res_id)
        self.assertEqual(chat.channel_type, "chat")
        self.assertEqual(chat.channel_member_ids.partner_id, operator | supervisor)
        self.assertIn("&lt;b&gt;now", message.body)
        with self.assertRaises(UserError):
            self.board().send_message(self.operator.id, "  ")

    # ------------------------------------------------------------------------ pauses

    def test_an_operator_who_waits_is_sent_on_a_pause(self):
        self.ready()
        self.board().pause_operator(self.operator.id, self.reason.id)
        state = self.state()
        self.assertEqual((state.state, state.reason), ("pause", "supervisor"))
        self.assertEqual(state.pause_reason_id, self.reason)
        limit = timedelta(minutes=self.reason.max_minutes)
        self.assertEqual(state.deadline_at, fields.Datetime.now() + limit)
        with self.assertRaises(UserError):
            self.board().pause_operator(self.operator.id, self.reason.id)

    def test_a_client_whom_he_only_looks_at_goes_back(self):
        self.hold()
        self.board().pause_operator(self.operator.id, self.reason.id)
        contact = self.contact(self.campaign, self.client)
        self.assertEqual((contact.state, contact.attempt_count), ("queued", 0))
        self.assertEqual(self.state().state, "pause")

    def test_a_conversation_is_not_cut_off_by_a_pause(self):
        claim = self.hold(talk=True)
        with self.assertRaises(UserError):
            self.board().pause_operator(self.operator.id, self.reason.id)
        self.assertEqual((claim.state, self.state().state), ("talk", "talk"))

    def test_who_is_not_there_is_not_paused_and_the_reason_is_of_the_list(self):
        with self.assertRaises(UserError):
            self.board().pause_operator(self.operator.id, self.reason.id)
        self.ready()
        for number in (0, "1", None, 2**31 - 1):
            with self.assertRaises(UserError):
                self.board().pause_operator(self.operator.id, number)
        self.assertEqual(self.state().state, "ready")

    def test_a_pause_is_ended_by_who_leads(self):
        with self.assertRaises(UserError):
            self.board().end_pause(self.operator.id)
        self.ready()
        self.board().pause_operator(self.operator.id, self.reason.id)
        self.board().end_pause(self.operator.id)
        state = self.state()
        self.assertEqual((state.state, state.reason), ("ready", "supervisor"))
        self.assertTrue(state.deadline_at)

    # --------------------------------------------------------------------- campaigns

    def build_second(self, *operators):
        campaign = self.build_campaign(
            self.build_client("Sever"),
            name="Debts",
            department_id=self.department.id,
        )
        campaign.employee_ids = [(6, 0, [one.id for one in operators])]
        return campaign

    def test_he_joins_the_campaign_and_leaves_the_others_that_name_him(self):
        second = self.build_second(self.colleague)
        self.campaign.employee_ids = self.operator | self.colleague
        self.board().move_operator(self.operator.id, second.id)
        self.env.invalidate_all()
        self.assertEqual(second.employee_ids, self.operator | self.colleague)
        self.assertEqual(self.campaign.employee_ids, self.colleague)
        claim = self.desk(self.operator).claim_next()["claim"]
        held = self.env["callcenter.call.claim"].browse(claim["id"])
        self.assertEqual(held.campaign_id, second)

    def test_a_campaign_open_to_all_stays_open_to_all(self):
        self.board().move_operator(self.operator.id, self.campaign.id)
        self.assertFalse(self.campaign.employee_ids)

    def test_the_last_named_operator_does_not_leave_a_campaign_open_to_all(self):
        second = self.build_second(self.colleague)
        self.campaign.employee_ids = self.operator
        with self.assertRaises(UserError):
            self.board().move_operator(self.operator.id, second.id)
        self.env.invalidate_all()
        self.assertEqual(second.employee_ids, self.colleague)
        self.assertEqual(self.campaign.employee_ids, self.operator)

    def test_only_a_running_campaign_is_chosen(self):
        self.campaign.action_pause()
        with self.assertRaises(UserError):
            self.board().move_operator(self.operator.id, self.campaign.id)

    # ----------------------------------------------------------------------- clients

    def test_a_client_in_hand_is_given_to_a_colleague(self):
        self.hold()
        choices = self.board().get_choices(self.operator.id)
        self.assertEqual(choices["client"], "Lyzhnya")
        self.assertIn(self.colleague.id, [one for one, _name in choices["operators"]])
        self.assertNotIn(self.stranger.id, [one for one, _ in choices["operators"]])
        self.board().give_client(self.operator.id, self.colleague.id, "Knows him")
        contact = self.contact(self.campaign, self.client)
        self.assertEqual(contact.reserved_employee_id, self.colleague)
        claim = self.desk(self.colleague).claim_next()["claim"]
        held = self.env["callcenter.call.claim"].browse(claim["id"])
        self.assertEqual(held.partner_id, self.client)

    def test_a_client_goes_to_an_own_operator_and_with_a_reason(self):
        claim = self.hold()
        for number, reason in (
            (self.stranger.id, "Knows him"),
            (self.colleague.id, " "),
            (None, "Knows him"),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                self.board().give_client(self.operator.id, number, reason)
        self.assertEqual(self.contact(self.campaign, self.client).state, "claimed")
        self.assertTrue(claim.exists())

    def test_who_holds_nobody_has_nobody_to_give(self):
        with self.assertRaises(UserError):
            self.board().give_client(self.operator.id, self.colleague.id, "Knows him")

    # ------------------------------------------------------------- who waits, listening

    def test_who_waits_longest_stands_first(self):
        now = fields.Datetime.now()
        inbox = self.env["callcenter.inbox"].search([], limit=1)
        self.env["callcenter.enquiry"].search([("state", "=", "new")]).unlink()
        for name, hours in (("Ivolga", 3), ("Sokol", 1)):
            self.env["callcenter.enquiry"].create(
                {
                    "name": "Where is my order?",
                    "inbox_id": inbox.id,
                    "sender": name,
                    "received_at": now - timedelta(hours=hours),
                }
            )
        self.env["callcenter.followup"]._in_transition().create(
            {
                "kind": "callback",
                "partner_id": self.client.id,
                "company_id": self.company.id,
                "department_id": self.department.id,
                "deadline_at": now - timedelta(hours=2),
            }
        )
        waiting = self.board().get_waiting()
        self.assertEqual(
            [(row["kind"], row["name"]) for row in waiting],
            [("letter", "Ivolga"), ("promise", "Lyzhnya"), ("letter", "Sokol")],
        )

    def test_listening_waits_for_a_telephone(self):
        with self.assertRaisesRegex(UserError, "No telephone"):
            self.board().listen(self.operator.id)
        heard = []

        def listen(_board, employee):
            heard.append(employee)
            return {"joined": True}

        self.patch(self.registry["callcenter.wallboard"], "_listen", listen)
        self.assertEqual(self.board().listen(self.operator.id), {"joined": True})
        self.assertEqual(heard[0].id, self.operator.id)

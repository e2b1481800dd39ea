from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...fastpath.bus_rows import WAITING
from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestWallboard(SupervisionCase):
    def setUp(self):
        super().setUp()
        self.states = self.env["callcenter.operator.state"]
        self.messages().clear()

    def messages(self):
        waiting = self.env.cr.precommit.data
        return waiting.setdefault(WAITING, [])

    def sent(self, kind):
        """(channel, payload) of the messages of one kind, in order."""
        found = []
        for channel, message in self.messages():
            if message["type"] == f"callcenter_ops.{kind}":
                found.append((channel, message["payload"]))
        return found

    def read(self, role="supervisor"):
        return self.as_(role, self.env["callcenter.wallboard"]).get_data()

    def row(self, data):
        return next(row for row in data["operators"] if row["id"] == self.operator.id)

    def test_operators_stand_there_with_state_and_results(self):
        with self.at("2026-03-02 06:00:00"):
            self.states._switch(self.operator, "ready")
            self.build_call("order")
            row = self.row(self.read())
        self.assertEqual((row["state"], row["since"]), ("ready", "2026-03-02 06:00:00"))
        self.assertEqual((row["attempts"], row["contacts"], row["sales"]), (1, 1, 1))

    def test_today_stands_beside_the_plan_of_todays_sheets(self):
        with self.at("2026-03-02 06:00:00"):
            self.assertEqual(self.read()["plan"], {"attempts": 0, "contacts": 0})
            sheet = self.build_call("order").sheet_id
            sheet.write({"plan_attempts": 60, "plan_contacts": 20})
            plan = self.read()["plan"]
        self.assertEqual(plan, {"attempts": 60, "contacts": 20})

    def test_who_has_not_come_is_offline(self):
        self.assertEqual(self.row(self.read())["state"], "offline")

    def test_a_pause_shows_its_reason_and_limit(self):
        reason = self.env["callcenter.pause.reason"].search([], limit=1)
        deadline = datetime(2026, 3, 2, 7)
        with self.at("2026-03-02 06:00:00"):
            self.states._switch(
                self.operator,
                "pause",
                pause_reason_id=reason.id,
                deadline_at=deadline,
            )
            row = self.row(self.read())
        self.assertEqual(row["pause_reason"], reason.name)
        self.assertEqual(row["deadline"], "2026-03-02 07:00:00")

    def test_a_change_of_state_is_one_message_to_each_leading_role(self):
        with self.at("2026-03-02 06:00:00"):
            self.states._switch(self.operator, "ready")
        sent = self.sent("operator_state")
        self.assertEqual(
            [list(channel[1:]) for channel, _payload in sent],
            [
                ["res.company", self.company.id, "callcenter_directors"],
                ["hr.department", self.department.id, "callcenter_supervisors"],
            ],
        )
        payload = sent[0][1]
        self.assertEqual((payload["id"], payload["state"]), (self.operator.id, "ready"))
        self.assertEqual(payload["since"], "2026-03-02 06:00:00")

    def test_who_leads_hears_of_his_own_company_and_departments_alone(self):
        self.env["hr.department"].create({"name": "Evening shift"})
        heard = {role: self.listen(role) for role in (*self.users, "outsider")}
        own, led = (
            ("res.company", self.company.id),
            ("hr.department", self.department.id),
        )
        self.assertEqual(heard.pop("director"), {(*own, "callcenter_directors")})
        self.assertEqual(
            heard.pop("supervisor"),
            {(*own, "callcenter_supervisors"), (*led, "callcenter_supervisors")},
        )
        self.assertEqual(set().union(*heard.values()), set())

    def listen(self, role):
        """Channels of the wallboard that the browser of a role may listen to."""
        board = self.as_(role, self.env["callcenter.wallboard"])
        return {(one._name, one.id, part) for one, part in board._get_channels()}

    def told(self):
        """Figures of the last message about the operator's day."""
        payload = self.sent("operator_day")[-1][1]
        return tuple(payload[name] for name in ("attempts", "contacts", "sales"))

    def shown(self):
        row = self.row(self.read())
        return tuple(row[name] for name in ("attempts", "contacts", "sales"))

    def test_a_message_says_what_has_become_of_the_day(self):
        with self.at("2026-03-02 08:00:00"):
            self.build_call("order")
            self.build_call("no_answer")
            self.assertEqual((self.told(), self.shown()), ((2, 1, 1), (2, 1, 1)))
        payload = self.sent("operator_day")[-1][1]
        self.assertEqual(payload["day"], "2026-03-02")

    def test_a_correction_is_no_further_call(self):
        with self.at("2026-03-02 08:00:00"):
            call = self.build_call("order")
            before = self.row(self.read())["seq"]
            wrong = self.disposition("informed")
            self.as_("supervisor", call).action_correct(wrong.id, {}, "Wrong key")
            self.assertEqual((self.told(), self.shown()), ((1, 1, 0), (1, 1, 0)))
            row = self.row(self.read())
        self.assertEqual(self.sent("operator_day")[-1][1]["seq"], row["seq"])
        self.assertGreater(row["seq"], before)

    def test_a_call_that_is_taken_away_is_told(self):
        with self.at("2026-03-02 08:00:00"):
            self.build_call("order")
            self.build_call("informed").unlink()
            self.assertEqual((self.told(), self.shown()), ((1, 1, 1), (1, 1, 1)))

    def test_after_midnight_the_day_begins_anew(self):
        self.build_call("order")
        with self.at("2026-03-02 18:59:59"):
            self.assertEqual(self.shown(), (1, 1, 1))
            self.assertEqual(self.read()["day"], "2026-03-02")
        with self.at("2026-03-02 19:00:00"):
            self.assertEqual(self.shown(), (0, 0, 0))
            self.assertEqual(self.read()["day"], "2026-03-03")

    def test_a_started_and_a_paused_campaign_are_told(self):
        campaign = self.env["callcenter.campaign"].create({"name": "Spring"})
        for state, is_shown in (("running", True), ("paused", False)):
            self.messages().clear()
            campaign._transition({"state": state})
            self.assertEqual(
                [payload for _channel, payload in self.sent("campaigns")],
                [{"company_id": self.company.id}] * 2,
            )
            ids = [row["id"] for row in self.read()["queue"]]
            self.assertEqual(campaign.id in ids, is_shown)

    def test_a_supervisor_watches_his_departments_and_the_director_all(self):
        other = self.env["hr.department"].create({"name": "Evening shift"})
        stranger = self.build_operator("Operator E")
        stranger._in_transition().department_id = other
        for role, is_shown, departments in (
            ("supervisor", False, self.department.ids),
            ("director", True, False),
        ):
            data = self.read(role)
            ids = [row["id"] for row in data["operators"]]
            self.assertIn(self.operator.id, ids)
            self.assertEqual(stranger.id in ids, is_shown, role)
            self.assertEqual(data["department_ids"], departments)
        self.states._switch(stranger, "ready")
        self.assertEqual(self.sent("operator_state")[0][1]["department_id"], other.id)

    def test_only_those_who_lead_read_it(self):
        self.assertTrue(self.read(role="director")["operators"])
        for role in ("operator", "hr", "manager", "outsider"):
            with self.assertRaises(AccessError):
                self.read(role=role)

    def test_the_start_costs_the_same_for_many_operators(self):
        self.read()
        for number in range(5):
            self.states._switch(self.build_operator(f"Operator M{number}"), "ready")
        with self.assertQueryCount(35):
            self.read()

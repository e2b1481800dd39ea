from datetime import date, datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import SupervisionCase


@tagged("post_install", "-at_install")
class TestGoals(SupervisionCase):
    """March 2026 of a company without a country has 22 working days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = False
        cls.campaign = cls.env["callcenter.campaign"].create(
            {"name": "Spring", "department_id": cls.department.id}
        )

    def build_goal(self, role="supervisor", **vals):
        goals = self.as_(role, self.env["callcenter.goal"])
        values = {"month": "2026-03-15", "kpi": "contacts", "target": 44} | vals
        return goals.create(values).with_env(self.env)

    def read(self, goal, names, role="supervisor"):
        with self.at("2026-03-05 06:00:00"):
            [values] = self.as_(role, goal).read(names)
        return tuple(values[name] for name in names)

    def test_a_plan_of_the_month_is_due_day_by_day(self):
        """44 contacts in 22 days are 2 a day: 6 after three days, 3 made: 50 %."""
        goal = self.build_goal(employee_id=self.operator.id)
        self.assertEqual(goal.month, date(2026, 3, 1))
        for day in (2, 3, 4):
            self.build_call("informed", started_at=datetime(2026, 3, day, 7))
        self.build_call("informed", employee=self.colleague)
        self.build_call("no_answer")
        self.assertEqual(self.read(goal, ("due", "actual", "pace")), (6, 3, 50))

    def test_the_dashboard_shows_the_goal_of_its_days_beside_the_figure(self):
        """44 contacts in 22 days are 10 in a week of five; a rate is a rate."""
        team = {"department_id": self.department.id}
        self.build_goal(**team)
        self.build_goal(kpi="contact_rate", target=40, **team)
        self.build_goal(employee_id=self.operator.id, target=99)
        dashboard = self.as_("supervisor", self.env["callcenter.dashboard"])
        data = dashboard.get_data("2026-03-02", "2026-03-08", filters=team)
        targets = {tile["name"]: tile["target"] for tile in data["tiles"]}
        self.assertEqual((targets["contacts"], targets["contact_rate"]), (10, 0.4))
        self.assertIsNone(targets["conversion"])

    def test_a_share_is_compared_as_it_is_and_a_time_the_other_way_round(self):
        self.build_call("informed", talk_seconds=90)
        self.build_call("no_answer", talk_seconds=0)
        share = self.build_goal(
            kpi="contact_rate", target=40, department_id=self.department.id
        )
        self.assertEqual(self.read(share, ("due", "actual", "pace")), (40, 50, 125))
        # 90 s of talk and twice 30 s of wrap-up for one contact.
        length = self.build_goal(
            kpi="aht", target=120, department_id=self.department.id
        )
        self.assertEqual(self.read(length, ("due", "actual", "pace")), (120, 150, 80))

    def test_a_goal_of_a_campaign_and_of_a_team_count_their_own(self):
        self.build_call("informed", campaign_id=self.campaign.id)
        self.build_call("informed")
        of_campaign = self.build_goal(campaign_id=self.campaign.id)
        of_team = self.build_goal(department_id=self.department.id)
        self.assertEqual(self.read(of_campaign, ("actual",)), (1,))
        self.assertEqual(self.read(of_team, ("actual",)), (2,))

    def test_the_days_stand_on_the_form_and_end_with_what_is_ahead(self):
        goal = self.build_goal(employee_id=self.operator.id)
        for _number in range(3):
            self.build_call("informed")
        [days] = self.read(goal, ("days",))
        self.assertIn("<td>03/02/2026</td><td>2</td><td>3</td><td>1</td>", days)
        self.assertIn("<td>03/03/2026</td><td>2</td><td>0</td><td>-1</td>", days)
        self.assertIn("<td>03/06/2026</td><td>2</td><td></td><td></td>", days)
        self.assertNotIn("03/07/2026", days)

    def test_an_operators_goal_is_the_plan_of_his_sheets(self):
        self.company.callcenter_plan_attempts = 80
        self.build_goal(employee_id=self.operator.id)
        self.build_goal(employee_id=self.operator.id, kpi="attempts", target=2200)
        sheet = self.build_call("informed").sheet_id
        self.assertEqual((sheet.plan_attempts, sheet.plan_contacts), (100, 2))
        other = self.build_call("informed", employee=self.colleague).sheet_id
        self.assertEqual(other.plan_attempts, 80)

    def test_a_supervisor_sets_goals_of_his_own_people_alone(self):
        other = self.env["hr.department"].create({"name": "Evening shift"})
        stranger = self.build_operator("Operator E")
        stranger._in_transition().department_id = other
        for vals in (
            {},
            {"department_id": other.id},
            {"employee_id": stranger.id},
            {"employee_id": stranger.id, "department_id": self.department.id},
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.build_goal(**vals)
        goal = self.build_goal(employee_id=self.operator.id)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.as_("supervisor", goal).employee_id = stranger
        self.env.invalidate_all()
        self.assertEqual(goal.employee_id, self.operator)
        self.assertTrue(self.build_goal("director"))

    def test_an_operator_reads_his_own_goals_and_sets_none(self):
        own = self.build_goal(employee_id=self.operator.id)
        other = self.build_goal(employee_id=self.colleague.id)
        self.assertEqual(self.read(own, ("target",), "operator"), (44,))
        goals = self.as_("operator", self.env["callcenter.goal"])
        self.assertEqual(goals.search([]).ids, own.ids)
        with self.assertRaises(AccessError):
            self.read(other, ("target",), "operator")
        with self.assertRaises(AccessError):
            self.as_("operator", own).target = 1
        for role in ("hr", "outsider"):
            with self.assertRaises(AccessError):
                self.read(own, ("target",), role)

    def test_time_at_the_desk_is_told_by_no_campaign(self):
        with self.assertRaises(ValidationError):
            self.build_goal(kpi="occupancy", campaign_id=self.campaign.id)

    def test_a_list_of_goals_reads_a_month_once(self):
        for number in range(5):
            self.build_goal(
                employee_id=self.operator.id,
                kpi=("contacts", "sales", "leads", "attempts", "targets")[number],
            )
        goals = self.env["callcenter.goal"].search([])
        with self.at("2026-03-05 06:00:00"):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            goals.mapped("actual")
        self.assertLess(self.env.cr.sql_log_count - before, 40)

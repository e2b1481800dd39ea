from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..cases import GROUPS
from .common import CallingCase


@tagged("post_install", "-at_install")
class TestDepartments(CallingCase):
    """A supervisor leads the operators and campaigns of his own departments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        user = new_test_user(cls.env, "far_head", groups=GROUPS["supervisor"], tz="UTC")
        cls.far_head = cls.build_employee("Far Head", user=user)
        cls.far = cls.env["hr.department"].create(
            {"name": "Other city", "manager_id": cls.far_head.id}
        )
        cls.client = cls.build_client("Sports Shop")
        cls.campaign = cls.build_campaign(cls.client, department_id=cls.department.id)

    def far_view(self, record):
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_user(self.far_head.user_id)

    def test_each_head_sees_the_campaigns_of_his_departments_and_of_none(self):
        shared = self.build_campaign(self.client, name="Shared")
        near = self.as_("supervisor", self.campaign).search([])
        self.assertLessEqual(self.campaign + shared, near)
        far = self.far_view(self.campaign).search([])
        self.assertIn(shared, far)
        self.assertNotIn(self.campaign, far)

    def test_a_foreign_campaign_is_neither_read_nor_run(self):
        for step in ("action_pause", "action_finish"):
            with self.subTest(step=step), self.assertRaises(AccessError):
                getattr(self.far_view(self.campaign), step)()
        contact = self.contact(self.campaign, self.client)
        with self.assertRaises(AccessError):
            self.far_view(contact).action_exclude()
        self.assertEqual((self.campaign.state, contact.state), ("running", "queued"))

    def test_the_department_below_belongs_to_the_head_above(self):
        below = self.env["hr.department"].create(
            {"name": "Evening shift", "parent_id": self.department.id}
        )
        self.campaign.department_id = below
        self.assertTrue(self.as_("supervisor", self.campaign).name)

    def test_calls_claims_and_states_of_foreign_operators_stay_closed(self):
        claim_id = self.desk(self.operator).claim_next()["claim"]["id"]
        claim = self.env["callcenter.call.claim"].browse(claim_id)
        state = self.env["callcenter.operator.state"]._get_current(self.operator)
        for record in (claim, state):
            with self.subTest(model=record._name):
                self.assertTrue(self.as_("supervisor", record).employee_id)
                self.assertFalse(self.far_view(record).search([]) & record)
        with self.assertRaises(AccessError):
            self.far_view(claim).action_release("Mine")
        self.assertTrue(claim.exists())
        self.desk(self.operator).start_call(claim_id)
        answer = self.desk(self.operator).finish_call(claim_id, "informed")
        call = self.env["callcenter.call"].browse(answer["saved"]["call_id"])
        self.assertEqual(self.as_("supervisor", call).partner_id, self.client)
        self.assertFalse(self.far_view(call).search([("id", "=", call.id)]))
        self.assertTrue(self.as_("director", call).disposition_id)

    def test_the_rule_costs_one_indexed_sub_query(self):
        calls = self.as_("supervisor", self.env["callcenter.call"])
        query = calls._search([])
        code = self.env.cr.mogrify(query.select()).decode()
        self.assertLessEqual(code.count("SELECT"), 2)
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("EXPLAIN " + code)
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertNotIn("Seq Scan on callcenter_call", plan)

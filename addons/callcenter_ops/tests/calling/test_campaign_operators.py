from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import CallingCase


@tagged("post_install", "-at_install")
class TestCampaignOperators(CallingCase):
    """A supervisor chooses who calls, among the people whom he leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.colleague = cls.build_operator("Operator Two")
        cls.far = cls.env["hr.department"].create({"name": "Other city"})
        cls.stranger = cls.build_operator("Operator Far", department_id=cls.far.id)
        cls.campaign = cls.build_campaign()

    def public(self, employee):
        return self.env["hr.employee.public"].browse(employee.id)

    def test_a_supervisor_chooses_his_operators_on_the_form(self):
        with Form(self.as_("supervisor", self.campaign)) as form:
            form.operator_ids.add(self.public(self.colleague))
        self.env.invalidate_all()
        self.assertEqual(self.campaign.employee_ids, self.colleague)
        self.assertFalse(self.desk(self.operator).claim_next()["claim"])
        self.assertTrue(self.desk(self.colleague).claim_next()["claim"])

    def test_a_campaign_of_a_team_is_open_to_its_members_and_chosen_operators(self):
        team = self.env["crm.team"].create(
            {"name": "Shops", "member_ids": [(4, self.colleague.user_id.id)]}
        )
        self.campaign.write({"team_ids": [(6, 0, team.ids)]})
        answer = self.desk(self.operator).claim_next()
        self.assertEqual(answer["reasons"][-1]["code"], "no_campaign")
        claim = self.desk(self.colleague).claim_next()["claim"]
        self.desk(self.colleague).release(claim["id"], "For another")
        self.campaign.employee_ids = self.operator
        self.assertTrue(self.desk(self.operator).claim_next()["claim"])

    def test_the_list_offers_the_people_whom_he_leads(self):
        field = self.campaign._fields["operator_ids"]
        people = self.as_("supervisor", self.env["hr.employee.public"])
        offered = people.search(field.domain)
        self.assertIn(self.operator.id, offered.ids)
        self.assertNotIn(self.stranger.id, offered.ids)

    def test_people_of_other_departments_are_neither_put_in_nor_taken_out(self):
        campaign = self.as_("supervisor", self.campaign)
        with self.assertRaisesRegex(AccessError, "Operator Far"):
            campaign.write({"operator_ids": [(4, self.stranger.id)]})
        self.env.invalidate_all()
        self.assertFalse(self.campaign.employee_ids)
        self.campaign.employee_ids = self.stranger
        campaign = self.as_("supervisor", self.campaign)
        with self.assertRaises(AccessError):
            campaign.write({"operator_ids": [(5,)]})
        campaign = self.as_("supervisor", self.campaign)
        campaign.write({"operator_ids": [(4, self.operator.id)]})
        self.env.invalidate_all()
        self.assertEqual(self.campaign.employee_ids, self.operator + self.stranger)

    def test_other_roles_choose_nobody(self):
        for role in ("operator", "hr", "director", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                campaign = self.as_(role, self.campaign)
                campaign.write({"operator_ids": [(4, self.operator.id)]})
        self.env.invalidate_all()
        self.assertFalse(self.campaign.employee_ids)

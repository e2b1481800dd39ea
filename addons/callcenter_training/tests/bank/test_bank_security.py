from odoo.exceptions import AccessError

from ..common import TrainingCase


class TestBankSecurity(TrainingCase):
    def test_the_trainer_keeps_the_templates(self):
        template = self.as_("trainer", self.template("price"))
        template.weight = 3
        self.assertEqual(self.template("price").weight, 3)
        self.assertTrue(template.fact_ids.browse().search([]) is not None)

    def test_the_supervisor_reads_templates_and_changes_none(self):
        template = self.as_("supervisor", self.template("price"))
        self.assertEqual(template.code, "price")
        with self.assertRaises(AccessError):
            template.weight = 9
        with self.assertRaises(AccessError):
            template.action_rebuild()
        self.assertEqual(self.template("price").weight, 2)

    def test_other_roles_see_no_bank(self):
        for role in ("operator", "hr", "director", "outsider"):
            for model in ("callcenter.question.template", "callcenter.fact"):
                with (
                    self.subTest(role=role, model=model),
                    self.assertRaises(AccessError),
                ):
                    self.env[model].with_user(self.users[role]).search([])

    def test_the_trainer_edits_no_fact(self):
        ball = self.build_product("Ball", 10)
        fact = self.as_("trainer", self.facts(ball, "price"))
        with self.assertRaises(AccessError):
            fact.write({"value": "1.00 USD"})
        self.assertEqual(self.facts(ball, "price").value, "10.00 USD")

    def test_facts_of_another_company_stay_hidden(self):
        other = self.env["res.company"].create({"name": "Other"})
        ball = self.build_product("Ball", 10, company_id=other.id)
        facts = self.env["callcenter.fact"].with_user(self.users["trainer"])
        self.assertFalse(facts.search([("product_tmpl_id", "=", ball.id)]))
        self.assertTrue(self.facts(ball, "price"))

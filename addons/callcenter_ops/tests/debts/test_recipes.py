from datetime import date

from odoo.exceptions import AccessError

from ..calling.common import CallingCase


class TestRecipes(CallingCase):
    """A campaign in five minutes, lawful as the recipe stands."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.plain = cls.build_client("Plain")
        cls.willing = cls.build_client("Willing")
        cls.env["callcenter.consent"].create(
            {"partner_id": cls.willing.id, "kind": "advertising", "text_version": "1"}
        )
        cls.debtor = cls.build_client("Debtor")
        cls.env["callcenter.debt"].create(
            {
                "name": "Invoice 1",
                "partner_id": cls.debtor.id,
                "amount": 100,
                "date_due": date(2026, 1, 1),
            }
        )

    def use(self, name, role="supervisor"):
        recipe = self.as_(role, self.env.ref(f"callcenter_ops.recipe_{name}"))
        return recipe.env["callcenter.campaign"].browse(recipe.action_use()["res_id"])

    def start(self, name):
        campaign = self.use(name)
        if campaign.purpose != "inbound":
            campaign.action_load_contacts()
        campaign.action_start()
        return campaign.sudo()

    def test_each_takes_whom_it_may_call_by_the_rules_of_its_purpose(self):
        everybody = self.plain + self.willing + self.debtor
        for name, rules, clients in (
            ("informative", "informative", everybody),
            ("offer", "advertising", self.willing),
            ("survey", "informative", everybody),
            ("debt", "debt", self.debtor),
        ):
            with self.subTest(recipe=name):
                campaign = self.start(name)
                rule_set = self.env.ref(f"callcenter_ops.rule_set_{rules}")
                self.assertEqual(campaign.rule_set_id, rule_set)
                queued = campaign.contact_ids.filtered(lambda c: c.state == "queued")
                self.assertEqual(queued.partner_id & everybody, clients)
                self.assertNotIn(self.operator.user_id.partner_id, queued.partner_id)
                self.assertIn("{{ own_company }}", campaign.script)
                held = {row["reason"] for row in campaign._get_holdback()}
                self.assertFalse(held & {"no_consent", "protected", "stop_list"})
                campaign.action_finish()

    def test_incoming_calls_are_answered_at_once(self):
        campaign = self.start("inbound")
        desk = self.desk(self.operator)
        desk.search_clients(self.plain.phone, "in")
        claim = desk.answer_call(partner_id=self.plain.id)["claim"]
        self.assertEqual(claim["campaign"]["id"], campaign.id)
        self.assertIn("How can I help you?", claim["script"])

    def test_the_words_come_in_the_language_of_who_makes_the_campaign(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        recipe = self.env.ref("callcenter_ops.recipe_inbound")
        recipe.with_context(lang="ru_RU").script = "<p>Добрый день!</p>"
        self.users["supervisor"].lang = "ru_RU"
        recipe = self.as_("supervisor", recipe).with_context(lang="ru_RU")
        made = self.env["callcenter.campaign"].browse(recipe.action_use()["res_id"])
        self.assertEqual(made.script, "<p>Добрый день!</p>")

    def test_only_supervisors_use_them(self):
        for role in ("operator", "hr", "director", "manager", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.use("informative", role)

    def test_a_supervisor_keeps_recipes_of_his_own(self):
        recipes = self.as_("supervisor", self.env["callcenter.campaign.recipe"])
        own = recipes.create({"name": "Ours", "purpose": "survey"})
        self.assertEqual(own.company_id, self.company)
        with self.assertRaises(AccessError):
            recipes.browse(self.env.ref("callcenter_ops.recipe_debt").id).name = "Ours"

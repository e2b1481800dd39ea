from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...tools.calling.script_text import unreached
from .common import CallingCase


class TestScript(CallingCase):
    """A conversation in steps, shown on the desk with the client's data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.build_operator("Operator One")
        cls.skis = cls.env["product.product"].create(
            {"name": "Racing skis", "default_code": "SK-7", "list_price": 12500}
        )
        scripts = cls.env["callcenter.script"].with_user(cls.users["supervisor"])
        cls.script = scripts.create({"name": "Winter", "product_id": cls.skis.id})
        cls.greeting, cls.offer = scripts.step_ids.create(
            [
                {
                    "script_id": cls.script.id,
                    "name": "Greeting",
                    "text": "<p>Good day, {{ client_name }}!</p>",
                },
                {
                    "script_id": cls.script.id,
                    "name": "Offer",
                    "text": "<p>{{ product_name }} for {{ product_price }}</p>",
                },
            ]
        )
        cls.interested = cls.env.ref("callcenter_ops.disposition_interested")
        cls.yes, cls.no = cls.greeting.answer_ids.create(
            [
                {
                    "step_id": cls.greeting.id,
                    "name": "Go on",
                    "next_step_id": cls.offer.id,
                },
                {
                    "step_id": cls.greeting.id,
                    "name": "Call later",
                    "disposition_id": cls.env.ref(
                        "callcenter_ops.disposition_callback"
                    ).id,
                },
            ]
        )

    def claim(self, client=None, **vals):
        client = client or self.build_client("<b>Peak</b>")
        self.build_campaign(client, script_id=self.script.id, **vals)
        return self.desk(self.operator).claim_next()["claim"]

    def test_the_desk_shows_the_steps_with_the_clients_and_the_products_data(self):
        claim = self.claim(script="<p>Plain</p>")
        first, second = claim["steps"]
        self.assertFalse(claim["script"])
        self.assertEqual(first["text"], "<p>Good day, &lt;b&gt;Peak&lt;/b&gt;!</p>")
        self.assertIn("Racing skis for", second["text"])
        self.assertIn("12,500.00", second["text"])
        answers = [(answer["name"], answer["next_id"]) for answer in first["answers"]]
        self.assertEqual(answers, [("Go on", self.offer.id), ("Call later", False)])
        self.assertEqual(
            first["answers"][1]["disposition_id"], self.no.disposition_id.id
        )

    def test_a_changed_price_and_a_changed_text_are_said_at_once(self):
        self.claim()
        self.skis.list_price = 9900
        self.offer.text = "<p>Only {{ product_price }}</p>"
        claim = self.desk(self.operator).open_desk()["claim"]
        self.assertIn("Only", claim["steps"][1]["text"])
        self.assertIn("9,900.00", claim["steps"][1]["text"])

    def test_an_answer_leads_nowhere_but_into_its_own_script(self):
        other = self.script.copy()
        with self.assertRaisesRegex(ValidationError, "another script"):
            self.yes.next_step_id = other.step_ids[0]

    def test_a_copy_leads_to_its_own_steps(self):
        copy = self.script.copy()
        steps = copy.step_ids.sorted()
        self.assertEqual(steps.mapped("name"), ["Greeting", "Offer"])
        self.assertEqual(steps[0].answer_ids[0].next_step_id, steps[1])
        self.assertEqual(self.yes.next_step_id, self.offer)
        self.assertEqual(copy.name, "Winter (copy)")

    def test_a_product_is_needed_where_its_data_is_said(self):
        self.offer.product_id = self.skis
        with self.assertRaisesRegex(ValidationError, "product_name"):
            self.greeting.create(
                {
                    "script_id": self.script.create({"name": "Bare"}).id,
                    "name": "Offer",
                    "text": "{{ product_name }}",
                }
            )

    def test_steps_that_no_answer_leads_to_are_named(self):
        self.assertFalse(self.script.problems)
        self.yes.next_step_id = False
        self.assertIn("Offer", self.script.problems)

    def test_a_script_of_a_campaign_is_not_deleted(self):
        self.claim()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.script.unlink()

    def test_a_supervisor_writes_a_script_on_its_form(self):
        scripts = self.env["callcenter.script"].with_user(self.users["supervisor"])
        with Form(scripts) as form:
            form.name = "Summer"
            with form.step_ids.new() as step:
                step.name = "Greeting"
                step.text = "<p>Hello</p>"
        self.assertEqual(form.record.step_ids.name, "Greeting")

    def test_operators_read_scripts_and_change_none(self):
        script = self.script.with_user(self.operator.user_id)
        self.assertEqual(script.name, "Winter")
        for record, vals in (
            (script, {"name": "Mine"}),
            (script.step_ids, {"text": "Mine"}),
            (script.step_ids.answer_ids, {"name": "Mine"}),
        ):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.write(vals)

    def test_ways_round_in_circles_reach_each_step_once(self):
        self.assertEqual(unreached([], {}), [])
        self.assertEqual(unreached([1, 2, 3, 4], {1: [2], 2: [1], 4: [3]}), [3, 4])

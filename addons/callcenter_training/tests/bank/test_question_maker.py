import random
from contextlib import closing

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ...models.bank.question_maker import QuestionMaker
from ...models.bank.value_reader import ValueReader
from ...tools.bank.options import normalise
from ..common import TrainingCase

SPORTS = ["Run", "Hike", "Ski", "Swim"]
# Few names, codes and prices, so that many products share one or read alike.
PRODUCTS = st.tuples(
    st.sampled_from(["Ball 1", "ball  1", "Ball 2", "Boot", "Ёж", "еж"]),
    st.sampled_from([0, 100, 100.5, 990, 1000, 2000]),
    st.sampled_from(["sports", "balls", "skis"]),
    st.lists(st.sampled_from(SPORTS), min_size=1, max_size=3, unique=True),
    st.fixed_dictionaries(
        {
            "default_code": st.sampled_from([False, "A", "B", "C1", "C2"]),
            "weight": st.sampled_from([0, 0.5, 1.25]),
            "callcenter_launch_date": st.sampled_from([False, "2026-03-01"]),
        }
    ),
)


class TestQuestionMaker(TrainingCase):
    def make(self, facts, seed=1, lang="en_US"):
        maker = QuestionMaker(self.env(context={**self.env.context, "lang": lang}))
        return maker.make(facts, random.Random(seed))

    def right_texts(self, question):
        return {question["options"][place] for place in question["key"]["right"]}

    def test_the_price_of_a_product_among_prices_of_its_siblings(self):
        products = self.build_products(6)
        self.build_products(3, self.skis, "Ski", price=50000)
        (question,) = self.make(self.facts(products[2], "price"))
        self.assertEqual(question["stem"], "What does Ball 002 [B002] cost?")
        self.assertEqual(self.right_texts(question), {"$\xa01,200"})
        self.assertEqual(len(question["options"]), 4)
        siblings = {f"$\xa0{1000 + 100 * n:,}" for n in range(6)}
        self.assertLessEqual(set(question["options"]), siblings)
        self.assertEqual(question["guess"], 0.25)

    def test_without_siblings_the_price_is_asked_among_plausible_ones(self):
        ball = self.build_product("Ball", 1990)
        (question,) = self.make(self.facts(ball, "price"))
        self.assertEqual(
            set(question["options"]),
            {"$\xa01,990", "$\xa02,190", "$\xa01,790", "$\xa02,290"},
        )

    def test_too_few_siblings_are_widened_to_the_parent_category_then_to_all(self):
        far = self.build_category("Food")
        food = [self.build_product(f"Bar {n}", 90, far, weight=n) for n in (7, 8, 9)]
        ball = self.build_product("Ball", 90, weight=1)
        self.assertEqual(self.offered_weights(ball), {"1", "7", "8", "9"})
        for weight in (2, 3, 4):
            self.build_product(f"Ski {weight}", 90, self.skis, weight=weight)
        self.assertEqual(self.offered_weights(ball), {"1", "2", "3", "4"})
        # Two of its own shelf come first, the third option is from elsewhere.
        self.assertLess({"7", "8", "9"}, self.offered_weights(food[0]))
        for weight in (5, 6, 10):
            self.build_product(f"Ball {weight}", 90, weight=weight)
        self.assertEqual(self.offered_weights(ball), {"1", "5", "6", "10"})

    def offered_weights(self, product):
        (question,) = self.make(self.facts(product, "weight"))
        return set(question["options"])

    def test_a_category_is_never_offered_beside_its_own_parent(self):
        general = self.build_product("Thing", 10, self.sports)
        ball = self.build_product("Ball", 10, self.balls)
        self.build_product("Ski", 10, self.skis)
        for product, hidden in ((ball, self.sports), (general, self.balls)):
            for question in self.make(self.facts(product, "category")):
                self.assertNotIn(hidden.display_name, question["options"])

    def test_a_category_with_nothing_beside_it_is_not_asked(self):
        ball = self.build_product("Ball", 10)
        self.assertEqual(self.make(self.facts(ball, "category")), [])

    def test_what_all_products_share_is_not_asked(self):
        brand = self.build_attribute("Brand", ["Ural"])
        products = self.build_products(3)
        for product in products:
            self.give(product, brand, "Ural")
        self.assertEqual(self.make(self.facts(products[0], "brand")), [])
        self.assertIn("wrong option", self.template("brand").preview)

    def test_several_colours_are_a_multiple_choice(self):
        colour = self.build_attribute("Colour", ["Red", "Blue", "Green", "Black"])
        first, second = self.build_product("A", 1), self.build_product("B", 2)
        self.give(first, colour, "Red", "Blue")
        self.give(second, colour, "Blue", "Green", "Black")
        (question,) = self.make(self.facts(first, "colours"))
        self.assertEqual(question["kind"], "multiple")
        self.assertEqual(self.right_texts(question), {"Red", "Blue"})
        self.assertEqual(set(question["options"]), {"Red", "Blue", "Green", "Black"})

    def test_a_product_of_two_sports_is_no_wrong_option_for_either(self):
        sport = self.build_attribute("Sport", ["Running", "Hiking", "Skiing"])
        runner, both = self.build_product("Shoe", 1), self.build_product("Jacket", 2)
        skier = self.build_product("Glove", 3)
        self.give(runner, sport, "Running")
        self.give(both, sport, "Running", "Hiking")
        self.give(skier, sport, "Skiing")
        (question,) = self.make(self.facts(runner, "sport"))
        self.assertEqual(question["stem"], "Which of these is meant for: Running?")
        self.assertEqual(set(question["options"]), {"Shoe", "Glove"})

    def test_the_cheapest_really_is_the_cheapest(self):
        products = self.build_products(6)
        (question,) = self.make(self.facts(products[1], "cheapest"))
        self.assertEqual(self.right_texts(question), {"Ball 001"})
        self.assertNotIn("Ball 000", question["options"])
        self.assertEqual(self.make(self.facts(products[5], "cheapest")), [])

    def test_two_products_alike_in_everything_are_never_told_apart(self):
        twins = [self.build_product("Twin", 500) for _twin in range(2)]
        self.build_product("Other", 700)
        for code in ("price", "cheapest"):
            for question in self.make(self.facts(twins[0], code)):
                names = [normalise(option) for option in question["options"]]
                self.assertEqual(len(names), len(set(names)))

    def test_a_namesakes_price_is_no_wrong_option(self):
        first = self.build_product("Twin", 500)
        self.build_product("twin", 600)
        (question,) = self.make(self.facts(first, "price"))
        self.assertNotIn("$\xa0600", question["options"])

    def test_a_code_leads_to_its_product_only(self):
        products = self.build_products(5)
        (question,) = self.make(self.facts(products[3], "code_to_product"))
        self.assertEqual(question["stem"], "Which product has the code B003?")
        self.assertEqual(self.right_texts(question), {"Ball 003"})

    def test_names_with_markup_and_placeholders_stay_text(self):
        name = "<b onclick='x'>{value}</b>{0}%s"
        ball = self.build_product(name, 10)
        self.build_product("=SUM(A1)", 20)
        (question,) = self.make(self.facts(ball, "price"))
        self.assertEqual(question["stem"], f"What does {name} cost?")
        self.assertNotIn("<b onclick", self.template("price").preview)

    def test_a_question_is_asked_in_the_persons_language(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        self.template("price").with_context(
            lang="ru_RU"
        ).stem = "Сколько стоит {product}?"
        ball = self.build_product("Ball", 1990)
        ball.with_context(lang="ru_RU").name = "Мяч"
        (question,) = self.make(self.facts(ball, "price"), lang="ru_RU")
        self.assertEqual(question["stem"], "Сколько стоит Мяч?")
        self.assertEqual(self.right_texts(question), {"$\xa01\xa0990"})

    def test_the_same_seed_makes_the_same_form(self):
        products = self.build_products(9)
        facts = self.env["callcenter.fact"].search(
            [("product_tmpl_id", "in", products.ids)]
        )
        self.assertEqual(self.make(facts, 7), self.make(facts, 7))

    def test_sizes_are_asked_from_first_to_last(self):
        size = self.build_attribute("Size", ["XS", "S", "M", "L"])
        first, second = self.build_product("A", 1), self.build_product("B", 2)
        self.give(first, size, "S", "M", "L")
        self.give(second, size, "XS", "S")
        (question,) = self.make(self.facts(first, "size_range"))
        self.assertEqual(self.right_texts(question), {"S – L"})
        self.assertEqual(set(question["options"]), {"S – L", "XS – S"})

    # Each catalogue is sold alone: a savepoint takes the one before it away.
    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.lists(PRODUCTS, min_size=2, max_size=10), st.integers(0, 2**32))
    def test_no_wrong_option_is_ever_true_over_drawn_catalogues(self, drawn, seed):
        with closing(self.env.cr.savepoint()):
            for question in self.make(self.build_catalogue(drawn), seed):
                self.check_honest(question)

    def build_catalogue(self, drawn):
        """All that may be asked of the products that were drawn."""
        sport = self.build_attribute("Sport", SPORTS)
        groups = {"sports": self.sports, "balls": self.balls, "skis": self.skis}
        products = self.env["product.template"]
        for name, price, group, sports, vals in drawn:
            product = self.build_product(name, price, groups[group], **vals)
            self.give(product, sport, *sports)
            products |= product
        return self.env["callcenter.fact"].search(
            [("product_tmpl_id", "in", products.ids), ("is_askable", "=", True)]
        )

    def check_honest(self, question):
        fact = self.env["callcenter.fact"].browse(question["fact_id"])
        wrong = {
            option
            for place, option in enumerate(question["options"])
            if place not in question["key"]["right"]
        }
        read = [normalise(option) for option in question["options"]]
        self.assertEqual(len(read), len(set(read)), question)
        self.assertFalse(wrong & self.right_texts(question), question)
        if fact.template_id.ask in ("product", "cheapest"):
            self.check_wrong_products(fact, wrong, question)
        else:
            self.check_wrong_values(fact, wrong, question)

    def check_wrong_products(self, fact, wrong, question):
        """No product of a wrong option's name may be right; for each such name one
        product at least says otherwise and none of that name is the asked one."""
        for name in wrong:
            self.assertNotEqual(normalise(name), normalise(fact.product_tmpl_id.name))
            said = self.env["callcenter.fact"].search(
                [("template_id", "=", fact.template_id.id),
                 ("attribute_id", "=", fact.attribute_id.id),
                 ("product_tmpl_id.name", "=", name)]
            )  # fmt: skip
            self.assertTrue(said.filtered(lambda f: f.value != fact.value), question)
            if fact.template_id.ask == "cheapest":
                self.assertGreater(min(said.mapped("num_value")), fact.num_value)
            if fact.template_id.ask == "product":
                self.assertFalse(
                    said.filtered(lambda f: f.value == fact.value), question
                )

    def check_wrong_values(self, fact, wrong, question):
        namesakes = (
            self.env["callcenter.fact"]
            .search(
                [
                    ("template_id", "=", fact.template_id.id),
                    ("attribute_id", "=", fact.attribute_id.id),
                ]
            )
            .filtered(
                lambda f: (
                    normalise(f.product_tmpl_id.name)
                    == normalise(fact.product_tmpl_id.name)
                )
            )
        )
        reader = ValueReader(self.env)
        for other in namesakes:
            told = set(reader.get_texts(fact.template_id, other.value))
            self.assertFalse(wrong & told, question)

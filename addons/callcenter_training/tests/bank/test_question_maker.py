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
        self.assertEqual(question["stem"], "What does Ball 002 [B502] cost?")
        self.assertEqual(self.right_texts(question), {"$\xa01,200"})
        self.assertEqual(len(question["options"]), 4)
        siblings = {f"$\xa0{1000 + 100 * n:,}" for n in range(6)}
        self.assertLessEqual(set(question["options"]), siblings)
        self.assertEqual(question["guess"], 0.25)

    def test_without_siblings_the_price_is_asked_among_plausible_ones(self):
        ball = self.build_product("Ball", 1990)
        (question,) = self.make(self.facts(ball, "price"))
        self.assertEqual(len(question["options"]), 4)
        near = {1190, 1390, 1490, 1590, 1690, 1790, 1990, 2190, 2290, 2390, 2490}
        near |= {2590, 2790}
        self.assertLessEqual(
            set(question["options"]), {f"$\xa0{price:,}" for price in near}
        )

    def test_numbers_are_those_of_its_kind_and_else_plausible_ones(self):
        ball = self.build_product("Ball one", 90, weight=1)
        for weight in (700, 800, 900):
            self.build_product(f"Net {weight}", 90, weight=weight)
        self.assertLessEqual(
            self.offered_weights(ball),
            {"1", "1.1", "0.9", "1.2", "0.8", "1.3", "1.4", "0.7", "0.6"},
        )
        for weight in (2, 3, 4):
            self.build_product(f"Ball {weight}", 90, self.skis, weight=weight)
        self.assertTrue(self.offered_weights(ball) & {"2", "3", "4"})

    def offered_weights(self, product):
        """All that is offered over many draws."""
        made = [self.make(self.facts(product, "weight"), seed)[0] for seed in range(20)]
        return {option for question in made for option in question["options"]}

    def test_a_category_is_never_offered_beside_its_own_parent(self):
        general = self.build_product("Thing", 10, self.sports)
        ball = self.build_product("Globe", 10, self.balls)
        self.build_product("Plank", 10, self.skis)
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
        self.assertIn("Nothing else of its kind", self.template("brand").preview)

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
        runner = self.build_product("Suit Alpha", 1)
        both = self.build_product("Suit Beta", 2)
        skier = self.build_product("Suit Gamma", 3)
        self.give(runner, sport, "Running")
        self.give(both, sport, "Running", "Hiking")
        self.give(skier, sport, "Skiing")
        (question,) = self.make(self.facts(runner, "sport"))
        self.assertEqual(
            question["stem"],
            "A client chooses goods for this sport: Running. Which of these fits?",
        )
        self.assertEqual(set(question["options"]), {"Suit Alpha", "Suit Gamma"})

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
        self.assertEqual(
            question["stem"], "A client names the code B503. Which product is it?"
        )
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

    def test_a_brand_in_the_name_is_hidden_where_the_brand_is_asked(self):
        brand = self.build_attribute("Brand", ["Ural", "Ob", "Onega"])
        for place, value in enumerate(("Ural", "Ob", "Onega")):
            ball = self.build_product(f"Ball {value}", 10, default_code=f"K{place}")
            self.give(ball, brand, value)
        (question,) = self.make(self.facts(ball, "brand"))
        self.assertEqual(question["stem"], "Which brand makes Ball … [K2]?")
        self.assertEqual(self.right_texts(question), {"Onega"})

    def test_quotes_within_quotes_are_the_inner_ones(self):
        self.template("price").stem = "What does «{product}» cost?"
        ball = self.build_product("Ball «Ural»", 10)
        (question,) = self.make(self.facts(ball, "price"))
        self.assertEqual(question["stem"], "What does «Ball „Ural“» cost?")

    def test_a_price_on_a_bound_fits_one_range_alone(self):
        ball = self.build_product("Ball", 5000)
        (question,) = self.make(self.facts(ball, "price_range"))
        self.assertEqual(
            self.right_texts(question), {"from $\xa05,000, but under $\xa010,000"}
        )

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

from odoo.exceptions import UserError, ValidationError

from ..common import TrainingCase


class TestFacts(TrainingCase):
    def test_a_new_product_brings_its_facts(self):
        ball = self.build_product("Ball", 1990, default_code="B1")
        self.assertEqual(self.facts(ball, "price").value, "1990.00 USD")
        self.assertEqual(self.facts(ball, "price_range").value, "1000:2000:USD")
        self.assertEqual(self.facts(ball, "category").value, f"[{self.balls.id}]")
        self.assertEqual(self.facts(ball, "product_to_code").value, "B1")
        self.assertEqual(self.facts(ball, "price").version, 1)

    def test_a_changed_price_makes_a_new_version_and_touches_nothing_else(self):
        ball, other = self.build_product("Ball", 1990), self.build_product("Net", 500)
        untouched = self.env["callcenter.fact"].search(
            [("template_id.field_path", "!=", "list_price")]
        )
        before = untouched.read()
        old, price_range = self.facts(ball, "price"), self.facts(ball, "price_range")
        ball.list_price = 1890
        new = self.facts(ball, "price")
        self.assertEqual((new.version, new.value), (2, "1890.00 USD"))
        self.assertEqual((old.active, old.value), (False, "1990.00 USD"))
        self.assertTrue(old.retired_at)
        self.assertEqual(self.facts(other, "price").version, 1)
        self.assertEqual(self.facts(ball, "price_range"), price_range)
        self.assertEqual(untouched.exists().read(), before)

    def test_a_price_that_comes_back_is_a_third_version(self):
        ball = self.build_product("Ball", 1990)
        ball.list_price = 1890
        ball.list_price = 1990
        self.assertEqual(self.facts(ball, "price").version, 3)

    def test_writing_the_same_price_changes_no_fact(self):
        ball = self.build_product("Ball", 1990)
        fact = self.facts(ball, "price")
        ball.list_price = 1990
        self.assertEqual(self.facts(ball, "price"), fact)

    def test_an_archived_product_is_asked_no_more(self):
        ball = self.build_product("Ball", 1990)
        ball.active = False
        self.assertFalse(self.facts(ball, "price"))
        ball.active = True
        self.assertEqual(self.facts(ball, "price").version, 2)

    def test_a_product_off_sale_is_asked_no_more(self):
        ball = self.build_product("Ball", 1990)
        ball.sale_ok = False
        self.assertFalse(self.facts(ball, "price"))

    def test_a_product_without_price_code_or_weight_has_no_such_fact(self):
        ball = self.build_product("Ball", 0)
        for code in ("price", "price_range", "cheapest", "product_to_code", "weight"):
            self.assertFalse(self.facts(ball, code), code)

    def test_a_code_set_on_the_variant_reaches_the_fact(self):
        ball = self.build_product("Ball", 10)
        ball.product_variant_id.default_code = "B77"
        self.assertEqual(self.facts(ball, "product_to_code").value, "B77")

    def test_attributes_make_facts_by_their_role(self):
        brand = self.build_attribute("Brand", ["Ural", "Ob"])
        self.assertEqual(brand.callcenter_role, "brand")
        ball = self.build_product("Ball", 10)
        line = self.give(ball, brand, "Ural")
        fact = self.facts(ball, "brand")
        self.assertEqual(fact.value, f"[{brand.value_ids[0].id}]")
        self.assertFalse(self.facts(ball, "season"))
        line.value_ids = brand.value_ids[1]
        self.assertEqual(self.facts(ball, "brand").version, 2)
        line.unlink()
        self.assertFalse(self.facts(ball, "brand"))

    def test_a_russian_attribute_name_tells_its_role(self):
        for name, role in (("Бренд", "brand"), ("Размер", "size"), ("Цвет", "colour")):
            self.assertEqual(self.build_attribute(name, ["1"]).callcenter_role, role)

    def test_renaming_a_category_keeps_the_fact_and_translations_do_not_split_it(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        ball = self.build_product("Ball", 10, default_code="X1")
        fact = self.facts(ball, "category")
        self.balls.name = "All balls"
        ball.with_context(lang="ru_RU").name = "Мяч"
        self.builder.rebuild(self.template("category"))
        self.assertEqual(self.facts(ball, "category"), fact)

    def test_a_moved_product_takes_its_facts_to_the_new_category(self):
        ball = self.build_product("Ball", 10)
        price = self.facts(ball, "price")
        ball.categ_id = self.skis
        self.assertEqual(price.categ_id, self.skis)
        self.assertEqual(self.facts(ball, "price"), price)
        self.assertEqual(self.facts(ball, "category").version, 2)

    def test_a_deleted_category_leaves_its_facts_at_once(self):
        ball = self.build_product("Ball", 10)
        price, category = self.facts(ball, "price"), self.facts(ball, "category")
        self.balls.unlink()
        self.assertEqual((price.active, price.categ_id.id), (True, False))
        self.assertEqual((category.active, category.categ_id.id), (False, False))
        self.assertFalse(self.facts(ball, "category"))

    def test_tags_change_facts_from_the_side_of_the_tag_too(self):
        ball = self.build_product("Ball", 10)
        tag = self.env["product.tag"].create(
            {"name": "For children", "product_template_ids": [(4, ball.id)]}
        )
        self.assertEqual(self.facts(ball, "tags").value, f"[{tag.id}]")
        tag.product_template_ids = False
        self.assertFalse(self.facts(ball, "tags"))
        tag.product_template_ids = ball
        self.assertEqual(self.facts(ball, "tags").version, 2)
        tag.unlink()
        self.assertFalse(self.facts(ball, "tags"))

    def test_a_deleted_product_is_no_longer_said_of_others(self):
        pump, old = self.build_product("Pump", 10), self.build_product("Old ball", 10)
        ball = self.build_product(
            "Ball",
            10,
            callcenter_accessory_ids=[(4, pump.id)],
            callcenter_replaces_id=old.id,
        )
        self.assertEqual(self.facts(ball, "accessories").value, f"[{pump.id}]")
        self.assertEqual(self.facts(ball, "replaces").value, f"[{old.id}]")
        (pump | old).unlink()
        self.assertFalse(self.facts(ball, "accessories"))
        self.assertFalse(self.facts(ball, "replaces"))

    def test_a_loop_of_categories_is_refused_and_changes_no_fact(self):
        ball = self.build_product("Ball", 1000)
        before = self.env["callcenter.fact"].search([("product_tmpl_id", "=", ball.id)])
        with self.assertRaises(UserError), self.cr.savepoint():
            self.sports.parent_id = self.balls
        self.builder.rebuild(self.template("category"))
        self.assertEqual(
            before,
            self.env["callcenter.fact"].search([("product_tmpl_id", "=", ball.id)]),
        )
        self.assertEqual(self.sports.parent_id.id, False)

    def test_a_new_currency_makes_new_price_facts(self):
        ball = self.build_product("Ball", 10)
        rub = self.env.ref("base.RUB")
        rub.active = True
        company = self.env["res.company"].search([], order="id", limit=1)
        company.currency_id = rub
        self.assertEqual(self.facts(ball, "price").value, "10.00 RUB")

    def test_a_novelty_ends_with_its_period(self):
        with self.at("2026-03-02 07:00:00"):
            self.build_product("Ball of old", 10)
            ball = self.build_product("Ball", 10, callcenter_launch_date="2026-02-20")
            self.assertTrue(self.facts(ball, "new_this_season").is_askable)
        with self.at("2026-07-01 07:00:00"):
            self.env["callcenter.fact"]._cron_rebuild()
            self.assertFalse(self.facts(ball, "new_this_season").is_askable)

    def test_nothing_to_choose_from_is_no_fact_to_ask_until_there_is(self):
        ball = self.build_product("Ball", 10, default_code="K1")
        code = self.facts(ball, "product_to_code")
        self.assertEqual((code.is_askable, code.fault), (False, "same"))
        self.build_product("Ball two", 10, default_code="K2")
        self.assertEqual((code.is_askable, code.fault), (True, False))

    def test_what_the_name_gives_away_is_counted_for_the_trainer(self):
        globe = self.build_product("Ball", 10)
        self.build_product("Plank", 10, self.skis)
        fact, template = self.facts(globe, "category"), self.template("category")
        self.assertEqual((fact.is_askable, fact.fault), (False, "given_away"))
        self.assertEqual(template.silent_count, 1)
        self.assertEqual(
            template.silence, "The name of the product gives the answer away: 1"
        )
        globe.name = "Globe"
        self.assertEqual((fact.is_askable, fact.fault), (True, False))
        template.invalidate_recordset()
        self.assertEqual((template.silent_count, template.silence), (0, ""))

    def test_the_nightly_rebuild_finds_what_no_write_tells(self):
        brand = self.build_attribute("Brand", ["Ural", "Ob"])
        balls = [self.build_product(f"Ball {name}", 10) for name in ("Ural", "hard")]
        for ball, value in zip(balls, ("Ural", "Ob"), strict=True):
            self.give(ball, brand, value)
        fact = self.facts(balls[0], "brand")
        self.assertEqual(fact.fault, "given_away")
        brand.value_ids[0].name = "Onega"
        self.env.flush_all()
        self.env["callcenter.fact"]._cron_rebuild()
        self.assertEqual((fact.is_askable, fact.fault), (True, False))

    def test_one_size_is_no_range(self):
        size = self.build_attribute("Size", ["S", "M", "L"])
        first, second = self.build_product("Shirt", 1), self.build_product("Shirt B", 1)
        self.give(first, size, "S")
        self.give(second, size, "M", "L")
        self.assertFalse(self.facts(first, "size_range"))
        self.assertTrue(self.facts(second, "size_range"))

    def test_an_attribute_with_a_template_of_its_own_is_not_asked_twice(self):
        season = self.build_attribute("Season", ["Summer", "Winter"])
        grip = self.build_attribute("Grip", ["Hard", "Soft"])
        ball = self.build_product("Ball", 10)
        self.give(ball, season, "Summer")
        self.give(ball, grip, "Soft")
        self.assertEqual(self.facts(ball, "attribute_value").attribute_id, grip)
        self.template("season").active = False
        self.assertEqual(
            self.facts(ball, "attribute_value").attribute_id, grip | season
        )

    def test_a_full_rebuild_of_an_unchanged_catalogue_inserts_nothing(self):
        self.build_products(5)
        templates = self.env["callcenter.question.template"].search([])
        self.assertEqual(self.builder.rebuild(templates), 0)

    def test_an_archived_template_retires_its_facts(self):
        ball = self.build_product("Ball", 10)
        self.template("price").active = False
        self.assertFalse(self.facts(ball, "price"))
        self.template("price").active = True
        self.assertEqual(self.facts(ball, "price").version, 2)

    def test_a_template_restricted_to_a_category_asks_only_there(self):
        ball, ski = (
            self.build_product("Ball", 10),
            self.build_product("Ski", 9, self.skis),
        )
        self.template("price").categ_ids = self.skis
        self.assertFalse(self.facts(ball, "price"))
        self.assertTrue(self.facts(ski, "price"))

    def test_a_template_whose_field_is_gone_says_so_and_breaks_nothing(self):
        template = self.template("weight")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE callcenter_question_template SET field_path = 'gone' WHERE id = %s",
            [template.id],
        )
        self.env.invalidate_all()
        ball = self.build_product("Ball", 10, weight=2)
        self.assertTrue(self.facts(ball, "price"))
        template.action_rebuild()
        self.assertIn("gone", template.problem)

    def test_only_public_fields_of_the_catalogue_can_be_asked(self):
        for path in (
            "standard_price",
            "create_uid",
            "create_uid.login",
            "company_id.name",
            "message_ids",
            "qty",
            "categ_id.parent_id.parent_id.parent_id",
            "product_tag_ids.name",
            "list_price; DROP TABLE x",
            "__class__",
            "",
        ):
            with self.subTest(path=path), self.assertRaises(ValidationError):
                self.template("category").field_path = path

    def test_an_unknown_placeholder_is_refused(self):
        with self.assertRaises(ValidationError):
            self.template("price").stem = "{product.__class__} costs?"
        with self.assertRaises(ValidationError):
            self.template("price").stem = "What does it cost?"

    def test_asked_facts_are_counted_afterwards(self):
        self.build_products(8)
        self.take(self.build_quiz(), 4)
        self.env["callcenter.quiz.attempt.item"]._count_exposures()
        asked = self.env["callcenter.fact"].search([("asked_count", ">", 0)])
        self.assertEqual(len(asked), 4)
        self.assertTrue(all(1 <= fact.draw_key < 2 for fact in asked))

    def test_the_database_guards_every_link_of_a_fact(self):
        self.env.cr.execute(
            """SELECT a.attname FROM pg_constraint c
                 JOIN pg_attribute a ON a.attrelid = c.conrelid
                      AND a.attnum = ANY(c.conkey)
                WHERE c.conrelid = 'callcenter_fact'::regclass AND c.contype = 'f'"""
        )
        self.assertEqual(
            {name for (name,) in self.env.cr.fetchall()},
            {
                "attribute_id",
                "categ_id",
                "company_id",
                "product_tmpl_id",
                "template_id",
            },
        )

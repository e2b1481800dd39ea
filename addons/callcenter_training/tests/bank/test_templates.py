import random
from base64 import b64encode
from io import BytesIO

from PIL import Image

from ...models.bank.question_maker import QuestionMaker
from ..common import TrainingCase


def paint(colour):
    """A small picture of one colour."""
    stream = BytesIO()
    Image.new("RGB", (16, 16), colour).save(stream, "PNG")
    return b64encode(stream.getvalue())


class TestTemplates(TrainingCase):
    """What each ready template asks that has no test of its own elsewhere."""

    def ask(self, product, code):
        maker = QuestionMaker(self.env)
        (question,) = maker.make(self.facts(product, code), random.Random(1))
        right = [question["options"][place] for place in question["key"]["right"]]
        return question, right

    def test_a_picture_is_shown_and_its_product_wanted(self):
        ball = self.build_product("Ball", 10, image_1920=paint("red"))
        self.build_product("Ball net", 10, image_1920=paint("blue"))
        question, right = self.ask(ball, "picture_to_product")
        self.assertEqual(question["stem"], "Which product is in the picture?")
        self.assertEqual(right, ["Ball"])
        self.assertEqual(set(question["options"]), {"Ball", "Ball net"})
        self.assertEqual(question["image_128"], ball.image_128)

    def test_a_new_picture_is_a_new_fact(self):
        ball = self.build_product("Ball", 10, image_1920=paint("red"))
        self.assertEqual(self.facts(ball, "picture_to_product").version, 1)
        ball.image_1920 = paint("green")
        self.assertEqual(self.facts(ball, "picture_to_product").version, 2)
        ball.image_1920 = False
        self.assertFalse(self.facts(ball, "picture_to_product"))

    def test_two_products_of_one_picture_are_not_told_apart_by_it(self):
        ball = self.build_product("Ball", 10, image_1920=paint("red"))
        self.build_product("Ball copy", 10, image_1920=paint("red"))
        self.build_product("Ball net", 10, image_1920=paint("blue"))
        question, _right = self.ask(ball, "picture_to_product")
        self.assertEqual(set(question["options"]), {"Ball", "Ball net"})

    def test_a_new_product_stands_among_old_ones(self):
        with self.at("2026-03-02 07:00:00"):
            new = self.build_product(
                "Ball Alpha", 1, callcenter_launch_date="2026-02-20"
            )
            self.build_product("Ball Beta", 1, callcenter_launch_date="2026-02-25")
            self.build_product("Ball Gamma", 1, callcenter_launch_date="2024-02-20")
            self.build_product("Ball Delta", 1)
            question, right = self.ask(new, "new_this_season")
            self.assertEqual(right, ["Ball Alpha"])
            self.assertEqual(
                set(question["options"]), {"Ball Alpha", "Ball Gamma", "Ball Delta"}
            )

    def test_what_replaces_what(self):
        olds = [self.build_product(f"Old {n}", 1) for n in range(3)]
        news = [
            self.build_product(
                f"Racket {chr(97 + n)}b", 1, callcenter_replaces_id=old.id
            )
            for n, old in enumerate(olds)
        ]
        question, right = self.ask(news[1], "replaces")
        self.assertEqual(question["stem"], "Which product did Racket bb replace?")
        self.assertEqual(right, ["Old 1"])
        self.assertEqual(set(question["options"]), {"Old 0", "Old 1", "Old 2"})

    def test_accessories_stand_among_those_of_other_products(self):
        goods = {
            name: self.build_product(name, 1)
            for name in ("Kit Pump", "Kit Net", "Kit Wax")
        }
        ball = self.build_product(
            "Ball", 1, callcenter_accessory_ids=[(4, goods["Kit Pump"].id)]
        )
        for name, accessories in (
            ("Goal", ("Kit Pump", "Kit Net")),
            ("Ski", ("Kit Wax",)),
        ):
            ids = [goods[accessory].id for accessory in accessories]
            self.build_product(name, 1, callcenter_accessory_ids=[(6, 0, ids)])
        question, right = self.ask(ball, "accessories")
        self.assertEqual(question["stem"], "What should be offered together with Ball?")
        self.assertEqual(right, ["Kit Pump"])
        self.assertEqual(set(question["options"]), {"Kit Pump", "Kit Net", "Kit Wax"})

    def test_a_weight_among_weights_of_its_siblings(self):
        ball = self.build_product("Ball", 1, weight=0.45)
        for weight in (0.4, 0.6, 1):
            self.build_product(f"Ball {weight}", 1, weight=weight)
        question, right = self.ask(ball, "weight")
        self.assertEqual(right, ["0.45"])
        self.assertEqual(set(question["options"]), {"0.45", "0.4", "0.6", "1"})

    def test_tags_that_are_not_said_of_the_product_are_wrong(self):
        light, warm, loud = self.env["product.tag"].create(
            [{"name": name} for name in ("Light", "Warm", "Loud")]
        )
        ball = self.build_product("Ball", 1, product_tag_ids=[(6, 0, light.ids)])
        self.build_product("Hat", 1, product_tag_ids=[(6, 0, (light | warm).ids)])
        self.build_product("Horn", 1, product_tag_ids=[(6, 0, loud.ids)])
        question, right = self.ask(ball, "tags")
        self.assertEqual(right, ["Light"])
        self.assertEqual(set(question["options"]), {"Light", "Warm", "Loud"})

    def test_a_season_and_the_code_of_a_product(self):
        season = self.build_attribute("Season", ["Summer", "Winter"])
        ball, ski = self.build_products(2)
        self.give(ball, season, "Summer")
        self.give(ski, season, "Winter")
        question, right = self.ask(ball, "season")
        self.assertEqual(question["stem"], "For which season is Ball 000 [B500]?")
        self.assertEqual((right, set(question["options"])),
                         (["Summer"], {"Summer", "Winter"}))  # fmt: skip
        question, right = self.ask(ball, "product_to_code")
        self.assertEqual(question["stem"], "What is the code of Ball 000?")
        self.assertEqual((right, set(question["options"])),
                         (["B500"], {"B500", "B501"}))  # fmt: skip

    def test_any_attribute_is_asked_by_its_name(self):
        grip = self.build_attribute("Grip", ["Hard", "Soft"])
        ball, other = self.build_products(2)
        self.give(ball, grip, "Hard")
        self.give(other, grip, "Soft")
        question, right = self.ask(ball, "attribute_value")
        self.assertEqual(
            question["stem"],
            "A client asks about Ball 000 [B500]. What is right under “Grip”?",
        )
        self.assertEqual(right, ["Hard"])

    def test_a_number_can_be_typed_instead_of_chosen(self):
        template = self.template("price")
        template.write({"ask": "number", "tolerance_percent": 10})
        ball = self.build_product("Ball", 1990)
        maker = QuestionMaker(self.env)
        (question,) = maker.make(self.facts(ball, "price"), random.Random(1))
        self.assertEqual((question["kind"], question["options"]), ("number", []))
        self.assertEqual(question["key"], {"value": 1990.0, "tolerance": 199.0})

    def test_the_preview_finds_what_can_be_asked_among_what_cannot(self):
        """Twins of one name and price are compared with nothing dearer: silent."""
        for _twin in range(5):
            self.build_product("Ball of all", 900)
        self.env.cr.execute("UPDATE callcenter_fact SET draw_key = 0 WHERE active")
        self.build_product("Ball cheap", 100)
        self.env.invalidate_all()
        self.assertIn("Which of these costs the least?",
                      self.template("cheapest").preview)  # fmt: skip

import base64
import io

from odoo.exceptions import AccessError, UserError
from PIL import Image

from ..written_case import WrittenCase


def draw_picture(colour, side=600):
    stream = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(stream, "PNG")
    return base64.b64encode(stream.getvalue())


class TestPictures(WrittenCase):
    """Matching and ordering with pictures of goods, shuffled anew for each attempt."""

    PAIRS = ("Skis=Bindings", "Boots=Insoles", "Poles=Grips")

    def build_match(self, pictures=("red", False, "blue"), **vals):
        question = self.build("match", self.PAIRS, ready=False, **vals)
        for option, colour in zip(question.option_ids, pictures, strict=True):
            option.image_128 = colour and draw_picture(colour)
        self.release(question)
        return question

    def test_the_pictures_stand_beside_the_left_sides_of_the_pairs(self):
        question = self.build_match()
        shown = self.ask()
        self.assertEqual(shown["prompts"], ["Skis", "Boots", "Poles"])
        wanted = [
            option.image_128 and option.image_128.decode()
            for option in question.option_ids
        ]
        self.assertEqual(shown["pictures"], wanted)
        self.assertEqual(list(map(bool, wanted)), [True, False, True])

    def test_the_pictures_of_an_order_follow_its_shuffled_options(self):
        question = self.build("order", ("Base", "Wax", "Brush"), ready=False)
        for option, colour in zip(
            question.option_ids, ("red", "lime", "blue"), strict=True
        ):
            option.image_128 = draw_picture(colour)
        self.release(question)
        shown = self.ask()
        of_text = {o.text: o.image_128.decode() for o in question.option_ids}
        self.assertEqual(
            shown["pictures"], [of_text[text] for text in shown["options"]]
        )
        self.assertNotEqual(shown["options"], ["Base", "Wax", "Brush"])
        right = self.place(shown, "Base", "Wax", "Brush")
        self.assertEqual(self.mark(shown, right), 100.0)

    def test_a_pair_that_is_right_earns_its_share(self):
        self.build_match()
        shown = self.ask()
        answer = self.place(shown, "Bindings", "Grips", "Insoles")
        self.assertAlmostEqual(self.mark(shown, answer), 100 / 3)

    def test_goods_give_their_name_and_their_picture(self):
        ball = self.build_product(
            "Ball of leather", 900, image_1920=draw_picture("red")
        )
        question = self.build("match", ("a=A", "b=B"), ready=False)
        new = self.env["callcenter.question.option"].new(
            {"question_id": question.id, "product_tmpl_id": ball.id}
        )
        new._onchange_product()
        self.assertEqual((new.prompt, new.text), ("Ball of leather", False))
        self.assertTrue(new.image_128)

    def test_what_was_asked_keeps_its_picture(self):
        question = self.build_match()
        option = question.option_ids[0].with_user(self.users["trainer"])
        before = option.image_128
        with self.assertRaises(UserError):
            option.image_128 = draw_picture("black")
        self.assertFalse(
            self.env["ir.attachment"].search_count(
                [("res_model", "=", option._name), ("res_id", "=", option.id)]
            ),
            "no file lies beside it that could be changed past it",
        )
        self.assertEqual(option.image_128, before)

    def test_operators_read_no_options_and_get_no_ids_of_them(self):
        question = self.build_match()
        shown = self.ask()
        self.assertNotIn(question.option_ids[0].id, shown["pictures"])
        options = question.option_ids.with_user(self.users["operator"])
        with self.assertRaises(AccessError):
            options.read(["image_128"])

    def test_a_question_without_pictures_asks_the_database_for_none(self):
        self.build_match((False, False, False))
        shown = self.ask()
        self.assertEqual(shown["pictures"], [])
        self.assertFalse(self.attempt_of(shown).item_ids.pictures)

    def test_practice_shows_the_pictures_too(self):
        self.retire_all()
        self.build_match()
        runner = self.env["callcenter.practice.runner"].with_user(
            self.users["operator"]
        )
        card = runner.next_card()
        self.assertEqual(list(map(bool, card["pictures"])), [True, False, True])

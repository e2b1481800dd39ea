"""What the upgrades make of the bank of before."""

from odoo import Command

from ..common import TrainingCase, load_step

OLD_STEM = "{product}: {attribute}?"


class TestBankUpgrade(TrainingCase):
    def shipped(self, key):
        """The version in force of a shipped question."""
        return self.env["callcenter.question"].search(
            [("external_key", "=", key), ("state", "=", "ready")]
        )

    def upgrade(self, version):
        self.env.flush_all()
        load_step(version, "post-bank").migrate(self.env.cr, version)
        self.env.invalidate_all()

    def as_before(self, key, **texts):
        """The shipped question as the release before had it."""
        question = self.shipped(key)._in_transition()
        old = next(
            old for old in load_step("19.0.5.0.0", "post-bank").read_before()
            if old.key == key
        )  # fmt: skip
        question.write(
            {
                "stem": old.stem,
                "source": old.source,
                "option_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {"text": o.text, "is_right": o.is_right, "sequence": place}
                        )
                        for place, o in enumerate(old.options)
                    ),
                ],
                **texts,
            }
        )
        return self.shipped(key)

    def test_what_reads_as_it_was_shipped_gets_its_next_version(self):
        old = self.as_before("starter-fire_safety-10")
        self.assertIn("Огнетушители", old.option_ids.mapped("text"))
        version = old.version
        self.upgrade("19.0.5.0.0")
        new = self.shipped("starter-fire_safety-10")
        self.assertEqual((old.state, new.version), ("retired", version + 1))
        self.assertEqual(new.origin_id, old.origin_id or old)
        self.assertNotIn("Огнетушители", new.option_ids.mapped("text"))
        self.upgrade("19.0.5.0.0")
        self.assertEqual(self.shipped("starter-fire_safety-10"), new)

    def test_what_people_changed_stays_theirs(self):
        own = self.as_before("starter-fire_safety-10", stem="Что выключить?")
        self.upgrade("19.0.5.0.0")
        self.assertEqual(self.shipped("starter-fire_safety-10"), own)
        self.assertEqual(own.stem, "Что выключить?")

    def test_a_wrong_option_gets_its_comment_where_nobody_wrote_one(self):
        question = self.shipped("starter-labour_rules-06")
        said = question.option_ids[1].feedback
        self.assertEqual(said, "Три дня — только пока идёт испытание.")
        options = question._in_transition().option_ids
        options[1].feedback, options[2].feedback = False, "Наш срок."
        self.upgrade("19.0.5.0.0")
        told = [option.feedback or "" for option in question.option_ids]
        self.assertEqual(told, ["", said, "Наш срок.", ""])

    def test_care_is_asked_as_the_card_names_it(self):
        care = self.template("care")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE callcenter_question_template SET"
            " stem = jsonb_build_object('en_US', 'How is {product} looked after?'),"
            " exam_stem = jsonb_build_object('en_US', 'Our {product}?')"
            " WHERE id = %s",
            [care.id],
        )
        self.upgrade("19.0.5.0.0")
        self.assertEqual(care.stem, "Which care does the card of {product} name?")
        self.assertEqual(care.exam_stem, "Our {product}?")

    def test_a_wording_nobody_changed_follows_and_changed_ones_stay(self):
        sold, other = self.template("attribute_value"), self.template("price_range")
        other.stem = "Our {product}?"
        worded = self.template("category").stem
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE callcenter_question_template"
            " SET stem = jsonb_build_object('en_US', %s::text) WHERE id = %s",
            [OLD_STEM, sold.id],
        )
        self.upgrade("19.0.4.0.0")
        self.assertEqual(
            sold.stem,
            "A client asks about {product}. What is right under “{attribute}”?",
        )
        self.assertEqual(other.stem, "Our {product}?")
        self.assertEqual(self.template("category").stem, worded)

    def test_faulty_questions_retire_and_bare_ones_get_their_explanation(self):
        faulty = self.env["callcenter.question"]._in_transition().create(
            {
                "stem": "Кому отвечать?",
                "kind": "number",
                "topic_id": self.shipped("starter-reg-01").topic_id.id,
                "external_key": "starter-reg-03",
                "state": "ready",
            }
        )  # fmt: skip
        bare, told = self.shipped("starter-reg-01"), self.shipped("starter-reg-02")
        bare._in_transition().write({"explanation": False, "source": False})
        told._in_transition().write({"explanation": "<p>Наше.</p>"})
        self.upgrade("19.0.4.0.0")
        self.assertEqual(faulty.state, "retired")
        self.assertIn("Больше 40 часов", bare.explanation)
        self.assertEqual(bare.source, "ТК РФ, ст. 91")
        self.assertEqual(told.explanation, "<p>Наше.</p>")

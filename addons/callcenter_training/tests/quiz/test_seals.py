"""Marks and attempts enter the seals of their days."""

from datetime import timedelta

from odoo import fields
from odoo.addons.callcenter_ops.models.common.chain_verifier import ChainVerifier

from ..common import TrainingCase


class TestSeals(TrainingCase):
    def test_a_changed_mark_names_table_and_day(self):
        self.build_products(12)
        quiz = self.build_quiz()
        self.take(quiz, 1)
        mark = quiz.attempt_ids.mark_id
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        with self.at(tomorrow):
            self.env["callcenter.day.seal"]._cron_seal()
        verifier = ChainVerifier(self.env)
        self.assertEqual(list(verifier.find_faults(self.company)), [])
        with self.as_owner_of("callcenter_quiz_mark") as cr:
            cr.execute(
                "UPDATE callcenter_quiz_mark SET passed = TRUE, percent = 100"
                " WHERE id = %s",
                [mark.id],
            )
        faults = verifier.find_faults(self.company)
        self.assertEqual(
            [seal.model for seal, _why in faults], ["callcenter.quiz.mark"]
        )
        self.assertEqual(
            {
                "callcenter.quiz.attempt",
                "callcenter.quiz.mark",
                "callcenter.quiz.rating",
            },
            {name for name, _version in verifier.tables if "quiz" in name},
        )

from odoo.tools import get_lang

from ...tools.bank import short_answer
from ...tools.bank.question_file import write_number
from ...tools.quiz import review
from .quiz_scorer import QuizScorer


class QuizReview:
    """What the person may see of his own answers, as the quiz says and no more."""

    def __init__(self, attempt):
        """Of an attempt of his own, which the caller checked."""
        self.env = attempt.env
        self.attempt = attempt
        self.told = attempt.quiz_id._get_told(self._get_moment())

    def get_items(self):
        """All his answers with what may be told of each; empty where nothing may."""
        items = self.attempt.item_ids if self.told else self.attempt.item_ids.browse()
        return self.describe(items)

    def describe(self, items):
        """``[{"position", "stem", "answer", …}]``: beside them what may be told."""
        if not items:
            return []
        scorer = QuizScorer(self.attempt)
        keys = scorer.get_keys(items)
        return [self._describe_one(item, keys[item.id], scorer) for item in items]

    def _describe_one(self, item, key, scorer):
        asked = (item.options, item.prompts, self._write_number)
        described = {
            "position": item.position,
            "situation": item.situation,
            "stem": item.stem,
            "answer": review.get_answer(item.kind, item.response, *asked),
        }
        for thing in self.told:
            described[thing] = self._TELLING[thing](self, item, key, scorer)
        return described

    def _tell_right(self, item, key, scorer):
        asked = (item.options, item.prompts, self._write_number)
        return review.get_right(item.kind, key, *asked)

    def _tell_marks(self, item, key, scorer):
        """Percent of the question's mark; False of what a person has yet to rate."""
        if item in item._get_spoken() and not item.rating_ids:
            return False
        return round(100 * scorer.get_fraction(item, key), 1)

    def _tell_explanation(self, item, key, scorer):
        return item.question_id.explanation or False

    def _tell_feedback(self, item, key, scorer):
        find = short_answer.find_in_key
        return review.get_feedback(item.kind, key, item.response, find)

    _TELLING = {
        "right": _tell_right,
        "marks": _tell_marks,
        "explanation": _tell_explanation,
        "feedback": _tell_feedback,
    }

    def _get_moment(self):
        if self.attempt.state == "open":
            return "during"
        return "closed" if self.attempt.quiz_id._is_closed() else "after"

    def _write_number(self, number):
        return write_number(number).replace(".", get_lang(self.env).decimal_point)

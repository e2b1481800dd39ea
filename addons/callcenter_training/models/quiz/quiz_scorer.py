from collections import defaultdict, namedtuple

from odoo.exceptions import UserError
from odoo.tools import SQL, formatLang

from ...tools.quiz import scoring

# What a mark is made of; an asked question itself has all of it too.
_Answer = namedtuple("Answer", "section_key fraction weight is_critical needed")


def _is_failed(item):
    return item.fraction < (item.needed or 1.0) - 1e-6


class QuizScorer:
    """The only reader of the keys: turns stored answers into a mark."""

    def __init__(self, attempt):
        self.env = attempt.env
        self.attempt = attempt

    def mark(self):
        """Score every question of an open attempt and keep the first mark."""
        items = self.attempt.item_ids
        self._score(items)
        return self._create_mark(items, {"kind": "original"})

    def regrade(self, decisions, reason, author):
        """A second mark: questions struck out do not count, given ones are right.

        :raise UserError: nothing decided, a foreign question, nothing left to count
        """
        items = self.attempt.item_ids
        if not decisions or not decisions.keys() <= set(items.ids):
            raise UserError(
                self.env._("Choose the questions to strike out or to give.")
            )
        rows = [
            _Answer(
                item.section_key,
                1.0 if decisions.get(item.id) == "give" else item.fraction,
                item.weight,
                item.is_critical,
                item.needed,
            )
            for item in items
            if decisions.get(item.id) != "strike"
        ]
        if not rows:
            raise UserError(self.env._("At least one question must count."))
        vals = {"kind": "regrade", "author_id": author.id, "reason": reason}
        return self._create_mark(
            rows, vals | {"changes": self._describe(items, decisions)}
        )

    def _describe(self, items, decisions):
        labels = {
            "strike": self.env._("struck out"),
            "give": self.env._("counts as right"),
        }
        return "\n".join(
            f"{item.position + 1}: {labels[decisions[item.id]]}"
            for item in items
            if item.id in decisions
        )

    def _score(self, items):
        key_of = self.get_keys(items)
        rows = [(item.id, self.get_fraction(item, key_of[item.id])) for item in items]
        if not rows:
            return
        items.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE callcenter_quiz_attempt_item i SET fraction = v.fraction
                     FROM (VALUES %s) AS v(id, fraction) WHERE v.id = i.id""",
                SQL(", ").join(SQL("(%s, %s::float8)", *row) for row in rows),
            )
        )
        items.invalidate_recordset(["fraction"])

    def get_criteria(self, item):
        """``[[criterion, what earns its points, most points]]`` of a spoken answer."""
        return self.get_keys(item)[item.id]["criteria"]

    def get_keys(self, items):
        """``{question's id: its key}``, for the server's own use."""
        # sudo: keys have no access rows; this method is their only reader
        keys = self.env["callcenter.quiz.attempt.key"].sudo()
        keys = keys.search_fetch([("item_id", "in", items.ids)], ["item_id", "key"])
        return {key.item_id.id: key.key for key in keys}

    def get_fraction(self, item, key):
        """Share right; of a spoken answer the mean of what its raters gave."""
        if item.kind != "spoken":
            return scoring.fraction(item.kind, key, item.response)
        given = item.rating_ids.mapped("fraction")
        return sum(given) / len(given) if given else 0.0

    def _create_mark(self, items, vals):
        results = self._get_section_results(items)
        percent = scoring.percent((item.fraction, item.weight) for item in items)
        reasons = self._get_fail_reasons(items, percent, results)
        whole = sum(item.fraction for item in items)
        return self.attempt.mark_ids._in_transition().create(
            {
                "attempt_id": self.attempt.id,
                "percent": percent,
                "error": scoring.mark_error(percent, len(items)) or 0.0,
                "lower_bound": 100 * scoring.wilson_lower(whole, len(items)),
                "passed": not reasons,
                "section_results": results,
                "fail_reasons": "\n".join(reasons) or False,
            }
            | vals
        )

    def _get_section_results(self, items):
        by_section = defaultdict(list)
        for item in items:
            by_section[item.section_key].append((item.fraction, item.weight))
        return [
            {
                "name": section["name"],
                "percent": scoring.percent(by_section[key]),
                "pass_percent": section["pass_percent"],
                "count": len(by_section[key]),
            }
            for key, section in enumerate(self.attempt.blueprint["sections"])
        ]

    def _get_fail_reasons(self, items, percent, results):
        needed = self.attempt.blueprint["pass_percent"]
        reasons = []
        # Rounding of floats must not fail 8 right answers of 10 at a pass mark of 80 %.
        if percent < needed - 1e-6:
            reasons.append(
                self.env._(
                    "The mark is %(mark)s %%, %(needed)s %% are needed.",
                    mark=formatLang(self.env, percent, digits=1),
                    needed=formatLang(self.env, needed, digits=1),
                )
            )
        for result in results:
            below = result["percent"] < result["pass_percent"] - 1e-6
            if result["count"] and below:
                reasons.append(self._explain_section(result))
        wrong = [item for item in items if item.is_critical and _is_failed(item)]
        if wrong:
            reasons.append(
                self.env._(
                    "Critical questions answered wrongly: %(count)s.", count=len(wrong)
                )
            )
        return reasons

    def _explain_section(self, result):
        return self.env._(
            "“%(section)s”: %(mark)s %%, %(needed)s %% are needed.",
            section=result["name"],
            mark=formatLang(self.env, result["percent"], digits=1),
            needed=formatLang(self.env, result["pass_percent"], digits=1),
        )

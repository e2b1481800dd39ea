from odoo import models


class QuestionDraw(models.AbstractModel):
    """Draws written questions by topic, the least asked first."""

    _name = "callcenter.question.draw"
    _description = "Draw of Written Questions"

    def _draw(self, attempt, section, rng, used, avoided):
        """Made questions of a section, fewer than wanted when the bank has no more.

        :param used: ids of questions asked already, added to
        :param avoided: ids of questions not to ask
        """
        ids = self._get_candidate_ids(section, used | avoided)
        # The least asked first; among equals this person's own order.
        rng.shuffle(ids)
        ids.sort(key=lambda row: row[1])
        questions = self.env["callcenter.question"].browse(
            id_ for id_, _asked in ids[: section.question_count]
        )
        used |= set(questions.ids)
        return self.env["callcenter.question.asker"]._make(questions, rng)

    def _get_candidate_ids(self, section, excluded):
        """``[question id, times asked]`` of all that may be asked."""
        domain = [
            ("state", "=", "ready"),
            ("company_id", "in", [False, section.quiz_id.company_id.id]),
            ("id", "not in", list(excluded)),
        ]
        if section.topic_ids:
            domain.append(("topic_id", "in", section.topic_ids.ids))
        questions = self.env["callcenter.question"].search_fetch(
            domain, ["asked_count"], order="asked_count, id"
        )
        return [[question.id, question.asked_count] for question in questions]

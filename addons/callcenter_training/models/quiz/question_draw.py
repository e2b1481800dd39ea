from ..bank.question_asker import QuestionAsker


class QuestionDraw:
    """Draws written questions by topic, the least asked first."""

    def __init__(self, attempt, rng):
        self.env = attempt.env
        self.rng = rng

    def draw(self, sections, avoided):
        """Made questions by section, fewer than wanted when the bank has no more.

        :param avoided: ids of questions to ask only when nothing else is left
        """
        used, made = set(), {}
        for section in sections:
            ids = self._choose(section, section.question_count, used | avoided)
            used |= set(ids)
            more = section.question_count - len(ids)
            ids += self._choose(section, more, used) if more and avoided else []
            used |= set(ids)
            questions = self.env["callcenter.question"].browse(ids)
            made[section] = QuestionAsker().make(questions, self.rng)
        return made

    def _choose(self, section, count, excluded):
        """The least asked first; among equals this person's own order."""
        ids = self._get_candidate_ids(section, excluded)
        self.rng.shuffle(ids)
        ids.sort(key=lambda row: row[1])
        return [id_ for id_, _asked in ids[:count]]

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

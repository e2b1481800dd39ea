from odoo.fields import Domain

from ..bank.question_asker import QuestionAsker
from .exam_reserve import ExamReserve


class QuestionDraw:
    """Draws written questions by topic, the least asked first."""

    def __init__(self, attempt, rng):
        self.env = attempt.env
        self.rng = rng
        self.reserve = ExamReserve(self.env, attempt.company_id)

    def draw(self, sections, avoided):
        """Made questions by section, fewer than wanted when the bank has no more.

        :param avoided: ids of questions to ask only when nothing else is left
        """
        used, made = set(), {}
        for section in sections:
            ids = self._choose_kept(section, used | avoided)
            more = section.question_count - len(ids)
            ids += self._choose(section, more, used | avoided | set(ids))
            used |= set(ids)
            more = section.question_count - len(ids)
            ids += self._choose(section, more, used) if more and avoided else []
            used |= set(ids)
            self.rng.shuffle(ids)
            questions = self.env["callcenter.question"].browse(ids)
            made[section] = QuestionAsker().make(questions, self.rng)
        return made

    def _choose_kept(self, section, excluded):
        """The share of ``section`` that practice never shows."""
        if not section.holds_reserve:
            return []
        quota = self.reserve.get_quota(section)
        return self._choose(section, quota, excluded, self.reserve.get_kept_domain())

    def _choose(self, section, count, excluded, among=Domain.TRUE):
        """The least asked first; among equals this person's own order."""
        ids = self._get_candidate_ids(section, excluded, among)
        self.rng.shuffle(ids)
        ids.sort(key=lambda row: row[1])
        return [id_ for id_, _asked in ids[:count]]

    def _get_candidate_ids(self, section, excluded, among):
        """``[question id, times asked]`` of all that may be asked."""
        domain = Domain(section._get_question_domain()) & among
        domain &= Domain("id", "not in", list(excluded))
        questions = self.env["callcenter.question"].search_fetch(
            domain, ["asked_count"], order="asked_count, id"
        )
        return [[question.id, question.asked_count] for question in questions]

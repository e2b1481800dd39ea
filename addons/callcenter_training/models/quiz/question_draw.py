from odoo.fields import Domain

from ...tools.quiz.filling import fill
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

        A case is drawn as one: all its steps in their order, or none.

        :param avoided: ids of questions to ask only when nothing else is left
        """
        questions = self.env["callcenter.question"]
        avoided = avoided | set(questions.browse(avoided).parent_id.ids)
        used, made = set(), {}
        for section in sections:
            ids = list(self._choose_for(section, used, avoided))
            used |= set(ids)
            self.rng.shuffle(ids)
            asked = questions.browse(ids)._get_askable()
            made[section] = QuestionAsker().make(asked, self.rng)
        return made

    def _choose_for(self, section, used, avoided):
        """``{question id: how many it asks}``: kept ones, new ones, known ones last."""
        wanted = section.question_count
        chosen = self._choose_kept(section, used | avoided)
        for excluded in [used | avoided, used][: 2 if avoided else 1]:
            left = wanted - sum(chosen.values())
            chosen |= self._choose(section, left, excluded | chosen.keys())
        if sum(chosen.values()) < wanted:
            # What was preferred leaves a gap that no case fits: any other will do.
            chosen = self._choose(section, wanted, used)
        return chosen

    def _choose_kept(self, section, excluded):
        """The share of ``section`` that practice never shows."""
        if not section.holds_reserve:
            return {}
        quota = self.reserve.get_quota(section)
        return self._choose(section, quota, excluded, self.reserve.get_kept_domain())

    def _choose(self, section, count, excluded, among=Domain.TRUE):
        """The least asked first, as they fit; among equals this person's own order."""
        rows = self._get_candidates(section, excluded, among) if count > 0 else []
        self.rng.shuffle(rows)
        rows.sort(key=lambda row: row[1])
        places = fill([size for _id, _asked, size in rows], count)
        return {rows[place][0]: rows[place][2] for place in places}

    def _get_candidates(self, section, excluded, among):
        """``[question id, times asked, how many it asks]`` of all that may be asked."""
        domain = Domain(section._get_question_domain()) & among
        domain &= Domain("id", "not in", list(excluded))
        questions = self.env["callcenter.question"].search_fetch(
            domain, ["asked_count", "kind"], order="asked_count, id"
        )
        sizes = self._get_sizes(questions.filtered(lambda one: one.kind == "case"))
        return [[one.id, one.asked_count, sizes.get(one.id, 1)] for one in questions]

    def _get_sizes(self, cases):
        """``{case id: number of its steps}``."""
        if not cases:
            return {}
        rows = cases._read_group(
            [("parent_id", "in", cases.ids)], ["parent_id"], ["__count"]
        )
        return {case.id: count for case, count in rows}

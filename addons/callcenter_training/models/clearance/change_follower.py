from odoo import api, fields, models
from odoo.tools import SQL


class ChangeFollower(models.AbstractModel):
    """Assortment changed: the changes are to be proven within the days of grace."""

    _name = "callcenter.change.follower"
    _description = "Follower of Assortment Changes"

    @api.model
    def _cron_follow(self):
        """Ask for a proof of changes where the policy wants it; suspend the overdue."""
        clearances = self.env["callcenter.clearance"].search(
            [("quiz_id.change_policy", "=", "delta"), ("state", "=", "valid")]
        )
        for quiz, group in clearances.grouped("quiz_id").items():
            self._follow_quiz(quiz, group)

    def _follow_quiz(self, quiz, clearances):
        today = quiz.company_id._callcenter_today()
        moments = sorted(
            {moment for moment in clearances.mapped("proven_at") if moment}
        )
        changes = self._count_changes(quiz, moments)
        for clearance in clearances:
            if clearance.delta_due_on and clearance.delta_due_on < today:
                self._suspend(clearance)
            else:
                self._ask(clearance, changes.get(clearance.proven_at, 0), today)

    def _ask(self, clearance, count, today):
        quiz = clearance.quiz_id
        if clearance.change_count != count:
            clearance._transition({"change_count": count})
        if clearance.delta_due_on or count < max(1, quiz.change_threshold):
            return
        due = fields.Date.add(today, days=quiz.grace_days)
        clearance._transition({"delta_due_on": due})
        clearance.message_post(
            body=self.env._(
                "%(count)s changes of the assortment are to be proven by %(day)s.",
                count=count,
                day=due.strftime("%d.%m.%Y"),
            )
        )
        quiz._plan_for(clearance.user_id)

    def _suspend(self, clearance):
        reason = self.env._(
            "%(count)s changes of the assortment were not proven by %(day)s.",
            count=clearance.change_count,
            day=clearance.delta_due_on.strftime("%d.%m.%Y"),
        )
        clearance._suspend(reason)

    def _count_changes(self, quiz, moments):
        """``{moment: facts of the quiz's scope made after it}``, in one query."""
        if not moments:
            return {}
        scopes = [
            self._get_section_scope(section)
            for section in quiz.section_ids
            if section.source == "facts"
        ]
        if not scopes:
            return {}
        self.env["callcenter.fact"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT m.moment, count(f.id)
                     FROM unnest(%s::timestamp[]) AS m(moment)
                     LEFT JOIN callcenter_fact f ON f.create_date > m.moment
                          AND f.active AND f.is_askable AND (%s)
                    GROUP BY m.moment""",
                moments,
                SQL(" OR ").join(scopes),
            )
        )
        return dict(rows)

    def _get_section_scope(self, section):
        parts = [SQL("TRUE")]
        if section.template_ids:
            parts.append(SQL("f.template_id = ANY(%s)", section.template_ids.ids))
        if section.categ_ids:
            categories = self.env["product.category"].search(
                [("id", "child_of", section.categ_ids.ids)]
            )
            parts.append(SQL("f.categ_id = ANY(%s)", categories.ids))
        return SQL("(%s)", SQL(" AND ").join(parts))

from datetime import timedelta

from odoo import fields, models

_WEAK_DAYS = 90


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _repeat_callcenter_weak_topics(self, evaluation):
        """Ask the operator to repeat the topics in which he has been weak lately."""
        self.ensure_one()
        weak = self._get_callcenter_weak_topics(evaluation)
        if not weak or not self.user_id:
            return
        reader = self._told_to(self.user_id)
        # sudo: what he is to repeat is planned for an operator by the system
        evaluation.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=self.user_id.id,
            summary=reader.env._(
                "Repeat: %(topics)s",
                topics=", ".join(weak.with_env(reader.env).mapped("name")),
            ),
            note=reader._get_callcenter_topic_advice(weak.with_env(reader.env)),
        )

    def _get_callcenter_weak_topics(self, evaluation):
        """Topics marked down in ``evaluation`` and weak over the last 90 days."""
        lost = evaluation.line_ids.filtered(
            lambda line: line.answer in ("no", "partly")
        )
        since = fields.Datetime.now() - timedelta(days=_WEAK_DAYS)
        rows = evaluation.line_ids._read_group(
            [
                ("employee_id", "=", self.id),
                ("topic_id", "in", lost.topic_id.ids),
                ("evaluation_state", "in", ("done", "appealed", "confirmed")),
                ("evaluated_on", ">=", since),
            ],
            ["topic_id"],
            ["share:avg"],
        )
        limit = evaluation.company_id.callcenter_weak_percent
        weak = [topic.id for topic, share in rows if (share or 0) < limit]
        return self.env["callcenter.topic"].browse(weak)

    def _get_callcenter_topic_advice(self, topics):
        """What helps to repeat ``topics``, as text; training adds its quizzes."""
        return self.env._("Read the guide of the criteria that were marked down.")

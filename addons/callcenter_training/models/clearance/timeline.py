from odoo import fields, models
from odoo.tools import SQL


class Timeline(models.Model):
    """Closed attempts and certificates among what happened to an employee.

    They are shown by the timeline's own rules: one's own, and the supervisor's
    departments; what is behind an event is opened with the reader's own rights.
    """

    _inherit = "callcenter.timeline"
    _depends = {
        "callcenter.quiz": ["name"],
        "callcenter.quiz.attempt": [
            "quiz_id",
            "employee_id",
            "user_id",
            "department_id",
            "company_id",
            "state",
            "passed",
            "finished_at",
        ],
        "callcenter.certificate": [
            "employee_id",
            "user_id",
            "company_id",
            "name",
            "scope",
            "create_date",
        ],
        "hr.employee": ["current_version_id"],
        "hr.version": ["department_id"],
    }

    kind = fields.Selection(
        selection_add=[
            ("quiz_passed", "Quiz passed"),
            ("quiz_failed", "Quiz not passed"),
            ("certificate_issued", "Certificate issued"),
        ]
    )

    def _get_timeline_queries(self):
        return [
            *super()._get_timeline_queries(),
            self._get_attempt_query(6),
            self._get_certificate_query(7),
        ]

    def _get_attempt_query(self, number):
        """Attempts that have a mark; a void one counts for nothing."""
        return SQL(
            """
            SELECT event.id * 16 + %(number)s AS id, event.employee_id,
                   event.user_id, event.department_id, event.company_id,
                   event.finished_at AS moment,
                   CASE WHEN event.passed THEN 'quiz_passed' ELSE 'quiz_failed' END
                       AS kind,
                   %(title)s AS title,
                   'callcenter.quiz.attempt' AS res_model, event.id AS res_id
              FROM callcenter_quiz_attempt event
              JOIN callcenter_quiz quiz ON quiz.id = event.quiz_id
             WHERE event.finished_at IS NOT NULL
               AND event.state IN ('submitted', 'expired')
            """,
            number=number,
            title=self._get_translated("quiz", "name"),
        )

    def _get_certificate_query(self, number):
        return SQL(
            """
            SELECT event.id * 16 + %(number)s AS id, event.employee_id,
                   event.user_id, version.department_id, event.company_id,
                   event.create_date AS moment, 'certificate_issued' AS kind,
                   event.name || ', ' || event.scope AS title,
                   'callcenter.certificate' AS res_model, event.id AS res_id
              FROM callcenter_certificate event
              JOIN hr_employee employee ON employee.id = event.employee_id
              JOIN hr_version version ON version.id = employee.current_version_id
            """,
            number=number,
        )

    def _get_translated(self, alias, column):
        """A translated column in the reader's language, else as it was written."""
        field = SQL.identifier(alias, column)
        return SQL(
            "COALESCE(%s->>%s, %s->>'en_US')", field, self.env.lang or "en_US", field
        )

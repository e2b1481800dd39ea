"""Right answers of exams are counted beside all of them."""


def migrate(cr, version):
    cr.execute(
        """UPDATE callcenter_mastery m SET exam_right = n.count
             FROM (SELECT a.employee_id, i.fact_id, count(*) AS count
                     FROM callcenter_quiz_attempt_item i
                     JOIN callcenter_quiz_attempt a ON a.id = i.attempt_id
                    WHERE i.fraction = 1 AND i.answered_at IS NOT NULL
                      AND a.state IN ('submitted', 'expired')
                    GROUP BY 1, 2) n
            WHERE n.employee_id = m.employee_id AND n.fact_id = m.fact_id"""
    )

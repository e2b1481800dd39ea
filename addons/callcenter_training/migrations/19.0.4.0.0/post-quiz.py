"""Quizzes were asked of their posts at once: those that are there are in force."""


def migrate(cr, version):
    cr.execute(
        "UPDATE callcenter_quiz SET state = 'in_force', date_from = create_date::date"
        " WHERE state = 'draft'"
    )

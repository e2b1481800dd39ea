"""Questions, a quiz and people for the benchmarks of training."""


def make_ready_questions(env, count, topic=None):
    """``count`` ready written questions of four options. :return: their topic"""
    topic = topic or env["callcenter.topic"].create(
        {"name": "Bench", "code": f"bench_{count}"}
    )
    questions = env["callcenter.question"].create(
        [
            {
                "stem": f"Bench {number}",
                "topic_id": topic.id,
                "option_ids": [
                    (0, 0, {"text": f"Option {n}", "is_right": not n}) for n in range(4)
                ],
            }
            for number in range(count)
        ]
    )
    questions._make_ready()
    env.flush_all()
    return topic


def prepare_people(env, topic, asked):
    """A quiz of ``asked`` written questions and twenty people without an attempt."""
    quiz = env["callcenter.quiz"].create({"name": "Bench", "avoid_attempts": 0})
    env["callcenter.quiz.section"].create(
        {
            "quiz_id": quiz.id,
            "name": "All",
            "source": "questions",
            "topic_ids": [(6, 0, topic.ids)],
            "question_count": asked,
        }
    )
    people = env["hr.employee"].create([{"name": f"Bench {n}"} for n in range(20)])
    return quiz, people


def open_one(env, quiz, employee):
    """A whole attempt drawn and written, as a start does it."""
    model = env["callcenter.quiz.attempt"]
    values = model._prepare_attempt_values(quiz, employee, "exam", env.cr.now())
    attempt = model._in_transition().create(values | {"user_id": env.uid})
    env["callcenter.quiz.draw"]._fill(attempt)
    env.flush_all()
    return attempt

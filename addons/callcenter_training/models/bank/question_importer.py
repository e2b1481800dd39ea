from odoo import Command
from odoo.tools import plaintext2html

from ...tools.bank.question_file import LineError


class QuestionImporter:
    """Turns the questions of a file into records; what is known already stays."""

    def __init__(self, env, default_topic=None, is_ready=False):
        """How to load.

        :param default_topic: ``callcenter.topic`` of questions whose file names none
        :param is_ready: ready to be asked at once instead of drafts to be reviewed
        """
        self.env = env
        self.default_topic = default_topic
        self.is_ready = is_ready

    def load(self, questions):
        """Create records of ``FileQuestion``; those of a known key are left out.

        :return: ``(created questions, number skipped, list of LineError)``
        """
        known = self._get_known_keys(questions) | self._get_known_texts(questions)
        topics = self._get_topics()
        values, errors, skipped = [], [], 0
        for question in questions:
            topic = topics.get(question.topic.casefold(), self.default_topic)
            identity = question.key or self._get_identity(question, topic)
            if identity in known:
                skipped += 1
            elif not topic:
                errors.append(self._get_topic_error(question))
            else:
                known.add(identity)
                values.append(self._prepare_values(question, topic))
        return self._create(values), skipped, errors

    def _create(self, values):
        model = self.env["callcenter.question"]
        if not self.is_ready:
            return model.create(values)
        questions = model._in_transition().create(
            [vals | {"state": "ready"} for vals in values]
        )
        questions._after_release()
        return questions

    def _get_topics(self):
        topics = self.env["callcenter.topic"].search_fetch([], ["name", "code"])
        by_name = {topic.name.casefold(): topic for topic in topics}
        return by_name | {topic.code.casefold(): topic for topic in topics}

    def _get_known_keys(self, questions):
        keys = [question.key for question in questions if question.key]
        found = self.env["callcenter.question"].search_fetch(
            [("external_key", "in", keys)], ["external_key"]
        )
        return set(found.mapped("external_key"))

    def _get_known_texts(self, questions):
        """What tells questions without a key apart: all that they say."""
        stems = [question.stem for question in questions if not question.key]
        found = self.env["callcenter.question"].search([("stem", "in", stems)])
        return {
            self._get_identity(question._to_file(), question.topic_id)
            for question in found
        }

    def _get_identity(self, question, topic):
        options = [
            (option.text.strip(), option.is_right, option.prompt or "")
            for option in question.options
        ]
        if question.kind != "order":
            options.sort()
        return (
            question.stem.strip(),
            question.kind,
            topic and topic.id,
            question.number,
            question.tolerance,
            tuple(options),
        )

    def _get_topic_error(self, question):
        return LineError(
            question.line, "There is no topic “%(topic)s”.", topic=question.topic
        )

    def _prepare_values(self, question, topic):
        return {
            "stem": question.stem,
            "dialogue": question.dialogue,
            "topic_id": topic.id,
            "kind": question.kind,
            "number": question.number,
            "tolerance": question.tolerance,
            "explanation": question.explanation
            and plaintext2html(question.explanation),
            "typos": question.typos,
            "credit": question.credit,
            "source": question.source,
            "weight": question.weight or 1.0,
            "is_critical": question.is_critical,
            "difficulty": question.difficulty,
            "external_key": question.key or False,
            "option_ids": [
                Command.create(
                    {
                        "sequence": place,
                        "text": option.text,
                        "is_right": option.is_right,
                        "prompt": option.prompt,
                        "feedback": option.feedback,
                        "points": option.points,
                    }
                )
                for place, option in enumerate(question.options)
            ],
        }

from pathlib import Path

from odoo import Command, api, models
from odoo.tools.misc import file_open, file_path

from ...tools.bank import gift, moodle_xml, question_table
from ...tools.bank.question_file import (
    FileQuestion,
    LineError,
    Option,
    check_size,
    decode,
)

_STARTER = "callcenter_training/data/bank/starter"


class QuestionImporter(models.AbstractModel):
    """Reads question files into drafts and writes questions to files."""

    _name = "callcenter.question.importer"
    _description = "Reader and Writer of Question Files"

    @api.model
    def _read(self, filename, content):
        """``(questions, errors)`` of a GIFT, Moodle XML or XLSX file."""
        try:
            check_size(content)
            suffix = Path(filename or "").suffix.lower()
            if suffix == ".xlsx":
                return question_table.parse_xlsx(content)
            text = decode(content)
        except (LineError, UnicodeDecodeError) as error:
            if isinstance(error, LineError):
                return [], [error]
            return [], [LineError(1, "The file is cut off: it is no whole text.")]
        if suffix == ".xml" or text.lstrip().startswith("<"):
            return moodle_xml.parse(text)
        return gift.parse(text)

    @api.model
    def _import(self, questions, default_topic=None, is_ready=False):
        """Create questions; those whose key exists already are left as they are.

        :return: ``(created questions, number skipped, errors)``
        """
        topics = self._get_topics()
        known = self._get_known_keys(questions)
        values, errors, skipped = [], [], 0
        for question in questions:
            topic = topics.get(question.topic.casefold(), default_topic)
            if question.key and question.key in known:
                skipped += 1
            elif not topic:
                errors.append(
                    LineError(
                        question.line,
                        "There is no topic “%(topic)s”.",
                        topic=question.topic,
                    )
                )
            else:
                known.add(question.key)
                values.append(self._prepare_values(question, topic))
        model = self.env["callcenter.question"]
        if is_ready:
            model = model._in_transition()
            values = [vals | {"state": "ready"} for vals in values]
        return model.create(values), skipped, errors

    @api.model
    def _load_starter_bank(self):
        """The written questions shipped with the system, ready to be asked."""
        for path in sorted(Path(file_path(_STARTER)).glob("*.gift")):
            with file_open(f"{_STARTER}/{path.name}", "rb") as stream:
                questions, errors = self._read(path.name, stream.read())
            if errors:
                raise errors[0]
            self._import(questions, is_ready=True)

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

    def _prepare_values(self, question, topic):
        return {
            "stem": question.stem,
            "dialogue": question.dialogue,
            "topic_id": topic.id,
            "kind": question.kind,
            "number": question.number,
            "tolerance": question.tolerance,
            "explanation": question.explanation,
            "source": question.source,
            "weight": question.weight or 1.0,
            "is_critical": question.is_critical,
            "external_key": question.key or False,
            "option_ids": [
                Command.create(
                    {
                        "sequence": place,
                        "text": option.text,
                        "is_right": option.is_right,
                        "prompt": option.prompt,
                        "feedback": option.feedback,
                    }
                )
                for place, option in enumerate(question.options)
            ],
        }

    @api.model
    def _export(self, questions, file_format):
        """``(file name, content)`` of questions as gift, xml or xlsx."""
        plain = [self._to_file(question) for question in questions.sorted("topic_id")]
        if file_format == "xlsx":
            return "questions.xlsx", question_table.dump_xlsx(plain)
        if file_format == "xml":
            return "questions.xml", moodle_xml.dump(plain).encode()
        return "questions.gift", gift.dump(plain).encode()

    def _to_file(self, question):
        return FileQuestion(
            line=0,
            kind=question.kind,
            stem=question.stem,
            dialogue=question.dialogue or "",
            key=question.external_key or "",
            topic=question.topic_id.code,
            number=question.number,
            tolerance=question.tolerance,
            explanation=self._plain(question.explanation),
            source=question.source or "",
            weight=question.weight,
            is_critical=question.is_critical,
            options=[
                Option(o.text, o.is_right, o.prompt or "", o.feedback or "")
                for o in question.option_ids
            ],
        )

    def _plain(self, html):
        return html.striptags().strip() if html else ""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# What the readers of question files say. They know no language and raise their
# English texts; these are the same texts, known to the translation.
FAULTS = (
    _lt("The file is empty."),
    _lt("The file is larger than 20 MB."),
    _lt("The file is no text in UTF-8, UTF-16 or Windows-1251."),
    _lt("The file is cut off: it is no whole text."),
    _lt("The file is no table or is damaged."),
    _lt("A formula has failed: “%(text)s”."),
    _lt("The table goes on from here: split it."),
    _lt("The file holds more than %(limit)s questions: split it."),
    _lt("The file unpacks to far more than questions need."),
    _lt("A question is longer than %(limit)s characters."),
    _lt("The XML holds more elements than questions need."),
    _lt("The first row must name the columns: %(names)s."),
    _lt("The XML is broken off or wrong here."),
    _lt("A document type is not allowed here."),
    _lt("Questions of type “%(kind)s” cannot be marked here."),
    _lt("Unknown kind of question: %(kind)s."),
    _lt("Unknown difficulty: %(text)s."),
    _lt("An essay is rated by a person: it needs criteria with their points."),
    _lt("A rubric has 1 to 9 criteria, each of 1 to 100 points."),
    _lt("A criterion is written name = points: “%(text)s”."),
    _lt("An asterisk stands for any text there: write each answer out."),
    _lt("A short question has 1 to 20 answers and a right one among them."),
    _lt("Typos forgiven are 0, 1 or 2: “%(text)s”."),
    _lt("Partial credit is part or whole: “%(text)s”."),
    _lt("There is no topic “%(topic)s”."),
    _lt("The question has no text."),
    _lt("The question names no right answer."),
    _lt("An option begins with its letter: A. …"),
    _lt("A picture or a sound belongs to the question: it cannot be kept."),
    _lt("Part marks cannot be kept: an option is right or wrong."),
    _lt("An answer that belongs to nothing cannot be kept."),
    _lt("The question has no answer in braces {…}."),
    _lt("The answer is not closed: } is missing."),
    _lt("A question has one pair of braces: write a backslash before others."),
    _lt("Answers start with = (right) or ~ (wrong)."),
    _lt("A pair needs both sides: = left -> right."),
    _lt("A pair is written left = right: “%(text)s”."),
    _lt("“%(text)s” is no number."),
    _lt("A number has no options."),
    _lt("A number has exactly one right answer."),
    _lt("The range runs backwards."),
    _lt("The weight must be more than zero."),
    _lt("A question has 2 to 9 options, this one has %(count)s."),
    _lt("An option is empty or comes twice."),
    _lt("Exactly one option must be right, %(count)s are."),
    _lt("Some options must be right and some wrong."),
    _lt("Minus marks are not kept: a wrong option brings nothing."),
    _lt("What is said to a pair is not kept."),
    _lt("The tag “%(tag)s” is not kept."),
    _lt("The hint is not kept."),
    _lt("The penalty for another try is not kept: there is one try."),
    _lt("What is said after any answer is not kept: only of options."),
    _lt("Units are not kept: a bare number is asked."),
    _lt("Of a number only the right answer is kept, without words."),
)
_BY_TEXT = {fault._source: fault for fault in FAULTS}


def describe(env, error):
    """The message of a ``LineError`` in the language of ``env``.

    What ``FAULTS`` lacks stays English.
    """
    fault = _BY_TEXT.get(error.text)
    text = fault._translate(env.lang or "en_US") if fault else error.text
    return text % error.values if error.values else text

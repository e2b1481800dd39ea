"""Scripts of a conversation: the client's data in place of named tokens."""

import re
from html import escape

_TOKEN = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


def fill_script(html, values):
    """Replace each ``{{ token }}`` of sanitised HTML by its escaped value.

    Nothing is evaluated: a token is a key of ``values`` or stays as it is written.
    """

    def _value(match):
        name = match.group(1)
        if name not in values:
            return match.group(0)
        return escape(str(values[name] or ""))

    return _TOKEN.sub(_value, html or "")


def walk(steps, answers):
    """The steps that a conversation came to, in order.

    :param steps: dicts ``id`` and ``answers`` (dicts ``id``, ``next_id``) in order; the
        first is where it begins
    :param answers: ids of the answers given; one that does not belong to the step that
        the conversation has come to ends the walk
    :return: list of step ids
    """
    if not steps:
        return []
    by_id = {step["id"]: step for step in steps}
    step = steps[0]
    path = [step["id"]]
    for answer_id in answers:
        given = [one for one in step["answers"] if one["id"] == answer_id]
        step = by_id.get(given[0]["next_id"]) if given else None
        if not step:
            break
        path.append(step["id"])
    return path


def unreached(steps, ways):
    """Steps that no way from the first one comes to, in order.

    :param steps: keys in order; the first is where a conversation begins
    :param ways: dict of a step to the steps that its answers lead to
    """
    seen, waiting = set(), list(steps[:1])
    while waiting:
        step = waiting.pop()
        if step not in seen:
            seen.add(step)
            waiting += ways.get(step, ())
    return [step for step in steps if step not in seen]


def unknown_tokens(html, known):
    """Tokens of ``html`` that no value will ever replace, in order, once each."""
    found = dict.fromkeys(_TOKEN.findall(html or ""))
    return [name for name in found if name not in known]

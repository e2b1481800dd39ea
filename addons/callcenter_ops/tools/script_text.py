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


def unknown_tokens(html, known):
    """Tokens of ``html`` that no value will ever replace, in order, once each."""
    found = dict.fromkeys(_TOKEN.findall(html or ""))
    return [name for name in found if name not in known]

"""What the text of a server action may say."""

import ast

from .outside_code import is_plain_call

# Each of them leads round the ORM.
_DATABASE = {"cr", "_cr", "cursor", "execute", "execute_query", "execute_query_dict"}


def is_plain(text):
    """Whether the text is one plain call of one method, as of a scheduled job."""
    return is_plain_call(compile(text.strip(), "", "exec"))


def reaches_database(text):
    """Whether the text names a way to SQL."""
    names = {
        getattr(node, "attr", getattr(node, "id", None))
        for node in ast.walk(ast.parse(text.strip()))
    }
    return bool(names & _DATABASE)

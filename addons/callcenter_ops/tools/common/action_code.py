"""What the text of a server action may say."""

import ast

from .outside_code import is_plain_call

# Each of them leads round the ORM.
_DATABASE = {"cr", "_cr", "cursor", "execute", "execute_query", "execute_query_dict"}


def is_plain(text):
    """Whether the text is one plain call of one method, as of a scheduled job."""
    try:
        return is_plain_call(compile(text.strip(), "", "exec"))
    except SyntaxError:
        return False


def reaches_database(text):
    """Whether the text names a way to SQL. What is no Python, Odoo refuses itself."""
    try:
        tree = ast.parse(text.strip())
    except SyntaxError:
        return False
    names = {
        getattr(node, "attr", getattr(node, "id", None)) for node in ast.walk(tree)
    }
    return bool(names & _DATABASE)

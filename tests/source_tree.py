"""The project's own source, parsed once for the hygiene tests (no database)."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ADDONS = sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))
CODE_ROOMS = ("models", "wizard", "report", "controllers", "fastpath", "tools")


@dataclass(frozen=True)
class Source:
    """One Python file of an addon."""

    path: Path

    def __str__(self):
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def lines(self):
        return self.text.splitlines()

    @cached_property
    def tree(self):
        return ast.parse(self.text, str(self.path))

    @cached_property
    def functions(self):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]

    @cached_property
    def models(self):
        """``(class node, attributes)`` of each Odoo model class in the file."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ClassDef):
                attributes = _literal_attributes(node)
                if {"_name", "_inherit"} & set(attributes):
                    found.append((node, attributes))
        return found


def _literal_attributes(node):
    attributes = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(
            statement.targets[0], ast.Name
        ):
            try:
                value = ast.literal_eval(statement.value)
            except ValueError:
                value = None
            attributes[statement.targets[0].id] = value
    return attributes


def code_sources():
    """Python files of the addons' rooms, their tests left out."""
    return [
        Source(path)
        for addon in ADDONS
        for room in CODE_ROOMS
        for path in sorted((addon / room).rglob("*.py"))
    ]


def manifest(addon):
    """The manifest of an addon folder as a dictionary."""
    return ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))


def length(node):
    """Lines of code of a function: neither its docstring nor the text of its SQL."""
    body = node.body
    if len(body) > 1 and ast.get_docstring(node) is not None:
        body = body[1:]
    texts = sum(
        constant.end_lineno - constant.lineno
        for statement in body
        for constant in ast.walk(statement)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    )
    return node.end_lineno - body[0].lineno + 2 - texts

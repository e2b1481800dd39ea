"""The project's own source, parsed once for the hygiene tests (no database)."""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ADDONS = sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))
CODE_FOLDERS = ("models", "wizard", "report", "controllers", "fastpath", "tools")
# The rooms of each addon, from the ground up; the addons stand upon each other too.
ROOMS = {
    "callcenter_ops": (
        "common",
        "imports",
        "personnel",
        "position",
        "workstation",
        "budget",
        "clients",
        "calling",
        "desk",
        "debts",
        "inbox",
        "sheets",
        "figures",
        "quality",
    ),
    "callcenter_training": ("bank", "quiz", "mastery", "clearance", "analysis"),
}
FLOORS = {
    (addon, room): floor
    for floor, (addon, room) in enumerate(
        (addon, room) for addon, rooms in ROOMS.items() for room in rooms
    )
}


@dataclass(frozen=True)
class Source:
    """One Python file of an addon."""

    path: Path

    def __str__(self):
        return str(self.path.relative_to(ROOT))

    @cached_property
    def parts(self):
        """``(addon, folder, room)``; no room for what lies beside the rooms."""
        addon, folder, *rest = self.path.relative_to(ROOT / "addons").parts
        return addon, folder, rest[0] if len(rest) > 1 else None

    @property
    def floor(self):
        """The floor of the file's room, None outside of the rooms."""
        addon, _folder, room = self.parts
        return FLOORS.get((addon, room))

    @property
    def module(self):
        """Dotted name below ``odoo.addons``."""
        relative = self.path.relative_to(ROOT / "addons").with_suffix("")
        return ".".join(part for part in relative.parts if part != "__init__")

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

    @cached_property
    def imported(self):
        """``(line, dotted name below odoo.addons)`` of what it imports from addons."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                base = self._get_base(node)
                found += [(node.lineno, f"{base}.{a.name}") for a in node.names if base]
        return found

    def _get_base(self, node):
        if not node.level:
            prefix = "odoo.addons."
            name = node.module or ""
            return name.removeprefix(prefix) if name.startswith(prefix) else ""
        package = self.module.split(".")
        if self.path.stem != "__init__":
            package = package[:-1]
        package = package[: len(package) - node.level + 1]
        return ".".join([*package, node.module] if node.module else package)


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
    """Python files of the addons, their tests left out."""
    return [
        Source(path)
        for addon in ADDONS
        for folder in CODE_FOLDERS
        for path in sorted((addon / folder).rglob("*.py"))
    ]


def model_names(attributes):
    """``(own name, names of the parents)`` of a model class."""
    parents = attributes.get("_inherit") or ()
    parents = [parents] if isinstance(parents, str) else list(parents)
    name = attributes.get("_name") or parents[0]
    return name, [parent for parent in parents if parent != name]


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

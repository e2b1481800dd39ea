"""Rules of the code base that a machine can hold; they need no database."""

import ast
import csv
import re
from statistics import median

import pytest
from source_tree import (
    ADDONS,
    FLOORS,
    ROOMS,
    ROOT,
    code_sources,
    length,
    manifest,
    model_names,
)

SOURCES = code_sources()
MAX_METHOD_LINES = 40
LONG_METHOD_LINES = 25
LONG_METHODS_SHARE = 0.05
# Tables that no role may reach: only the engine reads them.
UNREACHABLE_MODELS = {"callcenter.quiz.attempt.key"}
# Abstract models that nothing inherits, and why they are models all the same.
ALONE = {
    "callcenter.dashboard": "called by the director's screens",
    "callcenter.desk": "called by the desk",
    "callcenter.finder": "called by the command palette",
    "callcenter.floor.plan": "called by the drawing of the room",
    "callcenter.my.workplace": "called by the operator's menu",
    "callcenter.operator.timeline": "called by the timeline's screen",
    "callcenter.practice.runner": "called by the practice's screen",
    "callcenter.quiz.runner": "called by the quiz's screen",
    "callcenter.staff.figures": "called by the charts of HR's first screen",
    "callcenter.today": "called by the first screen of each role",
    "callcenter.wallboard": "called by the wallboard",
}
ROOM_FOLDERS = (
    "models",
    "views",
    "wizard",
    "report",
    "security",
    "data",
    "controllers",
    "static/src",
    "tools",
    "tests",
    "demo",
)
# Methods and their arguments that write words into histories and onto to-do lists.
_KEEPERS = ("_log_line", "_log_quietly", "_excuse", "_close")
_KEPT = ("summary", "note", "body", "subject", "feedback")
_HOOKS = ("compute", "inverse", "search")
# Words that point to a reason instead of giving one.
_NO_REASON = re.compile(r"\b(?:as|see) (?:above|below)\b", re.IGNORECASE)
_REASON_WORDS = 3
DATA_FOLDERS = ("data", "demo", "report", "security", "views", "wizard")
PUBLIC_TEXT = (".py", ".xml", ".js", ".scss", ".md", ".sh", ".toml", ".yml", ".conf")


def own_models():
    for source in SOURCES:
        for node, attributes in source.models:
            yield source, node, attributes


def functions():
    for source in SOURCES:
        for node in source.functions:
            yield source, node


def decorators(node):
    return {ast.unparse(decorator).split("(")[0] for decorator in node.decorator_list}


def test_every_file_holds_one_model():
    crowded = [str(source) for source in SOURCES if len(source.models) > 1]
    assert crowded == []


def test_every_file_is_named_after_its_model():
    misnamed = []
    for source, _node, attributes in own_models():
        name = attributes.get("_name") or attributes["_inherit"]
        name = name if isinstance(name, str) else name[0]
        expected = name.removeprefix("callcenter.").replace(".", "_")
        if source.path.stem != expected:
            misnamed.append(f"{source}: {name} belongs in {expected}.py")
    assert misnamed == []


def test_a_room_names_models_of_its_own_and_of_lower_rooms_alone():
    homes = {}
    for source, _node, attributes in own_models():
        name, _parents = model_names(attributes)
        if name.startswith("callcenter.") and _defines(attributes, name):
            homes.setdefault(name, source)
    upward = []
    for source in SOURCES:
        for node in ast.walk(source.tree) if source.floor is not None else ():
            home = isinstance(node, ast.Constant) and homes.get(node.value)
            if home and (home.floor or 0) > source.floor:
                place = f"{source}:{node.lineno}"
                upward.append(f"{place} names {node.value} of {home.parts[2]}")
    assert upward == []


def _defines(attributes, name):
    inherited = attributes.get("_inherit") or ()
    return name not in ([inherited] if isinstance(inherited, str) else inherited)


def test_a_room_imports_from_itself_and_from_lower_rooms_alone():
    upward = []
    for source in SOURCES:
        for line, name in source.imported if source.floor is not None else ():
            addon, *rest = name.split(".")
            floor = FLOORS.get((addon, rest[1])) if len(rest) > 1 else None
            if floor is not None and floor > source.floor:
                upward.append(f"{source}:{line} imports {name}")
    assert upward == []


def test_the_application_never_names_an_addon_that_stands_on_it():
    higher = [addon.name for addon in ADDONS if addon.name != "callcenter_ops"]
    named = []
    for path in _public_files():
        parts = path.relative_to(ROOT).parts
        # A migration carries what the application held before to where it went.
        inside = parts[:2] == ("addons", "callcenter_ops") and "migrations" not in parts
        text = path.read_text(encoding="utf-8") if inside else ""
        named += [f"{path.relative_to(ROOT)}: {n}" for n in higher if n in text]
    assert named == []


@pytest.mark.parametrize("addon", ADDONS, ids=lambda path: path.name)
def test_folders_are_rooms(addon):
    rooms = ROOMS.get(addon.name) or {room for _addon, room in FLOORS}
    strange = [
        str(path.relative_to(ROOT))
        for folder in ROOM_FOLDERS
        for path in sorted((addon / folder).glob("*/"))
        if path.is_dir() and path.name not in {*rooms, "__pycache__"}
    ]
    assert strange == []


def test_an_abstract_model_has_several_heirs():
    """With one heir it is a class cut in two, without any a plain class."""
    heirs = {}
    abstract = {}
    for source, node, attributes in own_models():
        name, parents = model_names(attributes)
        for parent in parents:
            heirs.setdefault(parent, set()).add(name)
        if any("AbstractModel" in ast.unparse(base) for base in node.bases):
            abstract.setdefault(attributes.get("_name"), source)
    # Without a name a class extends an abstract model; the others stand in a report.
    own = {n: s for n, s in abstract.items() if n and not n.startswith("report.")}
    few = {name for name in own if len(heirs.get(name, ())) < 2}
    assert sorted(f"{own[name]}: {name}" for name in few - set(ALONE)) == []
    assert sorted(set(ALONE) - few) == []


def test_abstract_models_that_stand_alone_are_called_from_outside():
    outside = "".join(
        path.read_text(encoding="utf-8")
        for path in _public_files()
        if path.suffix in (".js", ".xml") and "tests" not in path.parts
    )
    uncalled = [
        name
        for name in ALONE
        if f'"{name}"' not in outside
        and f'"model_{name.replace(".", "_")}"' not in outside
    ]
    assert uncalled == []


def test_a_field_stands_beside_its_compute():
    """In one file with it, unless the method's own file declares the field first."""
    methods, declared = {}, {}
    for source in SOURCES:
        for node in source.functions:
            methods.setdefault(node.name, set()).add(source)
        for name, _hooks in _fields_of(source):
            declared.setdefault(name, set()).add(source)
    apart = []
    for source in SOURCES:
        for name, hooks in _fields_of(source):
            for hook in hooks:
                homes = methods.get(hook, set())
                shared = homes & (declared[name] - {source})
                if homes and source not in homes and not shared:
                    apart.append(f"{source}: {name} by {hook}")
    assert apart == []


def _fields_of(source):
    """``(name, methods by name)`` of the fields that the file's models declare."""
    for node, _attributes in source.models:
        for statement in node.body:
            value = getattr(statement, "value", None)
            if not isinstance(statement, ast.Assign) or not isinstance(value, ast.Call):
                continue
            if ast.unparse(value.func).startswith("fields."):
                yield (
                    statement.targets[0].id,
                    [
                        keyword.value.value
                        for keyword in value.keywords
                        if keyword.arg in _HOOKS
                        and isinstance(keyword.value, ast.Constant)
                    ],
                )


def test_every_compute_names_what_it_depends_on():
    bare = []
    for source in SOURCES:
        asked = set(re.findall(r"compute=\"(\w+)\"", source.text))
        for node in source.functions:
            named = decorators(node) & {"api.depends", "api.depends_context"}
            if node.name in asked and not named:
                bare.append(f"{source}:{node.lineno} {node.name}")
    assert bare == []


def test_methods_stay_short():
    too_long = [
        f"{source}:{node.lineno} {node.name}: {length(node)}"
        for source, node in functions()
        if length(node) > MAX_METHOD_LINES
    ]
    assert too_long == []


def test_most_methods_are_a_few_lines():
    sizes = [length(node) for _source, node in functions()]
    assert median(sizes) < 10
    longer = [size for size in sizes if size > LONG_METHOD_LINES]
    assert len(longer) <= LONG_METHODS_SHARE * len(sizes)


def test_formulas_do_not_know_odoo():
    impure = [
        str(source)
        for source in SOURCES
        if "tools" in source.path.parts
        and re.search(r"^\s*(from|import) odoo\b", source.text, re.MULTILINE)
    ]
    assert impure == []


def test_translations_are_literal():
    computed = []
    for source in SOURCES:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and _is_translation(node.func):
                if not node.args or not isinstance(node.args[0], ast.Constant):
                    computed.append(f"{source}:{node.lineno}")
    assert computed == []


def test_what_is_kept_in_a_record_is_not_in_the_writers_language():
    """It is in its reader's, by ``_told_to``: a job has no language of its own."""
    own = []
    for source in SOURCES:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and any(map(_speaks_own, _get_kept(node))):
                own.append(f"{source}:{node.lineno}")
    assert own == []


def _get_kept(call):
    """The arguments of a call that records keep as words."""
    name = ast.unparse(call.func).rpartition(".")[2]
    kept = call.args if name in _KEEPERS else []
    return [*kept, *(one.value for one in call.keywords if one.arg in _KEPT)]


def _speaks_own(node):
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "self.env._"


def _is_translation(func):
    if isinstance(func, ast.Attribute):
        return func.attr == "_" and ast.unparse(func.value).endswith("env")
    return isinstance(func, ast.Name) and func.id in ("_", "_lt")


def test_every_sudo_gives_its_reason():
    silent = [
        f"{source}:{number + 1}"
        for source in SOURCES
        for number, line in enumerate(source.lines)
        if ".sudo(" in line and not _gives_reason(_comment_at(source, number))
    ]
    assert silent == []


def _comment_at(source, number):
    """The comment on a line, with the lines of comment that stand right above it."""
    words = source.lines[number].partition("#")[2]
    for line in reversed(source.lines[:number]):
        if not line.lstrip().startswith("#"):
            # One that begins on the line above may end this line's statement.
            return f"{line.partition('#')[2]} {words}"
        words = f"{line.lstrip(' #')} {words}"
    return words


def _gives_reason(comment):
    words = re.findall(r"\w+", comment.replace("sudo:", " "))
    return len(words) >= _REASON_WORDS and not _NO_REASON.search(comment)


def test_access_rows_name_a_group():
    open_rows = []
    for addon in ADDONS:
        for path in addon.rglob("ir.model.access.csv"):
            with path.open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    if not row["group_id:id"].strip():
                        open_rows.append(f"{path.relative_to(ROOT)}: {row['id']}")
    assert open_rows == []


def test_every_model_has_an_access_row():
    granted = set()
    for addon in ADDONS:
        for path in addon.rglob("ir.model.access.csv"):
            with path.open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    granted.add(row["model_id:id"].split("model_")[-1])
    missing = []
    for source, node, attributes in own_models():
        name = attributes.get("_name") or ""
        abstract = any("AbstractModel" in ast.unparse(base) for base in node.bases)
        own = name.startswith("callcenter.") and name not in UNREACHABLE_MODELS
        if own and not abstract and name.replace(".", "_") not in granted:
            missing.append(f"{source}: {name}")
    assert missing == []


@pytest.mark.parametrize("addon", ADDONS, ids=lambda path: path.name)
def test_manifest_lists_every_data_file(addon):
    listed = manifest(addon).get("data", []) + manifest(addon).get("demo", [])
    found = {
        str(path.relative_to(addon))
        for folder in DATA_FOLDERS
        for path in (addon / folder).rglob("*")
        if path.suffix in (".xml", ".csv")
    }
    in_code = _names_in_code(addon)
    loaded_by_code = {name for name in found if name.rsplit("/", 1)[-1] in in_code}
    assert sorted(found - set(listed) - loaded_by_code) == []
    assert sorted(set(listed) - found) == []
    assert len(listed) == len(set(listed))


def _names_in_code(addon):
    """File names that the addon's Python reads itself (large tables)."""
    text = "".join(path.read_text(encoding="utf-8") for path in addon.rglob("*.py"))
    return set(re.findall(r"[\"'/]([\w.-]+\.(?:csv|xml))[\"']", text))


def test_every_screen_of_our_own_is_tried_by_who_cannot_see_or_point():
    """The root of each client action has a class that some journey looks at."""
    root = re.compile(r'class="([^"]*\bo_action\b[^"]*)"')
    journeys = (ROOT / "tests" / "journeys").rglob("*.py")
    text = "".join(path.read_text(encoding="utf-8") for path in journeys)
    tried = set(re.findall(r'assert_accessible\(page, "\.([\w-]+)', text))
    screens = [
        set(classes.split())
        for addon in ADDONS
        for path in addon.glob("static/src/**/*.xml")
        for classes in root.findall(path.read_text(encoding="utf-8"))
    ]
    assert screens
    assert [sorted(screen) for screen in screens if not screen & tried] == []


def test_no_path_of_a_machine_is_written_down():
    machine_path = re.compile(r"(?<![\w.$}])/(?:work|root|home/\w+)/")
    leaks = []
    for path in _public_files():
        text = path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            if machine_path.search(line) and path.name != "test_repo_hygiene.py":
                leaks.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert leaks == []


def _public_files():
    folders = ("addons", "bin", "config", "docs", "tests")
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in PUBLIC_TEXT or (folder == "bin" and path.is_file()):
                if "__pycache__" not in path.parts:
                    yield path
    yield from ROOT.glob("*.md")
    yield from ROOT.glob("*.yml")

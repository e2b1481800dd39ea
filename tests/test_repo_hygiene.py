"""Rules of the code base that a machine can hold; they need no database."""

import ast
import csv
import re
from statistics import median

import pytest
from source_tree import ADDONS, ROOT, code_sources, length, manifest

SOURCES = code_sources()
MAX_METHOD_LINES = 40
LONG_METHOD_LINES = 25
LONG_METHODS_SHARE = 0.05
# Tables that no role may reach: only the engine reads them.
UNREACHABLE_MODELS = {"callcenter.quiz.attempt.key"}
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


def _is_translation(func):
    if isinstance(func, ast.Attribute):
        return func.attr == "_" and ast.unparse(func.value).endswith("env")
    return isinstance(func, ast.Name) and func.id in ("_", "_lt")


def test_every_sudo_gives_its_reason():
    silent = []
    for source in SOURCES:
        for number, line in enumerate(source.lines):
            above = source.lines[number - 1] if number else ""
            if ".sudo(" in line and "#" not in line and "#" not in above:
                silent.append(f"{source}:{number + 1}")
    assert silent == []


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
    listed = manifest(addon)["data"] + manifest(addon).get("demo", [])
    found = {
        str(path.relative_to(addon))
        for folder in DATA_FOLDERS
        for path in (addon / folder).rglob("*")
        if path.suffix in (".xml", ".csv")
    }
    loaded_by_code = {
        name for name in found if name.rsplit("/", 1)[-1] in _names_in_code(addon)
    }
    assert sorted(found - set(listed) - loaded_by_code) == []
    assert sorted(set(listed) - found) == []
    assert len(listed) == len(set(listed))


def _names_in_code(addon):
    """File names that the addon's Python reads itself (large tables)."""
    text = "".join(path.read_text(encoding="utf-8") for path in addon.rglob("*.py"))
    return set(re.findall(r"[\"'/]([\w.-]+\.(?:csv|xml))[\"']", text))


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

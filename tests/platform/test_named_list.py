"""What is installed is named; production holds nothing of the demo company."""

import ast
import re
from fnmatch import fnmatch

import yaml
from commands import ROOT, command
from odoo.tests import TransactionCase, tagged
from source_tree import ADDONS

PRODUCT = {"callcenter_ops", "callcenter_training"}
DEMO = "callcenter_demo"
CLOCK = re.compile(r"(Datetime\.now|Date\.today|\b_now)\s*=[^=]|\bcallcenter_demo\b")

# Models of the apps that only our bridges may name.
PARTNERS = re.compile(
    r"[\"'](?:account\.move|hr\.leave|hr\.(?:employee\.)?skill|im_livechat|purchase\.order"
    r"|sale\.order|survey\.)[\w.]*"
)


def ignored_by_the_image():
    """Patterns of .dockerignore that take an addon out again."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("addons/")]


def test_production_and_bin_name_the_same_addons():
    script = "source bin/lib/common.sh; source bin/lib/database.sh; product"
    result = command("bash", "-c", script, ROOT / "bin" / "run", WITH="")
    assert set(result.stdout.strip().split(",")) == PRODUCT
    prepare = (ROOT / "config" / "prepare_database.py").read_text(encoding="utf-8")
    [named] = re.findall(r'^PRODUCT = "(.*)"$', prepare, re.MULTILINE)
    assert set(named.split(",")) == PRODUCT
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    default = compose["services"]["prepare"]["environment"]["CALLCENTER_ADDONS"]
    assert set(re.findall(r"callcenter_\w+", default)) == PRODUCT


def test_the_image_holds_every_addon_but_the_demo_company():
    held = [
        path.name
        for path in ADDONS
        if not any(
            fnmatch(f"addons/{path.name}", pattern)
            for pattern in ignored_by_the_image()
        )
    ]
    assert held == [path.name for path in ADDONS if path.name != DEMO]
    copied = re.findall(
        r"^COPY (.*) \S+$", (ROOT / "config" / "Dockerfile").read_text(), re.MULTILINE
    )
    assert [line for line in copied if "addons" in line.split()] == ["addons"]


def test_no_addon_of_production_sets_the_clock_or_names_the_demo_company():
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for addon in ADDONS
        if addon.name != DEMO
        for path in sorted(addon.rglob("*.py"))
        if not {"tests", "migrations"} & {*path.relative_to(addon).parts}
        for line in path.read_text(encoding="utf-8").splitlines()
        if CLOCK.search(line)
    ]
    assert found == []
    for addon in ADDONS:
        manifest = ast.literal_eval((addon / "__manifest__.py").read_text("utf-8"))
        assert DEMO not in manifest["depends"]
        assert "demo" not in manifest


def test_the_product_names_no_record_of_an_app_that_has_a_bridge():
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for addon in PRODUCT
        for path in sorted((ROOT / "addons" / addon).rglob("*.py"))
        if "tests" not in path.parts
        for name in PARTNERS.findall(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@tagged("post_install", "-at_install")
class TestNamedList(TransactionCase):
    def test_nothing_else_of_ours_is_installed(self):
        """This database was made without other apps, so no bridge came along."""
        modules = self.env["ir.module.module"].search(
            [("name", "=like", "callcenter%"), ("state", "!=", "uninstalled")]
        )
        self.assertEqual(set(modules.mapped("name")), PRODUCT)
        demo = self.env["ir.model.data"].search_count(
            [("module", "=like", "callcenter%"), ("name", "=like", "%_demo")]
        )
        self.assertEqual(demo, 0)

"""Odoo's own lint tests, looking at this project's addons alone."""

from unittest.mock import patch

from odoo.addons.test_lint.tests import (
    test_docstring,
    test_dunderinit,
    test_i18n,
    test_index,
    test_jstranslate,
    test_manifests,
    test_onchange_domains,
    test_orm_import,
    test_override_signatures,
    test_routes,
)
from odoo.modules import Manifest
from odoo.tests import tagged
from source_tree import ADDONS


class OwnAddonsMixin:
    """Narrows what the lint walks over to the addons of this project."""

    def setUp(self):
        super().setUp()
        own = [Manifest.for_addon(addon.name) for addon in ADDONS]
        narrowed = patch.object(Manifest, "all_addon_manifests", lambda: own)
        narrowed.start()
        self.addCleanup(narrowed.stop)


@tagged("post_install", "-at_install")
class TestDocstrings(OwnAddonsMixin, test_docstring.TestDocstring):
    pass


@tagged("post_install", "-at_install")
class TestPackages(OwnAddonsMixin, test_dunderinit.TestDunderinit):
    pass


@tagged("post_install", "-at_install")
class TestTemplateTexts(OwnAddonsMixin, test_i18n.TestI18n):
    pass


@tagged("post_install", "-at_install")
class TestIndexes(OwnAddonsMixin, test_index.TestIndex):
    pass


@tagged("post_install", "-at_install")
class TestScriptTexts(OwnAddonsMixin, test_jstranslate.TestJsTranslations):
    pass


@tagged("post_install", "-at_install")
class TestManifests(OwnAddonsMixin, test_manifests.ManifestLinter):
    pass


@tagged("post_install", "-at_install")
class TestOnchangeDomains(OwnAddonsMixin, test_onchange_domains.TestOnchangeDomains):
    pass


@tagged("post_install", "-at_install")
class TestOrmImports(OwnAddonsMixin, test_orm_import.TestDunderinit):
    pass


@tagged("post_install", "-at_install")
class TestSignatures(
    OwnAddonsMixin, test_override_signatures.TestLintOverrideSignatures
):
    pass


@tagged("post_install", "-at_install")
class TestRoutes(OwnAddonsMixin, test_routes.RoutesLinter):
    pass

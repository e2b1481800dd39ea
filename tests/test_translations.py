"""The Russian translation is complete, and in step with the source."""

import io
import re

import polib
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export
from source_tree import ADDONS

PLACEHOLDER = re.compile(r"%\(\w+\)(?:\.\d+)?[sdf]|%[sd]|\$?\{+[^{}]*\}+")


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_every_text_of_the_source_is_in_russian(self):
        for addon in self._addons():
            with self.subTest(addon=addon.name):
                russian = self._russian(addon)
                missing = sorted(self._source_texts(addon) - set(russian))
                self.assertEqual(missing, [])

    def test_no_russian_text_is_empty_or_doubtful(self):
        for addon in self._addons():
            with self.subTest(addon=addon.name):
                weak = [
                    entry.msgid
                    for entry in self._russian(addon).values()
                    if not entry.msgstr or "fuzzy" in entry.flags
                ]
                self.assertEqual(weak, [])

    def test_russian_texts_keep_their_placeholders(self):
        for addon in self._addons():
            with self.subTest(addon=addon.name):
                broken = [
                    entry.msgid
                    for entry in self._russian(addon).values()
                    if _placeholders(entry.msgid) != _placeholders(entry.msgstr)
                ]
                self.assertEqual(broken, [])

    def _addons(self):
        """Ours in this database; the demo company has no texts of a screen.

        Where other apps are, these add fields of their own to our models: there the
        bridges are looked at, which are nowhere else.
        """
        modules = self.env["ir.module.module"].search(
            [("name", "in", [one.name for one in ADDONS]), ("state", "=", "installed")]
        )
        bridges = modules.filtered("auto_install")
        names = {*(bridges or modules).mapped("name")} - {"callcenter_demo"}
        return [one for one in ADDONS if one.name in names]

    def _russian(self, addon):
        file = polib.pofile(str(addon / "i18n" / "ru.po"))
        return {entry.msgid: entry for entry in file if not entry.obsolete}

    def _source_texts(self, addon):
        buffer = io.BytesIO()
        trans_export(False, [addon.name], buffer, "po", self.env)
        return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}


def _placeholders(text):
    return sorted(PLACEHOLDER.findall(text))

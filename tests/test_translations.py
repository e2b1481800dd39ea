"""The Russian translation is complete, and in step with the source."""

import io
import re

import polib
from lxml import etree
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

    def test_a_button_is_called_by_what_it_does(self):
        """English has one word where Russian has a verb and a noun: Start, Load."""
        for addon in self._addons():
            with self.subTest(addon=addon.name):
                nouns = sorted(self._button_texts(addon) & self._field_labels(addon))
                self.assertEqual(nouns, [])

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

    def _button_texts(self, addon):
        """Texts of buttons, without those that show a number and lead on."""
        return {
            button.get("string")
            for path in addon.rglob("*.xml")
            for button in etree.parse(str(path)).iter("button")
            if button.get("string")
            and "oe_stat_button" not in button.get("class", "")
            and button.getparent().get("name") != "button_box"
        }

    def _field_labels(self, addon):
        """Nouns, all of them but for ticks; the way back to a wizard is not shown."""
        return {
            field.string
            for model in self.env.registry.values()
            for field in model._fields.values()
            if addon.name in field._modules
            and field.type != "boolean"
            and not (field.comodel_name and self.env[field.comodel_name]._transient)
        }

    def _source_texts(self, addon):
        buffer = io.BytesIO()
        trans_export(False, [addon.name], buffer, "po", self.env)
        return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}


def _placeholders(text):
    return sorted(PLACEHOLDER.findall(text))

"""Bring i18n/LANG.po of each addon in step with its freshly exported .pot file."""

import sys
from pathlib import Path

import polib

# The exporter writes the moment of the export; that alone is no change to commit.
VOLATILE = ("POT-Creation-Date", "PO-Revision-Date")
PLURALS = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
}


def settle(template_path):
    """Drop the dates from the exported template, so equal texts give equal files."""
    template = polib.pofile(str(template_path), wrapwidth=78)
    for key in VOLATILE:
        template.metadata.pop(key, None)
    template.save()
    return template


def open_catalogue(path, template, language):
    if path.exists():
        return polib.pofile(str(path), wrapwidth=78)
    catalogue = polib.POFile(wrapwidth=78)
    catalogue.metadata = template.metadata | {
        "Language": language,
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(language, ""),
    }
    catalogue.fpath = str(path)
    return catalogue


def read_known(addons, language):
    """``{text: translation}`` of all addons: a text may move from one to another."""
    known = {}
    for addon in addons:
        path = addon / "i18n" / f"{language}.po"
        entries = polib.pofile(str(path)).translated_entries() if path.exists() else []
        known |= {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}
    return known


def merge(addon, language, known):
    """Return the texts of ``addon`` that have no translation after the merge."""
    template = settle(addon / "i18n" / f"{addon.name}.pot")
    path = addon / "i18n" / f"{language}.po"
    catalogue = open_catalogue(path, template, language)
    catalogue.merge(template)
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    for entry in catalogue.untranslated_entries():
        entry.msgstr = known.get(entry.msgid, "")
    catalogue.sort(key=lambda entry: entry.msgid)
    catalogue.save(str(path))
    return [entry for entry in catalogue if not entry.translated()]


def main(language, *names):
    left = 0
    known = read_known([Path(name) for name in names], language)
    for name in names:
        untranslated = merge(Path(name), language, known)
        left += len(untranslated)
        print(f"{name}: {len(untranslated)} texts to translate")
        for entry in untranslated[:10]:
            print(f"    {entry.msgid.splitlines()[0][:70]}")
    print(f"{left} texts to translate in all")


if __name__ == "__main__":
    main(*sys.argv[1:])

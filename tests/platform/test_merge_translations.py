"""bin/translate keeps what people translated."""

import subprocess
import sys
from pathlib import Path

import polib

TOOL = Path(__file__).resolve().parents[2] / "bin" / "lib" / "merge_translations.py"


def catalogue(path, texts):
    """Write a catalogue of source texts and their translations, exported today."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = polib.POFile()
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "POT-Creation-Date": "2026-01-01 00:00+0000",
    }
    file.extend(polib.POEntry(msgid=a, msgstr=b) for a, b in texts.items())
    file.save(str(path))


def merge(folder, *addons):
    return subprocess.run(
        [sys.executable, TOOL, "ru", *(addons or ["addon"])],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_translations_are_kept_new_texts_come_empty_and_gone_ones_go(tmp_path):
    i18n = tmp_path / "addon" / "i18n"
    catalogue(i18n / "addon.pot", {"Call": "", "Client": ""})
    catalogue(i18n / "ru.po", {"Call": "Звонок", "Fax": "Факс"})
    report = merge(tmp_path)
    merged = polib.pofile(str(i18n / "ru.po"))
    assert {e.msgid: e.msgstr for e in merged} == {"Call": "Звонок", "Client": ""}
    assert "addon: 1 texts to translate\n    Client\n" in report


def test_a_second_run_changes_nothing(tmp_path):
    i18n = tmp_path / "addon" / "i18n"
    catalogue(i18n / "addon.pot", {"Call": "", "Client": ""})
    merge(tmp_path)
    before = (i18n / "ru.po").read_bytes(), (i18n / "addon.pot").read_bytes()
    merge(tmp_path)
    assert ((i18n / "ru.po").read_bytes(), (i18n / "addon.pot").read_bytes()) == before
    assert b"POT-Creation-Date" not in before[1]


def test_a_text_that_moved_to_another_addon_takes_its_translation_along(tmp_path):
    catalogue(tmp_path / "old" / "i18n" / "old.pot", {"Client": ""})
    catalogue(tmp_path / "old" / "i18n" / "ru.po", {"Call": "Звонок", "Client": ""})
    catalogue(tmp_path / "new" / "i18n" / "new.pot", {"Call": "", "Fax": ""})
    merge(tmp_path, "old", "new")
    merged = polib.pofile(str(tmp_path / "new" / "i18n" / "ru.po"))
    assert {e.msgid: e.msgstr for e in merged} == {"Call": "Звонок", "Fax": ""}

"""Which encoding a text file is in, told from its bytes."""

import codecs
import re
from collections import Counter

_CHUNK = 1 << 16
_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_STRAY = re.compile(rb"[\x80-\xff]")
# So many good two-byte letters for one bad byte say: UTF-8 with a damaged line.
_DAMAGE_RATIO = 20
# Of plain text in UTF-16 about every second byte is zero; a stray zero is a fault of
# its line alone.
_ZERO_SHARE = 10
_ONE_BYTE = ("cp1251", "koi8-r", "cp866", "mac-cyrillic")
# Letters of Russian texts, the most frequent first.
_FREQUENT = {
    letter: 64 - 2 * place
    for place, letter in enumerate("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ")
}
_USUAL_SIGNS = frozenset("ёЁ№«»–—…“”„‘’•\u00a0°€₽")
# A capital that follows a small letter is how KOI8-R and Windows-1251 read each other.
_SWAPPED = re.compile("[а-яё][А-ЯЁ]")
_STRANGE_COST = 150


def guess_encoding(path, head):
    """The encoding of the text at ``path``.

    :param head: its first bytes
    :return: name of a codec; empty when this is no text
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.count(0) * _ZERO_SHARE > len(head):
        return _guess_bare_utf16(head)
    good, bad, sample = _look_through(path)
    if not bad or good > bad * _DAMAGE_RATIO:
        return "utf-8"
    return max(_ONE_BYTE, key=lambda name: _russianness(sample.decode(name, "replace")))


def _guess_bare_utf16(head):
    """UTF-16 without its mark: every other byte of plain text is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _look_through(path):
    """``(letters of UTF-8, stray bytes, the first lines with letters)``."""
    good = bad = 0
    sample = bytearray()
    with open(path, "rb") as stream:
        for line in iter(lambda: stream.readline(_CHUNK), b""):
            if line.isascii():
                continue
            good += len(_MULTIBYTE.findall(line))
            bad += len(_STRAY.findall(_MULTIBYTE.sub(b"", line)))
            if len(sample) < _CHUNK:
                sample += line
    return good, bad, bytes(sample)


def _russianness(text):
    """How Russian a text is: the more usual its letters, the higher."""
    score = -_STRANGE_COST * len(_SWAPPED.findall(text))
    for character, count in Counter(text).items():
        if character > "\x7f" and character not in _USUAL_SIGNS:
            score += count * _FREQUENT.get(character.lower(), -_STRANGE_COST)
    return score

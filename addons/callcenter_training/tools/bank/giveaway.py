"""What gives an answer away: what a question and an option share. No database here.

Whole words, roots of words, numbers and initials count, read alike in Cyrillic and in
Latin letters, so that «Фишер» gives “Fisher” away.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

HIDDEN = "…"
_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?")
# «4 100» is one number: blanks that part its groups never break the line.
_GROUPS = re.compile("(?<=\\d)[\u00a0\u202f](?=\\d{3})")
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh",
        "з": "z", "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
        "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i",
        "ь": "", "э": "e", "ю": "iu", "я": "ia",
    }
)  # fmt: skip
# Ways to write one sound in Latin letters.
_SOUNDS = (
    ("sch", "sh"), ("shch", "sh"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("x", "ks"),
    ("w", "v"), ("y", "i"), ("j", "i"), ("q", "k"),
)  # fmt: skip
# Words that every text may hold.
_EMPTY = {
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to",
    "what", "which", "with", "без", "бы", "в", "во", "все", "где", "да", "для", "до",
    "его", "если", "за", "и", "из", "или", "их", "к", "как", "когда", "кто", "ли",
    "на", "над", "не", "нет", "о", "об", "он", "она", "от", "по", "под", "при", "с",
    "со", "у", "уже", "чего", "чем", "что", "чтобы", "это",
}  # fmt: skip
_SHORT, _LONG = 3, 5


class Reading(NamedTuple):
    """A text as the comparison sees it."""

    line: str  # folded words, each after a blank
    roots: tuple[str, ...]
    exact: frozenset  # numbers and words too short for a root
    initials: str
    runs: frozenset  # short runs of letters that may be somebody's initials


@lru_cache(maxsize=1 << 16)
def read(text):
    """The ``Reading`` of a text."""
    words, exact = [], set()
    text = unicodedata.normalize("NFKC", _GROUPS.sub("", text)).casefold()
    for token in _TOKEN.findall(text):
        if token[0].isdigit():
            exact.add(token.replace(",", ".").lstrip("0"))
        elif token not in _EMPTY:
            words.append(_fold(token))
    long = [word for word in words if len(word) >= _SHORT]
    exact.update(word for word in words if len(word) < _SHORT)
    return Reading(
        line="".join(f" {word}" for word in long),
        roots=tuple(dict.fromkeys(map(_root, long))),
        exact=frozenset(exact),
        initials="".join(word[:1] for word in words) if len(words) > 1 else "",
        runs=frozenset(word for word in words if 2 <= len(word) <= 4),
    )


@lru_cache(maxsize=1 << 16)
def _fold(word):
    word = word.translate(_LATIN)
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", word)


def _root(word):
    """The word without its ending, at least three letters of it."""
    ending = 2 if len(word) > _LONG else 1 if len(word) > _SHORT else 0
    return word[: max(_SHORT, len(word) - ending)]


def count_shared(one, other):
    """How much two ``Reading`` share: roots found in the other, numbers, initials."""
    roots = _count_roots(one.roots, other.line) + _count_roots(other.roots, one.line)
    initials = other.initials in one.runs or one.initials in other.runs
    return roots + len(one.exact & other.exact) + initials


def _count_roots(roots, line):
    count = 0
    for root in roots if line else ():
        # Long ones count within a word too: «велотренажёр» holds «тренажёр».
        if root in line and (len(root) >= _LONG or f" {root}" in line):
            count += 1
    return count


def tells(stem, options, right):
    """Whether the right options are those that share most with the question.

    :param right: positions of the right options
    """
    asked = read(stem)
    shares = [count_shared(asked, read(option)) for option in options]
    rights = [share for place, share in enumerate(shares) if place in right]
    wrongs = [share for place, share in enumerate(shares) if place not in right]
    return bool(rights and wrongs) and min(rights) > max(wrongs)


def name_product(name, code, truths, may_hide=True):
    """How a product is named where ``truths`` are the right answers.

    Words of the name that give an answer away are hidden; the code then says which
    product is meant.

    :param may_hide: False where what remains would still tell what the product is
    :return: the text; None when nothing that remains would name the product
    """
    answers = [read(truth) for truth in truths]
    if code and shares(read(code), answers):
        code = None
    if not shares(read(name), answers):
        return f"{name} [{code}]" if code else name
    if not (code and may_hide):
        return None
    shown = _hide(name, answers)
    remains = any(len(word) >= _SHORT for word in _WORD.findall(shown))
    return f"{shown} [{code}]" if remains else None


def shares(reading, answers):
    """Whether a ``Reading`` shares anything with one of the answers' ``Reading``."""
    return any(count_shared(reading, answer) for answer in answers)


def _hide(name, answers):
    def hide(match):
        return HIDDEN if shares(read(match[0]), answers) else match[0]

    return re.sub(rf"{HIDDEN}(\W*{HIDDEN})+", HIDDEN, _WORD.sub(hide, name))

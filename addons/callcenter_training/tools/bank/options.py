"""Wrong options: close enough to be hard, never also true. No database here."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from zlib import crc32

OPTION_COUNT = 4
# Shares by which a price differs credibly: hard ones first.
_STEPS = (10, -10, 15, -15, 20, -20, 25, -25, 30, -30, 40, -40)


def normalise(text):
    """What makes two options the same to a reader: case, blanks and Ё aside."""
    text = unicodedata.normalize("NFKC", str(text)).casefold().replace("ё", "е")
    return re.sub(r"\s+", " ", text).strip()


def pick_wrong(true_texts, candidates, count=OPTION_COUNT - 1):
    """The first ``count`` candidates that read like nothing true and not alike.

    :param true_texts: every text that would be a right answer
    :param candidates: texts, the closest (hardest) first
    """
    seen = {normalise(text) for text in true_texts}
    picked = []
    for text in candidates:
        key = normalise(text)
        if len(picked) == count:
            break
        if key and key not in seen:
            seen.add(key)
            picked.append(text)
    return picked


def arrange(true_texts, wrong_texts, rng):
    """Shuffle once and for all: ``(options, sorted positions of the right ones)``."""
    options = [(text, True) for text in true_texts]
    options += [(text, False) for text in wrong_texts]
    rng.shuffle(options)
    right = [index for index, (_text, is_true) in enumerate(options) if is_true]
    return [text for text, _is_true in options], right


_LETTERS = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl")


def natural_key(text):
    """Sorts sizes as people do: 2 kg before 10 kg, S before L."""
    text = normalise(text)
    letters = _LETTERS.index(text) if text in _LETTERS else -1
    parts = re.split(r"(\d+)", text)
    numbers = [(int(part), "") for part in parts[1::2]]
    return letters, numbers, text


def head(text):
    """The word that says what a thing is: of one kind are things of one head."""
    return normalise(text).partition(" ")[0]


def shape(text):
    """What options of one kind have in common: unit and letters, or just words.

    «160 см» is no neighbour of «XL», nor «LB-0001» of «LZ-0001».
    """
    text = normalise(text)
    if any(sign.isdigit() for sign in text):
        text = re.sub(r"\d+(?:[.,]\d+)?", "0", text)
        return re.sub(r"([^\W\d_]{3})[^\W\d_]+", r"\1", text)  # 6 месяцев, 2 месяца
    return "letters" if re.fullmatch(r"[xsml/–\- ]+", text) else "words"


def is_of_exams(value):
    """Whether a wrong option serves exams, as half of them do, or practice.

    :param str value: what the option is made of
    """
    return bool(crc32(value.encode()) & 1)


def pick_numbers(value, siblings, rng, count=OPTION_COUNT - 1, is_exam=False):
    """Wrong numbers around ``value``: as often all above it as all below.

    The place of the truth among its neighbours would tell it otherwise.

    :param siblings: true numbers of other products, the closest first
    :param is_exam: of siblings enough to be divided, take those of exams, else those
        of practice
    """
    near = [*siblings, *plausible_numbers(value)]
    own = [number for number in near if is_of_exams(f"{number:g}") == is_exam]
    is_divided = len(set(siblings)) >= 2 * count and len(set(own)) >= count
    near = own if is_divided else near
    below = list(dict.fromkeys(number for number in near if number < value))
    above = list(dict.fromkeys(number for number in near if number > value))
    lower = rng.randint(0, count)
    lower = max(min(lower, len(below)), count - len(above))
    return below[:lower] + above[: count - lower]


def plausible_numbers(value):
    """Numbers near ``value`` with its own unit and rounding, the hardest first.

    1990 gives 2190 and 1790 rather than 2189: the trailing pattern of the true
    value is kept, so the odd one out is not the answer.
    """
    value = Decimal(str(value))
    unit = _rounding_unit(value)
    found = []
    for step in _STEPS:
        moved = value * step / 100
        move = (moved / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
        other = value + move
        if move and other > 0 and other not in found:
            found.append(other)
    return [float(number) for number in found]


def _rounding_unit(value):
    """The step a shop would change ``value`` by: at least a hundredth of it."""
    unit = Decimal(1).scaleb(value.adjusted() - 1) if value else Decimal(1)
    return unit or Decimal(1)

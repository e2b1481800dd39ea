"""Russian personal names: cleaning, cases, initials, a login in Latin letters."""

import re

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

CASES = {
    "genitive": Case.GENITIVE,
    "dative": Case.DATIVE,
    "accusative": Case.ACCUSATIVE,
    "instrumental": Case.INSTRUMENTAL,
}
GENDERS = {"male": Gender.MALE, "female": Gender.FEMALE}

_PATRONYMIC_PARTICLES = frozenset(("оглы", "кызы", "улы", "гызы"))
_SURNAME_PARTICLES = frozenset(
    [
        "ван",
        "вон",
        "фон",
        "дер",
        "ден",
        "тер",
        "де",
        "ди",
        "да",
        "до",
        "ду",
        "дю",
        "ла",
        "ле",
        "лос",
        "эль",
        "аль",
        "бен",
        "ибн",
    ]
)
# Common nouns that end like the surnames of women do.
_NOUNS_IN_A = frozenset(("сова", "корова", "подкова", "голова", "дубрава"))
_ENDINGS_OF_A = {
    Case.GENITIVE: "ы",
    Case.DATIVE: "е",
    Case.ACCUSATIVE: "у",
    Case.INSTRUMENTAL: "ой",
}
_STRESSED = {
    Case.GENITIVE: "а",
    Case.DATIVE: "у",
    Case.ACCUSATIVE: "а",
    Case.INSTRUMENTAL: "ом",
}
_UNSTRESSED = _STRESSED | {Case.INSTRUMENTAL: "ем"}
_SOFT = {
    Case.GENITIVE: "я",
    Case.DATIVE: "ю",
    Case.ACCUSATIVE: "я",
    Case.INSTRUMENTAL: "ём",
}
# Men's surnames that are nouns with a vowel that flies away, or that only seems to:
# nominative -> what stays and the endings.
_MALE_NOUNS = {
    **{
        name: (name, _STRESSED) for name in ("швец", "жнец", "чтец", "кузнец", "мудрец")
    },
    **{name: (f"{name[:-2]}ь", _SOFT) for name in ("воробей", "соловей", "муравей")},
    "заяц": ("зайц", _UNSTRESSED),
}

_PARTS = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)
_LATIN = dict(
    zip("абвгдезийклмнопрстуфцыэ", "abvgdeziyklmnoprstufcye", strict=True)
) | {
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
_maker = PetrovichDeclinationMaker()
_detector = PetrovichGenderDetector()


def clean_name(name):
    """``name`` with single blanks, without tags, neither all capital nor all small.

    Particles of a surname (``Ван дер Берг``) and of a patronymic (``оглы``) stay small.
    """
    text = re.sub(r"<[^>]*>", " ", name or "")
    words = text.replace("\xa0", " ").split()
    particles = _count_particles(words)
    all_small = not any(word != word.lower() for word in words)
    return " ".join(
        _recase(
            word, place < particles and (place or (word.islower() and not all_small))
        )
        for place, word in enumerate(words)
    )


def _recase(word, is_particle):
    lower = word.lower()
    if len(word) < 2 or word not in (lower, word.upper()):
        return word
    if is_particle or lower in _PATRONYMIC_PARTICLES:
        return lower
    return re.sub(r"[^\W\d_]+", lambda run: run[0].capitalize(), word)


def _count_particles(words):
    """How many words at the beginning are particles that the surname stands after.

    ``Ван Иван Петрович`` has none: a surname, a first name and a patronymic follow
    particles, or two words at least where the particle is written small.
    """
    count = 0
    for word in words:
        following = len(words) - count - 1
        small = word.islower() and not words[-1].islower()
        if word.lower() not in _SURNAME_PARTICLES or following < (2 if small else 3):
            break
        count += 1
    return count


def split_name(name):
    """``(last, first, middle)`` of a full name written surname first.

    Particles and a former surname in brackets belong to the surname.
    """
    words = clean_name(name).split()
    end = _count_particles(words) + 1
    while end < len(words) and words[end].startswith("("):
        end += 1
    return (
        " ".join(words[:end]),
        "".join(words[end : end + 1]),
        " ".join(words[end + 1 :]),
    )


def detect_gender(name):
    """``"male"``, ``"female"`` or None when the name does not tell."""
    last, first, middle = split_name(name)
    if not (first or middle):
        return None
    found = _detector.detect(
        lastname=last or None, firstname=first or None, middlename=middle or None
    )
    return {Gender.MALE: "male", Gender.FEMALE: "female"}.get(found)


def inflect_name(name, case, gender=None):
    """The full name in a case of ``CASES``.

    :param gender: ``"male"`` or ``"female"``; None = told from the name
    :return: text; the name as it is (cleaned) when it is not Russian letters or
        nothing tells the gender, because a wrong case is worse on paper than none
    """
    gender = gender or detect_gender(name)
    if gender not in GENDERS:
        return clean_name(name)
    return " ".join(
        _inflect_part(word, part, CASES[case], GENDERS[gender])
        for part, word in zip(_PARTS, split_name(name), strict=True)
        if word
    )


def _inflect_part(text, part, case, gender):
    if part is not NamePart.LASTNAME:
        return _inflect_word(text, part, case, gender)
    words = text.split()
    start = _count_surname_particles(words)
    return " ".join(
        [*words[:start], *(_inflect_surname(w, case, gender) for w in words[start:])]
    )


def _count_surname_particles(words):
    """Of the words of a surname alone; its last word is never a particle."""
    names = [word for word in words if not word.startswith("(")]
    rest = (word.lower() not in _SURNAME_PARTICLES for word in names[:-1])
    return next((n for n, ends in enumerate(rest) if ends), len(names) - 1)


def _inflect_surname(word, case, gender):
    """One word of a surname, be it in brackets or made of two with a hyphen."""
    bare = word.strip("()")
    own = _inflect_by_own_rules(bare, case, gender)
    inflected = own or _inflect_word(bare, NamePart.LASTNAME, case, gender)
    return word.replace(bare, inflected) if bare else word


def _inflect_by_own_rules(word, case, gender):
    """Surnames that the library takes for others; None for all the rest."""
    lower = word.lower()
    if lower in _NOUNS_IN_A:
        return word[:-1] + _ENDINGS_OF_A[case]
    if gender is not Gender.MALE:
        return None
    for nominative, (stem, endings) in _MALE_NOUNS.items():
        if lower == nominative:
            return word[0] + stem[1:] + endings[case]
    return None


def _inflect_word(word, part, case, gender):
    if not re.search("[а-яё]", word, re.IGNORECASE):
        return word
    return _maker.make(part, gender, case, word)


def short_name(name):
    """Signature line: initials and surname, e.g. ``И. О. Фамилия``."""
    last, first, middle = split_name(name)
    initials = [f"{word[0].upper()}." for word in (first, middle) if word]
    return " ".join([*initials, last])


def listed_name(name):
    """As names stand in lists, e.g. ``Фамилия И. О.``; one word stays as it is."""
    last, first, middle = split_name(name)
    initials = [f"{word[0].upper()}." for word in (first, middle) if word]
    return " ".join([last, *initials])


def is_name_of(typed, name):
    """Whether somebody typed his own name: the full one, or surname and initials.

    Case, blanks, points and ``ё`` do not matter, nor on which side the initials stand.
    Of a name of two words either may be the surname.

    :param typed: text, e.g. ``иванов и. о.``
    :param name: the full name, surname first
    """
    words = _get_plain_words(typed)
    last, first, middle = (_get_plain_words(part) for part in split_name(name))
    accepted = [[*last, *first, *middle]]
    surnames = [(last, [*first, *middle])] if first else []
    if first and not middle:
        surnames.append((first, last))
    for surname, given in surnames:
        initials = [word[0] for word in given[:2]]
        accepted += [[*surname, *initials], [*initials, *surname]]
    return bool(words) and words in accepted


def _get_plain_words(text):
    """Words in small letters without ``ё``, points and brackets."""
    plain = (text or "").lower().replace("ё", "е")
    return re.findall(r"[^\W_](?:[^\W_]|['’-](?=\w))*", plain)


def make_login(name):
    """Login in Latin letters from a full name, e.g. ``i.ivanov``; may be empty."""
    last, first, _middle = split_name(name)
    parts = [_to_latin(first)[:1], _to_latin(last)]
    return ".".join(part for part in parts if part)


def _to_latin(word):
    latin = "".join(_LATIN.get(letter, letter) for letter in word.lower())
    return re.sub(r"[^a-z0-9]", "", latin)

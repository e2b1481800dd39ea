"""Dirt as client bases have it in life, put on clean invented clients."""

from collections import Counter
from itertools import count
from random import Random

# Kinds of dirt with their share of the lines. The first group stays loadable.
HARMLESS = {
    "extension": 0.03,
    "two_numbers": 0.02,
    "bad_email": 0.01,
    "unknown_region": 0.01,
    "lost_zero": 0.01,
    "padded": 0.03,
    "bad_vat": 0.005,
    "short_line": 0.003,
}
REPEATED = {"repeated": 0.04}
BLOCKING = {
    "no_name": 0.01,
    "no_city_code": 0.01,
    "spoilt_number": 0.003,
    "markup": 0.001,
    "formula": 0.001,
    "long_line": 0.002,
}
FOREIGN = {"foreign": 0.01}
_SPELLINGS = (
    "+7 ({0}) {1}-{2}-{3}",
    "8 ({0}) {1}-{2}-{3}",
    "8{0}{1}{2}{3}",
    "+7{0}{1}{2}{3}",
    "7{0}{1}{2}{3}",
    "{0}{1}{2}{3}",
    "8-{0}-{1}-{2}-{3}",
    "8\u00a0{0}\u00a0{1}\u00a0{2}\u00a0{3}",
    "тел. 8 ({0}) {1} {2} {3}",
)
# Numbers that their countries keep for films and examples.
_FOREIGN = ("+44 20 7946 0{:03}", "+49 30 23125 {:03}")


def dirty_clients(clients, seed=1):
    """``(kind of dirt or "", cells)`` for each line of a file, repetitions added.

    :param clients: dicts of ``clients.make_clients``
    """
    random = Random(seed)
    shares = HARMLESS | REPEATED | BLOCKING | FOREIGN
    kinds, weights = list(shares), list(shares.values())
    kinds.append("")
    weights.append(1 - sum(weights))
    abroad = count()
    for client in clients:
        kind = random.choices(kinds, weights)[0]
        line = client | {"Телефон": spell_number(random, client["Телефон"])}
        if kind == "foreign":
            line |= _go_abroad(next(abroad))
        yield from _soil(random, kind, line, client)


def spell_number(random, digits):
    """Ten digits in one of the spellings people use."""
    parts = digits[:3], digits[3:6], digits[6:8], digits[8:]
    return random.choice(_SPELLINGS).format(*parts)


def count_kinds(lines):
    return Counter(kind for kind, _cells in lines)


def _soil(random, kind, line, client):
    if kind == "repeated":
        yield "", list(line.values())
        again = line | {"Телефон": spell_number(random, client["Телефон"])}
        yield kind, list(again.values())
        return
    if kind in ("short_line", "long_line"):
        cells = list(line.values())
        yield kind, cells[:-3] if kind == "short_line" else [*cells, "", "лишнее"]
        return
    if kind in ("", "foreign"):
        yield kind, list(line.values())
        return
    changed = line | _SOIL[kind](random, line)
    # A fault that the line happens not to have room for leaves it clean.
    yield kind if changed != line else "", list(changed.values())


def _lose_zero(random, line):
    vat = line["ИНН"]
    return {"ИНН": vat[1:]} if vat else {}


def _break_vat(random, line):
    vat = line["ИНН"]
    return {"ИНН": vat[:-1] + str((int(vat[-1]) + 1) % 10)} if vat else {}


def _go_abroad(number):
    """The countries' ranges hold two thousand numbers; then they begin anew."""
    phone = _FOREIGN[number % 2].format(number // 2 % 1000)
    return {"Телефон": phone, "Доп. телефон": "", "ИНН": "", "Регион": ""}


_SOIL = {
    "extension": lambda random, line: {
        "Телефон": f"{line['Телефон']} доб. {random.randint(1, 999)}"
    },
    "two_numbers": lambda random, line: {
        "Телефон": f"{line['Телефон']}; 8 976 {random.randrange(10**7):07}"
    },
    "bad_email": lambda random, line: {"E-mail": "нет почты"},
    "unknown_region": lambda random, line: {"Регион": "не указан"},
    "lost_zero": _lose_zero,
    "padded": lambda random, line: {"Наименование": f"  {line['Наименование']} \u00a0"},
    "no_name": lambda random, line: {"Наименование": "", "Контактное лицо": ""},
    "no_city_code": lambda random, line: {
        "Телефон": f"0{random.randrange(100):02}-{random.randrange(10000):04}"
    },
    "spoilt_number": lambda random, line: {"Телефон": "7,97312E+10"},
    "bad_vat": _break_vat,
    "markup": lambda random, line: {"Наименование": "<b>Распродажа</b>"},
    "formula": lambda random, line: {"Наименование": '=HYPERLINK("http://x.example")'},
}

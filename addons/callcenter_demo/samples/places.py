"""Places and numbers of invented clients.

Numbers belong to nobody: land lines have a real area code, so that region and zone
are known, and a subscriber's part that starts with 0, which the numbering plan keeps
for service numbers; mobiles lie in codes 973-976, allotted to no operator. Tax
numbers start with 00: no tax office has that code.
"""

from typing import NamedTuple

from stdnum.ru import inn

_MOBILE_CODES = (973, 974, 975, 976)


class Place(NamedTuple):
    """``weight`` is the share of clients, ``code`` the area code of land lines."""

    weight: int
    city: str
    region: str
    state: str
    code: str
    zip: str


PLACES = (
    Place(16, "Екатеринбург", "Свердловская область", "SVE", "343", "620000"),
    Place(5, "Нижний Тагил", "Свердловская обл.", "SVE", "3435", "622000"),
    Place(3, "Каменск-Уральский", "Свердловская область", "SVE", "3439", "623400"),
    Place(13, "Челябинск", "Челябинская область", "CHE", "351", "454000"),
    Place(5, "Магнитогорск", "Челябинская обл.", "CHE", "3519", "455000"),
    Place(3, "Миасс", "Челябинская область", "CHE", "3513", "456300"),
    Place(7, "Тюмень", "Тюменская область", "TYU", "3452", "625000"),
    Place(2, "Тобольск", "Тюменская обл.", "TYU", "3456", "626150"),
    Place(5, "Курган", "Курганская область", "KGN", "3522", "640000"),
    Place(4, "Сургут", "ХМАО — Югра", "KHM", "3462", "628400"),
    Place(3, "Нижневартовск", "ХМАО-Югра", "KHM", "3466", "628600"),
    Place(2, "Новый Уренгой", "ЯНАО", "YAN", "3494", "629300"),
    Place(2, "Салехард", "Ямало-Ненецкий АО", "YAN", "34922", "629000"),
    Place(5, "Пермь", "Пермский край", "PER", "342", "614000"),
    Place(4, "Уфа", "Республика Башкортостан", "BA", "347", "450000"),
    Place(2, "Оренбург", "Оренбургская область", "ORE", "3532", "460000"),
    Place(2, "Ижевск", "Удмуртская Республика", "UD", "3412", "426000"),
    Place(2, "Казань", "Республика Татарстан", "TA", "843", "420000"),
    Place(2, "Самара", "Самарская область", "SAM", "846", "443000"),
    Place(2, "Омск", "Омская область", "OMS", "3812", "644000"),
    Place(2, "Новосибирск", "Новосибирская область", "NVS", "383", "630000"),
    Place(1, "Красноярск", "Красноярский край", "KYA", "391", "660000"),
    Place(1, "Иркутск", "Иркутская область", "IRK", "3952", "664000"),
    Place(1, "Владивосток", "Приморский край", "PRI", "423", "690000"),
    Place(1, "Калининград", "Калининградская область", "KGD", "4012", "236000"),
    Place(2, "Москва", "Москва", "MOW", "495", "101000"),
    Place(2, "Санкт-Петербург", "Санкт-Петербург", "SPE", "812", "190000"),
    Place(1, "Краснодар", "Краснодарский край", "KDA", "861", "350000"),
)
_WEIGHTS = tuple(place.weight for place in PLACES)
_STREETS = (
    "ул. Лесная",
    "ул. Заводская",
    "пр. Строителей",
    "ул. Садовая",
    "ул. Горная",
    "ул. Речная",
    "пер. Тихий",
    "ул. Спортивная",
    "ул. Новая",
    "ул. Берёзовая",
)


def choose_place(random):
    return random.choices(PLACES, _WEIGHTS)[0]


def make_address(random):
    return f"{random.choice(_STREETS)}, д. {random.randint(1, 180)}"


def make_landline(random, place):
    """Ten digits of a land line in the place."""
    free = 9 - len(place.code)
    return f"{place.code}0{random.randrange(10**free):0{free}}"


def make_mobile(random):
    """Ten digits of a mobile number."""
    return f"{random.choice(_MOBILE_CODES)}{random.randrange(10**7):07}"


def make_company_vat(random):
    body = f"00{random.randrange(10**7):07}"
    return body + inn.calc_company_check_digit(body)


def make_personal_vat(random):
    body = f"00{random.randrange(10**8):08}"
    return body + inn.calc_personal_check_digits(body)

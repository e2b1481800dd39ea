"""Invented clients of a sports-goods company: shops, clubs, schools and people."""

from random import Random

from .places import (
    choose_place,
    make_address,
    make_company_vat,
    make_landline,
    make_mobile,
    make_personal_vat,
)

CLIENT_HEADERS = (
    "Код клиента",
    "Наименование",
    "Контактное лицо",
    "Должность",
    "Телефон",
    "Доп. телефон",
    "E-mail",
    "ИНН",
    "Регион",
    "Город",
    "Адрес",
    "Индекс",
    "Категория",
    "Комментарий",
)
_MALE = [
    "Алексей",
    "Андрей",
    "Антон",
    "Борис",
    "Вадим",
    "Виктор",
    "Глеб",
    "Денис",
    "Егор",
    "Иван",
    "Илья",
    "Кирилл",
    "Лев",
    "Максим",
    "Марат",
    "Никита",
    "Олег",
    "Павел",
    "Ринат",
    "Роман",
    "Сергей",
    "Степан",
    "Тимур",
    "Фёдор",
    "Юрий",
]
_FEMALE = [
    "Алина",
    "Анна",
    "Вера",
    "Галина",
    "Дарья",
    "Евгения",
    "Елена",
    "Жанна",
    "Ирина",
    "Кира",
    "Лариса",
    "Лидия",
    "Майя",
    "Марина",
    "Надежда",
    "Нина",
    "Ольга",
    "Полина",
    "Раиса",
    "Светлана",
    "Софья",
    "Татьяна",
    "Ульяна",
    "Юлия",
    "Яна",
]
# Surnames and patronymics without their endings of gender.
_SURNAMES = [
    "Берестов",
    "Ветлугин",
    "Горчаков",
    "Дубравин",
    "Ершов",
    "Жаворонков",
    "Зимин",
    "Ильменев",
    "Калинов",
    "Ключников",
    "Лугов",
    "Мельников",
    "Незванов",
    "Озеров",
    "Перелётов",
    "Рудаков",
    "Снегирёв",
    "Таёжников",
    "Угрюмов",
    "Филинов",
    "Хвойнов",
    "Черёмухин",
    "Шадрин",
    "Щеглов",
    "Яблоков",
    "Вишерин",
    "Чусовитин",
    "Туринов",
]
_FATHERS = [
    "Алексее",
    "Андрее",
    "Борисо",
    "Викторо",
    "Денисо",
    "Егоро",
    "Ивано",
    "Кирилло",
    "Максимо",
    "Олего",
    "Павло",
    "Романо",
    "Сергее",
    "Степано",
    "Фёдоро",
    "Тимуро",
]
_KINDS = (
    ("Магазин", ("Спортмаркет", "Вершина", "Старт", "Лыжня", "Азимут", "Дистанция")),
    ("Спортшкола", ("Спортивная школа", "ДЮСШ", "Школа олимпийского резерва")),
    ("Клуб", ("Фитнес-клуб", "Клуб единоборств", "Лыжный клуб", "Велоклуб")),
    ("Школа", ("Лицей", "Гимназия", "Средняя школа")),
    ("Завод", ("Профсоюз завода", "Комбинат", "Управление")),
    ("Опт", ("Торговый дом", "База", "Снабжение")),
)
_ROOTS = [
    "Урал",
    "Север",
    "Таганай",
    "Чусовая",
    "Исеть",
    "Тобол",
    "Ирбит",
    "Вишера",
    "Иремель",
    "Зюраткуль",
    "Таватуй",
    "Миасс",
    "Тура",
    "Пышма",
    "Сысерть",
    "Кедр",
    "Рысь",
    "Беркут",
    "Снегирь",
    "Малахит",
    "Яшма",
    "Родонит",
    "Гранит",
]
_FORMS = {
    "Магазин": ("ООО", "ИП"),
    "Спортшкола": ("МБУ", "МАУ"),
    "Клуб": ("ООО", "АНО"),
    "Школа": ("МАОУ", "МБОУ"),
    "Завод": ("АО", "ПАО"),
    "Опт": ("ООО",),
}
_POSTS = ("директор", "закупщик", "завхоз", "тренер", "управляющий", "товаровед")
_NOTES = (
    "звонить после обеда",
    "просил каталог на зиму",
    "берут оптом раз в квартал",
    "интересуются лыжами и коньками",
    "платят по счёту",
    "спрашивали скидку на форму",
)


def make_clients(count, seed=1, series="К"):
    """``count`` clients without any dirt: dicts by ``CLIENT_HEADERS``.

    :param series: first letter of their codes

    Equal arguments give equal clients; no number and no tax number repeats.
    """
    random = Random(seed)
    taken = set()
    for number in range(1, count + 1):
        while True:
            client = _make_client(random, f"{series}-{number:06}")
            keys = {client["Телефон"], client["Доп. телефон"], client["ИНН"]} - {""}
            if not keys & taken:
                break
        taken |= keys
        yield client


def make_person(random):
    """Surname, first name and patronymic."""
    woman = random.random() < 0.5
    surname = random.choice(_SURNAMES) + ("а" if woman else "")
    first = random.choice(_FEMALE if woman else _MALE)
    father = random.choice(_FATHERS) + ("вна" if woman else "вич")
    return f"{surname} {first} {father}"


def _make_client(random, code):
    place = choose_place(random)
    company = random.random() < 0.62
    client = dict.fromkeys(CLIENT_HEADERS, "")
    client |= {
        "Код клиента": code,
        "Регион": place.region,
        "Город": place.city,
        "Адрес": make_address(random),
        "Индекс": str(int(place.zip) + random.randrange(90)),
        "E-mail": f"client{code[2:].lstrip('0')}@mail.example"
        if random.random() < 0.7
        else "",
        "Комментарий": random.choice(_NOTES) if random.random() < 0.15 else "",
    }
    fill = _fill_company if company else _fill_person
    fill(random, client, place)
    return client


def _fill_company(random, client, place):
    kind, titles = random.choice(_KINDS)
    form = random.choice(_FORMS[kind])
    person = make_person(random)
    client["Категория"] = kind
    client["Телефон"] = make_landline(random, place)
    client["Доп. телефон"] = make_mobile(random) if random.random() < 0.2 else ""
    if form == "ИП":
        client["Наименование"] = f"ИП {person}"
        client["ИНН"] = make_personal_vat(random)
        return
    title, root = random.choice(titles), random.choice(_ROOTS)
    client["Наименование"] = f"{form} «{title} {root}-{random.randint(1, 99)}»"
    client["ИНН"] = make_company_vat(random)
    client["Контактное лицо"] = person
    client["Должность"] = random.choice(_POSTS)


def _fill_person(random, client, place):
    client["Наименование"] = make_person(random)
    client["Категория"] = "Частное лицо"
    mobile = random.random() < 0.8
    client["Телефон"] = make_mobile(random) if mobile else make_landline(random, place)

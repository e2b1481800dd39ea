"""Which column of a client's or goods table is which, guessed from its header."""

import re

# The first alternative that fits wins; longer and rarer words stand first.
_CLIENT_WORDS = (
    (
        "contact_name",
        "контактное лицо|^контакт$|лпр|представитель|contact (?:person|name)|^contact$",
    ),
    ("function", "должность|position|function|job"),
    ("phone_other", "доп.*тел|второй тел|тел.* 2|phone ?2|other phone|мобильный 2"),
    ("email", "e-?mail|эл.*почт|почта|электронн"),
    ("vat", r"инн\b|\bvat\b|tax|налог"),
    ("ref", "код клиента|внешний код|external|код контрагента|^код$|reference|^id$"),
    ("phone", "тел|моб|сотов|phone|mobile|номер"),
    ("country", "стран|country"),
    ("region", "регион|област|край|субъект|region|state|province"),
    ("city", "город|нас.*пункт|city|town"),
    ("zip", r"индекс|\bzip\b|postal"),
    ("street", "адрес|улиц|street|address"),
    ("website", "сайт|web|url"),
    ("tag", "тип клиента|категор|сегмент|групп|tag|segment|category"),
    ("comment", "коммент|примеч|замет|comment|note"),
    ("name", "наимен|название|клиент|контрагент|компани|организац|фио|имя|name|client"),
)
_PRODUCT_WORDS = (
    ("default_code", "артикул|sku|код товара|внутр.*код|reference|default_?code|^код$"),
    ("barcode", "штрих|barcode|ean|gtin"),
    ("standard_price", "себестоим|закуп|cost|standard"),
    ("list_price", "цен|price|стоимост"),
    ("category", "категор|раздел|группа|category"),
    ("description_sale", "описан|descr"),
    ("name", "наимен|название|товар|модель|name|product|goods"),
)
_DEBT_WORDS = (
    ("vat", r"инн\b|\bvat\b|tax"),
    ("ref", "код клиента|внешний код|код контрагента|external|reference"),
    ("phone", "тел|моб|сотов|phone|mobile"),
    ("date_due", "срок|погасить|до какого|дата плат|due|дата"),
    ("amount", "сумм|долг|задолж|amount|debt|остат"),
    ("number", "номер|договор|сч[её]т|документ|number|invoice|contract|document|^№"),
    ("comment", "коммент|примеч|comment|note"),
    ("name", "клиент|должник|наимен|фио|имя|name|client|debtor"),
)
_PAYMENT_WORDS = (
    ("payment", "плат[её]жн|плат[её]жка|поручен|payment (?:no|number|doc)|^payment$"),
    ("date_paid", "дата|date|day|оплачен"),
    ("amount", "сумм|amount|paid|оплата"),
    ("number", "номер|договор|сч[её]т|документ|долг|number|invoice|contract|debt|^№"),
    ("comment", "коммент|примеч|назначен|comment|note"),
)
_EXCHANGE_WORDS = (
    ("ident", r"uniqueid|linkedid|\bid\b|идентиф|call ?id"),
    ("wait", "ожид|ждал|wait|queue ?time|hold"),
    ("talk", "разговор|billsec|talk|беседа"),
    ("answered", "отвеч|ответ|статус|результат|disposition|answer|status|принят"),
    ("total", "длительн|duration|продолж|всего"),
    ("started", "дата|время|начал|calldate|start|date|time"),
    ("line", r"линия|очеред|куда|кому|набран|внутр|\bdst\b|dnis|queue|line|called"),
    ("phone", r"номер|тел|абонент|откуда|кто звон|\bsrc\b|caller|phone|number|from"),
)
_ATTRIBUTE_WORDS = (
    "размер|цвет|бренд|марка|производитель|сезон|материал|страна|пол$|вес|длина|рост"
    "|возраст|вид спорта|жест|объ[её]м|size|colou?r|brand|season|material|weight"
)


def guess_columns(headers, kind):
    """The target of each header, an empty text where nothing fits.

    A target is given once, to the column that fits it first; ``attribute`` of goods
    may be given many times.
    """
    words = {
        "clients": _CLIENT_WORDS,
        "products": _PRODUCT_WORDS,
        "debts": _DEBT_WORDS,
        "payments": _PAYMENT_WORDS,
        "exchange": _EXCHANGE_WORDS,
    }[kind]
    taken = set()
    return [_guess(header, words, taken, kind) for header in headers]


def looks_like_header(cells, kind):
    """Whether the first row names its columns rather than holding values."""
    filled = [cell for cell in cells if cell.strip()]
    named = sum(bool(target) for target in guess_columns(filled, kind))
    valued = sum(sum(map(str.isdigit, cell)) > 4 for cell in filled)
    return bool(named) and not valued


def _guess(header, words, taken, kind):
    plain = re.sub(r"[\s_*:]+", " ", header.lower().replace("ё", "е")).strip()
    if not plain:
        return ""
    for target, pattern in words:
        if target not in taken and re.search(pattern, plain):
            taken.add(target)
            return target
    if kind == "products" and re.search(_ATTRIBUTE_WORDS, plain):
        return "attribute"
    return ""

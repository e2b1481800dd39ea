"""Sums of money as Russian papers write them."""

from decimal import ROUND_HALF_UP, Decimal

from num2words import num2words

_KOPECK = Decimal("0.01")


def split_amount(amount):
    """``(roubles, kopecks)`` as texts that do not break, the kopecks two digits."""
    rounded = Decimal(str(amount)).quantize(_KOPECK, rounding=ROUND_HALF_UP)
    roubles, _point, kopecks = f"{rounded:.2f}".partition(".")
    return f"{int(roubles):,}".replace(",", "\u00a0"), kopecks


def amount_in_digits(amount):
    """``40 000,00``: two decimals, thousands apart by a blank that does not break."""
    return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")


def amount_in_words(amount):
    """``Сорок тысяч рублей 00 копеек``.

    :param amount: roubles as int, Decimal or float of a Monetary field; it is read
        as Decimal, because num2words takes a bare int for kopecks
    """
    rounded = Decimal(str(amount)).quantize(_KOPECK, rounding=ROUND_HALF_UP)
    words = num2words(
        rounded, lang="ru", to="currency", currency="RUB", cents=False, separator=""
    )
    return words[:1].upper() + words[1:]

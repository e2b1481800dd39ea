"""Russian nouns beside a number."""


def plural(number, one, few, many):
    """The form of a noun that stands beside a whole number.

    >>> plural(1, "месяц", "месяца", "месяцев")
    'месяц'

    :param one: beside 1, 21, 101
    :param few: beside 2 to 4, 22
    :param many: beside 0, 5 to 20, 111
    """
    rest = abs(number) % 100
    if 11 <= rest <= 14 or not 1 <= rest % 10 <= 4:
        return many
    return one if rest % 10 == 1 else few

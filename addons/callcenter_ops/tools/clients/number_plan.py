"""Keys of the number plan.

``phonenumbers`` cannot tell the region of a Russian mobile and is wrong on the zone of
some landlines, so regions come from the table of ranges whose keys are made here.
"""

RUSSIAN_LENGTH = 10


def plan_key(e164):
    """The ten national digits that the number plan is searched by, or ``""``.

    Only numbers of the Russian part of +7 have one: Kazakhstan's begin with 6 or 7.
    """
    digits = (e164 or "").removeprefix("+7")
    if not (e164 or "").startswith("+7") or len(digits) != RUSSIAN_LENGTH:
        return ""
    return "" if digits[0] in "67" or not digits.isdigit() else digits


def range_bounds(prefix):
    """First and last ten-digit number of a prefix: ``343`` -> 3430000000, …9999999."""
    missing = RUSSIAN_LENGTH - len(prefix)
    return prefix + "0" * missing, prefix + "9" * missing

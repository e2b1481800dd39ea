"""Dates as Russian papers write them; no locale of the machine is asked."""

_MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


def date_in_words(day):
    """``2 марта 2026 г.``; empty text without a date."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year} г." if day else ""


def date_on_form(day):
    """``«02» марта 2026 г.`` as on the unified forms; blanks without a date."""
    if not day:
        return "«___» ______________ 20___ г."
    return f"«{day.day:02}» {_MONTHS[day.month - 1]} {day.year} г."


def date_in_digits(day):
    """``02.03.2026``; empty text without a date."""
    return day.strftime("%d.%m.%Y") if day else ""

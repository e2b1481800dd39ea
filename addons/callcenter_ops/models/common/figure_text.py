"""Figures as texts of papers and letters, in the reader's language."""

from odoo.tools import formatLang

NOTHING = "—"


def percent_text(env, share):
    """A share, e.g. ``12.5 %``, ``12,5 %`` or ``50 %``; a dash for no value.

    :param share: 0 to 1, or None
    """
    if share is None:
        return NOTHING
    percent = round(share * 100, 1)
    return f"{formatLang(env, percent, digits=int(percent % 1 != 0))} %"


def change_text(env, change, is_points):
    """A change with its sign; a dash for none.

    :param change: a difference of shares, or a relative change
    :param is_points: say points of a per cent, which a difference of shares is
    """
    if change is None:
        return NOTHING
    number = formatLang(env, abs(change) * 100, digits=1)
    # What rounds to nothing has no sign.
    sign = "" if not round(change * 100, 1) else "+" if change > 0 else "−"
    text = env._("%s pp", number) if is_points else f"{number} %"
    return sign + text

"""Marking: what an answer is worth and how sure a mark is. No database here."""

from math import sqrt

from ..bank import short_answer

KINDS = ("single", "multiple", "number", "short", "order", "match")


def fraction(kind, key, response):
    """Share of a question answered rightly, between 0.0 and 1.0.

    :param kind: one of ``KINDS``
    :param key: ``{"right": [positions]}`` for choices, order and match;
        ``{"value": float, "tolerance": float}`` for a number, as ``short_answer`` has
        it for a short answer; with ``"credit": "whole"`` a part earns nothing
    :param response: list of positions, ``[number]`` or ``[text]``; empty means no
        answer
    """
    if not response:
        return 0.0
    earned = _part(kind, key, response)
    return earned if key.get("credit") != "whole" else float(earned == 1.0)


def _part(kind, key, response):
    if kind == "number":
        return number_fraction(key["value"], key["tolerance"], response[0])
    if kind == "short":
        return short_answer.fraction(key, response[0])
    if kind == "multiple":
        return multiple_fraction(key["right"], response)
    if kind in ("order", "match"):
        return placed_fraction(key["right"], response)
    return 1.0 if list(response) == list(key["right"]) else 0.0


def rubric_fraction(given, most):
    """Points given of all points, 0.0 to 1.0.

    :param given: points for each criterion
    :param most: the points that each can earn
    :raise ValueError: not one whole number for each, or outside of 0 … most
    """
    if not isinstance(given, list) or len(given) != len(most):
        raise ValueError("points")
    for points, limit in zip(given, most, strict=True):
        if type(points) is not int or not 0 <= points <= limit:
            raise ValueError("points")
    return sum(given) / sum(most)


def multiple_fraction(right, chosen):
    """(hits - false alarms) / right ones, never negative.

    Ticking everything earns ``(n_right - n_wrong) / n_right`` at most, so it never
    pays; a repeated position counts once.
    """
    right, chosen = set(right), set(chosen)
    if not right:
        return 0.0
    hits = len(right & chosen)
    return max(0.0, (hits - len(chosen - right)) / len(right))


def placed_fraction(right, response):
    """Order and match: the share of places that hold what belongs there.

    An order is right or wrong as a whole for two places, since with two the second
    place follows from the first.
    """
    if len(response) != len(right):
        return 0.0
    hits = sum(given == wanted for given, wanted in zip(response, right, strict=True))
    if len(right) <= 2:
        return float(hits == len(right))
    return hits / len(right)


def number_fraction(value, tolerance, given):
    """1.0 when ``given`` lies within ``tolerance`` (absolute) of ``value``."""
    # Rounding of floats must not fail an answer: 0.1 + 0.2 is not quite 0.3.
    slack = 1e-9 * max(1.0, abs(value))
    return 1.0 if abs(given - value) <= tolerance + slack else 0.0


def percent(scored):
    """Mark in percent from ``(fraction, weight)`` pairs; 0.0 when nothing weighs."""
    scored = list(scored)
    total = sum(weight for _fraction, weight in scored)
    if not total:
        return 0.0
    return 100.0 * sum(part * weight for part, weight in scored) / total


def mark_error(mark_percent, count):
    """Standard error of measurement of a mark, in points of percent.

    Lord's binomial error for one person: sqrt(p * (1 - p) / (k - 1)), k questions
    drawn at random. None for fewer than two questions.
    """
    if count < 2:
        return None
    share = mark_percent / 100.0
    return 100.0 * sqrt(share * (1.0 - share) / (count - 1))


def wilson_lower(hits, count, z=1.645):
    """One-sided lower bound of the share known (Wilson's score interval).

    ``z`` 1.645 is the one-sided 95 % level. 0.0 without questions.
    """
    if not count:
        return 0.0
    share = hits / count
    centre = share + z * z / (2 * count)
    spread = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (centre - spread) / (1 + z * z / count)

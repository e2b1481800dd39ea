"""Which cost item a line of a bill or of a purchase order belongs to.

Pure Python: the text of bookkeeping in, the key of a cost item out.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

PRODUCT = "product"
ACCOUNT = "account"
SUPPLIER = "supplier"
AMBIGUOUS = "ambiguous"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rule:
    """By what a cost item is recognised."""

    key: int
    product_ids: frozenset = frozenset()
    account_code: str = ""
    supplier_id: int = 0


@dataclass(frozen=True)
class SourceLine:
    """A line of a bill (``bill``) or of a purchase order (``order``).

    ``key`` names it for ever; ``amount`` is negative for money that comes back and
    zero for an order line that is billed entirely.
    """

    key: str
    kind: str
    date: date
    amount: Decimal
    currency_id: int
    document: str = ""
    label: str = ""
    product_id: int = 0
    account_code: str = ""
    supplier_id: int = 0


def match(line, rules):
    """The cost item of a line: by its product, else its account, else its supplier.

    Among accounts the longest code that the line's account begins with wins; among
    items that are equally near, the one that names the line's supplier.

    :param line: ``SourceLine``
    :param rules: list of ``Rule``
    :return: ``(key or None, how)``; how is one of product, account, supplier,
        ambiguous, unknown
    """
    for how, near in (
        (PRODUCT, [rule for rule in rules if line.product_id in rule.product_ids]),
        (ACCOUNT, _by_account(line, rules)),
        (SUPPLIER, _by_supplier(line, rules)),
    ):
        near = _prefer_supplier(line, near)
        if len(near) == 1:
            return near[0].key, how
        if near:
            return None, AMBIGUOUS
    return None, UNKNOWN


def unbilled(amount, ordered, billed):
    """What of an order line no posted bill holds yet, as ``Decimal``.

    :param amount: amount of the whole line
    :param ordered: ordered quantity
    :param billed: quantity on posted bills, credit notes taken off
    """
    amount, ordered, billed = (
        Decimal(str(value)) for value in (amount, ordered, billed)
    )
    if not ordered:
        return Decimal(0)
    left = max(Decimal(0), ordered - max(Decimal(0), billed))
    return amount * left / ordered


def number_rows(lines, keys):
    """Which line of its document for its item each line is: 1, 2, 3 …

    :param lines: list of ``SourceLine``, in the order of their documents
    :param keys: the cost item of each line
    """
    seen, numbers = {}, []
    for line, key in zip(lines, keys, strict=True):
        place = (line.supplier_id, line.document, line.date, key)
        seen[place] = seen.get(place, 0) + 1
        numbers.append(seen[place])
    return numbers


def _by_account(line, rules):
    """Rules of the nearest account; those of another supplier are left out."""
    near = [
        rule
        for rule in rules
        if rule.account_code
        and line.account_code.startswith(rule.account_code)
        and rule.supplier_id in (0, line.supplier_id)
    ]
    longest = max((len(rule.account_code) for rule in near), default=0)
    return [rule for rule in near if len(rule.account_code) == longest]


def _by_supplier(line, rules):
    return [
        rule
        for rule in rules
        if rule.supplier_id and rule.supplier_id == line.supplier_id
    ]


def _prefer_supplier(line, rules):
    own = [rule for rule in rules if rule.supplier_id == line.supplier_id != 0]
    return own or rules

"""What one workplace takes of a cost item: a line of a kit, without Odoo."""

from collections.abc import Hashable
from decimal import Decimal
from typing import NamedTuple

ONE_TIME = "one_time"
MONTHLY = "monthly"
YEARLY = "yearly"
QUANTITY_UNIT = Decimal("0.001")


class Norm(NamedTuple):
    """What one seat takes of one item."""

    key: Hashable
    periodicity: str
    quantity: Decimal
    price: Decimal

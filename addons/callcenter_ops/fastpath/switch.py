"""Which parts of the fast path are used, by Odoo's configuration file.

``callcenter_fastpath`` in its ``[options]`` is ``on`` (as without it), ``off``, or the
names of the parts to use, by commas. What each gains stands in docs/fastpath.md.
"""

from functools import lru_cache

from odoo.tools import config

PLANS = "plans"
ROWS = "rows"
STAMP = "stamp"
BUS = "bus"
PARTS = frozenset((PLANS, ROWS, STAMP, BUS))


def is_on(part):
    """Whether ``part`` is used in this process."""
    return part in _chosen(config.get("callcenter_fastpath") or "on")


@lru_cache
def _chosen(option):
    if option in ("on", "off"):
        return PARTS if option == "on" else frozenset()
    return PARTS & {name.strip() for name in option.split(",")}

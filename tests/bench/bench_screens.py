"""Every screen of every role on a large database beside the small demo company.

``LARGE=callcenter_large bin/bench screens`` after ``bin/make-large``.
"""

import os

from context import Context
from registry import bench
from screens import Walker

LARGE = os.environ.get("LARGE", "")
ROLES = ("director", "hr", "sales", "deputy", "trainer", "anna")
SHOWN = 40
_HTTP = "res.users.context_get over HTTP"


def walk(context):
    """``{Screen: (milliseconds, queries)}`` of all roles in a database."""
    found = {}
    with context.env() as env:
        for user in env["res.users"].search([("login", "in", ROLES)]):
            own = env(user=user, context=dict(user.context_get(), lang="ru_RU"))
            found |= Walker(own, user.login).walk()
    return found


@bench("all screens of all roles", unit="screens/s", reference=_HTTP)
def open_all_screens(context):
    small = walk(context)
    large = walk(Context(LARGE, "")) if LARGE else small
    _print_grown(small, large)
    times = [one[0] for one in large.values() if one]
    return 1000 * len(times) / sum(times)


def _print_grown(small, large):
    times = sorted(one[0] for one in large.values() if one)
    failed = [screen for screen, one in large.items() if one is None]
    print(
        f"    {len(times)} requests, median {times[len(times) // 2]:.0f} ms,"
        f" {sum(t > 100 for t in times)} over 100 ms, {sum(t > 1000 for t in times)}"
        f" over 1 s, {len(failed)} refused or failed"
    )
    rows = [
        (one[0] - before[0], one, before, screen)
        for screen, one in large.items()
        if one and (before := small.get(screen))
    ]
    for _growth, one, before, screen in sorted(rows, key=lambda r: -r[0])[:SHOWN]:
        print(
            f"    {before[0]:7.0f} -> {one[0]:7.0f} ms, {before[1]:4} -> {one[1]:4}"
            f" queries  {screen.role}: {screen.action}: {screen.part}"
        )
    grown = [row for row in rows if row[1][1] > row[2][1] + 10]
    for _growth, one, before, screen in sorted(grown, key=lambda r: r[2][1] - r[1][1]):
        print(
            f"    queries {before[1]:4} -> {one[1]:4}"
            f"  {screen.role}: {screen.action}: {screen.part}"
        )

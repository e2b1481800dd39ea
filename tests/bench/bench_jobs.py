"""Every scheduled job of ours, run once on a large database beside the small one.

``LARGE=callcenter_large bin/bench jobs`` after ``bin/make-large``; nothing is kept.
"""

import os
import time
from unittest.mock import patch

from context import Context
from registry import bench

LARGE = os.environ.get("LARGE", "")
_HTTP = "res.users.context_get over HTTP"


def run_jobs(context):
    """``{name: (seconds, queries)}``; a job that fails has None."""
    found = {}
    with context.env() as env:
        crons = env["ir.cron"].with_context(active_test=False).search([])
        names = crons.ir_actions_server_id.get_external_id()
        for cron in crons:
            if names[cron.ir_actions_server_id.id].startswith("callcenter_"):
                found[cron.name] = _run(env, cron)
    return found


def _run(env, cron):
    """One run of a job in its user's name; what it wrote is taken back."""
    server, before = cron.ir_actions_server_id, env.cr.sql_log_count
    endless = patch.object(type(cron), "_commit_progress", return_value=60.0)
    start = time.perf_counter()
    try:
        with endless, env.cr.savepoint() as savepoint:
            server.with_user(cron.user_id).run()
            env.flush_all()
            measured = time.perf_counter() - start, env.cr.sql_log_count - before
            savepoint.close(rollback=True)
    except Exception:  # noqa: BLE001  (the others still run)
        measured = None
    env.invalidate_all()
    return measured


@bench("all scheduled jobs", unit="jobs/s", reference=_HTTP)
def run_all_jobs(context):
    small = run_jobs(context)
    large = run_jobs(Context(LARGE, "")) if LARGE else small
    for name, one in sorted(
        large.items(), key=lambda row: row[1] is None or -row[1][0]
    ):
        before = small.get(name)
        print(f"    {_describe(before)} -> {_describe(one)}  {name}")
    times = [one[0] for one in large.values() if one]
    return len(times) / sum(times)


def _describe(one):
    return f"{one[0]:7.2f} s {one[1]:6} queries" if one else "         failed"

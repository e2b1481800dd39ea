"""Names and jobs of training follow into their rooms before anything is read."""

from pathlib import Path

from odoo.modules.module import load_script

_OPS = Path(__file__).parents[3] / "callcenter_ops/migrations/19.0.2.0.0"
_NAMES = Path(__file__).with_name("xmlids.csv")
_JOBS = (
    ("ir_cron_rebuild_facts", "callcenter.fact", "model._cron_rebuild()"),
    (
        "ir_cron_follow_changes",
        "callcenter.clearance",
        "model._cron_follow_changes()",
    ),
    ("ir_cron_build_statistics", "callcenter.item.stat", "model._build()"),
    ("ir_cron_remind_clearances", "callcenter.clearance", "model._cron_remind()"),
)


def migrate(cr, version):
    steps = load_script(str(_OPS / "pre-migration.py"), "callcenter_ops_steps")
    steps.rename(cr, steps.read_names(_NAMES))
    steps.repoint_jobs(cr, "callcenter_training", _JOBS)
    steps.let_rules_follow(cr, "callcenter_training")

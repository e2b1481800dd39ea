"""From one big addon to rooms: names, jobs and columns follow before anything is read.

Odoo removes records that no file names any more, and a job goes with the model it ran
on, so both are carried to their new names first.
"""

import csv
from pathlib import Path

_NAMES = Path(__file__).with_name("xmlids.csv")
_DEMO = "callcenter_demo"
_HOLIDAYS = "callcenter_ops_holidays"
# Jobs that ran on a model which is gone: name, model and code now.
_JOBS = (
    ("ir_cron_load_imports", "callcenter.data.import", "model._cron_run()"),
    (
        "ir_cron_send_callcenter_digest",
        "res.users",
        "model._cron_send_callcenter_digest()",
    ),
)


def migrate(cr, version):
    names = read_names(_NAMES)
    rename(cr, names)
    move_leave_proposals(cr)
    adopt_demo(cr)
    repoint_jobs(cr, "callcenter_ops", _JOBS)
    let_rules_follow(cr, "callcenter_ops")
    join_import_targets(cr)


def read_names(path):
    """``[(old, new)]`` full external ids of a table beside a migration."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [(row["old"], row["new"]) for row in csv.DictReader(stream)]


def rename(cr, names):
    """Give records their new external ids."""
    parts = [(*old.split(".", 1), *new.split(".", 1)) for old, new in names]
    cr.executemany(
        """
        UPDATE ir_model_data SET module = %s, name = %s
         WHERE module = %s AND name = %s
        """,
        [
            (new_module, new, old_module, old)
            for old_module, old, new_module, new in parts
        ],
    )


def move_leave_proposals(cr):
    """What the room of people knew of absences belongs to the bridge to Time Off."""
    cr.execute(
        """
        UPDATE ir_model_data SET module = %s
         WHERE module = 'callcenter_ops' AND name LIKE %s
        """,
        [_HOLIDAYS, r"%callcenter\_leave\_proposal\_\_%"],
    )
    cr.execute(
        """
        UPDATE ir_model_constraint SET module = (
               SELECT id FROM ir_module_module WHERE name = %s)
         WHERE model = (
               SELECT id FROM ir_model WHERE model = 'callcenter.leave.proposal')
           AND EXISTS (SELECT 1 FROM ir_module_module WHERE name = %s)
        """,
        [_HOLIDAYS, _HOLIDAYS],
    )


def adopt_demo(cr):
    """The demo company is an addon of its own: it counts as installed where it lives.

    Its data are there already and people went on working with them; to install it
    would tell the stories a second time.
    """
    cr.execute("SELECT 1 FROM ir_model_data WHERE module = %s LIMIT 1", [_DEMO])
    if not cr.fetchone():
        return
    cr.execute(
        """
        UPDATE ir_module_module
           SET state = 'installed', latest_version = '19.0.2.0.0', demo = false
         WHERE name = %s
        """,
        [_DEMO],
    )
    cr.execute("DELETE FROM ir_config_parameter WHERE key = 'callcenter.demo_loaded'")


def repoint_jobs(cr, module, jobs):
    """Let jobs run on the models that do their work now."""
    for name, model, code in jobs:
        cr.execute(
            """
            UPDATE ir_act_server SET code = %s,
                   model_id = (SELECT id FROM ir_model WHERE model = %s)
             WHERE id = (SELECT job.ir_actions_server_id FROM ir_cron AS job
                           JOIN ir_model_data AS known ON known.res_id = job.id
                            AND known.model = 'ir.cron'
                          WHERE known.module = %s AND known.name = %s)
            """,
            [code, model, module, name],
        )


def let_rules_follow(cr, module):
    """Record rules are the product's: each upgrade renews them."""
    cr.execute(
        """
        UPDATE ir_model_data SET noupdate = false
         WHERE module = %s AND model = 'ir.rule'
        """,
        [module],
    )


def join_import_targets(cr):
    """Five columns, one for each kind of import, became one."""
    cr.execute(
        """
        ALTER TABLE callcenter_data_import_column
          ADD COLUMN IF NOT EXISTS target varchar
        """
    )
    cr.execute(
        """
        UPDATE callcenter_data_import_column AS known
           SET target = CASE load.kind
                        WHEN 'clients' THEN client_target
                        WHEN 'products' THEN product_target
                        WHEN 'debts' THEN debt_target
                        WHEN 'exchange' THEN exchange_target
                        WHEN 'payments' THEN
                             CASE payment_target WHEN 'number' THEN 'debt'
                             ELSE payment_target END
                        END
          FROM callcenter_data_import AS load
         WHERE load.id = known.import_id
        """
    )

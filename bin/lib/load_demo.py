"""Load the demonstration data of our own addons, and of nobody else's.

``--with-demo`` would load every addon's demonstration data. Here Odoo's own loader
reads the ``demo`` lists of the named addons once; a parameter of the database
remembers it. Usage: load_demo.py DATABASE ADDON [ADDON...]
"""

import sys

import odoo.service.server  # noqa: F401  (prepares what a registry needs)
from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.loading import load_data
from odoo.modules.module_graph import ModuleGraph
from odoo.modules.registry import Registry
from odoo.tools import config

LOADED = "callcenter.demo_loaded"


def load_demo(env, addons):
    """Load the addons' demo lists, dependencies first; False if they were before."""
    parameters = env["ir.config_parameter"]
    if parameters.get_param(LOADED):
        return False
    graph = ModuleGraph(env.cr, mode="load")
    installed = env["ir.module.module"].search([("state", "=", "installed")])
    graph.extend(installed.mapped("name"))
    for package in graph:
        if package.name in addons:
            load_data(env, {}, "init", kind="demo", package=package)
    env["ir.module.module"].search([("name", "in", addons)]).demo = True
    parameters.set_param(LOADED, "1")
    return True


def main(database, *addons):
    config.parse_config(
        ["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=True
    )
    with Registry(database).cursor() as cr:
        load_demo(Environment(cr, SUPERUSER_ID, {}), addons)


if __name__ == "__main__":
    main(*sys.argv[1:])

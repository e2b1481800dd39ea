"""Build the web client's bundles of a database and keep them there.

A test's transaction is rolled back, and with it the bundles that its first page built:
without this every browser test builds them anew. Usage: build_assets.py DATABASE
"""

import sys

import odoo.service.server  # noqa: F401  (prepares what a registry needs)
from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import config


def main(database):
    config.parse_config(
        ["-d", database, "--no-http", "--max-cron-threads=0"], setup_logging=True
    )
    with Registry(database).cursor() as cr:
        Environment(cr, SUPERUSER_ID, {})["ir.qweb"]._pregenerate_assets_bundles()


if __name__ == "__main__":
    main(*sys.argv[1:])

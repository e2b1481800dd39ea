"""Bring the production database in step with the image: install, upgrade or nothing.

Idempotent and restartable. The stamp of the addons is written last, with the
administrator's password, so a start that was cut short is simply done again.
"""

import hashlib
import os
import shlex
import subprocess
import sys
from pathlib import Path

import odoo.service.server  # noqa: F401  (prepares what a registry needs)
import psycopg2
from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import config

STAMP = "callcenter.addons_stamp"
LANGUAGES = "ru_RU,en_US"
# Bridges to other apps are not named: they come with their partners.
PRODUCT = "callcenter_ops,callcenter_training"


def addons_stamp(folder, addons):
    """Changes with every file of the addons and with the list to be installed."""
    digest = hashlib.sha256(addons.encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def known_stamp(database):
    """The stamp in the database; None before the first preparation was completed."""
    try:
        connection = psycopg2.connect(dbname=database)
    except psycopg2.OperationalError as error:
        if "does not exist" in str(error):
            return None
        raise
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('ir_config_parameter')")
            if cursor.fetchone()[0] is None:
                return None
            cursor.execute(
                "SELECT value FROM ir_config_parameter WHERE key = %s", [STAMP]
            )
            row = cursor.fetchone()
            return row[0] if row else None
    finally:
        connection.close()


def run_odoo(*arguments):
    command = shlex.split(os.environ.get("ODOO_COMMAND", "odoo"))
    once = ["--workers=0", "--max-cron-threads=0", "--no-http", "--stop-after-init"]
    subprocess.run([*command, *arguments, *once], check=True)


def admin_password():
    password = Path(os.environ["ADMIN_PASSWORD_FILE"]).read_text().strip()
    if len(password) < 12:
        sys.exit("error: the administrator's password needs 12 characters or more")
    return password


def complete(database, stamp, password):
    """Write the stamp; on the first time the administrator's own password with it."""
    with Registry(database).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        if password:
            env.ref("base.user_admin").password = password
        env["ir.config_parameter"].set_param(STAMP, stamp)


def main():
    config.parse_config([], setup_logging=True)
    database = config["db_name"][0]
    folder = Path(os.environ.get("ADDONS", "/opt/callcenter/addons"))
    addons = os.environ.get("CALLCENTER_ADDONS") or PRODUCT
    stamp, known = addons_stamp(folder, addons), known_stamp(database)
    if known == stamp:
        return
    password = None if known else admin_password()
    mode = ["-u", addons] if known else []
    run_odoo("-d", database, "-i", addons, *mode, f"--load-language={LANGUAGES}")
    complete(database, stamp, password)


if __name__ == "__main__":
    main()

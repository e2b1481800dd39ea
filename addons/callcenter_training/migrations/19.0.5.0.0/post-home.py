"""Each role has a first screen; whoever chose a page of his own keeps it."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    users = env["res.users"].search([("share", "=", False)])
    users._set_callcenter_home()

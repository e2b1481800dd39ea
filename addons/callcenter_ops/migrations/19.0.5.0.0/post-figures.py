"""The quality of lists is kept by campaign, so it is counted once for all of them."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    campaigns = env["callcenter.campaign"].with_context(active_test=False).search([])
    env["callcenter.list.result"]._keep(campaigns)

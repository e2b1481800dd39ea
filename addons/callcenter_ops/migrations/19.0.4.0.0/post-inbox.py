"""Steps of the inbox to version 4, after the tables have their new columns."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    count_service_hours(env)


def count_service_hours(env):
    """Letters that still wait are due by the hours of service."""
    letters = env["callcenter.enquiry"].search([("state", "!=", "answered")])
    env.add_to_compute(letters._fields["deadline_at"], letters)
    letters.flush_recordset()

"""Orders brought in from paper keep their words; sheets are named by a day as people
write it."""

from odoo import SUPERUSER_ID, api
from odoo.tools.misc import format_date


def migrate(cr, version):
    write_days_of_sheets(cr)
    keep_words_of_orders_brought_in(api.Environment(cr, SUPERUSER_ID, {}))


def write_days_of_sheets(cr):
    """``Name, 2026-03-02`` becomes ``Name, 02.03.2026``."""
    cr.execute(
        """
        UPDATE callcenter_report_sheet
           SET name = left(name, -10) || to_char(date, 'DD.MM.YYYY')
         WHERE right(name, 10) = to_char(date, 'YYYY-MM-DD')
        """
    )


def keep_words_of_orders_brought_in(env):
    """The words of each are those that its record says on the day of the upgrade."""
    orders = env["callcenter.personnel.order"].with_context(tracking_disable=True)
    for order in orders.search([("brought_in", "=", True), ("paper_hash", "=", False)]):
        today = order.company_id._callcenter_today()
        day = format_date(env, today, date_format="dd.MM.yyyy")
        order._keep_paper(kept=f"Слова бумаги — по состоянию на дату обновления {day}.")
        order._transition({"paper_kept_later": True})

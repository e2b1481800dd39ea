from odoo import models

from .sql.call_stat import months_query, unique_key


class CallStatMonth(models.Model):
    """Daily figures that are added up, once more by month.

    Never read alone: the rows of ``callcenter.call.stat`` that came since the last
    adding up are missing here.
    """

    _name = "callcenter.call.stat.month"
    _description = "Monthly figures of calls"
    _inherit = ["callcenter.call.figures"]
    _order = "day desc, id desc"
    _rec_name = "day"
    _log_access = False

    _facet_day_idx = models.Index("(facet, company_id, day)")
    _key_unique = models.UniqueIndex(f"({unique_key()})")

    def init(self):
        """A database that kept days only gets its months."""
        self.env.cr.execute("SELECT FROM callcenter_call_stat_month LIMIT 1")
        if not self.env.cr.rowcount:
            self.env.cr.execute(months_query())

from odoo import api, fields, models
from odoo.tools import SQL

from .sql.counted_calls import counted_calls
from .sql.operator_day import OWN_DAY

_KEPT_DAYS = 7


class OperatorDay(models.Model):
    """What an operator has reached in a day so far: one row, shown at his desk.

    Kept by the statement that adds the calls to the figures, so a desk need not add up
    the whole day after every call. Nobody else writes this row at the same time: the
    calls are his.
    """

    _name = "callcenter.operator.day"
    _description = "Operator's day so far"
    _order = "day desc, id desc"
    _rec_name = "day"
    _log_access = False

    employee_id = fields.Many2one(
        "hr.employee",
        string="Operator",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True, index=True)
    seq = fields.Integer(string="Changes", readonly=True, default=0)
    attempts = fields.Integer(readonly=True)
    contacts = fields.Integer(readonly=True)
    targets = fields.Integer(string="Target contacts", readonly=True)
    leads = fields.Integer(string="Interested", readonly=True)
    sales = fields.Integer(string="Customer orders", readonly=True)
    talk_seconds = fields.Integer(string="Talk, seconds", readonly=True)

    _employee_day_unique = models.UniqueIndex("(employee_id, day)")

    @api.model
    def _rebuild(self):
        """The rows of the last days anew from the calls."""
        since = self._get_oldest_kept()
        recent = SQL("call.started_at >= %s", fields.Datetime.to_datetime(since))
        self.env.cr.execute(SQL("DELETE FROM callcenter_operator_day"))
        text = "WITH counted AS (%(counted)s)" + OWN_DAY
        self.env.cr.execute(SQL(text, counted=counted_calls(recent), sign=1))
        self.invalidate_model()

    @api.model
    def _get_oldest_kept(self):
        return fields.Date.subtract(fields.Date.today(), days=_KEPT_DAYS)

    @api.autovacuum
    def _gc_past(self):
        # SQL: rows of past days, which no desk shows; nothing refers to them.
        self.env.cr.execute(
            SQL(
                "DELETE FROM callcenter_operator_day WHERE day < %s",
                self._get_oldest_kept(),
            )
        )

from odoo import api, fields, models


class ServiceLevel(models.Model):
    """How soon a caller is to be answered, by date: the goal may change, not the past.

    The customary goal is 80 % of calls within 20 seconds.
    """

    _name = "callcenter.service.level"
    _description = "Service level"
    _order = "date_from desc, company_id, id desc"
    _rec_name = "date_from"

    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: all companies without one of their own."
    )
    date_from = fields.Date(
        string="Valid from", required=True, default=fields.Date.context_today
    )
    seconds = fields.Integer(string="Answered within, seconds", required=True)
    goal = fields.Float(string="Goal, %", required=True)
    basis = fields.Char(help="Who has set it, and by what.")

    _start_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), date_from)",
        "A service level starts on that day already.",
    )
    _sensible = models.Constraint(
        "CHECK (seconds > 0 AND goal > 0 AND goal <= 100)",
        "A service level is a number of seconds and a share of up to 100 %.",
    )

    @api.model
    def _get_at(self, company, day):
        """The level that holds on ``day``; empty where none has begun."""
        # sudo: a goal is no secret; whoever loads a journal is judged by it
        levels = self.sudo().search(
            [("company_id", "in", (False, company.id)), ("date_from", "<=", day)],
            order="date_from desc",
        )
        own = levels.filtered("company_id")
        return (own or levels)[:1]

    @api.model_create_multi
    def create(self, vals_list):
        levels = super().create(vals_list)
        levels._judge_anew()
        return levels

    def write(self, vals):
        before = min(self.mapped("date_from"), default=None)
        result = super().write(vals)
        self._judge_anew(before)
        return result

    def unlink(self):
        first = min(self.mapped("date_from"), default=None)
        companies = self._get_judged_companies()
        result = super().unlink()
        if first:
            self.env["callcenter.service.day"]._judge(companies, first)
        return result

    def _judge_anew(self, before=None):
        """Marks and figures of the calls since the first day that is touched."""
        days = [*self.mapped("date_from"), *filter(None, [before])]
        if days:
            # sudo: figures follow from the setting, which was just allowed
            figures = self.env["callcenter.service.day"].sudo()
            figures._judge(self._get_judged_companies(), min(days))

    def _get_judged_companies(self):
        if all(level.company_id for level in self):
            return self.company_id
        # sudo: a shared level judges every company that has loaded a journal
        calls = self.env["callcenter.pbx.call"].sudo()
        return calls._read_group([], [], ["company_id:recordset"])[0][0]

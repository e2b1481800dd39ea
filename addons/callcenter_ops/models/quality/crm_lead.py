from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.calling.call_counts import IN_FORCE

LEAD_MARKS = [
    ("good", "Good: need, budget and decision maker as told"),
    ("fair", "Fair: had to be asked again"),
    ("bad", "Useless: no need, wrong person or wrong words"),
]
_MARK = {"callcenter_mark", "callcenter_mark_note"}
_SIGNED = {"callcenter_marked_by_id", "callcenter_marked_on"}
# The operators who brought the lead, of calls that count.
_BROUGHT = f"""
SELECT DISTINCT employee.user_id
  FROM callcenter_call call
  JOIN hr_employee employee ON employee.id = call.employee_id
 WHERE call.lead_id = ANY(%s) AND {IN_FORCE}
"""  # noqa: S608


class CrmLead(models.Model):
    """What sales say of a lead comes back to the operator who brought it."""

    _inherit = "crm.lead"

    callcenter_is_brought = fields.Boolean(
        string="Brought by a call", compute="_compute_callcenter_is_brought"
    )
    callcenter_mark = fields.Selection(
        LEAD_MARKS,
        string="Quality of the lead",
        tracking=True,
        copy=False,
        help="What sales found when they went on with it. The operator who brought the "
        "lead and whoever evaluates his call read it.",
    )
    callcenter_mark_note = fields.Char(
        string="What was wrong or good", tracking=True, copy=False
    )
    callcenter_marked_by_id = fields.Many2one(
        "res.users", string="Marked by", readonly=True, copy=False
    )
    callcenter_marked_on = fields.Datetime(
        string="Marked on", readonly=True, copy=False
    )

    @api.depends("callcenter_call_ids")
    def _compute_callcenter_is_brought(self):
        # sudo: only whether there is a call; sales need not read the calls
        calls = self.env["callcenter.call"].sudo()
        rows = calls._read_group([("lead_id", "in", self.ids)], ["lead_id"])
        brought = {lead.id for (lead,) in rows}
        for lead in self:
            lead.callcenter_is_brought = lead.id in brought

    def _is_kept_by_server(self, name):
        """Nobody signs a mark with another's name or another day."""
        return name in _SIGNED or super()._is_kept_by_server(name)

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads.filtered("callcenter_mark")._note_mark()
        return leads

    def write(self, vals):
        result = super().write(vals)
        if _MARK & vals.keys():
            self._note_mark()
        return result

    def _note_mark(self):
        """Who said it and when; the operator hears it at his evaluation."""
        self._check_mark()
        # sudo: by whom and when is written by the server alone
        self.sudo().write(
            {
                "callcenter_marked_by_id": self.env.uid,
                "callcenter_marked_on": fields.Datetime.now(),
            }
        )
        # sudo: sales need not read the evaluations that hear of it
        evaluations = self.env["callcenter.evaluation"].sudo()
        finished = ("done", "appealed", "confirmed")
        evaluations.search(
            [("call_id.lead_id", "in", self.ids), ("state", "in", finished)]
        )._tell_mark()

    def _check_mark(self):
        """Nobody judges the leads that he brought himself."""
        self.flush_model()
        self.env["callcenter.call"].flush_model()
        self.env.cr.execute(_BROUGHT, [self.ids])
        if self.env.uid in {row[0] for row in self.env.cr.fetchall()}:
            raise UserError(
                self.env._("Nobody judges the leads that he brought himself.")
            )

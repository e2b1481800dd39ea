from ast import literal_eval

from odoo import api, fields, models

from ...tools.kpi import KPIS


class Inbox(models.Model):
    """An address that clients write to; each letter becomes an enquiry."""

    _name = "callcenter.inbox"
    _description = "Inbox of the contact centre"
    _inherit = ["mail.alias.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    alias_id = fields.Many2one(
        help="Mail to this address becomes an enquiry of the inbox."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    department_id = fields.Many2one(
        "hr.department",
        index="btree_not_null",
        help="Whose supervisors lead it and whose operators answer. Empty = all.",
    )
    campaign_id = fields.Many2one(
        "callcenter.campaign",
        string="Counts for the campaign",
        domain=[("purpose", "=", "inbound")],
        help="Where leads and figures of the answers belong.",
    )
    answer_hours = fields.Float(
        string="Answer within, hours", default=24, required=True
    )
    enquiry_ids = fields.One2many("callcenter.enquiry", "inbox_id")
    waiting_count = fields.Integer(string="To answer", compute="_compute_figures")
    overdue_count = fields.Integer(string="Overdue", compute="_compute_figures")
    in_time_share = fields.Float(
        string="Answered in time",
        compute="_compute_figures",
        help="Answered before the deadline / answered and overdue",
    )

    _hours = models.Constraint(
        "CHECK (answer_hours > 0)", "The time for an answer must be positive."
    )

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("callcenter.enquiry")
        if self.id:
            defaults = literal_eval(self.alias_defaults or "{}")
            values["alias_defaults"] = defaults | {"inbox_id": self.id}
        return values

    @api.depends("enquiry_ids.state", "enquiry_ids.deadline_at")
    def _compute_figures(self):
        now = fields.Datetime.now()
        enquiries = self.env["callcenter.enquiry"]
        waiting = [("inbox_id", "in", self.ids), ("state", "!=", "answered")]
        late = [*waiting, ("deadline_at", "<", now)]
        done = [("inbox_id", "in", self.ids), ("state", "=", "answered")]
        count = enquiries._count_by_inbox
        open_of, late_of, done_of = count(waiting), count(late), count(done)
        in_time_of = count([*done, ("is_late", "=", False)])
        for record in self:
            record.waiting_count = open_of.get(record.id, 0)
            record.overdue_count = late_of.get(record.id, 0)
            totals = {
                "answered_in_time": in_time_of.get(record.id, 0),
                "answered": done_of.get(record.id, 0),
                "overdue": record.overdue_count,
            }
            record.in_time_share = KPIS["answered_in_time"].value(totals) or 0

    def action_open_enquiries(self):
        """The letters and messages of the inbox, those to answer first."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "callcenter_ops.enquiry_action"
        )
        return action | {"domain": [("inbox_id", "in", self.ids)]}
